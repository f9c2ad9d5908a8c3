"""What SockJS serves besides sessions: greeting, info document, iframe page and the headers of every answer. The names
in brackets are test classes of sockjs-protocol-0.3.3.py. Pure.
"""

import base64
import hashlib
import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

GREETING = "Welcome to SockJS!\n"
TEXT = "text/plain; charset=UTF-8"

YEAR = 365 * 24 * 3600

UNCACHED = {"Cache-Control": "no-store, no-cache, must-revalidate, max-age=0"}
"""Headers of every session response, POST included: iOS 6 caches those too (verify_not_cached)."""

_SESSION = re.compile(r"/(?P<server>[^/.]+)/(?P<session>[^/.]+)/(?P<transport>[a-z_]+)")
_IFRAME = re.compile(r"/iframe[0-9-.a-z_]*\.html")


def session_of(path: str) -> tuple[str, str] | None:
    """The session id and the transport of a path below the service's base; the server's name means nothing
    (SessionURLs). None: it is no session's path, 404."""
    found = _SESSION.fullmatch(path)
    return (found["session"], found["transport"]) if found else None


def is_iframe(path: str) -> bool:
    """Whether the path is one of the iframe page's (IframePage)."""
    return _IFRAME.fullmatch(path) is not None


def info(entropy: int, *, websocket: bool, cookie_needed: bool = False) -> str:
    """The info document; `entropy` is a fresh random number below 2^32 (InfoTest)."""
    return json.dumps(
        {"websocket": websocket, "origins": ["*:*"], "cookie_needed": cookie_needed, "entropy": entropy % 2**32}
    )


def iframe(sockjs_url: str) -> str:
    """The page that loads sockjs-client from `sockjs_url` inside another site's page."""
    return _PAGE.replace("{bootstrap}", _BOOTSTRAP).replace("{sockjs_url}", escape(sockjs_url))


def etag(page: str) -> str:
    return f'"{hashlib.sha256(page.encode()).hexdigest()[:32]}"'


def unchanged(page: str, if_none_match: str | None) -> bool:
    """Whether to answer 304, without body and content type."""
    known = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return "*" in known or etag(page) in known


def cached(now: datetime) -> dict[str, str]:
    """Headers that allow caching for a year: for the iframe page and the answers to OPTIONS."""
    return {
        "Cache-Control": f"public, max-age={YEAR}",
        "Expires": format_datetime(now + timedelta(seconds=YEAR), usegmt=True),
    }


def cors_for(origin: str | None, allowed: Collection[str], requested_headers: str | None = None) -> dict[str, str]:
    """CORS headers of a guarded service: only allowed origins may call, with cookies; never the origin 'null'."""
    return cors(origin, requested_headers) if origin in allowed and origin != "null" else {"Vary": "Origin"}


def cors(origin: str | None, requested_headers: str | None = None) -> dict[str, str]:
    """Every origin may call, with cookies, as sockjs-protocol has it. A page from a file says 'null', which a browser
    doesn't take for an answer (InfoTest)."""
    headers = {
        "Access-Control-Allow-Origin": origin if origin and origin != "null" else "*",
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }
    if requested_headers:
        headers["Access-Control-Allow-Headers"] = requested_headers
    return headers


def options(now: datetime, allowed: Mapping[str, str], methods: tuple[str, ...]) -> dict[str, str]:
    """The headers of a preflight's 204 (verify_options); `allowed` are those of CORS."""
    if "Access-Control-Allow-Origin" not in allowed:
        return dict(allowed)
    return {
        **allowed,
        **cached(now),
        "Access-Control-Allow-Methods": ", ".join(("OPTIONS", *methods)),
        "Access-Control-Max-Age": str(YEAR),
    }


def cookie(sent: str | None) -> str:
    """`Set-Cookie` for load balancers that look for JSESSIONID; one that is there already stays (JsessionidCookie)."""
    found = re.search(r"(?:^|;)\s*JSESSIONID=([!-+\--:<-\[\]-~]*)", sent or "")
    return f"JSESSIONID={found[1] if found and found[1] else 'dummy'}; path=/"


def own_cookie(path: str, value: str, *, secure: bool) -> str | None:
    """`Set-Cookie` that binds the session at this path (below the host) to the browser that opened it; None: the path
    has characters that don't belong there, no client of SockJS makes such."""
    if not _PLAIN_PATH.fullmatch(path):
        return None
    return f"{_OWN}={value}; Path={path}; HttpOnly; SameSite=Strict" + ("; Secure" if secure else "")


def own_cookie_of(sent: str | None) -> str | None:
    """The value of that cookie in the request's `Cookie` header, if there is one."""
    found = re.search(rf"(?:^|;)\s*{_OWN}=([A-Za-z0-9_-]{{1,128}})(?:;|$)", sent or "")
    return found[1] if found else None


def policy(path: str, allowed: Collection[str]) -> str:
    """The Content-Security-Policy header of a guarded service's answer at this path."""
    found = session_of(path)
    if is_iframe(path):
        parents = " ".join(["'self'", *sorted(allowed)])
        digest = base64.b64encode(hashlib.sha256(_BOOTSTRAP.encode()).digest()).decode()
        scripts = f"script-src 'self' 'sha256-{digest}'"
        return f"default-src 'none'; {scripts}; connect-src 'self'; frame-ancestors {parents}"
    if found is not None and found[1] == "htmlfile":  # its frames are scripts
        return "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'self'"
    return "default-src 'none'; frame-ancestors 'none'"


_OWN = "sockjs"
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9_/-]{1,200}")

_BOOTSTRAP = """
    document.domain = document.domain;
    _sockjs_onload = function(){SockJS.bootstrap_iframe();};
  """

_PAGE = """<!DOCTYPE html>
<html>
<head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
  <script>{bootstrap}</script>
  <script src="{sockjs_url}"></script>
</head>
<body>
  <h2>Don't panic!</h2>
  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
</body>
</html>"""
