"""Who gets what (contract §5), on the pure plan."""

import pytest
from hypothesis import given, strategies as st

from chalicelib.assignment.plan import BATCH, Agent, Facts, Plan, plan
from chalicelib.tickets.marks import Carried, Waiting, is_right, read, write

WEIGHTS = {"low": 1, "medium": 2, "high": 4, "urgent": 8}


def ticket(name: str, priority: str = "medium", **more: object) -> Facts:
    return Facts(id=name, team="support", status="open", priority=priority, created_at=name, **more)  # type: ignore[arg-type]


def waiting(name: str, priority: str = "medium", **more: object) -> Facts:
    return ticket(name, priority, mark=Waiting("support", priority), **more)


def agent(name: str, workload: int = 0, **more: object) -> Agent:
    return Agent(id=name, team="support", workload=workload, active_tickets=workload // 2, **more)  # type: ignore[arg-type]


def planned(own: list[Facts], queue: list[Facts], agents: list[Agent], available: int | None = None) -> Plan:
    count = sum(each.active and each.available for each in agents) if available is None else available
    ids = [f"event{number:03d}" for number in range(2 * BATCH)]
    return plan("support", own, queue, {(each.team, each.id): each for each in agents}, count, WEIGHTS, ids)


def given_to(made: Plan) -> dict[str, str]:
    return {move.facts.id: move.given.agent_id for move in made.moves if move.given}


def test_a_ticket_goes_to_the_least_loaded() -> None:
    made = planned([ticket("t1")], [], [agent("ann", 6), agent("bob", 4), agent("cid", 5)])
    assert given_to(made) == {"t1": "bob"}
    assert made.agents["support", "bob"].workload == 6
    assert made.agents["support", "bob"].active_tickets == 3


def test_among_equals_it_goes_to_whoever_waited_longest() -> None:
    made = planned([ticket("t1")], [], [agent("ann", waiting_since="3"), agent("bob", waiting_since="1")])
    assert given_to(made) == {"t1": "bob"}


def test_among_those_who_waited_equally_long_the_choice_is_the_same_whatever_the_order() -> None:
    for crew in (("bob", "ann"), ("ann", "bob")):
        assert given_to(planned([ticket("t1")], [], [agent(name) for name in crew])) == {"t1": "ann"}


def test_an_agent_of_whom_nothing_else_is_known_has_nothing_and_takes_everything() -> None:
    new = Agent(id="ann", team="support")
    assert (new.workload, new.active_tickets, new.has_room) == (0, 0, True)
    assert not Agent(id="ann", team="support", active=False).has_room
    assert not Agent(id="ann", team="support", available=False).has_room
    assert not Agent(id="ann", team="support", capacity=0).has_room


def test_priority_weighs() -> None:
    made = planned([ticket("t1", "urgent"), ticket("t2", "low"), ticket("t3", "low")], [], [agent("ann"), agent("bob")])
    assert given_to(made) == {"t1": "ann", "t2": "bob", "t3": "bob"}


def test_the_choice_is_explained() -> None:
    made = planned([ticket("t1")], [], [agent("ann", 4), agent("bob", 9), agent("cid", available=False)])
    (move,) = made.moves
    assert move.given is not None
    assert (move.given.reason, move.given.workload, move.given.available_agents) == ("auto", 4, 2)


def test_without_room_it_is_queued() -> None:
    made = planned([ticket("t1", "high")], [], [agent("ann", 4, capacity=4), agent("bob", available=False)])
    assert [move.mark for move in made.moves] == [Waiting("support", "high")]
    assert made.published


def test_what_finds_an_agent_at_once_puts_nothing_into_the_queue() -> None:
    made = planned([ticket("t1")], [waiting("t2")], [agent("ann")])
    assert not made.published
    assert {move.facts.id: move.own for move in made.moves} == {"t1": True, "t2": False}, (
        "t2's accounting was done before"
    )
    assert made.made_room == set(), "she had room before"


def test_a_full_batch_leaves_the_queue_alone_and_gives_out_its_own() -> None:
    own = [ticket(f"t{number:03d}", "low") for number in range(BATCH)]
    made = planned(own, [waiting("w1", "urgent")], [agent("ann")])
    assert given_to(made) == {facts.id: "ann" for facts in own}


def test_the_last_ticket_may_go_over_the_capacity() -> None:
    made = planned([ticket("t1", "urgent"), ticket("t2")], [], [agent("ann", 3, capacity=4)])
    assert given_to(made) == {"t1": "ann"}
    assert made.agents["support", "ann"].workload == 11


def test_the_queue_drains_by_priority_then_age() -> None:
    queue = [waiting("t1", "low"), waiting("t2", "urgent"), waiting("t3", "urgent"), waiting("t4", "high")]
    made = planned([], queue, [agent("ann", capacity=17)])
    assert list(given_to(made)) == ["t2", "t3", "t4"]
    assert {move.given.reason for move in made.moves if move.given} == {"queue"}


def test_a_new_ticket_overtakes_only_lower_priorities() -> None:
    queue = [waiting("t1", "high"), waiting("t2", "low")]
    assert given_to(planned([ticket("t3", "high")], queue, [agent("ann", capacity=1)])) == {"t1": "ann"}
    assert given_to(planned([ticket("t3", "urgent")], queue, [agent("ann", capacity=1)])) == {"t3": "ann"}


def test_a_ticket_handed_back_waits_for_another_agent_even_one_without_room() -> None:
    held = ticket("t1", avoid="ann")
    assert given_to(planned([held], [], [agent("ann"), agent("bob", 4)])) == {"t1": "bob"}
    assert given_to(planned([held], [], [agent("ann")], available=2)) == {}
    assert given_to(planned([held], [], [agent("ann")], available=1)) == {"t1": "ann"}


def test_a_held_ticket_blocks_nobody() -> None:
    queue = [waiting("t1", "urgent", avoid="ann"), waiting("t2", "low")]
    assert given_to(planned([], queue, [agent("ann")], available=2)) == {"t2": "ann"}


def test_a_change_of_priority_changes_the_workload() -> None:
    carried = ticket("t1", "urgent", assignee_id="ann", mark=Carried("support", "ann", 2))
    made = planned([carried], [], [agent("ann", 6)])
    assert made.agents["support", "ann"].workload == 12
    assert [move.mark for move in made.moves] == [Carried("support", "ann", 8)]


def test_a_resolved_ticket_weighs_on_nobody_and_makes_room() -> None:
    resolved = Facts("t1", "support", "resolved", "low", "t1", assignee_id="ann", mark=Carried("support", "ann", 1))
    made = planned([resolved], [], [agent("ann", 4, capacity=4)])
    assert [move.mark for move in made.moves] == [None]
    assert made.agents["support", "ann"].workload == 3
    assert made.made_room == {"support"}


def test_an_assignee_who_left_loses_the_ticket() -> None:
    orphan = ticket("t1", assignee_id="ann", mark=Carried("support", "ann", 2))
    made = planned([orphan], [], [agent("ann", 2, active=False, available=False), agent("bob")])
    assert given_to(made) == {"t1": "bob"}
    assert made.moves[0].unassigned
    assert made.agents["support", "ann"].workload == 0


def test_an_assignee_who_is_away_keeps_the_ticket() -> None:
    kept = ticket("t1", assignee_id="ann", mark=Carried("support", "ann", 2))
    made = planned([kept], [], [agent("ann", 2, available=False), agent("bob")])
    assert [move.mark for move in made.moves] == [Carried("support", "ann", 2)]
    assert not made.agents


def test_a_ticket_passed_on_moves_its_weight() -> None:
    passed = ticket("t1", assignee_id="bob", assigned="event9", mark=Carried("support", "ann", 2))
    made = planned([passed], [], [agent("ann", 2), agent("bob", 4, waiting_since="event1")])
    assert {key[1]: each.workload for key, each in made.agents.items()} == {"ann": 0, "bob": 6}
    assert made.agents["support", "bob"].waiting_since == "event9"


def test_settling_twice_finds_nothing_to_do() -> None:
    made = planned([ticket("t1")], [], [agent("ann")])
    settled = ticket("t1", assignee_id="ann", assigned="event000", mark=made.moves[0].mark)
    assert not planned([settled], [], [made.agents["support", "ann"]]).agents


def test_what_is_no_mark_is_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="not a mark: 'lost/x'"):
        read("lost/x")


@pytest.mark.parametrize(
    ("mark", "status", "assignee", "right"),
    [
        (Carried("support", "ann", 4), "open", "ann", True),
        (Carried("support", "ann", 2), "open", "ann", False),
        (Carried("support", "ann", 4), "open", "bob", False),
        (Carried("sales", "ann", 4), "open", "ann", False),
        (Carried("support", "ann", 4), "resolved", "ann", False),
        (None, "resolved", "ann", True),
        (None, "open", None, False),
        (Waiting("support", "high"), "open", None, False),
    ],
)
def test_whether_a_mark_is_right(
    mark: Carried | Waiting | None, status: str, assignee: str | None, right: bool
) -> None:
    assert is_right(write(mark), status, "high", "support", assignee, WEIGHTS) is right


def test_marks_read_back() -> None:
    for mark in (None, Carried("support", "ann", 4), Waiting("support", "urgent")):
        assert read(write(mark)) == mark


@given(
    st.lists(st.sampled_from(sorted(WEIGHTS)), max_size=BATCH),
    st.lists(st.sampled_from(sorted(WEIGHTS)), max_size=BATCH),
    st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 12)), max_size=5),
)
def test_nothing_waits_while_somebody_has_room(
    own: list[str], queue: list[str], crew: list[tuple[int, int | None]]
) -> None:
    agents = [agent(f"a{n}", workload, capacity=capacity) for n, (workload, capacity) in enumerate(crew)]
    news = [ticket(f"n{n:02d}", priority) for n, priority in enumerate(own)]
    made = planned(news, [waiting(f"q{n:02d}", priority) for n, priority in enumerate(queue)], agents)
    left = {(each.team, each.id): each for each in agents} | made.agents
    considered = len(own) + min(len(queue), BATCH - len(own))
    if any(each.has_room for each in left.values()):
        assert made.assigned >= min(considered, BATCH)
    total = sum(each.workload for each in left.values()) - sum(each.workload for each in agents)
    assert total == sum(WEIGHTS[move.facts.priority] for move in made.moves if move.given)


def test_an_assignment_accounted_late_makes_nobody_wait_longer() -> None:
    """The record of an older assignment came after that of a newer one."""
    late = ticket("t1", assignee_id="ann", assigned="event-1")
    made = planned([late], [], [agent("ann", waiting_since="event-7")])
    assert made.agents["support", "ann"].waiting_since == "event-7"


@pytest.mark.parametrize("own", [0, 1, BATCH - 1, BATCH])
def test_a_plan_has_no_more_moves_than_a_transaction_has_room_for(own: int) -> None:
    settled = [ticket(f"t{number:03d}") for number in range(own)]
    queue = [waiting(f"w{number:03d}", "urgent") for number in range(3 * BATCH)]
    made = planned(settled, queue, [agent(name) for name in "abc"])
    assert len(made.moves) == BATCH
    assert {move.facts.id for move in made.moves} >= {facts.id for facts in settled}
