"""Every order of the AWS calls of commenting, reopening and closing by itself, and a death before each."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.dynamo import Transaction
from chalicelib.edge.paging import PageRequest
from chalicelib.settings import settings
from chalicelib.tickets import closing, conversation, fanout, outstanding, service as tickets
from chalicelib.tickets.models import Comment, Event, Ticket, TicketsItem
from tests.interleaving.at_rest import mismatches
from tests.interleaving.world import Race, World, desk

SCHEDULES = 12
CRASHES = 1


@pytest.fixture(autouse=True)
def moto() -> Iterator[None]:
    with desk():
        yield


@pytest.fixture(autouse=True)
def warned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is handed to the mail's queue."""
    handed: list[str] = []
    monkeypatch.setattr(fanout, "hand", lambda consumer, ticket_id, item: handed.append(item))
    return handed


def resolved(monkeypatch: pytest.MonkeyPatch, days: int) -> tuple[World, str]:
    """A ticket that was resolved so many days ago, to the millisecond."""
    monkeypatch.setattr(outstanding, "SHARDS", 1)  # each shard is a call, and they are all alike
    world = World([{"name": "ann"}])
    ticket = world.file()
    world.deliver()
    for status in ("in_progress", "resolved"):
        world.change(world.agents["ann"], ticket, status=status)
    world.deliver()
    found = tickets.read(ticket)
    assert found is not None
    now = ambient.moment(str(found.resolved_at)).timestamp() + days * 86400
    monkeypatch.setattr(ambient, "clock", lambda: now)
    return world, ticket


def wrong(world: World, ticket_id: str) -> list[str]:
    """At rest: what always holds; and whoever was answered that their comment is there has not been closed over."""
    found = mismatches()
    items = list(TicketsItem.query(ticket_id))
    [ticket] = [item for item in items if isinstance(item, Ticket)]
    comments = [item for item in items if isinstance(item, Comment)]
    closings = [item for item in items if isinstance(item, Event) and item.after == "closed"]
    if comments and ticket.status == "closed" and comments[-1].at > closings[-1].at:
        found.append("a comment on a closed ticket")
    if (ticket.status == "closed") != bool(closings) or any(event.reason != "schedule" for event in closings):
        found.append(f"{ticket.status}, and closed by {[event.reason for event in closings]}")
    if (ticket.status == "resolved") != (ticket.closing is not None):
        found.append(f"{ticket.status}, and what comes next is {ticket.closing}")
    if comments and not closings and ticket.status != "in_progress":
        found.append(f"the client came back, and it is {ticket.status}")
    return found


def every_order(race: Race, judge: Callable[[], list[str]], limit: int, crashes: int) -> Iterator[Any]:
    for schedule, crash in race.orders(limit, crashes):
        yield schedule, crash, judge()


@pytest.mark.parametrize("days", [6, 7])
def test_a_client_who_comes_back_in_the_last_moment(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    world, ticket = resolved(monkeypatch, days)
    back = world.then_deliver(lambda: world.comment(world.client, ticket))
    by_itself = world.until_done(world.then_deliver(lambda: closing.run()))
    race = Race(world, [by_itself, back])
    for schedule, crash, found in every_order(race, lambda: wrong(world, ticket), SCHEDULES, CRASHES):
        assert not found, f"{schedule=} {crash=}: {found}"


def test_two_runs_at_once_close_it_once(monkeypatch: pytest.MonkeyPatch, warned: list[str]) -> None:
    world, ticket = resolved(monkeypatch, 7)
    run = world.until_done(world.then_deliver(lambda: closing.run()))
    for schedule, crash, found in every_order(
        Race(world, [run, run]), lambda: wrong(world, ticket), SCHEDULES, CRASHES
    ):
        assert not found, f"{schedule=} {crash=}: {found}"
    assert len(set(warned)) == 1, "each warning has the same id"


def test_without_the_version_some_order_closes_over_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    world, ticket = resolved(monkeypatch, 7)
    update = Transaction.update

    def unconditional(made: Transaction, item: Any, actions: Any, condition: Any = None, label: str = "") -> None:
        update(made, item, actions, None if label == "ticket" else condition, label)

    monkeypatch.setattr(Transaction, "update", unconditional)
    back = world.then_deliver(lambda: world.comment(world.client, ticket))
    race = Race(world, [world.then_deliver(lambda: closing.run()), back])
    assert any(found for _, _, found in every_order(race, lambda: wrong(world, ticket), SCHEDULES, 0))


# --- the first response ---


def answering(*sayers: str) -> tuple[Race, Callable[[], list[str]]]:
    """These people comment at the same time, begun in this order."""
    world = World([{"name": "ann"}, {"name": "bob"}])
    ticket = world.file()
    world.deliver()
    people = {"ann": world.agents["ann"], "bob": world.agents["bob"], "client": world.client}
    now = ambient.now()
    ids = [ambient.new_id(ambient.timestamp(now + timedelta(milliseconds=place))) for place in range(len(sayers))]

    def says(name: str, id_: str) -> Callable[[], None]:
        def act() -> None:
            conversation.add_comment(people[name], tickets.visible(people[name], ticket), name, id_)

        return act

    def judge() -> list[str]:
        found = tickets.read(ticket)
        assert found is not None
        staff = {people["ann"].id, people["bob"].id}
        said = [item for item in TicketsItem.query(ticket) if isinstance(item, Comment)]
        first = min((comment.at for comment in said if comment.actor_id in staff), default=None)
        last = max((comment.at for comment in said), default=None)
        wrong = mismatches()
        if found.first_response_at != first:
            wrong.append(f"first response {found.first_response_at}, the discussion says {first}")
        if found.last_public_message_at != last:
            wrong.append(f"last message {found.last_public_message_at}, the discussion says {last}")
        return wrong

    return Race(world, [says(name, id_) for name, id_ in zip(sayers, ids, strict=True)]), judge


@pytest.mark.parametrize("sayers", [("ann", "bob"), ("client", "ann"), ("ann", "client")], ids=str)
def test_the_first_response_is_the_first_in_the_discussion(sayers: tuple[str, ...]) -> None:
    race, judge = answering(*sayers)
    for schedule, crash, found in every_order(race, judge, SCHEDULES, CRASHES):
        assert not found, f"{schedule=} {crash=}: {found}"


def test_what_happens_in_one_millisecond_stands_in_the_history_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, ticket = resolved(monkeypatch, 1)  # from here on the clock stands still
    for id_ in (ambient.new_id(), ambient.new_id()):
        conversation.add_comment(world.client, tickets.visible(world.client, ticket), "Not yet.", id_)
    world.change(world.agents["ann"], ticket, priority="high")
    world.comment(world.agents["ann"], ticket)
    world.deliver()
    assert not mismatches()
    told = conversation.events(world.admin, tickets.visible(world.admin, ticket), PageRequest(limit=100)).items
    assert [(event.change, event.field) for event in told][-5:] == [
        ("comment", None),
        ("changed", "status"),
        ("comment", None),
        ("changed", "priority"),
        ("comment", None),
    ]


def test_a_comment_that_is_said_again_after_others_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    world, ticket = resolved(monkeypatch, 1)
    mine, late = ambient.new_id(), ambient.new_id()  # the second is written behind the first, under a new id
    said = [
        conversation.add_comment(world.client, tickets.visible(world.client, ticket), "Not yet.", id_).event_id
        for id_ in (mine, late, late, mine)
    ]
    assert said == [mine, said[1], said[1], mine]
    assert said[1] != late
    found = tickets.visible(world.client, ticket)
    assert [comment.event_id for comment in conversation.comments(found, PageRequest(limit=100)).items] == said[:2]
    assert found.comments == 2


def test_two_attempts_at_one_comment_say_it_once() -> None:
    world = World([{"name": "ann"}])
    ticket = world.file()
    world.deliver()
    id_ = ambient.new_id()
    again = world.until_done(
        lambda: conversation.add_comment(world.client, tickets.visible(world.client, ticket), "A", id_)
    )
    race = Race(world, [again, again, lambda: world.change(world.admin, ticket, title="Another")])

    def said() -> list[str]:
        found = tickets.visible(world.client, ticket)
        page = conversation.comments(found, PageRequest(limit=100)).items
        return mismatches() + ([] if len(page) == found.comments == 1 else [f"said {len(page)} times"])

    for schedule, crash, found in every_order(race, said, 60, 3):
        assert not found, f"{schedule=} {crash=}: {found}"


def test_nothing_closes_where_it_is_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    _, ticket = resolved(monkeypatch, 70)
    monkeypatch.setitem(vars(settings), "auto_close_days", 0)
    assert closing.run() == {"warned": 0, "closed": 0}
    found = tickets.read(ticket)
    assert found is not None
    assert found.status == "resolved"


def test_a_warning_can_be_turned_off(monkeypatch: pytest.MonkeyPatch, warned: list[str]) -> None:
    resolved(monkeypatch, 7)
    monkeypatch.setitem(vars(settings), "auto_close_warning_days", 0)
    assert closing.run() == {"warned": 0, "closed": 1}
    assert warned == []


def test_a_run_reads_only_what_is_due(monkeypatch: pytest.MonkeyPatch, warned: list[str]) -> None:
    resolved(monkeypatch, 5)
    assert closing.run() == {"warned": 0, "closed": 0}
    assert warned == []
