"""API Gateway's events of the paths below /ws-chat-sockjs, which have a function of their own: the chat over SockJS.

A Lambda function returns one response: a stream ends after its first frames and the client opens the next, as it does
after 128 KiB. There is no WebSocket here. The local runner offers both.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.auth import attempts
from chalicelib.chat import service as chat, tokens
from chalicelib.chat.sockjs import endpoints, sessions
from chalicelib.chat.sockjs.endpoints import Request
from chalicelib.chat.sockjs.polls import Service
from chalicelib.chat.tokens import Visitor
from chalicelib.chat.transport import Address
from chalicelib.log import about, log
from chalicelib.measures import collected
from chalicelib.settings import settings

BASE = "/ws-chat-sockjs"


class Chat:
    """Connects the sessions to the chat."""

    def admit(self, token: str | None, session_id: str, ip: str) -> Visitor | None:
        """None without a token: then CONNECT has to bring one."""
        if token is not None:
            return tokens.redeem(token, session_id)
        attempts.sockjs(ip)
        return None

    def knows(self, connection_id: str) -> bool:
        return chat.knows(Address("sockjs", connection_id))

    def opened(self, connection_id: str, visitor: Visitor | None) -> None:
        chat.opened(Address("sockjs", connection_id), visitor)

    def begun(self, connection_id: str) -> None:
        """The client speaks first."""

    def arrived(self, connection_id: str, texts: Sequence[str], at: int) -> None:
        """Hands the texts to the chat in parts that are no larger than a WebSocket message; each part counts as
        having come a millisecond after the one before."""
        for later, together in enumerate(_messages(texts)):
            chat.arrived(Address("sockjs", connection_id), together, at + later)

    def gone(self, connection_id: str) -> None:
        chat.gone(Address("sockjs", connection_id))


def _service() -> Service:
    return Service(BASE, Chat(), websocket=settings.sockjs_websocket, guarded=True)


@collected()
def end_silent() -> dict[str, int]:
    """Runs each minute: tells the chat of sessions whose client is gone without having closed them."""
    count = 0
    for connection_id in sessions.ended():
        chat.gone(Address("sockjs", connection_id))
        sessions.told(connection_id)
        count += 1
    return {"ended": count}


@collected()
def respond(event: Mapping[str, Any]) -> dict[str, Any]:
    """Answers an event of the REST API (payload 1.0)."""
    context = event["requestContext"]
    request = _request(event)
    with about(request.request_id):
        answer = endpoints.answer(_service(), request)
        log.info(
            "request",
            extra={"method": request.method, "route": context["resourcePath"], "status": answer.status},
        )
    headers = {**answer.headers, "X-Request-Id": request.request_id}
    return {"statusCode": answer.status, "headers": headers, "body": answer.body, "isBase64Encoded": False}


def _messages(texts: Sequence[str]) -> Iterator[list[str]]:
    together: list[str] = []
    octets = 0
    for text in texts:
        size = len(text.encode(errors="replace"))
        if together and octets + size > endpoints.MOST_TEXT:
            yield together
            together, octets = [], 0
        together.append(text)
        octets += size
    if together:
        yield together


def _request(event: Mapping[str, Any]) -> Request:
    body = event.get("body") or ""
    context = event["requestContext"]
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    return Request(
        method=event["httpMethod"],
        path=event["path"].removeprefix(BASE),
        query=event.get("queryStringParameters") or {},
        headers=headers,
        body=base64.b64decode(body) if event.get("isBase64Encoded") else body.encode(errors="replace"),
        at=int(context["requestTimeEpoch"]),
        request_id=context["requestId"],
        ip=headers.get("x-viewer-address") or (context.get("identity") or {}).get("sourceIp") or "",
    )
