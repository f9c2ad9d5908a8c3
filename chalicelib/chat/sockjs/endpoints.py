"""SockJS's requests, and how each is answered (sockjs-protocol-0.3.3.py of sockjs/sockjs-protocol)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib import ambient
from chalicelib.chat.sockjs import codec, pages, polls, script
from chalicelib.chat.sockjs.codec import TRANSPORTS, InvalidRequest, Response
from chalicelib.chat.sockjs.polls import Service
from chalicelib.chat.sockjs.sessions import Missing
from chalicelib.edge import problems
from chalicelib.errors import NotFound, TooLarge
from chalicelib.log import log

MOST_BODY = 128 * 1024
MOST_TEXT = 32 * 1024
"""Octets of a message of the client's, as of a WebSocket's (contract §7)."""

_SENDERS = ("xhr_send", "jsonp_send")
_ALWAYS = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
"""Addresses have the token in them, and tell it nobody."""


@dataclass(frozen=True)
class Request:
    """`path` is what follows the service's base, as it was sent; names of `headers` are in small letters; `at` is when
    it came to the gateway, epoch milliseconds."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    at: int = 0
    request_id: str = ""

    @property
    def token(self) -> str | None:
        return self.query.get("token") or None


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


def answer(service: Service, request: Request) -> Answer:
    """Answers everything but WebSockets, whatever happens. What streams elsewhere ends here after its first frames."""
    try:
        given = _answer(service, request)
    except Exception as error:
        refused = problems.refusal(error)
        if refused.status == 500:
            log.exception("request failed")
        elif refused.status > 500:
            log.warning("request refused", extra={"cause": type(error.__cause__ or error).__name__})
        body = json.dumps(problems.problem(refused, request.request_id))
        headers = {"Content-Type": problems.CONTENT_TYPE, **refused.headers, **cors(request), **pages.UNCACHED}
        given = Answer(refused.status, headers, body)
    return Answer(given.status, {**_ALWAYS, **given.headers}, "" if request.method == "HEAD" else given.body)


def receiving(service: Service, request: Request) -> tuple[Response, str] | None:
    """The stream or poll that the request asks for, and the session's name; None: it asks for something else. Raises
    InvalidRequest."""
    found = pages.session_of(request.path)
    transport = TRANSPORTS.get(found[1]) if found else None
    if found is None or transport is None or request.method != transport.method:
        return None
    callback = codec.callback_of(request.query) if transport.needs_callback else ""
    return Response(transport, callback, service.limit), found[0]


def is_websocket(path: str) -> bool:
    """Whether the path is a WebSocket's, where there are some: in SockJS's frames, or raw (RawWebsocket)."""
    found = pages.session_of(path)
    return path == "/websocket" or (found is not None and found[1] == "websocket")


def session_headers(service: Service, request: Request, content_type: str) -> dict[str, str]:
    """Of every answer of a session's."""
    headers = {"Content-Type": content_type, **pages.UNCACHED, **cors(request)}
    if service.cookie_needed:
        headers["Set-Cookie"] = pages.cookie(request.headers.get("cookie"))
    return headers


def cors(request: Request) -> dict[str, str]:
    return pages.cors(request.headers.get("origin"), request.headers.get("access-control-request-headers"))


def unreadable(service: Service, request: Request, error: InvalidRequest) -> Answer:
    return Answer(error.status, session_headers(service, request, pages.TEXT), str(error))


def _answer(service: Service, request: Request) -> Answer:
    path = request.path
    if path in ("", "/"):
        return _page(request, pages.GREETING, pages.TEXT, {})
    if path == "/info":
        told = pages.info(ambient.entropy(), websocket=service.websocket, cookie_needed=service.cookie_needed)
        headers = {**pages.UNCACHED, **cors(request)}
        return _page(request, told, "application/json; charset=UTF-8", headers)
    if pages.is_iframe(path):
        return _cached(request, pages.iframe(f"{service.base}/{script.NAME}"), "text/html; charset=UTF-8")
    if path == f"/{script.NAME}":
        return _cached(request, script.text(), script.CONTENT_TYPE)
    return _session(service, request)


def _page(request: Request, body: str, content_type: str, headers: Mapping[str, str]) -> Answer:
    if request.method == "OPTIONS":
        return _preflight(request, "GET")
    if request.method not in ("GET", "HEAD"):
        return _not_allowed("GET")
    return Answer(200, {"Content-Type": content_type, **headers}, body)


def _cached(request: Request, body: str, content_type: str) -> Answer:
    headers = {**pages.cached(ambient.now()), "ETag": pages.etag(body)}
    if request.method == "GET" and pages.unchanged(body, request.headers.get("if-none-match")):
        return Answer(304, headers)
    return _page(request, body, content_type, headers)


def _session(service: Service, request: Request) -> Answer:
    found = pages.session_of(request.path)
    if found is None or found[1] not in (*TRANSPORTS, *_SENDERS):
        raise NotFound("There is nothing here.")
    name, transport = found
    method = TRANSPORTS[transport].method if transport in TRANSPORTS else "POST"
    if request.method == "OPTIONS":
        answered = _preflight(request, method)
        if not service.cookie_needed:
            return answered
        return Answer(204, {**answered.headers, "Set-Cookie": pages.cookie(request.headers.get("cookie"))})
    if request.method != method:
        return _not_allowed(method)
    try:
        asked = receiving(service, request)
        return _send(service, request, name, transport) if asked is None else _poll(service, request, *asked)
    except InvalidRequest as error:
        return unreadable(service, request, error)


def _poll(service: Service, request: Request, response: Response, name: str) -> Answer:
    frames = polls.poll(service, name, request.token)
    body = response.prelude + "".join(response.write(frame) for frame in frames)
    return Answer(200, session_headers(service, request, response.transport.content_type), body)


def _send(service: Service, request: Request, name: str, transport: str) -> Answer:
    if len(request.body) > MOST_BODY:
        raise TooLarge(f"A request has at most {MOST_BODY} octets.")
    if transport == "jsonp_send":
        texts = codec.received_jsonp(request.body, request.headers.get("content-type"))
    else:
        texts = codec.received(request.body)
    if any(len(text.encode(errors="replace")) > MOST_TEXT for text in texts):
        raise TooLarge(f"A message has at most {MOST_TEXT} octets.")
    try:
        polls.send(service, name, request.token, texts, request.at)
    except Missing:
        raise NotFound("There is no such session (any more).") from None
    headers = session_headers(service, request, pages.TEXT)
    # Konqueror needs a body (JsonPolling).
    return Answer(200, headers, "ok") if transport == "jsonp_send" else Answer(204, headers)


def _preflight(request: Request, method: str) -> Answer:
    asked = request.headers.get("access-control-request-headers")
    return Answer(204, pages.options(ambient.now(), request.headers.get("origin"), asked, (method,)))


def _not_allowed(method: str) -> Answer:
    return Answer(405, {"Allow": f"OPTIONS, {method}"})
