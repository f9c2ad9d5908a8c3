"""Resolved tickets close by themselves, on a clock that is moved (contract §4)."""

from tests.e2e.client import Json, Person, Team

DAY = 86400


def resolved(team: Team, agent: Person, client: Person) -> Json:
    ticket = team.file_settled(client=client)
    agent.change(ticket, status="in_progress")
    shown: Json = agent.change(ticket, status="resolved")
    return shown


def status(team: Team, ticket: Json) -> str:
    return str(team.settled(ticket)["status"])


def warnings(team: Team, client: Person) -> list[str]:
    """Subjects of the mails that warned a client."""
    messages = team.api.http.get("/_local/mail").json()["messages"]
    mine = [message for message in messages if client.email in message["to"]]
    return [message["subject"] for message in mine if "was resolved on" in message["text"]]


def test_a_resolved_ticket_closes_after_seven_days(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    team.api.confirm(client)
    ticket, reopened = resolved(team, agent, client), resolved(team, agent, client)
    team.api.advance(5 * DAY)
    assert status(team, ticket) == "resolved"
    assert warnings(team, client) == []
    team.api.advance(DAY + 3600)
    assert status(team, ticket) == "resolved"
    both = sorted(f"[#{each['number']}] {each['title']}" for each in (ticket, reopened))
    assert sorted(warnings(team, client)) == both
    client.post(f"/tickets/{reopened['id']}/comments", {"body": "Not yet."})
    team.api.advance(DAY)
    assert status(team, ticket) == "closed"
    assert status(team, reopened) == "in_progress"
    assert sorted(warnings(team, client)) == both
    shown = team.settled(ticket)
    assert shown["closed_at"] > shown["resolved_at"]
    assert shown["waiting_for"] is None
    [event] = [event for event in team.history(ticket) if event["to"] == "closed"]
    assert (event["actor_id"], event["kind"], event["field"], event["from"], event["reason"]) == (
        None,
        "changed",
        "status",
        "resolved",
        "schedule",
    )


def test_the_days_count_from_the_last_resolution(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    team.api.confirm(client)
    ticket = resolved(team, agent, client)
    team.api.advance(5 * DAY)
    client.change(ticket, status="in_progress")
    agent.change(ticket, status="resolved")
    team.api.advance(5 * DAY)
    assert status(team, ticket) == "resolved"
    team.api.advance(2 * DAY + 60)
    assert status(team, ticket) == "closed"


def test_after_a_long_time_it_is_closed_at_once(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    team.api.confirm(client)
    tickets = [resolved(team, agent, client) for _ in range(3)]
    team.api.fault(function="close_resolved", crash_after_writes=1)
    team.api.advance(30 * DAY)
    assert [status(team, ticket) for ticket in tickets] == ["closed"] * 3
    team.api.clear_faults()
    team.api.wait_idle()
    assert len(warnings(team, client)) == 3, "each was warned of, and once"
    for ticket in tickets:
        assert [event["to"] for event in team.history(ticket)].count("closed") == 1
