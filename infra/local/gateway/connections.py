"""`@connections`: what the ordinary client of API Gateway's management API is answered."""

import json
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from botocore.awsrequest import AWSResponse

from infra.local.engine import answers
from infra.local.engine.calls import Call
from infra.local.gateway.websocket import LARGEST_MESSAGE, Sockets
from infra.local.gateway.websocket_events import Socket


def answer(sockets: Sockets, call: Call) -> AWSResponse:
    """PostToConnection, GetConnection, DeleteConnection. 410 while a connection is being opened, and once it is
    closed."""
    socket = sockets.find(unquote(urlsplit(call.request.url).path.rpartition("/")[2]))
    if socket is None:
        return answers.error(call, "GoneException")
    if call.operation == "GetConnection":
        return answers.answer(call, 200, {"Content-Type": "application/json"}, json.dumps(_shown(socket)).encode())
    if call.operation == "DeleteConnection":
        sockets.shut(socket)
        return answers.answer(call, 204, {}, b"")
    text = str(call.params["Data"])
    if len(text.encode()) > LARGEST_MESSAGE:
        return answers.error(call, "PayloadTooLargeException")
    if not sockets.post(socket, text):
        return answers.error(call, "GoneException")
    return answers.answer(call, 200, {}, b"")


def _shown(socket: Socket) -> dict[str, object]:
    return {
        "connectedAt": _stamp(socket.connected_at),
        "lastActiveAt": _stamp(socket.active_at),
        "identity": {"sourceIp": socket.ip, "userAgent": socket.agent},
    }


def _stamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
