"""What a change comes to (contract §4), on the pure rules; the cells of the tables are walked over HTTP."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from chalicelib.errors import Conflict, Forbidden, Invalid, Refused
from chalicelib.settings import settings
from chalicelib.tickets import lifecycle
from chalicelib.tickets.lifecycle import Known, outcome, refusals
from chalicelib.tickets.policy import Relation


@dataclass
class Before:
    status: str = "open"
    assignee_id: str | None = None
    title: str = "t"
    description: str = "d"
    priority: str = "medium"
    team: str = "support"
    tags: list[str] = field(default_factory=list)
    custom_fields: dict[str, Any] = field(default_factory=dict)
    reopened_count: int = 0
    avoid: str | None = None
    waiting_for: str | None = None
    resolved_at: str | None = None
    closed_at: str | None = None


def refused(before: Before, wanted: dict[str, Any], relation: Relation, **known: Any) -> type[Refused] | None:
    found = refusals(before, wanted, Known(caller_id="me", relation=relation, **known))
    return type(found[0]) if found else None


def after(before: Before, wanted: dict[str, Any], relation: Relation, **known: Any) -> dict[str, Any]:
    assert refused(before, wanted, relation, **known) is None
    return outcome(before, wanted, Known(caller_id="me", relation=relation, **known), "now")


def test_an_agent_who_starts_an_unassigned_ticket_takes_it() -> None:
    assert after(Before(), {"status": "in_progress"}, "agent") == {"status": "in_progress", "assignee_id": "me"}


def test_an_agent_who_comes_too_late_learns_who_has_it() -> None:
    taken = Before(status="in_progress", assignee_id="ann")
    for wanted in ({"status": "in_progress"}, {"assignee_id": "me"}):
        (conflict, *_) = refusals(taken, wanted, Known("me", "agent", assignee_name="Ann"))
        assert isinstance(conflict, Conflict)
        assert "Ann" in conflict.detail
        assert "ann" in conflict.detail
        assert conflict.members == {"allowed": [], "assignee_id": "ann", "assignee_name": "Ann"}


def test_a_refused_move_says_which_the_caller_could_make() -> None:
    (conflict, *_) = refusals(
        Before(status="in_progress", assignee_id="me"), {"status": "closed"}, Known("me", "admin")
    )
    assert conflict.members == {"allowed": ["resolved", "open"]}
    (forbidden, *_) = refusals(Before(status="resolved"), {"status": "closed"}, Known("me", "agent"))
    assert (type(forbidden), forbidden.members) == (Forbidden, {"allowed": []})
    (other, *_) = refusals(Before(status="closed"), {"title": "new"}, Known("me", "admin"))
    assert other.members == {}


def test_handing_back_opens_clears_and_remembers_who() -> None:
    mine = Before(status="in_progress", assignee_id="me")
    handed_back = {"status": "open", "assignee_id": None, "avoid": "me"}
    assert after(mine, {"status": "open"}, "assignee") == handed_back
    assert after(mine, {"assignee_id": None}, "assignee") == handed_back


def test_passing_on_keeps_the_status() -> None:
    mine = Before(status="in_progress", assignee_id="me", avoid="bob")
    assert after(mine, {"assignee_id": "bob"}, "assignee") == {"assignee_id": "bob", "avoid": None}


def test_a_change_of_team_clears_the_assignee_and_keeps_the_status() -> None:
    mine = Before(status="in_progress", assignee_id="me")
    assert after(mine, {"team": "sales"}, "assignee") == {"team": "sales", "assignee_id": None}


def test_a_team_with_an_assignee_assigns_there() -> None:
    both = {"team": "sales", "assignee_id": "sue"}
    assert after(Before(assignee_id="me"), both, "admin") == both
    assert refused(Before(assignee_id="me"), both, "admin", candidate_fits=False) is Invalid


def test_reopening_keeps_an_assignee_who_is_there() -> None:
    resolved = Before(status="resolved", assignee_id="ann", reopened_count=1)
    kept = {"status": "in_progress", "waiting_for": "agent", "reopened_count": 2}
    assert after(resolved, {"status": "in_progress"}, "client", assignee_can_return=True) == kept
    assert after(resolved, {"status": "in_progress"}, "client")["assignee_id"] is None


@pytest.mark.parametrize(
    ("before", "wanted", "relation"),
    [
        (Before(avoid="bob"), {"team": "sales"}, "admin"),
        (Before(avoid="bob"), {"status": "in_progress"}, "agent"),
        (Before(status="resolved", assignee_id="ann", avoid="bob"), {"status": "in_progress"}, "admin"),
    ],
    ids=["another team", "somebody takes it", "reopened for the queue"],
)
def test_who_handed_it_back_no_longer_matters_after(before: Before, wanted: dict[str, Any], relation: Relation) -> None:
    assert after(before, wanted, relation)["avoid"] is None


def test_a_ticket_that_is_resolved_or_closed_waits_for_nobody() -> None:
    mine = Before(status="in_progress", assignee_id="me", waiting_for="client")
    resolved = {"status": "resolved", "resolved_at": "now", "waiting_for": None}
    assert after(mine, {"status": "resolved"}, "assignee") == resolved
    theirs = Before(status="resolved", waiting_for="client", resolved_at="then")
    assert after(theirs, {"status": "closed"}, "client") == {
        "status": "closed",
        "closed_at": "now",
        "waiting_for": None,
    }


def test_status_and_assignee_may_be_sent_together_where_they_agree() -> None:
    bobs = Before(status="in_progress", assignee_id="bob")
    assert refused(bobs, {"status": "resolved", "assignee_id": "ann"}, "admin") is None
    assert refused(bobs, {"status": "open", "assignee_id": None}, "admin") is None


def test_a_refusal_names_the_moves_and_the_people_that_there_are() -> None:
    bobs = Before(status="in_progress", assignee_id="bob")
    (nobody, *_) = refusals(bobs, {"status": "closed"}, Known("me", "admin"))
    assert nobody.detail == "A ticket that is 'in_progress' can be moved to 'resolved' or 'open', not to 'closed'."
    (others, *_) = refusals(bobs, {"priority": "low"}, Known("me", "client"))
    assert others.detail == (
        "Only its assignee or an agent of its team or an admin can change the priority of a ticket that is "
        "'in_progress'."
    )


@pytest.mark.parametrize(
    ("wanted", "relation", "error"),
    [
        ({"status": "open", "assignee_id": "ann"}, "admin", Invalid),
        ({"status": "resolved", "assignee_id": None}, "admin", Invalid),
        ({"status": "in_progress", "assignee_id": None}, "admin", Invalid),
        ({"status": "closed"}, "admin", Conflict),
        ({"title": "new"}, "admin", Conflict),
        ({"status": "resolved"}, "client", Forbidden),
        ({"status": "resolved"}, "agent", Forbidden),
        ({"priority": "low"}, "client", Forbidden),
        ({"priority": "low", "status": "closed"}, "client", Conflict),
        ({"team": "sales"}, "client", Forbidden),
        ({"assignee_id": "ann"}, "client", Forbidden),
    ],
)
def test_refused_in_progress(wanted: dict[str, Any], relation: Relation, error: type[Refused]) -> None:
    assert refused(Before(status="in_progress", assignee_id="bob"), wanted, relation) is error


def test_a_resolved_ticket_may_be_given_to_somebody_but_not_back() -> None:
    resolved = Before(status="resolved", assignee_id="ann")
    assert refused(resolved, {"assignee_id": None}, "admin") is Conflict
    assert after(resolved, {"assignee_id": "bob"}, "admin") == {"assignee_id": "bob"}
    assert after(resolved, {"team": "sales"}, "admin") == {"team": "sales", "assignee_id": None}


def test_a_closed_ticket_refuses_every_change_but_not_the_same_again() -> None:
    closed = Before(status="closed", assignee_id="ann")
    for wanted in ({"status": "open"}, {"priority": "low"}, {"assignee_id": "bob"}, {"title": "new"}):
        assert refused(closed, wanted, "admin") is Conflict
    assert after(closed, {"status": "closed", "priority": "medium"}, "client") == {}


def test_handing_back_what_nobody_has_keeps_who_handed_it_back_before() -> None:
    """An admin started it, and puts it back: it still isn't to go to the one who wanted to be rid of it."""
    nobodys = Before(status="in_progress", avoid="bob")
    assert after(nobodys, {"status": "open"}, "admin") == {"status": "open"}


@pytest.mark.parametrize(
    ("status", "resolved_at", "days", "closes"),
    [
        ("resolved", "2026-05-01T12:00:00.000Z", 7, "2026-05-08T12:00:00.000Z"),
        ("resolved", "2026-05-01T12:00:00.000Z", 1, "2026-05-02T12:00:00.000Z"),
        ("resolved", "2026-05-01T12:00:00.000Z", 0, None),
        ("resolved", None, 7, None),
        ("closed", "2026-05-01T12:00:00.000Z", 7, None),
        ("in_progress", None, 7, None),
    ],
)
def test_a_resolved_ticket_closes_some_days_later(
    status: str, resolved_at: str | None, days: int, closes: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.tickets.lifecycle.settings", replace(settings, auto_close_days=days))
    assert lifecycle.closes_at(status, resolved_at) == closes


def test_a_team_that_is_not_there_is_said_before_anything_else() -> None:
    assert refused(Before(), {"team": "nowhere"}, "client", team_exists=False) is Invalid
    assert refused(Before(), {"team": "sales"}, "agent") is None


def test_an_agent_takes_a_ticket_or_moves_it_to_another_team() -> None:
    both = {"status": "in_progress", "team": "sales"}
    assert refused(Before(), both, "agent") is Invalid
    assert refused(Before(assignee_id="bob"), both, "admin") is None
