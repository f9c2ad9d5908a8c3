"""API Gateway's events of the paths below /ws-chat-sockjs, which have a function of their own: the chat over SockJS.

A function answers once: a stream ends after its first frames and the client asks again, as it does after 128 KiB. There
is no WebSocket here. Both are where the host can do it: the local runner.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.chat import service as chat, sockjs_http, tokens
from chalicelib.chat.carrier import Address
from chalicelib.chat.sockjs_http import Request
from chalicelib.chat.sockjs_polls import Service
from chalicelib.chat.tokens import Visitor
from chalicelib.log import about, log
from chalicelib.measures import collected

BASE = "/ws-chat-sockjs"


class Chat:
    """The application behind the sessions."""

    def admit(self, token: str | None, session_id: str) -> Visitor | None:
        """Nobody yet without a token: CONNECT brings one, then."""
        return tokens.redeem(token, session_id) if token is not None else None

    def opened(self, connection_id: str, visitor: Visitor | None) -> None:
        chat.opened(Address("sockjs", connection_id), visitor)

    def begun(self, connection_id: str) -> None:
        """The client speaks first."""

    def arrived(self, connection_id: str, texts: Sequence[str], at: int) -> None:
        chat.arrived(Address("sockjs", connection_id), texts, at)

    def gone(self, connection_id: str) -> None:
        chat.gone(Address("sockjs", connection_id))


SERVICE = Service(BASE, Chat())


def respond(event: Mapping[str, Any]) -> dict[str, Any]:
    """Answers an event of the REST API (payload 1.0)."""
    context = event["requestContext"]
    request = _request(event)
    with about(request.request_id), collected():
        answer = sockjs_http.answer(SERVICE, request)
        log.info(
            "request",
            extra={"method": request.method, "route": context["resourcePath"], "status": answer.status},
        )
    headers = {**answer.headers, "X-Request-Id": request.request_id}
    return {"statusCode": answer.status, "headers": headers, "body": answer.body, "isBase64Encoded": False}


def _request(event: Mapping[str, Any]) -> Request:
    body = event.get("body") or ""
    context = event["requestContext"]
    return Request(
        method=event["httpMethod"],
        path=event["path"].removeprefix(BASE),
        query=event.get("queryStringParameters") or {},
        headers={name.lower(): value for name, value in (event.get("headers") or {}).items()},
        body=base64.b64decode(body) if event.get("isBase64Encoded") else body.encode(errors="replace"),
        at=int(context["requestTimeEpoch"]),
        request_id=context["requestId"],
    )
