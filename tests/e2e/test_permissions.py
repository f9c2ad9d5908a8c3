"""Every route against every role, from the description that the service gives of itself: a route that isn't expected
here fails. The table is written from contract §3."""

from typing import Any

import pytest

from tests.e2e.client import Api, Person, Team

ROUTES: dict[str, str] = {
    "POST /auth/register": "anyone",
    "POST /auth/login": "anyone",
    "POST /auth/refresh": "anyone",
    "POST /auth/logout": "client agent admin",
    "GET /auth/me": "client agent admin",
    "PATCH /auth/me": "client agent admin",
    "POST /auth/password": "client agent admin",
    "GET /users": "agent admin",
    "POST /users": "admin",
    "GET /users/{user_id}": "admin",
    "PATCH /users/{user_id}": "admin",
    "GET /teams": "client agent admin",
    "POST /teams": "admin",
    "GET /agents": "agent admin",
    "PUT /agents/me/availability": "agent",
    "PUT /agents/{agent_id}/availability": "admin",
    "POST /tickets": "client agent admin",
    "GET /tickets": "client agent admin",
    "GET /tickets/{ticket_id}": "client agent admin",
    "PATCH /tickets/{ticket_id}": "client agent admin",
    "GET /tickets/{ticket_id}/history": "client agent admin",
    "POST /tickets/{ticket_id}/comments": "client agent admin",
    "GET /tickets/{ticket_id}/comments": "client agent admin",
    "POST /tickets/{ticket_id}/notes": "client agent admin",
    "GET /tickets/{ticket_id}/notes": "client agent admin",
    "GET /health": "anyone",
    "GET /openapi.json": "anyone",
    "GET /docs": "anyone",
}
NOBODYS_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def document(api: Api) -> dict[str, Any]:
    document: dict[str, Any] = api.anyone.get("/openapi.json")
    return document


@pytest.fixture(scope="module")
def people(api: Api) -> dict[str, Person]:
    return {"client": api.make("client"), "agent": api.make("agent"), "admin": api.admin}


def send(person: Person, route: str, ticket_id: str = NOBODYS_ID, **request: Any) -> Any:
    method, path = route.split()
    path = path.replace("{ticket_id}", ticket_id).replace("{user_id}", NOBODYS_ID).replace("{agent_id}", NOBODYS_ID)
    return person.send(method, path, **request)


def test_no_route_is_missing_here_and_none_is_too_many(document: dict[str, Any]) -> None:
    server = document["servers"][0]["url"] if document.get("servers") else ""
    described = {
        f"{method.upper()} {path if server.endswith('/api') else path.removeprefix('/api')}"
        for path, operations in document["paths"].items()
        for method in operations
        if method in METHODS
    }
    assert described == set(ROUTES)


def test_the_description_says_which_routes_need_a_token(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                route = f"{method.upper()} {path.removeprefix('/api')}"
                security = operations[method].get("security", document.get("security", []))
                assert bool(security) == (ROUTES[route] != "anyone"), route


@pytest.mark.parametrize("token", [None, "Bearer nonsense", "Bearer a.b.c", "Basic YTpi", "Bearer", ""])
def test_without_a_good_token_every_route_that_needs_one_is_401(api: Api, token: str | None) -> None:
    headers = {} if token is None else {"Authorization": token}
    for route, who in ROUTES.items():
        if who != "anyone":
            response = send(api.anyone, route, headers=headers, content=b"{", params={"bad": "1"})
            assert response.status_code == 401, f"{route} {token}: {response.text}"
            assert response.headers["WWW-Authenticate"].startswith("Bearer"), route
            assert response.headers["Content-Type"] == "application/problem+json"


def test_a_role_that_the_route_does_not_name_is_403_whatever_it_sends(people: dict[str, Person]) -> None:
    for route, who in ROUTES.items():
        for role, person in people.items():
            if who != "anyone" and role not in who.split():
                for request in (
                    {},
                    {"content": b"{", "headers": {"Content-Type": "text/plain"}},
                    {"params": {"x": "y"}},
                ):
                    response = send(person, route, **request)
                    assert response.status_code == 403, f"{route} as {role}: {response.status_code} {response.text}"


def test_a_role_that_the_route_names_gets_beyond_it(people: dict[str, Person]) -> None:
    for route, who in ROUTES.items():
        for role, person in people.items():
            if role in who.split() and route not in ("POST /auth/logout", "GET /users"):
                request: dict[str, Any] = {} if route.startswith("GET") else {"json": {"unknown": 1}}
                response = send(person, route, **request)
                expected = {404} if "{" in route else {200} if route.startswith("GET") else {422}
                assert response.status_code in expected, f"{route} as {role}: {response.status_code} {response.text}"


def test_agents_list_clients_alone(people: dict[str, Person]) -> None:
    assert people["agent"].get("/users", role="client")["items"]
    for filters in ({}, {"role": "agent"}, {"role": "admin"}, {"q": "a"}):
        people["agent"].get("/users", expect=403, **filters)


def test_other_peoples_tickets_are_not_there(team: Team, people: dict[str, Person]) -> None:
    owner = team.api.make("client")
    ticket = team.file(client=owner)
    for route in ROUTES:
        if "{ticket_id}" not in route:
            continue
        for stranger in (people["client"], people["agent"]):
            missing = send(stranger, route)
            for request in ({}, {"json": {"bad": 1}}, {"json": {"body": "Hello"}}, {"params": {"bad": "1"}}):
                response = send(stranger, route, ticket["id"], **request)
                assert response.status_code == 404, f"{route} as {stranger.role}: {response.text}"
                told, told_of_nothing = response.json(), missing.json()
                assert told.pop("request_id") != told_of_nothing.pop("request_id")
                assert told == told_of_nothing
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
