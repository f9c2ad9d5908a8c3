"""Every order of the AWS calls of commenting, reopening and closing by itself, and a death before each."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.dynamo import Transaction
from chalicelib.settings import settings
from chalicelib.tickets import closing, conversation, fanout, outstanding, service as tickets
from chalicelib.tickets.models import Comment, Event, Ticket, TicketsItem
from tests.interleaving.at_rest import mismatches
from tests.interleaving.scheduler import explore
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
    for number, made in enumerate(explore(race.run, limit)):
        yield made.schedule, None, judge()
        for crash in race.crashes(made) if number < crashes else ():
            race.run(made.schedule, crash)
            yield made.schedule, crash, judge()


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


def test_the_first_to_be_committed_would_be_the_wrong_one_in_some_order(monkeypatch: pytest.MonkeyPatch) -> None:
    after_comment = conversation._after_comment

    def first_committed(transaction: Any, caller: Any, ticket: Ticket, side: Any, said_at: str) -> dict[str, Any]:
        after = after_comment(transaction, caller, ticket, side, said_at)
        if ticket.first_response_at is not None:
            after.pop("first_response_at", None)
        return after

    monkeypatch.setattr(conversation, "_after_comment", first_committed)
    race, judge = answering("ann", "bob")
    assert any(found for _, _, found in every_order(race, judge, 200, 0))


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
