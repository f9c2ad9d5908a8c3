"""Posting to connections fails for some seconds: every event still reaches each subscription that lives, or how things
are by then does (contract §7).
"""

from collections.abc import Iterator

import pytest

from tests.e2e.chat import JsonChat, StompChat
from tests.e2e.client import Api, Json, Person, Team

REFUSED = {"operation": "apigatewaymanagementapi:PostToConnection", "error": "LimitExceededException"}


@pytest.fixture
def calm(api: Api) -> Iterator[None]:
    yield
    api.clear_faults()


def cannot_tell(api: Api) -> None:
    """What was to be told is being tried again and again."""
    assert api.http.get("/_local/idle", params={"timeout": 1}).status_code == 504


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
def test_what_happens_meanwhile_is_told_afterwards(api: Api, team: Team) -> None:
    client, agent = api.make("client"), team.agent()
    ticket = team.file_settled(client=client)
    with JsonChat(client) as watcher, StompChat(client) as other, JsonChat(agent) as leaves:
        watcher.watch(ticket)
        other.watch(ticket)
        other.listen("/user/queue/chat-history", "1")
        leaves.watch(ticket)
        watcher.event("presence", user_id=agent.id, online=True)
        watcher.rest()
        api.fault(**REFUSED)
        agent.change(ticket, status="in_progress")
        leaves.send("chat", ticket_id=ticket["id"], content="a last word")
        cannot_tell(api)
        leaves.socket.close()
        other.send("SEND", {"destination": "/app/load-history", "receipt": "asked"}, {"ticket_id": ticket["id"]})
        cannot_tell(api)
        assert not [body for body in watcher.seen if body["type"] == "ticket"]
        api.clear_faults()
        shown = watcher.until(lambda body: body["type"] == "ticket" and body["ticket"]["status"] == "in_progress")
        assert shown
        watcher.rest()
        presence = [body for body in watcher.seen if body["type"] == "presence" and body["user_id"] == agent.id]
        assert max(presence, key=lambda body: str(body["at"]))["online"] is False
        assert "a last word" in [body["content"] for body in watcher.messages()]
        other.rest()
        other.frame("RECEIPT", **{"receipt-id": "asked"})
        assert [body["type"] for body in other.seen if body["type"] == "history"] == ["history"]


@pytest.mark.usefixtures("calm")
def test_each_of_two_subscriptions_on_one_connection_is_told(
    api: Api, ticket: Json, client: Person, agent: Person
) -> None:
    with StompChat(client) as watcher, JsonChat(agent) as says:
        watcher.watch(ticket, "first")
        watcher.watch(ticket, "second")
        watcher.rest()
        watcher.frames.clear()
        api.fault(**REFUSED)
        says.send("chat", ticket_id=ticket["id"], content="to both")
        cannot_tell(api)
        api.clear_faults()
        watcher.rest()
        told = {
            frame.headers["subscription"]
            for frame in watcher.frames
            if frame.command == "MESSAGE" and b"to both" in frame.body
        }
        assert told == {"first", "second"}
