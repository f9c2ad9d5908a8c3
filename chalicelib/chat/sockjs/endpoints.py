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
from chalicelib.settings import settings

MOST_BODY = 128 * 1024
MOST_TEXT = 32 * 1024
"""The largest message of a client in octets, as over WebSocket (contract §7)."""

_SENDERS = ("xhr_send", "jsonp_send")
_ALWAYS = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
"""Headers of every response. The URLs contain the token, so they are never sent on as a referrer."""
_GUARDED = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


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
    ip: str = ""

    @property
    def token(self) -> str | None:
        return self.query.get("token") or None

    @property
    def cookie(self) -> str | None:
        return pages.own_cookie_of(self.headers.get("cookie"))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


def answer(service: Service, request: Request) -> Answer:
    """Answers every request but WebSockets; never raises. Streaming transports end after their first frames."""
    try:
        given = _answer(service, request)
    except Exception as error:
        refused = problems.refusal(error)
        if refused.status == 500:
            log.exception("request failed")
        elif refused.status > 500:
            log.warning("request refused", extra={"cause": type(error.__cause__ or error).__name__})
        body = json.dumps(problems.problem(refused, request.request_id))
        headers = {"Content-Type": problems.CONTENT_TYPE, **refused.headers, **cors(service, request), **pages.UNCACHED}
        given = Answer(refused.status, headers, body)
    always = dict(_ALWAYS)
    if service.guarded:
        always |= _GUARDED | {"Content-Security-Policy": pages.policy(request.path, settings.allowed_origins)}
    return Answer(given.status, always | dict(given.headers), "" if request.method == "HEAD" else given.body)


def receiving(service: Service, request: Request) -> tuple[Response, str] | None:
    """The stream or poll that is requested, and the session's name; None if the request is for something else. Raises
    InvalidRequest."""
    found = pages.session_of(request.path)
    transport = TRANSPORTS.get(found[1]) if found else None
    if found is None or transport is None or request.method != transport.method:
        return None
    callback = codec.callback_of(request.query) if transport.needs_callback else ""
    return Response(transport, callback, service.limit), found[0]


def is_websocket(path: str) -> bool:
    """Whether the path is a WebSocket's, with SockJS's frames or raw (RawWebsocket). Only some hosts offer these."""
    found = pages.session_of(path)
    return path == "/websocket" or (found is not None and found[1] == "websocket")


def session_headers(
    service: Service, request: Request, content_type: str, new_cookie: str | None = None
) -> dict[str, str]:
    """The headers of every response of a session. `new_cookie`: the cookie to which the session is bound from now
    on."""
    headers = {"Content-Type": content_type, **pages.UNCACHED, **cors(service, request)}
    if new_cookie is not None:
        place = service.base + request.path.rpartition("/")[0]
        cookie = pages.own_cookie(place, new_cookie, secure=settings.secure_cookies)
        return headers | ({"Set-Cookie": cookie} if cookie is not None else {})
    if service.cookie_needed:
        headers["Set-Cookie"] = pages.cookie(request.headers.get("cookie"))
    return headers


def cors(service: Service, request: Request) -> dict[str, str]:
    """The CORS headers. A guarded service sends them to the configured origins alone."""
    origin, asked = request.headers.get("origin"), request.headers.get("access-control-request-headers")
    return pages.cors_for(origin, settings.allowed_origins, asked) if service.guarded else pages.cors(origin, asked)


def no_upgrade(request: Request) -> Answer:
    """The answer to a plain HTTP request at a WebSocket's path (sockjs-protocol, WebsocketHttpErrors)."""
    if request.method != "GET":
        return Answer(405, {"Allow": "GET"})
    said = 'Can "Upgrade" only to "WebSocket".'
    if request.headers.get("upgrade", "").lower() == "websocket":
        said = '"Connection" must be "Upgrade".'
    return Answer(400, {"Content-Type": pages.TEXT}, said)


def unreadable(service: Service, request: Request, error: InvalidRequest) -> Answer:
    return Answer(error.status, session_headers(service, request, pages.TEXT), str(error))


def _answer(service: Service, request: Request) -> Answer:
    path = request.path
    if service.websocket and is_websocket(path):
        return no_upgrade(request)
    if path in ("", "/"):
        return _page(service, request, pages.GREETING, pages.TEXT, {})
    if path == "/info":
        told = pages.info(ambient.entropy(), websocket=service.websocket, cookie_needed=service.cookie_needed)
        headers = {**pages.UNCACHED, **cors(service, request)}
        return _page(service, request, told, "application/json; charset=UTF-8", headers)
    if pages.is_iframe(path):
        return _cached(service, request, pages.iframe(f"{service.base}/{script.NAME}"), "text/html; charset=UTF-8")
    if path == f"/{script.NAME}":
        return _cached(service, request, script.text(), script.CONTENT_TYPE)
    return _session(service, request)


def _page(service: Service, request: Request, body: str, content_type: str, headers: Mapping[str, str]) -> Answer:
    if request.method == "OPTIONS":
        return _preflight(service, request, "GET")
    if request.method not in ("GET", "HEAD"):
        return _not_allowed("GET")
    return Answer(200, {"Content-Type": content_type, **headers}, body)


def _cached(service: Service, request: Request, body: str, content_type: str) -> Answer:
    headers = {**pages.cached(ambient.now()), "ETag": pages.etag(body)}
    if request.method == "GET" and pages.unchanged(body, request.headers.get("if-none-match")):
        return Answer(304, headers)
    return _page(service, request, body, content_type, headers)


def _session(service: Service, request: Request) -> Answer:
    found = pages.session_of(request.path)
    if found is None or found[1] not in (*TRANSPORTS, *_SENDERS):
        raise NotFound("There is nothing here.")
    name, transport = found
    method = TRANSPORTS[transport].method if transport in TRANSPORTS else "POST"
    if request.method == "OPTIONS":
        answered = _preflight(service, request, method)
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
    receiver = polls.Receiver(service, name, request.token, cookie=request.cookie, ip=request.ip)
    frames = receiver.poll()
    body = response.prelude + "".join(response.write(frame) for frame in frames)
    content_type = response.transport.content_type
    return Answer(200, session_headers(service, request, content_type, receiver.new_cookie), body)


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
        polls.send(service, name, request.token, texts, request.at, cookie=request.cookie)
    except Missing:
        raise NotFound("There is no such session (any more).") from None
    headers = session_headers(service, request, pages.TEXT)
    # Konqueror needs a body (JsonPolling).
    return Answer(200, headers, "ok") if transport == "jsonp_send" else Answer(204, headers)


def _preflight(service: Service, request: Request, method: str) -> Answer:
    return Answer(204, pages.options(ambient.now(), cors(service, request), (method,)))


def _not_allowed(method: str) -> Answer:
    return Answer(405, {"Allow": f"OPTIONS, {method}"})
