"""Which tickets a list shows, and to whom (contract §3)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.permissions import Role
from chalicelib.tickets.filters import NOBODY, STATUSES, Filters, just_before, just_behind, within_sight


@dataclass(frozen=True)
class Ticket:
    status: str = "open"
    priority: str = "medium"
    assignee_id: str | None = "ann"
    client_id: str = "cid"
    team: str = "support"
    waiting_for: str | None = "agent"


@dataclass(frozen=True)
class Person:
    id: str
    role: Role
    team: str | None = None


@pytest.mark.parametrize(
    ("filters", "other"),
    [
        (Filters(statuses=("open", "resolved")), {"status": "closed"}),
        (Filters(priorities=("medium",)), {"priority": "high"}),
        (Filters(assignee_id="ann"), {"assignee_id": "bob"}),
        (Filters(assignee_id="ann"), {"assignee_id": None}),
        (Filters(client_id="cid"), {"client_id": "dan"}),
        (Filters(team="support"), {"team": "sales"}),
        (Filters(waiting_for="agent"), {"waiting_for": "client"}),
        (Filters(waiting_for="agent"), {"status": "resolved"}),
    ],
)
def test_each_filter_lets_through_what_it_names_alone(filters: Filters, other: dict[str, Any]) -> None:
    assert filters.let_through(Ticket())
    assert not filters.let_through(replace(Ticket(), **other))
    assert Filters().let_through(replace(Ticket(), **other))


def test_what_nobody_has_is_listed_until_it_is_closed() -> None:
    for status in STATUSES:
        assert Filters(assignee_id=NOBODY).let_through(Ticket(status, assignee_id=None)) == (status != "closed")
    assert not Filters(assignee_id=NOBODY).let_through(Ticket())


def test_only_what_is_active_waits_for_somebody() -> None:
    assert Filters(waiting_for="client").wanted == {"open", "in_progress"}
    assert Filters(waiting_for="client", statuses=("resolved", "open")).wanted == {"open"}
    assert Filters().wanted == set(STATUSES)


def test_times_are_bounds_of_ids() -> None:
    first, second = (datetime(2026, 5, day, tzinfo=UTC) for day in (1, 2))
    narrowed = Filters(created_from=first, created_to=second)
    inside, before, behind = (
        ambient.new_id(at)
        for at in ("2026-05-01T00:00:00.000Z", "2026-04-30T23:59:59.999Z", "2026-05-02T00:00:00.000Z")
    )
    assert before < narrowed.lowest <= inside < narrowed.highest <= behind
    assert Filters().lowest < before < behind < Filters().highest


ADMIN, AGENT, CLIENT = Person("eve", "admin"), Person("ann", "agent", "support"), Person("cid", "client")


@pytest.mark.parametrize(
    ("person", "asked", "seen"),
    [
        (ADMIN, Filters(team="sales"), Filters(team="sales")),
        (ADMIN, Filters(client_id="cid"), Filters(client_id="cid")),
        (AGENT, Filters(), Filters(team="support")),
        (AGENT, Filters(team="support"), Filters(team="support")),
        (AGENT, Filters(team="sales"), None),
        (AGENT, Filters(client_id="cid"), Filters(client_id="cid", team="support")),
        (AGENT, Filters(client_id="ann"), Filters(client_id="ann")),
        (AGENT, Filters(client_id="ann", team="sales"), Filters(client_id="ann", team="sales")),
        (Person("ann", "agent"), Filters(), None),
        (CLIENT, Filters(), Filters(client_id="cid")),
        (CLIENT, Filters(client_id="cid"), Filters(client_id="cid")),
        (CLIENT, Filters(client_id="dan"), None),
    ],
)
def test_filters_are_narrowed_to_what_somebody_may_see(person: Person, asked: Filters, seen: Filters | None) -> None:
    assert within_sight(person, asked) == seen


def test_places_beside_an_id() -> None:
    ids = sorted(ambient.new_id() for _ in range(3))
    assert ids[0] < just_behind(ids[0]) < ids[1]
    assert ids[1] > just_before(ids[1]) > ids[0]


def test_just_before_an_id_there_is_room_for_every_other() -> None:
    assert "01HB" < just_before("01HC") < "01HC"
    assert "01HC" < just_behind("01HC") < "01HD"
