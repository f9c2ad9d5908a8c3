"""Clients that people use, unmodified, against the contract's table: @stomp/stompjs and @stomp/rx-stomp in
Node, stomp.py."""

import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import stomp

from tests.e2e.chat import JsonChat, token
from tests.e2e.client import Api, Json, Person, Team

CLIENTS = Path(__file__).parents[1] / "clients"
HARD = "Grüß 😀 \u0000 \r\n\t\\n \u2028 שלום"


@contextmanager
def in_node(program: str, client: Person, ticket: Json, other: Person) -> Iterator[subprocess.Popen[str]]:
    """`program` of tests/clients as `client` on the ticket, which it shares with `other`; it has cut its line once."""
    environment = {
        **os.environ,
        "API": client.api.url,
        "ACCESS": client.token,
        "TICKET": ticket["id"],
        "OTHER": other.id,
    }
    process = subprocess.Popen(
        ["node", program], cwd=CLIENTS, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline(), process.communicate()[1]
        yield process


def printed(process: subprocess.Popen[str]) -> Json:
    said, wrong = process.communicate(timeout=120)
    assert process.returncode == 0, wrong
    found: Json = json.loads(said)
    return found


def test_stompjs(api: Api, team: Team) -> None:
    client, agent = api.make("client"), team.agent()
    ticket = team.file_settled(client=client)
    with JsonChat(agent) as other:
        other.watch(ticket)
        with in_node("stompjs.mjs", client, ticket, agent) as process:
            assert other.ask("chat", ticket_id=ticket["id"], content="while you were away")["type"] == "ack"
            seen = printed(process)
        other.rest()
    expected = [seen["hard"], "€" * 4000, "one", "two", "three", "before the cut", "while you were away"]
    assert [each["content"] for each in seen["history"][0]["messages"]] == expected
    assert [each["seq"] for each in seen["history"][0]["messages"]] == list(range(1, 8))
    came = {each["id"]: each for each in [*seen["messages"], *seen["history"][0]["messages"]]}
    assert sorted(each["seq"] for each in came.values()) == list(range(1, 8))
    assert [error["status"] for error in seen["errors"]] == [422]
    assert [each["content"] for each in seen["private"]] == ["psst"]
    assert any(each["user_id"] == client.id for each in seen["typing"])
    assert seen["connects"] == 2
    assert "stompError" not in seen
    public = [each["content"] for each in other.messages() if not each["private"]]
    assert public == expected
    assert [each["content"] for each in other.messages() if each["private"]] == ["psst"]


def test_rx_stomp(api: Api, team: Team) -> None:
    client, agent = api.make("client"), team.agent()
    ticket = team.file_settled(client=client)
    with JsonChat(agent) as other:
        other.watch(ticket)
        with in_node("rx-stomp.mjs", client, ticket, agent) as process:
            seen = printed(process)
        other.rest()
    expected = ["before the connection", "while the line was cut"]
    # In the second of subscribing the same message may come again (contract §7).
    came = {each["id"]: each["content"] for each in seen["topic"] if each["type"] == "message"}
    assert list(came.values()) == expected
    assert [each["content"] for each in seen["history"]["messages"]] == expected
    assert [error["status"] for error in seen["errors"]] == [422]
    assert [each["content"] for each in seen["private"]] == ["psst"]
    assert seen["connects"] == 2
    assert [each["content"] for each in other.messages() if not each["private"]] == expected


class Listener(stomp.ConnectionListener):  # type: ignore[misc]
    """What came, by destination; receipts; errors."""

    def __init__(self) -> None:
        self.bodies: list[Json] = []
        self.receipts: list[str] = []
        self.errors: list[str] = []
        self._changed = threading.Condition()

    def on_message(self, frame: stomp.utils.Frame) -> None:
        with self._changed:
            self.bodies.append(json.loads(frame.body))
            self._changed.notify_all()

    def on_receipt(self, frame: stomp.utils.Frame) -> None:
        with self._changed:
            self.receipts.append(frame.headers["receipt-id"])
            self._changed.notify_all()

    def on_error(self, frame: stomp.utils.Frame) -> None:
        with self._changed:
            self.errors.append(frame.headers["message"])
            self._changed.notify_all()

    def until(self, holds: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(holds, 60), (self.bodies[-3:], self.receipts, self.errors)

    def contents(self) -> list[str]:
        return [body["content"] for body in self.bodies if body["type"] == "message"]


def connected(person: Person, listener: Listener) -> stomp.WSStompConnection:
    where = urlsplit(person.api.url)
    chat = stomp.WSStompConnection([(where.hostname, where.port)], ws_path=f"/ws-chat?token={token(person)}")
    chat.set_listener("", listener)
    chat.connect(wait=True)
    return chat


def test_stomp_py(api: Api, team: Team) -> None:
    client, agent = api.make("client"), team.agent()
    ticket = team.file_settled(client=client)
    listener = Listener()
    with JsonChat(agent) as other:
        other.watch(ticket)
        chat = connected(client, listener)
        chat.subscribe(f"/topic/ticket/{ticket['id']}", id="1", ack="client-individual", headers={"receipt": "one"})
        chat.subscribe("/user/queue/errors", id="2", headers={"receipt": "two"})
        listener.until(lambda: {"one", "two"} <= set(listener.receipts))

        def say(content: str, **headers: str) -> None:
            chat.send("/app/chat", json.dumps({"ticket_id": ticket["id"], "content": content}), **headers)

        say(HARD, receipt="three")
        listener.until(lambda: "three" in listener.receipts and HARD in listener.contents())
        say("x" * 4001)
        listener.until(lambda: any(body["type"] == "error" for body in listener.bodies))
        transaction = chat.begin()
        for part in ("one", "two"):
            say(part, transaction=transaction)
        chat.commit(transaction)
        listener.until(lambda: {"one", "two"} <= set(listener.contents()))
        chat.ack(next(body["id"] for body in listener.bodies if body["type"] == "message") + "@1")
        assert other.ask("chat", ticket_id=ticket["id"], content="heard you")["type"] == "ack"
        listener.until(lambda: "heard you" in listener.contents())

        # The line is cut; meanwhile somebody else speaks; then the gap is filled.
        chat.transport.disconnect_socket()
        assert other.ask("chat", ticket_id=ticket["id"], content="while you were away")["type"] == "ack"
        again = Listener()
        chat = connected(client, again)
        chat.subscribe(f"/topic/ticket/{ticket['id']}", id="1", headers={"receipt": "one"})
        chat.subscribe("/user/queue/chat-history", id="2", headers={"receipt": "two"})
        again.until(lambda: {"one", "two"} <= set(again.receipts))
        chat.send("/app/load-history", json.dumps({"ticket_id": ticket["id"]}))
        again.until(lambda: any(body["type"] == "history" for body in again.bodies))
        [history] = [body for body in again.bodies if body["type"] == "history"]
        said = [HARD, "one", "two", "heard you", "while you were away"]
        assert [(each["seq"], each["content"]) for each in history["messages"]] == list(enumerate(said, 1))
        say("back")
        again.until(lambda: "back" in again.contents())
        chat.disconnect(receipt="bye")
        again.until(lambda: "bye" in again.receipts)
        other.rest()
        assert [each["content"] for each in other.messages()] == [*said, "back"]
    assert listener.errors + again.errors == []
