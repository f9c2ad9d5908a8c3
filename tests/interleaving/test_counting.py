"""Every order of the AWS calls of changes and of the counting that follows them, told twice, with a death before each
call: what is counted is what the histories say. And without the mark it isn't.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.dynamo import Transaction
from chalicelib.metrics import recount, service as metrics
from chalicelib.metrics.reading import Span, figures, today
from chalicelib.settings import settings
from chalicelib.tickets import service as tickets
from tests.interleaving.scheduler import explore
from tests.interleaving.world import Race, World, desk

SCHEDULES = 12
CRASHES = 1


@pytest.fixture(autouse=True)
def moto() -> Iterator[None]:
    with desk():
        yield


class Counting:
    """A ticket that ann has resolved and that is counted; what is done to it, and the counting told of it."""

    def __init__(self) -> None:
        self.world = World([{"name": "ann"}, {"name": "bob"}])
        self.ann, self.bob = self.world.agents["ann"], self.world.agents["bob"]
        self.ticket = self.world.file()
        self.world.change(self.world.admin, self.ticket, assignee_id=self.ann.id)
        self.world.deliver()
        self.world.change(self.ann, self.ticket, status="in_progress")
        self.world.change(self.ann, self.ticket, status="resolved")
        self.world.deliver()
        self.count()

    def count(self) -> None:
        metrics.count(self.ticket)

    def told(self, act: Callable[[], None]) -> Callable[[], None]:
        def body() -> None:
            act()
            self.count()

        return body

    def reopen(self) -> None:
        self.world.comment(self.world.client, self.ticket)

    def reassign(self) -> None:
        self.world.change(self.world.admin, self.ticket, assignee_id=self.bob.id)

    def wrong(self) -> list[str]:
        return [*map(str, recount.verify(segments=1)), *self._volume()]

    def _volume(self) -> Iterator[str]:
        shown = figures(Span(today(), today()))
        ticket = tickets.read(self.ticket)
        assert ticket is not None
        right = {
            "created": 1,
            "resolved": int(ticket.resolved_at is not None),
            "reopened": int(ticket.reopened_count),
        }
        if (counted := {name: shown.volumes()[name] for name in right}) != right:
            yield f"counted {counted}, right {right}"
        if shown.now[ticket.status] != 1 or shown.resolution.count != right["resolved"]:
            yield f"{shown.now} and {shown.resolution}, right {ticket.status}"


def told_twice() -> tuple[Race, Counting]:
    counting = Counting()
    counting.reopen()
    counting.world.deliver()
    return Race(counting.world, [counting.count, counting.count]), counting


def reopening_while_it_is_counted() -> tuple[Race, Counting]:
    counting = Counting()
    counting.reassign()
    counting.world.deliver()
    return Race(counting.world, [counting.count, counting.told(counting.reopen)]), counting


def reassigning_against_reopening() -> tuple[Race, Counting]:
    counting = Counting()
    acts = [counting.told(counting.reassign), counting.told(counting.reopen)]
    return Race(counting.world, acts), counting


def resolving_again_while_it_is_counted_twice() -> tuple[Race, Counting]:
    counting = Counting()
    counting.reopen()
    counting.world.deliver()

    def resolve() -> None:
        counting.world.change(counting.world.admin, counting.ticket, status="resolved")

    return Race(counting.world, [counting.count, counting.told(resolve), counting.count]), counting


def a_comment_while_it_is_counted() -> tuple[Race, Counting]:
    """Counting isn't told of a comment that answers nothing (`kinds.Counted`)."""
    counting = Counting()
    counting.world.comment(counting.ann, counting.ticket)
    counting.world.deliver()
    counting.count()
    counting.reassign()
    counting.world.deliver()

    def comment() -> None:
        counting.world.comment(counting.ann, counting.ticket)

    return Race(counting.world, [counting.count, comment]), counting


RACES = [
    told_twice,
    a_comment_while_it_is_counted,
    reopening_while_it_is_counted,
    reassigning_against_reopening,
    resolving_again_while_it_is_counted_twice,
]


@pytest.mark.parametrize("make", RACES, ids=lambda race: race.__name__)
def test_whatever_the_order_and_whoever_dies_the_figures_are_right(make: Callable[[], tuple[Race, Counting]]) -> None:
    _check(*make(), SCHEDULES, CRASHES)


@pytest.mark.long
@pytest.mark.parametrize("make", RACES, ids=lambda race: race.__name__)
def test_in_a_great_many_orders_the_figures_are_right(make: Callable[[], tuple[Race, Counting]]) -> None:
    _check(*make(), 600, 60)


@pytest.mark.parametrize("make", [told_twice, resolving_again_while_it_is_counted_twice])
def test_without_the_mark_some_order_counts_wrong(
    make: Callable[[], tuple[Race, Counting]], monkeypatch: pytest.MonkeyPatch
) -> None:
    race, counting = make()
    monkeypatch.setattr(metrics, "_as_read", lambda mark: None)
    monkeypatch.setattr(recount, "_BETWEEN_ROUNDS", 0)
    assert any(counting.wrong() for _ in explore(race.run, 100))


def test_a_history_longer_than_a_transaction_is_counted_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    clock, days = ambient.clock, [0]
    monkeypatch.setattr(ambient, "clock", lambda: clock() + days[0] * 86_400 * 70)
    for days[0] in range(1, 61):
        counting.reopen()
        counting.world.deliver()
        agent = (counting.ann, counting.bob)[days[0] % 2]
        counting.world.change(counting.world.admin, counting.ticket, assignee_id=agent.id)
        counting.world.change(counting.world.admin, counting.ticket, status="resolved")
        counting.world.deliver()
    commits: list[int] = []
    commit = Transaction.commit
    monkeypatch.setattr(Transaction, "commit", lambda made: (commits.append(len(made)), commit(made))[1])
    counting.count()
    assert len(commits) > 1
    assert max(commits) <= 100
    assert not recount.verify(segments=1)


def test_more_shards_under_load_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    for shards in (3, 8, 2):
        monkeypatch.setitem(vars(settings), "metrics_shards", shards)
        more = [counting.world.file() for _ in range(6)]
        counting.world.deliver()
        for ticket in more:
            metrics.count(ticket)
    counting.reopen()
    counting.world.deliver()
    counting.count()
    shown = figures(Span(today(), today())).volumes()
    assert (shown["created"], shown["reopened"], shown["resolved"]) == (19, 1, 0)
    assert not recount.verify(segments=1)


def test_a_rebuild_while_work_goes_on_shows_the_old_figures_until_the_new_are_complete(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counting = Counting()
    more = [counting.world.file() for _ in range(3)]
    counting.world.deliver()
    for ticket in more:
        metrics.count(ticket)
    seen: list[Any] = []

    def meanwhile(_count: int) -> None:
        if not seen:
            counting.reopen()
            counting.world.deliver()
            counting.count()
        seen.append(figures(Span(today(), today())).volumes()["created"])

    assert recount.rebuild(segments=1, progress=meanwhile) == 4
    assert seen == [4] * 4
    shown = figures(Span(today(), today())).volumes()
    assert (shown["created"], shown["reopened"], shown["resolved"]) == (4, 1, 0)
    assert not recount.verify(segments=1)


def test_the_daily_look_finds_and_mends_what_was_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    counting.reopen()
    counting.world.deliver()
    assert recount.look_at_some() == [], "it may still be on its way"
    clock = ambient.clock
    monkeypatch.setattr(ambient, "clock", lambda: clock() + 3600)
    assert [difference.what for difference in recount.look_at_some()] == [f"ticket {counting.ticket}"]
    assert recount.look_at_some() == []
    assert not recount.verify(segments=1)


def _check(race: Race, counting: Counting, limit: int, crashes: int) -> None:
    for schedule, crash in race.orders(limit, crashes):
        if crash is not None:
            counting.count()  # the message comes again
        assert counting.wrong() == [], (schedule, crash)
