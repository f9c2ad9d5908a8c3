"""A connection of the WebSocket gateway, and the events that API Gateway makes of what happens to it."""

import asyncio
import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.types import Scope

STAGE = "ws-chat"


@dataclass(eq=False)
class Socket:
    """A connection. Times are the application's, epoch seconds."""

    id: str
    domain: str
    ip: str
    agent: str | None
    connected_at: float
    active_at: float
    state: str = "connecting"
    """connecting | open | closed."""
    stamped: int = 0
    out: asyncio.Queue[str | tuple[int, str] | None] = field(default_factory=asyncio.Queue)
    """Texts; (code, reason) closes; None: the line is cut."""
    ended: tuple[int, str] = (1006, "")
    """How it was closed."""


def opened(scope: Scope, now: float) -> Socket:
    """A connection that asks to be opened."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    peer = scope["client"][0] if scope.get("client") else "127.0.0.1"
    forwarded = headers.get("x-forwarded-for", "").rsplit(",", 1)[-1].strip()
    return Socket(
        id=base64.urlsafe_b64encode(secrets.token_bytes(11)).decode(),
        domain=headers.get("host", "127.0.0.1"),
        ip=forwarded or peer,
        agent=headers.get("user-agent"),
        connected_at=now,
        active_at=now,
    )


def event(
    socket: Socket, route: str, now: float, more: Mapping[str, Any] | None = None, scope: Scope | None = None
) -> dict[str, Any]:
    """What a function is handed. `more` goes into the request context; `scope`: the handshake's."""
    # No two messages of a connection arrive in the same millisecond.
    socket.stamped = max(int(now * 1000), socket.stamped + 1)
    request_id = str(uuid4())
    kinds = {"$connect": "CONNECT", "$disconnect": "DISCONNECT"}
    stamp = datetime.fromtimestamp(socket.stamped / 1000, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
    context = {
        "routeKey": route,
        "eventType": kinds.get(route, "MESSAGE"),
        "messageDirection": "IN",
        "extendedRequestId": request_id,
        "requestId": request_id,
        "requestTime": stamp,
        "requestTimeEpoch": socket.stamped,
        "connectedAt": int(socket.connected_at * 1000),
        "stage": STAGE,
        "domainName": socket.domain,
        "apiId": "local",
        "connectionId": socket.id,
        "identity": {"sourceIp": socket.ip, "userAgent": socket.agent},
        **(more or {}),
    }
    if scope is not None and scope.get("anonymous"):  # by whoever carries another protocol over this API's connections
        context["anonymous"] = True
    return {"requestContext": context, "isBase64Encoded": False, **(_asked(scope) if scope else {})}


def _asked(scope: Scope) -> dict[str, Any]:
    """What a handshake brings."""
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").title(), []).append(value.decode("latin-1"))
    query: dict[str, list[str]] = {}
    for name, text in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True):
        query.setdefault(name, []).append(text)
    asked: dict[str, Any] = {
        "headers": {name: values[-1] for name, values in headers.items()},
        "multiValueHeaders": headers,
    }
    if query:
        asked["queryStringParameters"] = {name: values[-1] for name, values in query.items()}
        asked["multiValueQueryStringParameters"] = query
    return asked
