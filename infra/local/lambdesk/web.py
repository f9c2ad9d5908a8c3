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
        self._files = {} if missing or elsewhere else _files(dist)
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
        if path in self._files:
            return self._file(path, request)
        if path.startswith(ASSETS) or "." in path.rpartition("/")[2]:
            return problem(404, "Not found", "There is nothing here. The API is under /api/.")
        if "/index.html" not in self._files:
            return HTMLResponse(page.home(self._missing))
        return self._file("/index.html", request)

    def _file(self, path: str, request: Request) -> Response:
        file = self._files[path]
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


def _files(dist: Path) -> dict[str, _File]:
    found = {}
    names = {path for path in dist.rglob("*") if path.is_file()}
    for path in names:
        name = path.relative_to(dist).as_posix()
        if name.startswith(".") or path.suffix in (".br", ".gz"):
            continue
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind.startswith("text/") and "charset" not in kind:
            kind += "; charset=utf-8"
        encoded = {encoding: path.with_name(path.name + suffix) for encoding, suffix in _ENCODINGS}
        found[f"/{name}"] = _File(path, kind, {each: file for each, file in encoded.items() if file in names})
    return found


def _accepted(header: str) -> set[str]:
    """Encodings named with a weight above nought."""
    named = (part.strip().lower().partition(";") for part in header.split(","))
    return {name.strip() for name, _, weight in named if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00")}
