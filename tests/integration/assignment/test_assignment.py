"""Assignment on the tables as deployed: long queues, departures, changed settings, and what the sweep mends."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib import ambient
from chalicelib.assignment import service as assignment, sweep
from chalicelib.people import agents, roster
from chalicelib.settings import settings
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Event
from tests.interleaving.at_rest import mismatches
from tests.interleaving.world import World, desk


@pytest.fixture(autouse=True)
def moto() -> Iterator[None]:
    with desk():
        yield


def workload(world: World, name: str) -> int:
    row = roster.agent_row("support", world.agents[name].id)
    assert row is not None
    return int(row.workload)


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    clock = ambient.clock
    monkeypatch.setattr(ambient, "clock", lambda: clock() + seconds)


def test_a_long_queue_drains_to_the_last_ticket_and_evenly() -> None:
    world = World([{"name": "ann", "available": False}, {"name": "bob", "available": False}])
    for _ in range(50):
        world.file("low")
    world.deliver()
    agents.set_availability(world.agents["ann"].id, "available")
    agents.set_availability(world.agents["bob"].id, "available")
    world.deliver()
    assert not mismatches()
    assert (workload(world, "ann"), workload(world, "bob")) == (25, 25)


def test_a_batch_of_many_tickets_goes_evenly_to_many_agents() -> None:
    world = World([{"name": f"agent{number}"} for number in range(30)])
    for _ in range(90):
        world.file("low")
    world.deliver()
    assert not mismatches()
    assert {workload(world, name) for name in world.agents} == {3}


def test_tickets_held_for_somebody_else_block_nobody_however_many() -> None:
    world = World([{"name": "ann"}, {"name": "bob", "capacity": 0}])
    ann = world.agents["ann"]
    held = [world.file("urgent") for _ in range(40)]
    world.deliver()
    agents.set_availability(ann.id, "away")
    for ticket in held:
        world.change(ann, ticket, assignee_id=None)
    free = world.file("low")
    world.deliver()
    agents.set_availability(ann.id, "available")
    world.deliver()
    assert not mismatches()
    assert world.assignee(free) == ann
    assert workload(world, "ann") == 1
    agents.set_availability(world.agents["bob"].id, "away")
    world.deliver()
    assert not mismatches()
    assert workload(world, "ann") == 1 + 40 * 8


def test_who_leaves_gives_back_every_ticket() -> None:
    world = World([{"name": "ann"}])
    filed = [world.file() for _ in range(60)]
    world.deliver()
    world.hire({"name": "bob"})
    world.deactivate("ann")
    world.deliver()
    assert not mismatches()
    assert workload(world, "ann") == 0
    assert {world.assignee(ticket).name for ticket in filed} == {"bob"}


def test_a_changed_weight_is_worked_in(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World([{"name": "ann"}])
    assert sweep.reweigh() == 0
    for priority in ("high", "high", "low"):
        world.file(priority)
    world.deliver()
    heavier = replace(settings, weight_high=7)
    monkeypatch.setattr(assignment, "settings", heavier)
    monkeypatch.setattr(sweep, "settings", heavier)
    assert sweep.reweigh() == 2
    assert workload(world, "ann") == 15
    assert sweep.reweigh() == 0


def test_the_sweep_finds_and_mends_a_record_that_was_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World([{"name": "ann"}])
    ticket = world.file()
    world.take()
    assert sweep.sweep().unsettled == 0, "it may still be on its way"
    later(monkeypatch, 90)
    assert sweep.sweep().unsettled == 1
    assert not mismatches()
    assert world.assignee(ticket).name == "ann"
    assert sweep.sweep() == sweep.Findings()


def test_the_sweep_finds_and_mends_a_queue_that_was_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World([{"name": "ann", "available": False}])
    world.file()
    world.deliver()
    agents.set_availability(world.agents["ann"].id, "available")
    world.take()
    later(monkeypatch, 90)
    assert sweep.sweep().waiting == 1
    assert not mismatches()


def test_filing_again_with_the_same_id_files_nothing_new() -> None:
    world = World([{"name": "ann"}])
    ticket_id = ambient.new_id()
    assert world.file(ticket_id=ticket_id) == world.file("urgent", ticket_id) == ticket_id
    found = tickets.read(ticket_id)
    assert found is not None
    assert found.priority == "medium"


def test_who_leaves_and_comes_right_back_starts_anew() -> None:
    world = World([{"name": "ann"}, {"name": "bob", "capacity": 0}])
    filed = [world.file() for _ in range(30)]
    world.deliver()
    world.deactivate("ann")
    world.activate("ann")
    agents.set_availability(world.agents["ann"].id, "available")
    world.deliver()
    assert not mismatches()
    told = {event.reason for event in Event.query(filed[0], Event.item.startswith("event#")) if event.field}
    assert told == {"auto", "deactivated", "queue"}
    assert workload(world, "ann") == 60
