"""Users, teams and agents, as the admin and the agents see them (contract §3)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.e2e.client import PASSWORD, Api, Json, Person, Team


def fresh(prefix: str = "user") -> str:
    return f"{prefix}-{uuid4().hex[:12]}"


def test_the_admin_makes_people_of_every_role(api: Api) -> None:
    team = api.make_team()
    for role, more in (("client", {}), ("agent", {"team": team.id, "capacity": 5}), ("admin", {})):
        body = {"email": f"{fresh()}@example.com", "name": "New", "password": PASSWORD, "role": role}
        made = api.admin.post("/users", {**body, **more})
        assert (made["email"], made["name"], made["role"], made["active"]) == (body["email"], "New", role, True)
        if role == "agent":
            assert (made["team"], made["capacity"], made["availability"]) == (team.id, 5, "away")
        assert api.admin.get(f"/users/{made['id']}") == made
        assert Person(api, body["email"], PASSWORD, "client").get("/auth/me")["id"] == made["id"]


def test_agents_are_of_support_without_limit_unless_it_is_said(api: Api) -> None:
    made = api.admin.get(f"/users/{api.make('agent').id}")
    assert (made["team"], made["capacity"], made["availability"]) == ("support", None, "away")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"role": "boss"}, "role"),
        ({"email": "nobody"}, "email"),
        ({"role": "agent", "team": "no-such-team"}, "team"),
        ({"role": "agent", "capacity": -1}, "capacity"),
        ({"role": "agent", "capacity": 1.5}, "capacity"),
        ({"role": "agent", "capacity": "5"}, "capacity"),
        ({"role": "client", "team": "support"}, "team"),
        ({"role": "client", "capacity": 1}, "capacity"),
        ({"password": "short"}, "password"),
        ({"active": True}, "active"),
    ],
)
def test_bad_new_users_name_the_field(api: Api, more: Json, field: str) -> None:
    body = {"email": f"{fresh()}@example.com", "name": "New", "role": "client", "password": PASSWORD}
    problem = api.admin.post("/users", {**body, **more}, expect=422)
    assert [error["field"] for error in problem["errors"]] == [field]


def test_a_taken_address_is_409(api: Api) -> None:
    person = api.make("client")
    body = {"email": person.email.upper(), "name": "Again", "role": "agent"}
    problem = api.admin.post("/users", body, expect=409)
    assert [error["field"] for error in problem["errors"]] == ["email"]


def test_users_are_found_by_role_state_and_beginning(api: Api) -> None:
    word = uuid4().hex[:10]
    people = {
        "by address": ("client", f"{word}-a@example.com", "Zoe"),
        "by name": ("agent", f"{fresh()}@example.com", f"{word.upper()} Smith"),
        "by a later word": ("client", f"x-{word}@example.com", f"The {word}"),
    }
    made = {}
    for name, (role, email, shown) in people.items():
        made[name] = api.admin.post("/users", {"email": email, "name": shown, "role": role})["id"]

    def found(**filters: str) -> set[str]:
        known = {id_: name for name, id_ in made.items()}
        return {known[user["id"]] for user in api.admin.all("/users", **filters) if user["id"] in known}

    assert found(q=word) == set(people)
    assert found(q=word.upper(), role="client") == {"by address", "by a later word"}
    assert found(q=word[1:]) == set()
    assert found(role="agent") == {"by name"}
    assert found() == set(people)
    api.admin.patch(f"/users/{made['by address']}", {"active": False})
    assert found(q=word, active="true") == {"by name", "by a later word"}
    assert found(q=word, active="false") == {"by address"}


def test_an_account_is_changed_whole_or_not_at_all(team: Team) -> None:
    api, elsewhere = team.api, team.api.make_team()
    agent = team.agent(available=False)
    changed = api.admin.patch(f"/users/{agent.id}", {"name": "Renamed", "capacity": 7, "team": elsewhere.id})
    assert (changed["name"], changed["capacity"], changed["team"]) == ("Renamed", 7, elsewhere.id)
    assert api.admin.get(f"/users/{agent.id}") == changed
    for bad, field in (({"capacity": -1}, "capacity"), ({"team": "nowhere"}, "team"), ({"email": "a@b.c"}, "email")):
        problem = api.admin.patch(f"/users/{agent.id}", {"name": "Again", **bad}, expect=422)
        assert [error["field"] for error in problem["errors"]] == [field]
    assert api.admin.get(f"/users/{agent.id}") == changed


def test_a_change_of_role_works_at_once(api: Api) -> None:
    person = api.make("client")
    person.get("/agents", expect=403)
    shown = api.admin.patch(f"/users/{person.id}", {"role": "agent"})
    assert (shown["team"], shown["availability"]) == ("support", "away")
    assert person.id in [agent["id"] for agent in person.all("/agents")]
    shown = api.admin.patch(f"/users/{person.id}", {"role": "client"})
    assert "team" not in shown
    person.get("/agents", expect=403)
    assert person.id not in [agent["id"] for agent in api.admin.all("/agents")]


def test_the_last_active_admin_stays(api: Api) -> None:
    keeper = api.make("admin")
    others = [user["id"] for user in keeper.all("/users", role="admin", active="true") if user["id"] != keeper.id]
    try:
        for other in others:
            keeper.patch(f"/users/{other}", {"active": False})
        for change in ({"active": False}, {"role": "client"}, {"role": "agent"}):
            keeper.patch(f"/users/{keeper.id}", change, expect=409)
        assert keeper.patch(f"/users/{keeper.id}", {"name": "Last"})["active"] is True
    finally:
        for other in others:
            keeper.patch(f"/users/{other}", {"active": True})


def test_two_admins_cannot_demote_each_other_at_once(api: Api) -> None:
    one, other = api.make("admin"), api.make("admin")
    rest = [user["id"] for user in one.all("/users", role="admin", active="true")]
    rest = [id_ for id_ in rest if id_ not in (one.id, other.id)]
    assert one.token
    assert other.token
    try:
        for id_ in rest:
            one.patch(f"/users/{id_}", {"active": False})
        with ThreadPoolExecutor(2) as pool:
            asked = [
                pool.submit(one.send, "PATCH", f"/users/{other.id}", json={"role": "client"}),
                pool.submit(other.send, "PATCH", f"/users/{one.id}", json={"role": "client"}),
            ]
        answers = sorted(answer.result().status_code for answer in asked)
        assert answers[0] == 200
        assert answers[1] in (403, 409)
        left = one if asked[0].result().status_code == 200 else other
        assert [user["id"] for user in left.all("/users", role="admin", active="true")] == [left.id]
    finally:
        for id_ in rest:
            left.patch(f"/users/{id_}", {"active": True})


def test_agents_say_whether_they_are_there_and_admins_may_say_it_for_them(team: Team) -> None:
    api = team.api
    agent, client = team.agent(available=False), api.make("client")
    shown = agent.put("/agents/me/availability", {"availability": "available"})
    assert shown == {
        "id": agent.id,
        "name": agent.name,
        "team": team.id,
        "availability": "available",
        "workload": 0,
        "capacity": None,
        "active_tickets": 0,
    }
    assert agent.put("/agents/me/availability", {"availability": "available"}) == shown
    assert shown in list(api.admin.all("/agents", team=team.id))
    assert api.admin.put(f"/agents/{agent.id}/availability", {"availability": "away"})["availability"] == "away"
    agent.put("/agents/me/availability", {"availability": "busy"}, expect=422)
    api.admin.put(f"/agents/{client.id}/availability", {"availability": "away"}, expect=404)
    api.admin.patch(f"/users/{agent.id}", {"active": False})
    api.admin.put(f"/agents/{agent.id}/availability", {"availability": "available"}, expect=404)
    assert agent.id not in [shown["id"] for shown in api.admin.all("/agents")]


def test_a_teams_id_is_taken_once_and_is_plain(api: Api) -> None:
    name = fresh("team")
    assert api.admin.post("/teams", {"id": name, "name": "Ünïcode"}) == {"id": name, "name": "Ünïcode"}
    api.admin.post("/teams", {"id": name, "name": "Other"}, expect=409)
    for bad in ("", "With Spaces", "UPPER", "a#b", "x" * 65, "../x"):
        problem = api.admin.post("/teams", {"id": bad, "name": "Bad"}, expect=422)
        assert [error["field"] for error in problem["errors"]] == ["id"]
    assert {"support", name} <= {team["id"] for team in api.make("client").all("/teams")}


def test_names_are_the_current_ones_and_a_rename_changes_no_version(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled(client=client)
    assert (ticket["client_name"], ticket["assignee_name"]) == (client.name, agent.name)
    client.patch("/auth/me", {"name": "Mia Married"})
    agent.patch("/auth/me", {"name": "Ann Other"})
    shown = client.get(f"/tickets/{ticket['id']}")
    assert (shown["client_name"], shown["assignee_name"]) == ("Mia Married", "Ann Other")
    assert (shown["version"], shown["updated_at"]) == (ticket["version"], ticket["updated_at"])
    listed = client.get("/tickets")["items"][0]
    assert (listed["client_name"], listed["assignee_name"]) == ("Mia Married", "Ann Other")
