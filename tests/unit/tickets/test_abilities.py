"""What a ticket says beforehand that one can do is what is then taken: every cell, against the rules that refuse."""

import itertools
from typing import Any

import pytest

from chalicelib.tickets.abilities import abilities
from chalicelib.tickets.lifecycle import Known, refusals
from chalicelib.tickets.policy import EDITS, Relation
from tests.unit.tickets.test_lifecycle import Before

STATUSES = ("open", "in_progress", "resolved", "closed")
CELLS = [
    (status, relation, holder)
    for status, relation, holder in itertools.product(
        STATUSES, ("client", "agent", "assignee", "admin"), (None, "me", "ann")
    )
    if (relation == "assignee") == (holder == "me")
]
OTHER = {"title": "x", "description": "x", "priority": "low", "tags": ["x"], "custom_fields": {"x": 1}, "team": "x"}


@pytest.mark.parametrize(("status", "relation", "holder"), CELLS)
def test_it_says_what_would_be_taken(status: str, relation: Relation, holder: str | None) -> None:
    before = Before(status=status, assignee_id=holder)
    able = abilities(status, holder, relation)

    def taken(**wanted: Any) -> bool:
        fits = wanted.get("assignee_id") != "me" or relation in ("agent", "assignee")
        return not refusals(before, wanted, Known(caller_id="me", relation=relation, candidate_fits=fits))

    assert set(able.status) == {after for after in STATUSES if after != status and taken(status=after)}
    assert able.edits == {name for name in EDITS if taken(**{name: OTHER[name]})}
    assert ("self" in able.assign) == (holder != "me" and taken(assignee_id="me"))
    assert ("others" in able.assign) == taken(assignee_id="bob")
    assert ("none" in able.assign) == (holder is not None and taken(assignee_id=None))
    assert able.speaks == (status != "closed")


def test_who_no_longer_sees_the_ticket_can_do_nothing() -> None:
    able = abilities("open", None, None)
    assert (able.status, able.assign, able.edits, able.speaks) == ((), (), frozenset(), False)
