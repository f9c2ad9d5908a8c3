"""Who may use `/_local`: programs and pages of this machine. Everything there is open to whoever reaches the port, so a
page from elsewhere must not, be it by a name of its own that leads to 127.0.0.1 (DNS rebinding) or by a form.
"""

import re
from collections.abc import Collection

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from infra.local.control.routes import problem
from infra.local.host import Host

BASE = "/_local"

_OURS = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?", re.IGNORECASE)
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Stands before `app`. Paths below `open_to_all` are used from any page, as the tests of SockJS clients are."""

    def __init__(self, app: ASGIApp, host: Host, open_to_all: Collection[str] = ()) -> None:
        self._app = app
        self._host = host
        self._open = tuple(f"{path}/" for path in open_to_all)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and f"{scope['path']}/".startswith(f"{BASE}/"):
            asked = HTTPConnection(scope)
            addressed = asked.headers.getlist("Host")
            if len(addressed) != 1 or not _OURS.fullmatch(addressed[0]):
                refused = problem(421, "Misdirected request", "Ask for this by 127.0.0.1, localhost or [::1].")
                return await refused(scope, receive, send)
            changing = scope["type"] == "http" and scope["method"] not in _READING
            if changing and not self._may_change(asked.headers.getlist("Origin"), addressed[0], scope["path"]):
                refused = problem(403, "Forbidden", "Pages from elsewhere may change nothing here.")
                return await refused(scope, receive, send)
        return await self._app(scope, receive, send)

    def _may_change(self, origins: list[str], addressed: str, path: str) -> bool:
        known = {f"http://{addressed.lower()}", *self._host.origins}
        return path.startswith(self._open) or all(origin.lower() in known for origin in origins)
