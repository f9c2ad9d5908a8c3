"""Teams and agents: who is there, and who takes tickets."""

from typing import Any

import pytest

from chalicelib.people import agents, roster, service as people, teams
from chalicelib.people.models import AgentRow, TeamRow
from tests.integration.people.conftest import Http, Session, SignIn, in_between

COME, GO = {"availability": "available"}, {"availability": "away"}


def row_of(agent: Session) -> AgentRow:
    row = roster.agent_row("support", agent.id)
    assert row is not None
    return row


def available() -> int:
    return int(TeamRow.get("support", "team").available)


def test_an_agent_comes_and_goes(http: Http, agent: Session) -> None:
    came = http("PUT", "/agents/me/availability", COME, as_=agent)
    assert came.status == 200
    assert came.body == {
        "id": agent.id,
        "name": "agent",
        "team": "support",
        "availability": "available",
        "workload": 0,
        "capacity": None,
        "active_tickets": 0,
    }
    row = row_of(agent)
    assert (bool(row.knock), row.place, available()) == (True, roster.agent_place(row), 1)
    assert http("PUT", "/agents/me/availability", GO, as_=agent).body["availability"] == "away"
    assert (row_of(agent).place, available()) == (None, 0)


def test_the_same_again_writes_nothing(http: Http, agent: Session) -> None:
    http("PUT", "/agents/me/availability", COME, as_=agent)
    before = row_of(agent).revision
    assert http("PUT", "/agents/me/availability", COME, as_=agent).status == 200
    assert (row_of(agent).revision, available()) == (before, 1)


def test_an_agent_at_capacity_is_available_without_room(http: Http, admin: Session, agent: Session) -> None:
    people.change_account(agent.id, {"capacity": 0})
    http("PUT", "/agents/me/availability", COME, as_=agent)
    assert (row_of(agent).place, available()) == (None, 1)


def test_coming_twice_at_once_counts_once(http: Http, agent: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    in_between(monkeypatch, lambda: agents.set_availability(agent.id, "available"))
    assert http("PUT", "/agents/me/availability", COME, as_=agent).status == 200
    assert available() == 1


def test_an_admin_says_it_for_them(http: Http, admin: Session, agent: Session, client: Session) -> None:
    path = f"/agents/{agent.id}/availability"
    assert http("PUT", path, COME, as_=admin).body["availability"] == "available"
    for session in (agent, client):
        assert http("PUT", path, GO, as_=session).status == 403
    assert http("PUT", "/agents/me/availability", COME, as_=admin).status == 403


def test_only_active_agents_have_an_availability(http: Http, admin: Session, agent: Session, client: Session) -> None:
    people.change_account(agent.id, {"active": False})
    for id_ in (agent.id, client.id, admin.id, "nobody"):
        for body in (COME, {"availability": "maybe"}):
            assert http("PUT", f"/agents/{id_}/availability", body, as_=admin).status == 404


@pytest.mark.parametrize("body", [{}, {"availability": "busy"}, {"availability": None}, {**COME, "team": "support"}])
def test_a_bad_availability_is_refused(http: Http, agent: Session, body: Any) -> None:
    assert http("PUT", "/agents/me/availability", body, as_=agent).status == 422


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_active_agents_team_by_team(http: Http, admin: Session, sign_in: SignIn, limit: int) -> None:
    for team in ("alpha", "empty", "zulu"):
        teams.create(team, team.title(), "x")
    made = [
        people.create_account(email=f"{team}{n}@example.com", name=f"{team} {n}", role="agent", team=team)
        for team in ("zulu", "alpha", "support")
        for n in range(3)
    ]
    people.change_account(made[0].id, {"active": False})
    people.change_account(made[1].id, {"team": "alpha"})
    listed = http.all("/agents", admin, limit)
    assert [agent["team"] for agent in listed] == ["alpha"] * 4 + ["support"] * 3 + ["zulu"]
    assert {agent["name"] for agent in listed} == {account.name for account in made[1:]}
    assert [agent["name"] for agent in http.all("/agents?team=zulu", admin, limit)] == ["zulu 2"]
    assert http.all("/agents?team=empty", admin, limit) == []
    assert http.all("/agents?team=nowhere", admin, limit) == []


def test_agents_are_listed_for_staff(http: Http, agent: Session, client: Session) -> None:
    assert [each["id"] for each in http.all("/agents", agent)] == [agent.id]
    assert http("GET", "/agents", as_=client).status == 403


def test_a_rename_is_seen_at_once(http: Http, agent: Session) -> None:
    http("PATCH", "/auth/me", {"name": "Änne"}, as_=agent)
    assert http.all("/agents", agent)[0]["name"] == "Änne"


# --- teams -----------------------------------------------------------------------------------------------------------


def test_the_first_team_is_there(http: Http, client: Session) -> None:
    people.ensure_first_team()
    assert http.all("/teams", client) == [{"id": "support", "name": "Support"}]


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_teams_are_made_and_listed(http: Http, admin: Session, limit: int) -> None:
    for id_ in ("zulu", "a", "2nd-level"):
        made = http("POST", "/teams", {"id": id_, "name": f"Team {id_} ✨"}, as_=admin)
        assert (made.status, made.body) == (201, {"id": id_, "name": f"Team {id_} ✨"})
    assert [team["id"] for team in http.all("/teams", admin, limit)] == ["2nd-level", "a", "support", "zulu"]
    assert teams.exists("zulu")
    assert not teams.exists("nowhere")


def test_a_taken_id_is_a_conflict(http: Http, admin: Session) -> None:
    answer = http("POST", "/teams", {"id": "support", "name": "Other"}, as_=admin)
    assert (answer.status, answer.fields) == (409, ["id"])


def test_a_repeat_after_a_crash_finds_its_team(http: Http) -> None:
    assert teams.create("second", "Second", "request").name == teams.create("second", "Second", "request").name


@pytest.mark.parametrize("id_", ["", "-a", "A", "ä", "a b", "a" * 41, "a\n", "none", "me", "all", None, 5])
def test_a_bad_id_is_refused(http: Http, admin: Session, id_: Any) -> None:
    answer = http("POST", "/teams", {"id": id_, "name": "Name"}, as_=admin)
    assert (answer.status, answer.fields) == (422, ["id"])


def test_teams_are_made_by_admins(http: Http, agent: Session, client: Session) -> None:
    for session in (agent, client):
        assert http("POST", "/teams", {"id": "x", "name": "X"}, as_=session).status == 403
