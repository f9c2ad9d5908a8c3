"""Every order of the AWS calls of two or three invocations, and a death before each call: contract §5's "at rest,
always" holds after each.

A failing schedule is printed; `Race.run(schedule, crash)` runs it again by itself.
"""

from collections.abc import Callable, Iterator

import pytest

from chalicelib.people import agents
from tests.interleaving.world import Race, World, desk

SCHEDULES = 60
"""How many orders of each race `make test` explores, and how many of them with crashes; `make test-all`: all."""
CRASHES = 4

ANN = {"name": "ann"}
BOB = {"name": "bob"}


@pytest.fixture(autouse=True)
def moto() -> Iterator[None]:
    with desk():
        yield


def two_creations() -> Race:
    world = World([ANN, BOB])
    return Race(world, [world.then_deliver(world.file), world.then_deliver(lambda: world.file("high"))])


def one_record_twice() -> Race:
    world = World([ANN, BOB])
    world.file()
    records = world.take()
    return Race(world, [lambda: world.consume(records), lambda: world.consume(records)])


def creation_against_coming_back() -> Race:
    world = World([{**ANN, "available": False}])
    world.file()
    records = world.take()
    back = world.then_deliver(lambda: agents.set_availability(world.agents["ann"].id, "available"))
    return Race(world, [lambda: world.consume(records), back])


def creation_against_room() -> Race:
    world = World([{**ANN, "capacity": 1}])
    ann = world.agents["ann"]
    first = world.file()
    world.deliver()
    world.change(ann, first, status="in_progress")
    world.deliver()
    world.file()
    records = world.take()
    resolve = world.then_deliver(lambda: world.change(ann, first, status="resolved"))
    return Race(world, [lambda: world.consume(records), resolve])


def creation_against_capacity() -> Race:
    world = World([{**ANN, "capacity": 0}])
    world.file()
    records = world.take()
    room = world.then_deliver(lambda: world.set_capacity("ann", 2))
    return Race(world, [lambda: world.consume(records), room])


def assignment_against_priority() -> Race:
    world = World([ANN, BOB])
    ticket = world.file()
    records = world.take()
    urgent = world.then_deliver(lambda: world.change(world.client, ticket, priority="urgent"))
    return Race(world, [lambda: world.consume(records), urgent])


def assignment_against_deactivation() -> Race:
    world = World([ANN, {**BOB, "capacity": 0}])
    world.file()
    records = world.take()
    leave = world.then_deliver(lambda: world.deactivate("ann"))
    return Race(world, [lambda: world.consume(records), leave])


def departure_against_a_comeback() -> Race:
    world = World([ANN, {**BOB, "available": False}])
    ticket = world.file()
    world.deliver()
    world.change(world.agents["ann"], ticket, status="in_progress")
    world.deliver()
    back = world.then_deliver(lambda: agents.set_availability(world.agents["bob"].id, "available"))
    return Race(world, [world.then_deliver(lambda: world.deactivate("ann")), back])


def departure_and_return_against_a_creation() -> Race:
    world = World([ANN, {**BOB, "capacity": 1}])
    for _ in range(3):
        world.file()
    world.deliver()

    def leave_and_return() -> None:
        world.deactivate("ann")
        world.activate("ann")

    return Race(world, [world.then_deliver(leave_and_return), world.then_deliver(world.file)])


def two_drains() -> Race:
    world = World([{**ANN, "available": False}, {**BOB, "available": False}])
    for priority in ("low", "urgent", "medium"):
        world.file(priority)
    world.deliver()
    return Race(
        world,
        [
            world.then_deliver(lambda: agents.set_availability(world.agents["ann"].id, "available")),
            world.then_deliver(lambda: agents.set_availability(world.agents["bob"].id, "available")),
        ],
    )


def hand_against_machine() -> Race:
    world = World([ANN, BOB])
    ticket = world.file()
    records = world.take()
    bob = world.agents["bob"].id
    hand = world.then_deliver(lambda: world.change(world.admin, ticket, assignee_id=bob))
    return Race(world, [lambda: world.consume(records), hand])


def reopening_against_going_away() -> Race:
    world = World([ANN, BOB])
    ticket = world.file()
    world.deliver()
    owner = world.assignee(ticket)
    world.change(owner, ticket, status="in_progress")
    world.change(owner, ticket, status="resolved")
    world.deliver()
    return Race(
        world,
        [
            world.then_deliver(lambda: world.change(world.client, ticket, status="in_progress")),
            world.then_deliver(lambda: agents.set_availability(owner.id, "away")),
        ],
    )


def handing_back_against_the_other_going_away() -> Race:
    world = World([ANN, {**BOB, "capacity": 0}])
    ann, bob = world.agents["ann"], world.agents["bob"]
    ticket = world.file()
    world.deliver()
    world.change(ann, ticket, assignee_id=None)
    records = world.take()
    away = world.then_deliver(lambda: agents.set_availability(bob.id, "away"))
    return Race(world, [lambda: world.consume(records), away])


def change_of_team_against_assignment() -> Race:
    world = World([ANN, {**BOB, "team": "other"}])
    ticket = world.file()
    records = world.take()
    move = world.then_deliver(lambda: world.change(world.admin, ticket, team="other"))
    return Race(world, [lambda: world.consume(records), move])


def a_comment_that_reopens_against_closing() -> Race:
    world = World([ANN])
    ticket = world.file()
    world.deliver()
    ann = world.agents["ann"]
    world.change(ann, ticket, status="in_progress")
    world.change(ann, ticket, status="resolved")
    world.deliver()

    comment = world.then_deliver(lambda: world.comment(world.client, ticket))
    return Race(world, [comment, world.then_deliver(lambda: world.close(ann, ticket))])


def three_at_once() -> Race:
    world = World([{**ANN, "capacity": 2}])
    ann = world.agents["ann"]
    first = world.file()
    world.deliver()
    world.change(ann, first, status="in_progress")
    world.deliver()
    world.file("high")
    records = world.take()
    return Race(
        world,
        [
            lambda: world.consume(records),
            world.then_deliver(lambda: world.change(ann, first, status="resolved")),
            world.then_deliver(lambda: world.file("urgent")),
        ],
    )


RACES: list[Callable[[], Race]] = [
    two_creations,
    one_record_twice,
    creation_against_coming_back,
    creation_against_room,
    creation_against_capacity,
    assignment_against_priority,
    assignment_against_deactivation,
    departure_against_a_comeback,
    departure_and_return_against_a_creation,
    two_drains,
    hand_against_machine,
    reopening_against_going_away,
    handing_back_against_the_other_going_away,
    change_of_team_against_assignment,
    a_comment_that_reopens_against_closing,
    three_at_once,
]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_whatever_the_order_all_is_right_at_rest(race: Callable[[], Race]) -> None:
    assert race().check(SCHEDULES, CRASHES) > 1


@pytest.mark.long
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_whatever_the_order_and_whoever_dies_all_is_right_at_rest(race: Callable[[], Race]) -> None:
    assert race().check(1_500, 200) > 1
