"""What people are told of inside the desk: lists, reading, sight, time (contract §9). That each event tells each
recipient once: tests/e2e/test_mail.py."""

from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.inbox import service as inbox
from tests.integration.people.conftest import Clock, Http, Session

DAY = 86_400


@pytest.fixture
def tickets(http: Http, client: Session) -> list[dict[str, Any]]:
    return [http("POST", "/tickets", {"title": f"T{n}", "description": "D"}, as_=client).body for n in range(2)]


def note(who: Session, ticket: dict[str, Any], clock: Clock, kind: str = "comment") -> str:
    """The id of what they are told of now."""
    clock.advance(1)
    event_id = ambient.new_id()
    inbox.note(who.id, event_id, ambient.timestamp(), kind, ticket["id"], "Ann")
    return event_id


def unread(http: Http, who: Session) -> list[str]:
    return [each["id"] for each in http.all("/notifications?unread=true", who, limit=2)]


def test_notifications_are_listed_newest_first_with_the_ticket_as_it_is(
    http: Http, client: Session, agent: Session, tickets: list[dict[str, Any]], clock: Clock
) -> None:
    ids = [note(client, tickets[number % 2], clock) for number in range(5)]
    http("PATCH", f"/tickets/{tickets[0]['id']}", {"title": "New"}, as_=client)
    shown = http.all("/notifications", client, limit=2)
    assert [each["id"] for each in shown] == ids[::-1]
    assert shown[0] == {
        "id": ids[-1],
        "at": shown[0]["at"],
        "kind": "comment",
        "ticket_id": tickets[0]["id"],
        "number": tickets[0]["number"],
        "title": "New",
        "actor_name": "Ann",
        "read": False,
    }
    assert http.all("/notifications", agent) == []


def test_the_same_again_is_one(http: Http, client: Session, tickets: list[dict[str, Any]], clock: Clock) -> None:
    at = ambient.timestamp()
    for _ in range(2):
        for event in ("closing#2026", "chat/1"):
            inbox.note(client.id, event, at, "closing", tickets[0]["id"], "Lambdesk")
    listed = http.all("/notifications", client)
    assert len(listed) == 2
    http("POST", "/notifications/read", {"ids": [listed[0]["id"]]}, as_=client)
    inbox.note(client.id, "closing#2026", at, "closing", tickets[0]["id"], "Lambdesk")
    inbox.note(client.id, "chat/1", at, "closing", tickets[0]["id"], "Lambdesk")
    assert len(unread(http, client)) == 1, "what was read stays read"


def test_some_those_of_a_ticket_or_all_are_read(
    http: Http, client: Session, agent: Session, tickets: list[dict[str, Any]], clock: Clock
) -> None:
    ids = [note(client, tickets[number % 2], clock) for number in range(30)]
    other = note(agent, tickets[0], clock)
    read: list[tuple[dict[str, Any], list[str]]] = [
        ({"ids": [ids[0], other, "none"]}, ids[1:]),
        ({"ids": [ids[0]]}, ids[1:]),
        ({"ticket_id": tickets[0]["id"]}, ids[1::2]),
        ({"all": True}, []),
    ]
    for body, left in read:
        assert http("POST", "/notifications/read", body, as_=client).status == 204
        assert unread(http, client) == left[::-1]
    assert unread(http, agent) == [other], "nobody reads another's"
    assert {each["read"] for each in http.all("/notifications", client)} == {True}
    assert len(http.all("/notifications?unread=false", client)) == 30


@pytest.mark.parametrize("body", [{}, {"ids": [], "all": True}, {"all": False}, {"ids": ["x"] * 101}])
def test_what_is_to_be_read_is_said_in_one_way(http: Http, client: Session, body: dict[str, Any]) -> None:
    assert http("POST", "/notifications/read", body, as_=client).status == 422


def test_of_tickets_out_of_sight_nothing_is_told(
    http: Http, client: Session, agent: Session, admin: Session, tickets: list[dict[str, Any]], clock: Clock
) -> None:
    gone, kept = note(agent, tickets[0], clock), note(agent, tickets[1], clock)
    http("POST", "/teams", {"id": "sales", "name": "Sales"}, as_=admin)
    http("PATCH", f"/tickets/{tickets[0]['id']}", {"team": "sales"}, as_=admin)
    assert [each["id"] for each in http.all("/notifications", agent)] == [kept]
    assert unread(http, agent) == [kept]
    http("PATCH", f"/tickets/{tickets[0]['id']}", {"team": "support"}, as_=admin)
    assert unread(http, agent) == [kept, gone]


def test_notifications_are_kept_for_90_days(
    http: Http, client: Session, tickets: list[dict[str, Any]], clock: Clock, sign_in: Any
) -> None:
    note(client, tickets[0], clock)
    clock.advance(89 * DAY)
    later = note(client, tickets[0], clock)
    clock.advance(DAY)
    again = sign_in("client@example.com")
    assert [each["id"] for each in http.all("/notifications", again)] == [later]
    assert unread(http, again) == [later]
