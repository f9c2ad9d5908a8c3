"""The main job over HTTP: a ticket is filed, and a moment later the available agent with the least work has it
(contract §5, sentence by sentence)."""

from uuid import uuid4

import pytest

from tests.e2e.client import PASSWORD, Api, Person, Team

pytestmark = pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)


def test_a_client_registers_files_a_ticket_and_an_agent_brings_it_to_its_end(api: Api) -> None:
    agent = api.make("agent")
    agent.comes()
    everyone = list(api.admin.all("/agents", team="support"))
    least = min(shown["workload"] for shown in everyone if shown["availability"] == "available")
    email = f"mia-{uuid4().hex}@example.com"
    signed_up = api.anyone.post("/auth/register", {"email": email, "password": PASSWORD, "name": "Mia"})
    assert signed_up["user"]["role"] == "client"
    mia = Person(api, email, PASSWORD, "client")

    filed = mia.post("/tickets", {"title": "No sound", "description": "Since this morning."})
    assert (filed["status"], filed["priority"], filed["team"]) == ("open", "medium", "support")
    assert (filed["client_id"], filed["client_name"], filed["channel"]) == (signed_up["user"]["id"], "Mia", "api")
    assert (filed["waiting_for"], filed["reopened_count"], filed["version"]) == ("agent", 0, 1)
    api.wait_idle()
    had_least = [shown["id"] for shown in everyone if shown["workload"] == least]
    ticket = mia.get(f"/tickets/{filed['id']}")
    assert ticket["assignee_id"] in had_least
    assert ticket["version"] == 2

    api.admin.change(ticket, assignee_id=agent.id)
    assert agent.change(ticket, status="in_progress")["status"] == "in_progress"
    resolved = agent.change(ticket, status="resolved")
    assert resolved["resolved_at"] is not None
    assert resolved["waiting_for"] is None
    closed = mia.change(ticket, status="closed")
    assert closed["closed_at"] is not None

    told = [(event["kind"], event["field"], event["to"]) for event in mia.all(f"/tickets/{ticket['id']}/history")]
    assert told[0][0] == "created"
    assert [to for kind, field, to in told if field == "status"] == ["in_progress", "resolved", "closed"]
    assert [to for kind, field, to in told if kind == "assigned"][-1] == agent.id
    agent.leaves()


def test_the_agent_with_the_lowest_workload_gets_it_and_priority_weighs(team: Team) -> None:
    one, other = team.agent(), team.agent()
    urgent = team.file_settled("urgent")["assignee_id"]
    busier, freer = (one, other) if urgent == one.id else (other, one)
    assert team.file_settled("high")["assignee_id"] == freer.id
    assert team.file_settled("medium")["assignee_id"] == freer.id
    assert team.file_settled("low")["assignee_id"] == freer.id
    assert (team.workload(busier), team.workload(freer)) == (8, 4 + 2 + 1)
    assert team.file_settled("low")["assignee_id"] == freer.id


def test_among_equals_it_goes_to_the_one_who_has_waited_longest(team: Team) -> None:
    agents = [team.agent(), team.agent(), team.agent()]
    order = [team.file_settled()["assignee_id"] for _ in range(6)]
    assert order == [agent.id for agent in agents] * 2


def test_an_assignment_by_hand_counts_for_who_has_waited_longest(team: Team) -> None:
    first, second = team.agent(), team.agent()
    ticket = team.file_settled()
    assert ticket["assignee_id"] == first.id
    second_ticket = team.file_settled()
    team.api.admin.change(second_ticket, assignee_id=first.id)
    team.api.admin.change(ticket, assignee_id=second.id)
    assert team.workload(first) == team.workload(second)
    assert team.file_settled()["assignee_id"] == first.id


def test_nobody_there_so_it_waits_until_somebody_comes(team: Team) -> None:
    agent = team.agent(available=False)
    ticket = team.file_settled()
    assert ticket["assignee_id"] is None
    assert team.waiting() == [ticket["id"]]
    agent.comes()
    assert team.settled(ticket)["assignee_id"] == agent.id
    assert team.waiting() == []
    assert [event["reason"] for event in team.history(ticket) if event["kind"] == "assigned"] == ["queue"]


def test_the_queue_drains_urgent_first_then_the_oldest(team: Team) -> None:
    agent = team.agent(available=False, capacity=1)
    filed = {name: team.file(name.partition(" ")[0]) for name in ("low", "medium", "urgent", "high", "urgent 2")}
    team.api.wait_idle()
    agent.comes()
    for name in ("urgent", "urgent 2", "high", "medium", "low"):
        assert team.settled(filed.pop(name))["assignee_id"] == agent.id, name
        assert set(team.waiting()) == {ticket["id"] for ticket in filed.values()}, name
        taken = next(agent.all("/tickets", assignee_id="me", status="open"))
        agent.change(taken, status="in_progress")
        agent.change(taken, status="resolved")
    assert team.workload(agent) == 0


def test_a_new_ticket_does_not_overtake_a_waiting_one_of_the_same_priority(team: Team) -> None:
    agent = team.agent(capacity=1)
    held, older = team.file_settled(), team.file_settled()
    newer = team.file_settled()
    agent.change(held, status="in_progress")
    agent.change(held, status="resolved")
    assert team.settled(older)["assignee_id"] == agent.id
    assert team.settled(newer)["assignee_id"] is None


def test_capacity_zero_takes_nothing_and_the_last_ticket_may_go_over(team: Team) -> None:
    agent = team.agent(capacity=0)
    tickets = [team.file("urgent"), team.file("urgent")]
    assert len(team.waiting()) == 2
    team.api.admin.patch(f"/users/{agent.id}", {"capacity": 3})
    assert team.workload(agent) == 8
    assert team.waiting() == [tickets[1]["id"]]
    team.api.admin.patch(f"/users/{agent.id}", {"capacity": None})
    assert team.workload(agent) == 16
    assert team.waiting() == []


def test_a_change_of_priority_changes_the_workload_and_makes_room(team: Team) -> None:
    agent = team.agent(capacity=4)
    heavy = team.file_settled("urgent")
    waiting = team.file_settled()
    assert waiting["assignee_id"] is None
    team.api.admin.change(heavy, priority="low")
    assert team.settled(waiting)["assignee_id"] == agent.id
    assert team.workload(agent) == 1 + 2


def test_a_waiting_ticket_that_becomes_urgent_goes_to_the_head_of_the_queue(team: Team) -> None:
    agent = team.agent(available=False, capacity=1)
    first, second = team.file(), team.file()
    team.api.wait_idle()
    team.api.admin.change(second, priority="urgent")
    team.api.wait_idle()
    agent.comes()
    assert team.settled(second)["assignee_id"] == agent.id
    assert team.settled(first)["assignee_id"] is None


def test_resolving_takes_the_weight_off_and_reopening_puts_it_on_again(team: Team) -> None:
    agent = team.agent()
    ticket = team.file_settled("high")
    agent.change(ticket, status="in_progress")
    assert team.workload(agent) == 4
    agent.change(ticket, status="resolved")
    assert team.workload(agent) == 0
    agent.change(ticket, status="in_progress")
    assert team.workload(agent) == 4


def test_an_away_agent_keeps_their_tickets_and_gets_no_new_ones(team: Team) -> None:
    gone, there = team.agent(), team.agent(available=False)
    kept = team.file_settled()
    there.comes()
    gone.leaves()
    assert team.file_settled()["assignee_id"] == there.id
    assert team.file_settled()["assignee_id"] == there.id
    assert team.settled(kept)["assignee_id"] == gone.id


def test_what_a_person_assigned_the_machine_leaves_alone(team: Team) -> None:
    busy, free = team.agent(), team.agent(available=False)
    team.file_settled("urgent")
    free.comes()
    ticket = team.file_settled("low")
    assert ticket["assignee_id"] == free.id
    team.api.admin.change(ticket, assignee_id=busy.id)
    team.api.admin.change(ticket, priority="high")
    team.file("medium")
    team.api.advance(120)  # the sweep has run
    shown = team.settled(ticket)
    assert shown["assignee_id"] == busy.id
    last = [event for event in team.history(ticket) if event["kind"] == "assigned"][-1]
    assert (last["reason"], last["actor_id"], last["to"]) == ("manual", team.api.admin.id, busy.id)


def test_a_person_may_assign_to_who_is_away_or_full(team: Team) -> None:
    full, away = team.agent(capacity=0), team.agent(available=False)
    first, second = team.file_settled(), team.file_settled()
    team.api.admin.change(first, assignee_id=full.id)
    team.api.admin.change(second, assignee_id=away.id)
    assert (team.workload(full), team.workload(away)) == (2, 2)
    assert team.waiting() == []


def test_every_assignment_says_why(team: Team) -> None:
    client = team.api.make("client")
    idle, busy = team.agent(), team.agent()
    team.api.admin.change(team.file_settled("urgent"), assignee_id=busy.id)
    ticket = team.file_settled(client=client)
    assigned = [event for event in team.history(ticket) if event["kind"] == "assigned"]
    assert [(event["reason"], event["actor_id"], event["to"]) for event in assigned] == [("auto", None, idle.id)]
    assert assigned[0]["detail"] == {"workload": 0, "available_agents": 2}
    assert assigned[0]["actor_name"]
    theirs = [event for event in client.all(f"/tickets/{ticket['id']}/history") if event["kind"] == "assigned"]
    assert [event["detail"] for event in theirs] == [None]
    assert [event["to"] for event in theirs] == [idle.id]


def test_a_deactivated_agents_tickets_go_to_the_others_as_they_are(team: Team) -> None:
    leaver, stayer = team.agent(), team.agent(available=False)
    tickets = [team.file_settled(priority) for priority in ("urgent", "low", "medium")]
    leaver.change(tickets[0], status="in_progress")
    stayer.comes()
    team.api.admin.patch(f"/users/{leaver.id}", {"active": False})
    after = [team.settled(ticket) for ticket in tickets]
    assert [ticket["assignee_id"] for ticket in after] == [stayer.id] * 3
    assert [ticket["status"] for ticket in after] == ["in_progress", "open", "open"]
    taken = [event for event in team.history(tickets[0]) if event["field"] == "assignee_id" and event["to"] is None]
    assert [event["reason"] for event in taken] == ["deactivated"]
    assert leaver.id not in [shown["id"] for shown in team.api.admin.all("/agents", team=team.id)]


def test_a_reactivated_agent_is_away_and_carries_nothing(team: Team) -> None:
    agent = team.agent()
    ticket = team.file_settled()
    team.api.admin.patch(f"/users/{agent.id}", {"active": False})
    assert team.settled(ticket)["assignee_id"] is None
    again = team.api.admin.patch(f"/users/{agent.id}", {"active": True})
    assert again["availability"] == "away"
    assert team.settled(ticket)["assignee_id"] is None
    assert team.workload(agent) == 0
    agent.comes()
    assert team.settled(ticket)["assignee_id"] == agent.id


@pytest.mark.parametrize("change", [{"team": "support"}, {"role": "client"}], ids=["team", "role"])
def test_an_agent_who_leaves_the_team_leaves_their_tickets_to_it(team: Team, change: dict[str, str]) -> None:
    mover, stayer = team.agent(), team.agent(available=False)
    ticket = team.file_settled()
    mover.change(ticket, status="in_progress")
    team.api.admin.patch(f"/users/{mover.id}", change)
    waiting = team.settled(ticket)
    assert (waiting["assignee_id"], waiting["status"]) == (None, "in_progress")
    stayer.comes()
    assert team.settled(ticket)["assignee_id"] == stayer.id
    mover.change(ticket, expect=404, priority="low")


def test_numbers_rise_and_are_never_given_twice(team: Team) -> None:
    numbers = [team.file()["number"] for _ in range(5)]
    assert numbers == sorted(set(numbers))
    assert all(isinstance(number, int) and number > 0 for number in numbers)
