"""Contract §4, every cell, on the pure rules: who may move, edit and assign a ticket of which status."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chalicelib.tickets.lifecycle import Known, outcome, refusals
from chalicelib.tickets.policy import EDITS as EDITABLE, MOVES as POSSIBLE, Relation, relation
from tests.cells import EDITS, EDITS_OF_NOBODYS, MOVES, MOVES_OF_NOBODYS, STATUSES, cells
from tests.unit.tickets.test_lifecycle import Before

CONTRACT = """
| move | who |
| --- | --- |
| open → in_progress | the assignee, admin; an agent who moves an unassigned ticket of their team takes it |
| in_progress → resolved · in_progress → open | the assignee, admin |
| resolved → closed | the ticket's client, the assignee, admin; by itself 7 days after being resolved (`AUTO_CLOSE_DAYS`, 0 = off) |
| resolved → in_progress | the ticket's client, the assignee, admin; and by itself when the client comments |
| priority, tags, custom_fields | agents of the team, admin; priority also the client while the ticket is open |
| title, description | the ticket's client and admin while it is open |
| assignee_id | admin to any active agent of the team (else 422); the assignee to another active agent of the team; an agent to themselves when nobody has it; `null` (assignee, admin) hands back |
| team | agents of the team, admin: clears the assignee and queues it there |
"""  # noqa: E501

RELATIONS: dict[str, Relation] = {"client": "client", "assignee": "assignee", "other agent": "agent", "admin": "admin"}
OTHER = {
    "priority": "high",
    "tags": ["x"],
    "custom_fields": {"x": 1},
    "title": "x",
    "description": "x",
    "team": "sales",
}
TO = {"to_colleague": "bob", "to_self": "me", "to_nobody": None}


def test_the_tables_are_of_the_contract_as_it_stands() -> None:
    """Whoever changes one has the other to change."""
    assert CONTRACT in (Path(__file__).parents[3] / "docs" / "contract.md").read_text()


def of_members(table: str) -> list[Any]:
    """The table's cells but the strangers', who don't see the ticket."""
    return [pytest.param(*cell, id=" ".join(map(str, cell))) for cell in cells(table) if cell[2] in RELATIONS]


def answered(status: str, holder: str | None, who: str, wanted: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """HTTP's status for the change, and what the ticket's fields become."""
    before = Before(status=status, assignee_id=holder)
    for name in ("resolved_at", "closed_at", "waiting_for"):
        setattr(before, name, None)
    fits = wanted.get("assignee_id") != "me" or who in ("assignee", "other agent")
    known = Known("me", RELATIONS[who], candidate_fits=fits, assignee_can_return=True)
    found = refusals(before, wanted, known)
    return (found[0].status, {}) if found else (200, outcome(before, wanted, known, "now"))


def holder(who: str) -> str:
    return "me" if who == "assignee" else "ann"


@pytest.mark.parametrize(("before", "after", "who", "answer"), of_members(MOVES))
def test_every_move(before: str, after: str, who: str, answer: int) -> None:
    status, fields = answered(before, holder(who), who, {"status": after})
    assert status == answer
    assert fields.get("status", before) == (after if answer == 200 else before)


@pytest.mark.parametrize(("before", "after", "who", "answer"), of_members(MOVES_OF_NOBODYS))
def test_every_move_of_a_ticket_that_nobody_has(before: str, after: str, who: str, answer: int) -> None:
    status, fields = answered(before, None, who, {"status": after})
    assert status == answer
    takes = (before, after, who) == ("open", "in_progress", "other agent")
    assert fields.get("assignee_id") == ("me" if takes else None)


@pytest.mark.parametrize(("field", "before", "who", "answer"), of_members(EDITS))
def test_every_edit_and_assignment(field: str, before: str, who: str, answer: int) -> None:
    wanted = {"assignee_id": TO[field]} if field in TO else {field: OTHER[field]}
    status, fields = answered(before, holder(who), who, wanted)
    assert status == answer
    unchanged = field == "to_self" and who == "assignee"
    if answer == 200 and not unchanged:
        assert wanted.items() <= fields.items()
        assert "status" not in fields or (field, fields["status"]) == ("to_nobody", "open")


@pytest.mark.parametrize(("field", "before", "who", "answer"), of_members(EDITS_OF_NOBODYS))
def test_every_assignment_of_a_ticket_that_nobody_has(field: str, before: str, who: str, answer: int) -> None:
    status, fields = answered(before, None, who, {"assignee_id": TO[field]})
    assert status == answer
    assert fields == ({"assignee_id": TO[field]} if answer == 200 and TO[field] else {})


def test_nothing_is_possible_that_the_contract_does_not_name() -> None:
    named = {(one, other) for one, other, _, answer in cells(MOVES) if answer == 200 and one != other}
    assert named == POSSIBLE.keys()
    assert {name for name, *_ in cells(EDITS)} - TO.keys() == EDITABLE.keys()
    assert {status for states in EDITABLE.values() for status in states} <= set(STATUSES)


@dataclass
class Somebody:
    id: str
    role: Any
    team: str | None = None


@dataclass
class Theirs:
    team: str = "support"
    client_id: str = "client"
    assignee_id: str | None = "ann"


@pytest.mark.parametrize(
    ("person", "is_to_it"),
    [
        (Somebody("client", "client"), "client"),
        (Somebody("other", "client"), None),
        (Somebody("ann", "agent", "support"), "assignee"),
        (Somebody("bob", "agent", "support"), "agent"),
        (Somebody("ann", "agent", "sales"), None),
        (Somebody("bob", "agent", "sales"), None),
        (Somebody("client", "agent", "sales"), "client"),
        (Somebody("client", "agent", "support"), "agent"),
        (Somebody("client", "admin"), "admin"),
        (Somebody("other", "admin"), "admin"),
    ],
)
def test_what_somebody_is_to_a_ticket(person: Somebody, is_to_it: Relation | None) -> None:
    """A former assignee has an assignee's rights no more; staff of the team are staff on tickets of their own."""
    assert relation(person, Theirs()) == is_to_it
