"""Whose tickets one sees, and as what. Every route against every role: tests/threats/test_access.py."""

import pytest

from tests.e2e.client import Api, Person, Team

NOBODYS_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.fixture(scope="module")
def people(api: Api) -> dict[str, Person]:
    return {"client": api.make("client"), "agent": api.make("agent"), "admin": api.admin}


def test_agents_list_clients_alone(people: dict[str, Person]) -> None:
    assert people["agent"].get("/users", role="client")["items"]
    for filters in ({}, {"role": "agent"}, {"role": "admin"}, {"q": "a"}):
        people["agent"].get("/users", expect=403, **filters)


def test_other_peoples_tickets_are_in_no_list(team: Team, people: dict[str, Person]) -> None:
    owner = team.api.make("client")
    ticket = team.file(client=owner)
    assert ticket["id"] not in [shown["id"] for shown in people["agent"].all("/tickets")]
    assert list(people["client"].all("/tickets")) == []
    assert list(people["client"].all("/tickets", client_id=owner.id)) == []
    assert list(people["agent"].all("/tickets", team=team.id)) == []
    assert [shown["id"] for shown in owner.all("/tickets")] == [ticket["id"]]


def test_a_client_files_for_themselves_in_no_team_of_choice(team: Team) -> None:
    client, other = team.api.make("client"), team.api.make("client")
    filing = {"title": "Broken", "description": "It is."}
    client.post("/tickets", {**filing, "client_id": other.id}, expect=403)
    client.post("/tickets", {**filing, "team": team.id}, expect=403)
    agent = team.agent(available=False)
    filed = agent.post("/tickets", {**filing, "client_id": client.id})
    assert (filed["client_id"], filed["team"]) == (client.id, team.id)
    agent.post("/tickets", {**filing, "client_id": NOBODYS_ID}, expect=422)
    agent.post("/tickets", {**filing, "team": "no-such-team"}, expect=422)


def test_an_agent_who_is_the_client_sees_the_ticket_in_another_team_as_a_client(team: Team) -> None:
    agent, elsewhere = team.agent(available=False), team.api.make_team()
    staff = elsewhere.agent(available=False)
    ticket = elsewhere.file(client=agent)
    assert agent.get(f"/tickets/{ticket['id']}")["id"] == ticket["id"]
    assert [shown["id"] for shown in agent.all("/tickets", client_id=agent.id)] == [ticket["id"]]
    assert ticket["id"] not in [shown["id"] for shown in agent.all("/tickets")]
    staff.post(f"/tickets/{ticket['id']}/notes", {"body": "Ours alone."})
    agent.post(f"/tickets/{ticket['id']}/notes", {"body": "Mine alone."})
    assert [note["body"] for note in agent.all(f"/tickets/{ticket['id']}/notes")] == ["Mine alone."]
    assert [note["body"] for note in staff.all(f"/tickets/{ticket['id']}/notes")] == ["Ours alone."]
    agent.change(ticket, expect=403, tags=["mine"])
    agent.change(ticket, title="As its client I may")
    # In their own team they are staff, also where they are the client.
    own = team.file(client=agent)
    agent.change(own, tags=["ours"])
    agent.change(own, expect=403, title="As staff I may not")
