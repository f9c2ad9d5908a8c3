"""Contract §8, cell by cell: what happens × who did it -> who is told, by which mail."""

from dataclasses import dataclass, fields
from itertools import product

import pytest

from chalicelib.notifications import policy
from chalicelib.notifications.policy import Happening


@dataclass(frozen=True)
class Event:
    change: str
    field: str | None = None
    reason: str | None = None
    spoke: str | None = None
    after: object = None


CLIENT, AGENT, READER, OTHER = "client", "agent", "reader", "other"
PEOPLE: tuple[str | None, ...] = (CLIENT, AGENT, READER, OTHER, None)
"""Who may have done it; None: the machine."""

CONTRACT: dict[Happening, dict[str, str]] = {
    "created": {CLIENT: "receipt"},
    "assigned": {AGENT: "assigned"},
    "comment of the client": {AGENT: "comment"},
    "comment of staff": {CLIENT: "comment"},
    "status changed": {CLIENT: "status", AGENT: "status"},
    "resolved": {CLIENT: "resolved", AGENT: "status"},
    "reopened by a comment": {},
    "about to be closed": {CLIENT: "closing"},
    "chat unread": {READER: "unread"},
    "answer to a closed ticket": {},
}

EVENTS: list[tuple[Event, Happening | None]] = [
    (Event("created"), "created"),
    (Event("assigned", "assignee_id", "auto", after="a"), "assigned"),
    (Event("assigned", "assignee_id", "queue", after="a"), "assigned"),
    (Event("assigned", "assignee_id", "manual", after="a"), "assigned"),
    (Event("changed", "assignee_id", "manual", after=None), None),
    (Event("changed", "assignee_id", "reopen", after=None), None),
    (Event("changed", "assignee_id", "deactivated", after=None), None),
    (Event("comment", spoke="staff"), "comment of staff"),
    (Event("comment", spoke="client"), "comment of the client"),
    (Event("comment", spoke="client", reason="mail"), "comment of the client"),
    (Event("note"), None),
    (Event("attachment"), None),
    *[
        (Event("changed", "status", reason, after=status), "resolved" if status == "resolved" else "status changed")
        for status in ("open", "in_progress", "resolved", "closed")
        for reason in ("manual", "schedule")
    ],
    (Event("changed", "status", "reopen", after="in_progress"), "reopened by a comment"),
    *[
        (Event("changed", name, "manual", after="x"), None)
        for name in ("priority", "team", "title", "description", "tags", "custom_fields")
    ],
]


@pytest.mark.parametrize(("event", "what"), EVENTS, ids=str)
def test_every_kind_of_event_is_something_or_nothing(event: Event, what: Happening | None) -> None:
    assert policy.happening(event, event.after) == what


def test_the_table_knows_every_happening() -> None:
    assert policy.TICKETS.keys() == CONTRACT.keys()
    assert {what for _, what in EVENTS if what} | {
        "about to be closed",
        "chat unread",
        "answer to a closed ticket",
    } == (CONTRACT.keys())
    assert len(fields(Event)) == 5


def test_nobody_is_forgotten_because_nobody_said_who_they_are() -> None:
    with pytest.raises(KeyError, match="assignee"):
        policy.told("status changed", {"client": CLIENT}, OTHER)


@pytest.mark.parametrize(("what", "author"), list(product(CONTRACT, PEOPLE)), ids=str)
def test_everybody_is_told_but_who_did_it(what: Happening, author: str | None) -> None:
    told = policy.told(what, {"client": CLIENT, "assignee": AGENT, "reader": READER}, author)
    expected = {who: mail for who, mail in CONTRACT[what].items() if who != author or what == "created"}
    assert told == expected


@pytest.mark.parametrize("what", CONTRACT)
def test_with_nobody_assigned_nobody_is_told_instead(what: Happening) -> None:
    told = policy.told(what, {"client": CLIENT, "assignee": None, "reader": READER}, OTHER)
    assert told == {who: mail for who, mail in CONTRACT[what].items() if who != AGENT}


@pytest.mark.parametrize("what", CONTRACT)
def test_who_is_client_and_assignee_gets_one_mail(what: Happening) -> None:
    told = policy.told(what, {"client": "both", "assignee": "both", "reader": "both"}, OTHER)
    assert len(told) == min(1, len(CONTRACT[what]))
    if CLIENT in CONTRACT[what]:
        assert told == {"both": CONTRACT[what][CLIENT]}


def test_whoever_gets_mail_finds_it_among_the_notifications_but_for_the_receipt() -> None:
    mailed = {what for what, people in CONTRACT.items() if people and set(people.values()) != {"receipt"}}
    assert policy.INBOX.keys() == mailed
