"""An agent's own figures (contract §3): their row of the metrics, and the first responses that they gave."""

from typing import Any

from tests.e2e.client import Api, Person, Team


def test_an_agent_reads_their_own_row_and_their_first_responses(api: Api, team: Team, client: Person) -> None:
    agent, other = team.agent(), team.agent(available=False)
    assert (agent.get("/metrics/me")["assigned"], agent.get("/metrics/me")["name"]) == (0, agent.name)
    tickets = [team.file_settled(client=client) for _ in range(2)]
    api.advance(60)
    agent.post(f"/tickets/{tickets[0]['id']}/comments", {"body": "Hello"})
    other.post(f"/tickets/{tickets[1]['id']}/comments", {"body": "Hello"})
    agent.post(f"/tickets/{tickets[1]['id']}/comments", {"body": "Second"})
    agent.change(tickets[0], status="in_progress")
    agent.change(tickets[0], status="resolved")
    api.wait_idle()
    own = agent.get("/metrics/me")
    waited = own.pop("first_response_seconds")
    [row] = [each for each in api.admin.get("/metrics", team=team.id)["agents"] if each["id"] == agent.id]
    assert own == row
    assert (own["assigned"], own["resolved"], own["active"]) == (2, 1, 1)
    assert 60 <= waited["average"] < 90
    assert other.get("/metrics/me")["first_response_seconds"]["average"] is not None
    before: Any = {"from": "2020-01-01", "to": "2020-01-02"}
    assert agent.get("/metrics/me", **before)["first_response_seconds"]["average"] is None
    for person in (client, api.admin):
        person.get("/metrics/me", expect=403)


def test_agents_read_clients_and_nobody_else(api: Api, team: Team, client: Person) -> None:
    agent = team.agent(available=False)
    assert agent.get(f"/users/{client.id}") == {
        name: value for name, value in api.admin.get(f"/users/{client.id}").items() if name != "mail_refused"
    }
    for other in (api.admin.id, agent.id, team.agent(available=False).id, "nobody"):
        agent.get(f"/users/{other}", expect=404)
    client.get(f"/users/{client.id}", expect=403)
