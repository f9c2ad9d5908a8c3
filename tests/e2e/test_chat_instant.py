"""What a client sends in the same instant as it subscribes, without waiting for receipts, is answered to these
subscriptions (contract §7, Order): its own message, the history that it asks for, the error that it made.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.chat import StompChat
from tests.e2e.client import Api, Person, Team

CLIENTS = Path(__file__).parents[1] / "clients"


@pytest.fixture
def reordered(api: Api) -> Iterator[None]:
    """Messages of one connection overtake each other."""
    api.fault(websocket="reorder", probability=0.7)
    yield
    api.clear_faults()


def missed(api: Api, team: Team, runs: int, over: str) -> list[dict[str, bool]]:
    client = api.make("client")
    ticket = team.file_settled(client=client)
    parts = [api.url, client.token, ticket["id"], str(runs), over]
    ended = subprocess.run(
        ["node", CLIENTS / "instant.cjs", *parts], capture_output=True, text=True, timeout=580, check=True
    )
    found = json.loads(ended.stdout)
    assert found["runs"] == runs
    return list(found["missed"])


@pytest.mark.usefixtures("reordered")
@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
@pytest.mark.parametrize("over", ["websocket", "sockjs"])
def test_stompjs_misses_nothing(api: Api, team: Team, over: str) -> None:
    assert missed(api, team, 8, over) == []


@pytest.mark.long
@pytest.mark.usefixtures("reordered")
@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
@pytest.mark.parametrize("over", ["websocket", "sockjs"])
def test_stompjs_misses_nothing_in_two_hundred_runs(api: Api, team: Team, over: str) -> None:
    for _ in range(4):  # sixty chat tokens a minute
        assert missed(api, team, 50, over) == []
        api.advance(61)


@pytest.mark.usefixtures("reordered")
def test_nor_is_a_private_message_missed(api: Api, team: Team, client: Person, agent: Person) -> None:
    ticket = team.file_settled(client=client)
    for number in range(6):
        with StompChat(client) as chat:
            private = {"ticket_id": ticket["id"], "recipient_id": agent.id, "content": f"psst {number}"}
            chat.send("SUBSCRIBE", {"id": "0", "destination": "/user/queue/errors"})
            chat.send("SUBSCRIBE", {"id": "1", "destination": "/user/queue/private-messages"})
            chat.send("SEND", {"destination": "/app/private-chat"}, private)
            chat.event("message", content=f"psst {number}")


@pytest.mark.usefixtures("reordered")
def test_fifteen_a_second_are_taken_in_any_order(api: Api, agent: Person) -> None:
    with StompChat(agent) as chat:
        for number in range(60):
            chat.send("SEND", {"destination": "/app/seen", "receipt": f"r{number}"}, {"ticket_id": "x", "seq": 1})
            time.sleep(1 / 15)
        chat.rest()
        assert chat.closed is None
        chat.do("SUBSCRIBE", {"id": "0", "destination": "/user/queue/errors"})
