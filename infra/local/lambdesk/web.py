"""`/`: the built web client as CloudFront would serve it from its bucket, or a page that says why there is none."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from infra.local.control import page
from infra.local.control.routes import problem
from infra.local.engine.template import Template
from infra.web import DIST

ASSETS = "/assets/"
_FOR_EVER = "public, max-age=31536000, immutable"
_NEVER = "no-cache, no-store"
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
"""The encodings that the build wrote beside its files, the better one first."""

_TYPES = {".js": "text/javascript; charset=utf-8", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    content_type: str
    encoded: dict[str, Path]


class Site:
    """The ASGI app for whatever no other path of the runner serves. `missing`: why there is no web client, if there is
    none; `elsewhere`: where Vite serves it."""

    def __init__(
        self, template: Template, dist: Path = DIST, *, missing: str | None = None, elsewhere: str | None = None
    ) -> None:
        self._headers = headers(template)
        self._dist = None if missing or elsewhere else dist
        self._missing = missing or "The web client is not built: `make run` builds it."
        self._elsewhere = elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self._answer(Request(scope))
        await answer(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        path = request.url.path
        if request.method not in ("GET", "HEAD"):
            refused = problem(405, "Method not allowed", "Allowed here: GET, HEAD.")
            refused.headers["Allow"] = "GET, HEAD"
            return refused
        if path.startswith("/ws-chat"):
            return problem(404, "Not found", "There is nothing here. The chat is at /ws-chat and /ws-chat-sockjs.")
        if self._elsewhere:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{self._elsewhere}{path}{query}", 307)
        if self._dist and (file := _found(self._dist, path)):
            return self._file(file, path, request)
        if path.startswith(ASSETS) or "." in path.rpartition("/")[2]:
            return problem(404, "Not found", "There is nothing here. The API is under /api/.")
        if self._dist and (file := _found(self._dist, "/index.html")):
            return self._file(file, "/index.html", request)
        return HTMLResponse(page.home(self._missing))

    def _file(self, file: _File, path: str, request: Request) -> Response:
        sent = {
            **self._headers,
            "Content-Type": file.content_type,
            "Cache-Control": _FOR_EVER if path.startswith(ASSETS) else _NEVER,
            "Vary": "Accept-Encoding",
        }
        chosen = file.path
        accepted = _accepted(request.headers.get("Accept-Encoding", ""))
        for encoding, encoded in file.encoded.items():
            if encoding in accepted:
                chosen = encoded
                sent["Content-Encoding"] = encoding
                break
        return Response(chosen.read_bytes(), headers=sent)


def headers(template: Template) -> dict[str, str]:
    """What the template has CloudFront add to the web client's answers. HSTS aside: here it is plain HTTP."""
    declared = template.resources.get("WebHeaders")
    if declared is None:
        return {}  # a test's template
    config: dict[str, Any] = template.resolve(declared["Properties"]["ResponseHeadersPolicyConfig"])
    security = config["SecurityHeadersConfig"]
    found = {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
    }
    return found | {each["Header"]: each["Value"] for each in config["CustomHeadersConfig"]["Items"]}


def _found(dist: Path, path: str) -> _File | None:
    """The file of the build at this path of the address. Looked up each time: a build may replace them all."""
    name = path.removeprefix("/")
    file = dist / name
    hidden = any(part.startswith(".") for part in name.split("/"))
    if hidden or "\\" in name or "\0" in name or file.suffix in (".br", ".gz") or not file.is_file():
        return None
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") and "charset" not in kind:
        kind += "; charset=utf-8"
    beside = {encoding: file.with_name(file.name + suffix) for encoding, suffix in _ENCODINGS}
    return _File(file, kind, {encoding: each for encoding, each in beside.items() if each.is_file()})


def _accepted(header: str) -> set[str]:
    """Encodings named with a weight above nought."""
    named = (part.strip().lower().partition(";") for part in header.split(","))
    return {name.strip() for name, _, weight in named if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00")}
