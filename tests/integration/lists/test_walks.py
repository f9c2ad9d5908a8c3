"""Walks of every kind of list while tickets change and the indexes lag, beside a model (contract §2): what matched from
the lag before a walk until its end is shown exactly once, nothing is shown twice, and what is shown matches.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.edge.paging import PageRequest
from chalicelib.errors import Refused
from chalicelib.tickets import conversation, reading, service as tickets
from chalicelib.tickets.filters import NOBODY, Filters, Sort
from chalicelib.tickets.models import Ticket
from infra.local.engine.calls import Calls
from infra.local.engine.engines import Engine
from infra.local.engine.faults import Faults
from infra.local.engine.invocations import invocation
from infra.local.engine.resources import Resources
from infra.local.engine.template import RESOURCES
from infra.local.events.lagging import LaggingIndexes
from tests.interleaving.world import World, _tables

LAG = 3.0
"""Seconds."""

ACTIVE = ("open", "in_progress")
Change = tuple[str, Any]


class Desk:
    """A small desk on moto whose indexes lag, on a clock that stands still until it is moved."""

    def __init__(self, engine: Engine, faults: Faults) -> None:
        resources = Resources(engine, RESOURCES)
        resources.create()
        self.world = World([{"name": "ann"}, {"name": "bob"}])
        self.now = 0.0
        self.readers: Any = {
            name: SimpleNamespace(takers=[]) for name, table in resources.tables.items() if table.stream
        }
        lag = LaggingIndexes(engine, resources.dynamodb, resources.tables.values(), self.readers)
        faults.delayed, faults.on_delay = lag.answer, lag.set_delay
        self._faults = faults
        self._start = self.world.snapshot()
        self.begin()

    def begin(self) -> None:
        """Everything as it was at first."""
        self._faults.clear()
        self._start.restore(self.world)
        self._taken = len(self._records())
        self._faults.add({"gsi_delay_seconds": LAG})
        self.past: dict[str, list[tuple[float, Ticket]]] = {}

    def _records(self) -> list[Any]:
        shard: Any = _tables()["lambdesk-tickets"].stream_shard
        return list(shard.items)

    def written(self, *ids: str) -> None:
        """What was written comes to the indexes later; the model knows it now."""
        records = self._records()
        for record in records[self._taken :]:
            written = record.to_json()["dynamodb"]
            images = {name: written[name] for name in ("Keys", "OldImage", "NewImage") if name in written}
            text = json.dumps({"eventSourceARN": "table/lambdesk-tickets/", "dynamodb": images})
            for take in self.readers["lambdesk-tickets"].takers:
                take(SimpleNamespace(text=text))
        self._taken = len(records)
        for id_ in ids:
            ticket = tickets.read(id_)
            assert ticket is not None
            self.past.setdefault(id_, []).append((self.now, ticket))

    def file(self, client: Caller, team: str) -> None:
        filing = {"title": "t", "description": "d", "priority": "medium", "tags": [], "custom_fields": {}}
        parties = {"client_id": client.id, "team": team}
        self.written(tickets.create(self.world.admin, {**filing, **parties}, ambient.new_id(), "api").id)

    def change(self, number: int, change: Change) -> None:
        if not self.past:
            return
        id_ = sorted(self.past)[number % len(self.past)]
        name, value = change
        with suppress(Refused):
            if name == "comment":
                found = tickets.visible(self.world.client, id_)
                conversation.add_comment(self.world.client, found, "Well.", ambient.new_id())
            else:
                self.world.change(
                    self.world.admin, id_, **{name: self.world.agents[value].id if value in ("ann", "bob") else value}
                )
        self.written(id_)

    def matched(self, id_: str, filters: Filters, since: float) -> bool:
        """Whether a ticket has matched all the time since then."""
        past = self.past[id_]
        first = max((place for place, (at, _) in enumerate(past) if at <= since), default=None)
        return first is not None and all(filters.let_through(ticket) for _, ticket in past[first:])


@dataclass
class Walk:
    """A list that is read page by page."""

    caller: Caller
    filters: Filters
    sort: Sort
    limit: int
    began: float
    seen: Counter[str] = field(default_factory=Counter)
    position: Any = None
    done: bool = False

    def step(self, desk: Desk) -> None:
        with invocation("api_handler"):  # of everybody else nothing lags
            page = reading.tickets(self.caller, self.filters, PageRequest(self.limit, self.position), self.sort)
        scoped = filters_of(self)
        for ticket in page.items:
            assert scoped.let_through(desk.past[ticket.id][-1][1]), "shown, and doesn't match"
            self.seen[ticket.id] += 1
        ids = [ticket.id for ticket in page.items]
        assert ids == sorted(ids, reverse=self.sort == "newest")
        self.position, self.done = page.next, page.next is None
        assert set(self.seen.values()) <= {1}, "shown twice"
        if self.done:
            missed = {id_ for id_ in desk.past if desk.matched(id_, scoped, self.began - LAG)} - self.seen.keys()
            assert not missed, f"not shown: {missed}"


def filters_of(walk: Walk) -> Filters:
    from chalicelib.tickets.filters import within_sight

    scoped = within_sight(walk.caller, walk.filters)
    assert scoped is not None
    return scoped


def lists(world: World) -> list[tuple[Caller, Filters, Sort]]:
    """Every kind of list."""
    admin, ann, client = world.admin, world.agents["ann"], world.client
    made: list[tuple[Caller, Filters, Sort]] = []
    for caller, filters in (
        (admin, Filters()),
        (admin, Filters(statuses=ACTIVE)),
        (admin, Filters(team="other")),
        (admin, Filters(team="support", statuses=("open",), priorities=("urgent", "medium"))),
        (admin, Filters(client_id=client.id, statuses=ACTIVE)),
        (admin, Filters(assignee_id=NOBODY)),
        (admin, Filters(assignee_id=ann.id, statuses=("resolved", "closed"))),
        (admin, Filters(statuses=("closed",), priorities=("medium", "high"))),
        (admin, Filters(waiting_for="agent")),
        (ann, Filters()),
        (ann, Filters(statuses=("open", "in_progress", "resolved"))),
        (ann, Filters(assignee_id=ann.id)),
        (ann, Filters(assignee_id=ann.id, statuses=ACTIVE)),
        (ann, Filters(assignee_id=NOBODY, priorities=("urgent", "low", "high", "medium"))),
        (ann, Filters(client_id=client.id)),
        (ann, Filters(client_id=client.id, statuses=("open",))),
        (client, Filters()),
        (client, Filters(statuses=("in_progress", "resolved"))),
        (client, Filters(waiting_for="client")),
    ):
        made += [(caller, filters, "newest"), (caller, filters, "created")]
    return made


CHANGES: list[Change] = [
    *(("priority", value) for value in ("low", "high", "urgent", "medium")),
    *(("status", value) for value in ("in_progress", "resolved", "in_progress", "open", "closed")),
    *(("assignee_id", value) for value in ("ann", "bob", None)),
    ("team", "other"),
    ("team", "support"),
    ("comment", None),
]

STEPS = st.one_of(
    st.tuples(st.just("file"), st.integers(0, 1), st.sampled_from(["support", "support", "other"])),
    st.tuples(st.just("change"), st.integers(0, 20), st.sampled_from(CHANGES)),
    st.tuples(st.just("change"), st.integers(0, 20), st.sampled_from(CHANGES)),
    st.tuples(st.just("wait"), st.sampled_from([0.5, 1.5, 3.0]), st.none()),
    st.tuples(st.just("walk"), st.integers(0, 1000), st.integers(1, 4)),
    st.tuples(st.just("page"), st.integers(0, 1000), st.none()),
    st.tuples(st.just("page"), st.integers(0, 1000), st.none()),
)


@pytest.fixture(scope="module")
def lagging() -> Iterator[Desk]:
    engine, faults = Engine(), Faults()
    calls = Calls(engine, faults)
    engine.start()
    calls.install()
    patched = pytest.MonkeyPatch()
    patched.setattr(ambient, "sleep", lambda _: None)
    try:
        made = Desk(engine, faults)
        patched.setattr("infra.local.events.lagging.time", SimpleNamespace(monotonic=lambda: made.now))
        yield made
    finally:
        patched.undo()
        calls.uninstall()
        engine.stop()


def play(desk: Desk, steps: list[tuple[str, Any, Any]]) -> list[Walk]:
    """Plays the steps, then reads what was begun to its end. Answers the walks."""
    desk.begin()
    kinds = lists(desk.world)
    walks: list[Walk] = []
    for step, what, more in steps:
        under_way = [walk for walk in walks if not walk.done]
        if step == "file":
            desk.file((desk.world.client, desk.world.admin)[what], more)
        elif step == "change":
            desk.change(what, more)
        elif step == "wait":
            desk.now += what
        elif step == "walk":
            caller, filters, sort = kinds[what % len(kinds)]
            walks.append(Walk(caller, filters, sort, more, desk.now))
        elif under_way:
            under_way[what % len(under_way)].step(desk)
    for walk in walks:
        while not walk.done:
            walk.step(desk)
    return walks


FILED = [("file", number % 2, team) for number, team in enumerate(["support"] * 5 + ["other"] * 2)] + [
    ("wait", LAG, None)
]


@given(st.lists(STEPS, min_size=20, max_size=60))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_walk_is_as_the_model_says(lagging: Desk, steps: list[tuple[str, Any, Any]]) -> None:
    play(lagging, FILED + steps)


@pytest.mark.long
@given(st.lists(STEPS, min_size=60, max_size=200))
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_so_it_is_of_many_walks(lagging: Desk, steps: list[tuple[str, Any, Any]]) -> None:
    play(lagging, FILED + steps)


def test_what_comes_within_the_lag_may_be_missed(lagging: Desk) -> None:
    """So the lag is there."""
    kinds = range(len(lists(lagging.world)))
    late = ("file", 0, "support")
    walks = play(lagging, [*FILED, late, *(("walk", kind, 4) for kind in kinds)])
    newest = max(lagging.past)
    assert not any(walk.seen[newest] for walk in walks)
    again = play(lagging, [*FILED, late, ("wait", LAG, None), *(("walk", kind, 4) for kind in kinds)])
    assert sum(walk.seen[max(lagging.past)] for walk in again) > len(kinds) / 4
