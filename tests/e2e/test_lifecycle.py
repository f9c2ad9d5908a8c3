"""What people do with a ticket beyond the walk of the table in `test_lifecycle_cells.py`: taking, handing back, passing
on, moving, reopening, several changes at once (contract §4)."""

from tests.e2e.client import Json, Person, Team


def finished(team: Team, ticket: Json, *further: str) -> Json:
    """The ticket brought to resolved (and `further`) by the admin."""
    for status in ("in_progress", "resolved", *further):
        ticket = team.api.admin.change(ticket, status=status)
    return ticket


def test_an_agent_of_the_team_takes_a_ticket_that_nobody_has(team: Team) -> None:
    agent, late = team.agent(available=False), team.agent(available=False)
    ticket = team.file()
    taken = agent.change(ticket, status="in_progress")
    assert (taken["status"], taken["assignee_id"]) == ("in_progress", agent.id)
    other = team.file()
    taken = agent.change(other, assignee_id=agent.id)
    assert (taken["status"], taken["assignee_id"]) == ("open", agent.id)
    for asked in (
        {"status": "in_progress"},
        {"assignee_id": late.id},
        {"status": "in_progress", "assignee_id": late.id},
    ):
        for held in (ticket, other):
            problem = late.change(held, expect=409, **asked)
            assert agent.id in problem["detail"] or agent.name in problem["detail"]
    assert [event["reason"] for event in team.history(ticket) if event["kind"] == "assigned"] == ["manual"]


def test_handing_back_opens_the_ticket_and_another_agent_gets_it(team: Team) -> None:
    giver, other = team.agent(), team.agent(available=False)
    ticket = team.file_settled()
    giver.change(ticket, status="in_progress")
    other.comes()
    for asked in ({"status": "open"}, {"assignee_id": None}):
        back = giver.change(ticket, **asked)
        assert (back["status"], back["assignee_id"]) == ("open", None)
        assert team.settled(ticket)["assignee_id"] == other.id
        giver, other = other, giver
        giver.change(ticket, status="in_progress")


def test_a_ticket_handed_back_waits_while_another_agent_is_there_with_room_or_not(team: Team) -> None:
    giver, full = team.agent(), team.agent(capacity=0)
    ticket = team.file_settled()
    giver.change(ticket, assignee_id=None)
    assert team.waiting() == [ticket["id"]]
    assert team.file_settled("low")["assignee_id"] == giver.id, "it blocks nobody"
    full.leaves()
    assert team.settled(ticket)["assignee_id"] == giver.id


def test_it_may_be_given_back_by_hand_to_who_handed_it_back(team: Team) -> None:
    giver, _full = team.agent(), team.agent(capacity=0)
    ticket = team.file_settled()
    giver.change(ticket, assignee_id=None)
    assert giver.change(ticket, assignee_id=giver.id)["assignee_id"] == giver.id
    assert team.settled(ticket)["assignee_id"] == giver.id


def test_the_rule_of_handing_back_ends_with_the_next_assignment(team: Team) -> None:
    giver, other = team.agent(), team.agent(available=False)
    ticket = team.file_settled()
    other.comes()
    giver.change(ticket, assignee_id=None)
    assert team.settled(ticket)["assignee_id"] == other.id
    team.api.admin.patch(f"/users/{other.id}", {"active": False})
    assert team.settled(ticket)["assignee_id"] == giver.id


def test_when_the_admin_hands_back_it_is_kept_from_who_had_it(team: Team) -> None:
    holder, other = team.agent(), team.agent(available=False)
    ticket = team.file_settled()
    other.comes()
    team.file_settled("urgent")
    back = team.api.admin.change(ticket, assignee_id=None)
    assert back["status"] == "open"
    assert team.settled(ticket)["assignee_id"] == other.id
    assert holder.id != other.id


def test_the_assignee_passes_it_on_as_it_is(team: Team) -> None:
    holder, colleague = team.agent(), team.agent(available=False)
    stranger, client = team.api.make("agent"), team.api.make("client")
    ticket = team.file_settled(client=client)
    holder.change(ticket, status="in_progress")
    passed = holder.change(ticket, assignee_id=colleague.id)
    assert (passed["status"], passed["assignee_id"]) == ("in_progress", colleague.id)
    holder.change(ticket, expect=403, assignee_id=None)
    for nobody in (stranger.id, client.id, team.api.admin.id, "01ARZ3NDEKTSV4RRFFQ69G5FAV"):
        problem = colleague.change(ticket, expect=422, assignee_id=nobody)
        assert [error["field"] for error in problem["errors"]] == ["assignee_id"]
    team.api.admin.patch(f"/users/{holder.id}", {"active": False})
    colleague.change(ticket, expect=422, assignee_id=holder.id)


def test_another_team_gets_it_in_its_queue_as_it_is(team: Team) -> None:
    holder = team.agent()
    elsewhere = team.api.make_team()
    ticket = team.file_settled("high")
    holder.change(ticket, status="in_progress")
    moved = holder.change(ticket, team=elsewhere.id)
    assert (moved["team"], moved["assignee_id"], moved["status"]) == (elsewhere.id, None, "in_progress")
    assert elsewhere.waiting() == [ticket["id"]]
    assert team.workload(holder) == 0
    holder.change(ticket, expect=404, priority="low")
    agent = elsewhere.agent()
    assert team.settled(ticket)["assignee_id"] == agent.id
    team.api.admin.change(ticket, expect=422, team="no-such-team")
    assert elsewhere.mismatches() == []


def test_in_one_change_team_and_assignee_assign_there(team: Team) -> None:
    holder = team.agent()
    elsewhere = team.api.make_team()
    there = elsewhere.agent(available=False)
    ticket = team.file_settled()
    team.api.admin.change(ticket, expect=422, team=elsewhere.id, assignee_id=holder.id)
    moved = team.api.admin.change(ticket, team=elsewhere.id, assignee_id=there.id)
    assert (moved["team"], moved["assignee_id"]) == (elsewhere.id, there.id)
    assert elsewhere.workload(there) == 2
    assert elsewhere.mismatches() == []


def test_an_unassigned_ticket_that_the_admin_starts_stays_in_the_queue(team: Team) -> None:
    agent = team.agent(available=False)
    ticket = team.file()
    started = team.api.admin.change(ticket, status="in_progress")
    assert (started["status"], started["assignee_id"]) == ("in_progress", None)
    assert team.waiting() == [ticket["id"]]
    agent.comes()
    settled = team.settled(ticket)
    assert (settled["status"], settled["assignee_id"]) == ("in_progress", agent.id)


def test_a_reopened_ticket_keeps_its_assignee_even_without_room(team: Team) -> None:
    agent, other = team.agent(), team.agent(available=False)
    ticket = finished(team, team.file_settled())
    team.api.admin.patch(f"/users/{agent.id}", {"capacity": 0})
    other.comes()
    reopened = team.api.admin.change(ticket, status="in_progress")
    assert (reopened["assignee_id"], reopened["reopened_count"]) == (agent.id, 1)
    assert (reopened["resolved_at"], reopened["waiting_for"]) == (None, "agent")
    assert team.settled(ticket)["assignee_id"] == agent.id


def test_a_reopened_ticket_does_not_stick_to_somebody_away(team: Team) -> None:
    agent, other = team.agent(), team.agent(available=False)
    client = team.api.make("client")
    ticket = finished(team, team.file_settled(client=client))
    agent.leaves()
    other.comes()
    reopened = client.change(ticket, status="in_progress")
    assert (reopened["assignee_id"], reopened["status"]) == (None, "in_progress")
    settled = team.settled(ticket)
    assert (settled["assignee_id"], settled["status"]) == (other.id, "in_progress")


def test_a_clients_comment_reopens_and_an_agents_does_not(team: Team) -> None:
    agent = team.agent()
    client = team.api.make("client")
    ticket = finished(team, team.file_settled(client=client))
    agent.post(f"/tickets/{ticket['id']}/comments", {"body": "By the way …"})
    assert team.settled(ticket)["status"] == "resolved"
    client.post(f"/tickets/{ticket['id']}/comments", {"body": "It is broken again."})
    reopened = team.settled(ticket)
    assert (reopened["status"], reopened["assignee_id"]) == ("in_progress", agent.id)
    assert (reopened["reopened_count"], reopened["resolved_at"]) == (1, None)
    moves = [event for event in team.history(ticket) if event["field"] == "status"]
    assert (moves[-1]["to"], moves[-1]["reason"], moves[-1]["actor_id"]) == ("in_progress", "reopen", client.id)


def test_a_resolved_ticket_changes_hands_without_being_queued(team: Team) -> None:
    agent, colleague = team.agent(), team.agent(available=False)
    elsewhere = team.api.make_team()
    ticket = finished(team, team.file_settled())
    assert agent.change(ticket, assignee_id=colleague.id)["assignee_id"] == colleague.id
    team.api.admin.change(ticket, expect=409, assignee_id=None)
    moved = team.api.admin.change(ticket, team=elsewhere.id)
    assert (moved["status"], moved["team"], moved["assignee_id"]) == ("resolved", elsewhere.id, None)
    assert elsewhere.waiting() == []
    elsewhere.agent()
    assert team.settled(ticket)["assignee_id"] is None
    assert elsewhere.mismatches() == []


def test_a_closed_ticket_refuses_everything(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = finished(team, team.file_settled(client=client), "closed")
    everyone: tuple[Person, ...] = (team.api.admin, agent, client)
    for person in everyone:
        for change in (
            {"status": "in_progress"},
            {"priority": "urgent"},
            {"title": "Another"},
            {"description": "Another"},
            {"tags": ["late"]},
            {"custom_fields": {"a": 1}},
            {"assignee_id": None},
            {"team": "support"},
        ):
            person.change(ticket, expect=409, **change)
        person.post(f"/tickets/{ticket['id']}/comments", {"body": "Hello?"}, expect=409)
        person.post(f"/tickets/{ticket['id']}/notes", {"body": "Hello?"}, expect=409)
    assert team.settled(ticket) == ticket


def test_several_changes_are_made_together_or_not_at_all(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled(client=client)
    colleague = team.agent(available=False)
    agent.change(ticket, expect=403, priority="high", title="Not mine to change")
    team.api.admin.change(ticket, expect=409, priority="high", status="closed")
    team.api.admin.change(ticket, expect=422, status="open", assignee_id=colleague.id)
    team.api.admin.change(ticket, expect=422, status="in_progress", assignee_id=None)
    assert team.settled(ticket) == ticket
    changed = agent.change(ticket, status="in_progress", priority="high", tags=["a", "b"], custom_fields={"os": "x"})
    assert (changed["status"], changed["priority"], changed["tags"]) == ("in_progress", "high", ["a", "b"])
    assert changed["custom_fields"] == {"os": "x"}
    assert changed["version"] == ticket["version"] + 1
    assert team.workload(agent) == 4


def test_an_assignee_has_an_assignees_rights_only_while_an_agent_of_the_team(team: Team) -> None:
    agent = team.agent()
    ticket = finished(team, team.file_settled())
    assert team.settled(ticket)["assignee_id"] == agent.id
    team.api.admin.patch(f"/users/{agent.id}", {"team": "support"})
    agent.change(ticket, expect=404, status="closed")
    assert team.settled(ticket)["assignee_id"] == agent.id, "a resolved ticket is nobody's work: it stays"
