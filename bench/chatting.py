"""The chat's part of bench/operations.py: what a connection costs, and a message to 2 and to 200 who listen."""

import json
import time
from collections.abc import Callable, Mapping

from botocore.awsrequest import AWSResponse
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench import polling
from bench.desk import Desk, Person
from infra.local.engine import answers
from infra.local.engine.calls import Call

CONNECT, MESSAGE, DISCONNECT = "websocket_connect", "websocket_message", "websocket_disconnect"
_CROWD = "crowd-"


def play(desk: Desk, client: Person, ann: Person, ticket_id: str) -> None:
    """`ann` and `client` may see the ticket."""
    desk.ask("", "GET", f"/tickets/{ticket_id}/chat", client)
    url = desk.stack.url.replace("http", "ws", 1) + "/ws-chat"
    token = desk.ask("", "POST", "/chat/token", client)["token"]
    one = desk.sent(CONNECT, "with a chat token", client, lambda: _open(f"{url}?token={token}"))
    two = desk.sent(CONNECT, "with an access token", ann, lambda: _open(url, ann))
    topic = f"/topic/ticket/{ticket_id}"
    for case, person, socket in (("subscribe, the first", client, one), ("subscribe, the second", ann, two)):
        _send(desk, case, person, socket, {"action": "subscribe", "destination": topic})
    said = {"action": "chat", "ticket_id": ticket_id, "content": "The printer prints moons now."}
    _send(desk, "a message to 2", ann, two, said)
    _send(desk, "a message to 2, named", ann, two, said | {"client_message_id": "once"})
    _send(desk, "the same again", ann, two, said | {"client_message_id": "once"})
    private = said | {"action": "private-chat", "recipient_id": client.id}
    _send(desk, "a private message", ann, two, private)
    for action in ("load-history", "typing"):
        _send(desk, action, ann, two, {"action": action, "ticket_id": ticket_id})
    _send(desk, "seen", client, one, {"action": "seen", "ticket_id": ticket_id, "seq": 1})
    _send(desk, "ping", ann, two, {"action": "ping"})
    _others(desk, ticket_id)
    body = json.dumps({"presence": {"ticket_id": ticket_id, "account_id": client.id}})
    came = {"Records": [{"messageId": "1", "body": body}]}
    desk.told("on_live", "somebody came of whom the others know", came)
    _crowded(desk, ticket_id, lambda: _send(desk, "a message to 200", ann, two, said))
    _send(desk, "unsubscribe", client, one, {"action": "unsubscribe", "destination": topic})
    desk.sent(DISCONNECT, "of one who only listens", client, lambda: _close(desk, one))
    _send(desk, "a message to one who isn't there", ann, two, said)
    desk.sent(DISCONNECT, "of one who watches", ann, lambda: _close(desk, two))
    polling.play(desk, client, ticket_id)


def _others(desk: Desk, ticket_id: str) -> None:
    """The consumers of chat messages and of events, each invoked by itself."""
    keys = {"conversation": {"S": ticket_id}, "seq": {"N": "1"}}
    stored = {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "1", "Keys": keys}}
    desk.told("on_chat_message", "delivered already", {"Records": [stored]})
    event = next(iter(desk.send("GET", f"/tickets/{ticket_id}/history", desk.admin).json()["items"]))["id"]
    for case, told in (("nobody watches", "none"), ("two watch", ticket_id)):
        body = json.dumps({"ticket_id": told, "item": f"event#{event}"})
        desk.told("on_live", case, {"Records": [{"messageId": "1", "body": body}]})
    entered = {"team": {"S": "nobody-listens"}, "item": {"S": "waiting#1"}}
    waits = {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "1", "Keys": entered}}
    desk.told("on_team_change", "nobody listens", {"Records": [waits]})
    account = {
        name: {kind: value}
        for name, kind, value in (
            ("id", "S", "nobody"), ("item", "S", "account"), ("kind", "S", "account"), ("email", "S", "n@example.com"),
            ("email_key", "S", "n@example.com"), ("name", "S", "N"), ("role", "S", "client"),
            ("created_at", "S", "2026-01-01T00:00:00.000Z"),
        )
    }  # fmt: skip
    changed = {"eventName": "MODIFY", "dynamodb": {"SequenceNumber": "1", "NewImage": account}}
    desk.told("on_account_status_change", "nobody connected", {"Records": [changed]})


def _open(url: str, person: Person | None = None) -> ClientConnection:
    headers = person.headers if person else None
    return connect(url, subprotocols=[Subprotocol("json")], additional_headers=headers, legacy=True)


def _calm(desk: Desk) -> None:
    """Waits until a connection has forgotten the frames of the last second: their counts make its item larger."""
    desk.stack.pumps.advance(2)
    desk.stack.wait_idle()


def _close(desk: Desk, socket: ClientConnection) -> None:
    """Closes the connection and waits until the gateway has noticed."""
    _calm(desk)
    before = len(desk.stack.sockets.open)
    socket.close()
    while len(desk.stack.sockets.open) == before:
        time.sleep(0.01)


def _send(desk: Desk, case: str, person: Person, socket: ClientConnection, frame: Mapping[str, str | int]) -> None:
    """Sends a frame and waits for its ack: an `error` would cost something else."""
    _calm(desk)

    def act() -> None:
        socket.send(json.dumps({**frame, "request_id": case}))
        while (answer := json.loads(socket.recv(timeout=60))).get("request_id") != case:
            pass
        assert answer["type"] == "ack", answer

    desk.sent(MESSAGE, case, person, act)


def _crowded(desk: Desk, ticket_id: str, act: Callable[[], None]) -> None:
    """Runs `act` with 198 more subscribers: their rows, and a gateway that takes what is posted to them."""
    from chalicelib.chat.models import Subscriber

    like = next(iter(Subscriber.query(f"topic#{ticket_id}")))
    answered = desk.stack.engine.connections
    assert answered is not None

    def connections(call: Call) -> AWSResponse:
        return answers.answer(call, 200, {}, b"") if _CROWD in call.request.url else answered(call)

    rows = [f"{_CROWD}{number:03d}" for number in range(198)]
    for name in rows:
        like.item = f"{name}#0000000000000000"
        like.connection_id = name
        like.save()
    desk.stack.engine.connections = connections
    act()
    desk.stack.engine.connections = answered
    for name in rows:
        Subscriber(id=like.id, item=f"{name}#0000000000000000").delete()
