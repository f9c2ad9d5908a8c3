"""Accounts as admins see them: making, finding and changing them."""

from typing import Any

import pytest

from chalicelib.auth import recovery
from chalicelib.people import agents, roster, service as people, teams
from chalicelib.people.lookup import PersonPosting
from chalicelib.people.models import AdminCount, TeamRow
from tests.integration.people.conftest import PASSWORD, Http, Mailbox, Session, SignIn, in_between, token_in

NEW = {"email": "new@example.com", "name": "New", "role": "client"}


def change(http: Http, admin: Session, user: Session, **wanted: Any) -> Any:
    return http("PATCH", f"/users/{user.id}", wanted, as_=admin)


def available(team: str) -> int:
    try:
        return int(TeamRow.get(team, "team").available)
    except TeamRow.DoesNotExist:
        return 0


def admins() -> int:
    return int(AdminCount.get("admins", "count").active)


# --- making ----------------------------------------------------------------------------------------------------------


def test_an_admin_makes_accounts_of_every_role(http: Http, admin: Session) -> None:
    for role in ("client", "agent", "admin"):
        made = http("POST", "/users", {**NEW, "email": f"{role}@x.example", "role": role}, as_=admin)
        assert made.status == 201
        assert made.headers["location"] == f"/api/users/{made.body['id']}"
        assert http("GET", f"/users/{made.body['id']}", as_=admin).body == made.body
        extra = {"team": "support", "availability": "away", "capacity": None} if role == "agent" else {}
        assert {name: made.body[name] for name in ("team", "availability", "capacity") if name in made.body} == extra
    assert admins() == 1, "the other one hasn't come yet"


def test_with_a_password_they_can_sign_in(http: Http, admin: Session, sign_in: SignIn) -> None:
    http("POST", "/users", {**NEW, "password": PASSWORD}, as_=admin)
    assert sign_in("new@example.com").id


def test_a_team_and_a_capacity_are_for_agents(http: Http, admin: Session) -> None:
    teams.create("second", "Second", "x")
    made = http("POST", "/users", {**NEW, "role": "agent", "team": "second", "capacity": 0}, as_=admin)
    assert (made.body["team"], made.body["capacity"]) == ("second", 0)
    refused = http("POST", "/users", {**NEW, "email": "a@x.example", "team": "second", "capacity": 3}, as_=admin)
    assert (refused.status, refused.fields) == (422, ["team", "capacity"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("team", "nowhere"), ("capacity", -1), ("capacity", True), ("capacity", 1.5), ("capacity", "3"),
        ("capacity", 10**30), ("role", "boss"), ("role", None), ("email", "x"), ("name", ""), ("password", "short"),
        ("active", False),
    ],
)  # fmt: skip
def test_a_bad_field_is_named(http: Http, admin: Session, field: str, value: Any) -> None:
    answer = http("POST", "/users", {**NEW, "role": "agent", field: value}, as_=admin)
    assert (answer.status, answer.fields) == (422, [field])
    assert http.all("/users?q=new", admin) == []


def test_a_taken_address_is_a_conflict(http: Http, admin: Session, client: Session) -> None:
    answer = http("POST", "/users", {**NEW, "email": client.email.upper()}, as_=admin)
    assert (answer.status, answer.fields) == (409, ["email"])


def test_a_repeat_answers_the_first(http: Http, admin: Session) -> None:
    headers = {"Idempotency-Key": "once"}
    first, again = (http("POST", "/users", NEW, as_=admin, headers=headers) for _ in range(2))
    assert first.body == again.body
    assert again.headers["idempotent-replayed"] == "true"


def test_a_repeat_after_a_crash_finds_what_it_made(http: Http) -> None:
    wanted: dict[str, Any] = {"email": "a@x.example", "name": "A", "role": "admin", "account_id": "fixed"}
    wanted["password"] = PASSWORD
    assert people.create_account(**wanted).id == people.create_account(**wanted).id == "fixed"
    assert admins() == 1


# --- finding ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def crowd(http: Http) -> None:
    for role in ("client", "agent"):
        for name in ("Ben", "anna", "Änne", "Carl Annas"):
            email = f"{name.split()[0].lower().replace('ä', 'ae')}.{role}@example.com"
            people.create_account(email=email, name=name, role=role)


def names(items: list[Any]) -> list[tuple[str, str]]:
    return [(item["role"], item["name"]) for item in items]


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_people_are_listed_by_role_and_address(http: Http, admin: Session, crowd: None, limit: int) -> None:
    assert names(http.all("/users", admin, limit)) == [
        ("admin", "admin"),
        *(("agent", name) for name in ("Änne", "anna", "Ben", "Carl Annas")),
        *(("client", name) for name in ("Änne", "anna", "Ben", "Carl Annas")),
    ]


@pytest.mark.parametrize("limit", [1, 3, 100])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("role=client&q=AN", ["anna", "Änne", "Carl Annas"]),
        ("role=client&q=carl", ["Carl Annas"]),
        ("role=client&q=a", ["anna", "Änne", "Carl Annas"]),
        ("role=client&q=%C3%A4NN", ["anna", "Änne", "Carl Annas"]),
        ("role=client&q=annas+CA", ["Carl Annas"]),
        ("role=client&q=carl.client%40EXAMPLE", ["Carl Annas"]),
        ("role=client&q=nobody", []),
        ("role=client&q=%EF%B7%BA", []),
    ],
)
def test_by_the_beginning_of_address_or_name(
    http: Http, admin: Session, crowd: None, query: str, found: list[str], limit: int
) -> None:
    assert [item["name"] for item in http.all(f"/users?{query}", admin, limit)] == found


def test_each_person_is_found_once_whatever_they_are_renamed_to_meanwhile(http: Http, admin: Session) -> None:
    made = [people.create_account(email=f"p{place}@x.example", name="Ann Annan", role="client") for place in range(7)]
    seen, cursor = [], ""
    for account in made:
        answer = http("GET", f"/users?q=an&limit=2{cursor}", as_=admin).body
        seen += [item["id"] for item in answer["items"]]
        for each in (account, made[-1 - made.index(account)]):
            people.change_profile(each.id, {"name": f"Anders {len(seen)} Annika"})
        if answer["next_cursor"] is None:
            break
        cursor = f"&cursor={answer['next_cursor']}"
    assert seen == [account.id for account in made]


def test_an_old_name_finds_nobody(http: Http, admin: Session) -> None:
    person = people.create_account(email="x1@x.example", name="Łukasz Kowalski", role="client")
    assert [item["id"] for item in http.all("/users?q=kow", admin)] == [person.id]
    assert [item["id"] for item in http.all("/users?q=LUKASZ", admin)] == [person.id]
    people.change_profile(person.id, {"name": "李 明"})
    assert http.all("/users?q=kow", admin) == []
    assert http.all("/users?q=l", admin) == []
    assert [item["id"] for item in http.all("/users?q=%E6%98%8E", admin)] == [person.id]
    assert not [each for each in PersonPosting.scan() if each.term == "person kow"]


def test_by_activity(http: Http, admin: Session, crowd: None) -> None:
    gone = next(item for item in http.all("/users?role=agent", admin) if item["name"] == "Ben")
    people.change_account(gone["id"], {"active": False})
    assert [item["name"] for item in http.all("/users?role=agent&active=false", admin, 1)] == ["Ben"]
    assert len(http.all("/users?role=agent&active=true&q=a", admin, 2)) == 3
    assert len(http.all("/users?active=true", admin, 3)) == 8


def test_agents_are_shown_with_team_availability_and_capacity(http: Http, admin: Session, agent: Session) -> None:
    agents.set_availability(agent.id, "available")
    shown = http.all("/users?role=agent", admin)[0]
    assert shown == http("GET", f"/users/{agent.id}", as_=admin).body
    assert (shown["team"], shown["availability"], shown["capacity"]) == ("support", "available", None)


def test_agents_list_clients_alone(http: Http, agent: Session, client: Session) -> None:
    assert [item["id"] for item in http.all("/users?role=client", agent)] == [client.id]
    for query in ("", "?role=agent", "?role=admin", "?q=a"):
        assert http("GET", f"/users{query}", as_=agent).status == 403
    assert http("GET", "/users", as_=client).status == 403


@pytest.mark.parametrize(
    "query", ["role=boss", "active=1", "active=", "q=", "name=x", "limit=0", "role=client&role=agent"]
)
def test_a_bad_filter_is_refused(http: Http, admin: Session, query: str) -> None:
    assert http("GET", f"/users?{query}", as_=admin).status == 422


def test_one_account_is_for_admins_a_clients_for_agents_too(
    http: Http, admin: Session, agent: Session, client: Session
) -> None:
    assert http("GET", f"/users/{client.id}", as_=admin).body["email"] == client.email
    assert http("GET", f"/users/{client.id}", as_=agent).body["email"] == client.email
    assert http("GET", f"/users/{admin.id}", as_=agent).status == 404
    assert http("GET", f"/users/{client.id}", as_=client).status == 403
    assert http("GET", "/users/nobody", as_=admin).status == 404
    assert http("PATCH", "/users/nobody", {"role": "boss"}, as_=admin).status == 404


# --- changing --------------------------------------------------------------------------------------------------------


def test_a_change_of_team_takes_the_agent_along(http: Http, admin: Session, agent: Session) -> None:
    teams.create("second", "Second", "x")
    change(http, admin, agent, capacity=7)
    agents.set_availability(agent.id, "available")
    before = roster.agent_row("support", agent.id)
    assert before is not None
    moved = change(http, admin, agent, team="second")
    assert (moved.status, moved.body["team"], moved.body["availability"], moved.body["capacity"]) == (
        200, "second", "away", 7,
    )  # fmt: skip
    left, came = roster.agent_row("support", agent.id), roster.agent_row("second", agent.id)
    assert left is not None
    assert came is not None
    assert (left.active, left.availability, bool(left.knock), left.place) == (False, "away", True, None)
    assert (came.active, came.waiting_since) == (True, before.waiting_since)
    assert (available("support"), available("second")) == (0, 0)


def test_who_comes_back_to_a_team_finds_what_they_still_carry(http: Http, admin: Session, agent: Session) -> None:
    teams.create("second", "Second", "x")
    row = roster.agent_row("support", agent.id)
    assert row is not None
    row.update(actions=[type(row).workload.set(5), type(row).active_tickets.set(2)])
    change(http, admin, agent, team="second")
    change(http, admin, agent, team="support")
    row = roster.agent_row("support", agent.id)
    assert row is not None
    assert (row.active, row.availability, row.workload, row.active_tickets) == (True, "away", 5, 2)


def test_deactivated_and_back(http: Http, admin: Session, agent: Session) -> None:
    agents.set_availability(agent.id, "available")
    assert available("support") == 1
    gone = change(http, admin, agent, active=False)
    assert (gone.body["active"], gone.body["availability"]) == (False, "away")
    row = roster.agent_row("support", agent.id)
    assert row is not None
    assert (row.active, bool(row.knock), available("support")) == (False, True, 0)
    back = change(http, admin, agent, active=True)
    assert (back.body["active"], back.body["availability"], available("support")) == (True, "away", 0)


def test_the_roles_an_account_may_go_through(http: Http, admin: Session, client: Session) -> None:
    agent = change(http, admin, client, role="agent", capacity=3).body
    assert (agent["role"], agent["team"], agent["availability"], agent["capacity"]) == ("agent", "support", "away", 3)
    agents.set_availability(client.id, "available")
    boss = change(http, admin, client, role="admin").body
    assert (boss["role"], "team" in boss, available("support"), admins()) == ("admin", False, 0, 2)
    assert change(http, admin, client, role="client").body["role"] == "client"
    assert admins() == 1
    again = change(http, admin, client, role="agent").body
    assert (again["team"], again["availability"], again["capacity"]) == ("support", "away", None)
    row = roster.agent_row("support", client.id)
    assert row is not None
    assert row.active


def test_an_inactive_agent_may_change_team_and_stays_inactive(http: Http, admin: Session, agent: Session) -> None:
    teams.create("second", "Second", "x")
    change(http, admin, agent, active=False)
    change(http, admin, agent, team="second", capacity=1)
    row = roster.agent_row("second", agent.id)
    assert row is not None
    assert (row.active, row.capacity) == (False, 1)
    assert change(http, admin, agent, active=True).body["team"] == "second"


def test_a_change_of_capacity_wakes_the_queue(http: Http, admin: Session, agent: Session) -> None:
    agents.set_availability(agent.id, "available")
    row = roster.agent_row("support", agent.id)
    assert row is not None
    row.update(actions=[type(row).knock.remove()])
    assert change(http, admin, agent, capacity=0).body["capacity"] == 0
    row = roster.agent_row("support", agent.id)
    assert row is not None
    assert (bool(row.knock), row.place) == (True, None)
    assert change(http, admin, agent, capacity=None).body["capacity"] is None


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"team": "support"}, ["team"]),
        ({"capacity": 3}, ["capacity"]),
        ({"capacity": None}, ["capacity"]),
        ({"role": "admin", "team": "support", "capacity": 1}, ["team", "capacity"]),
        ({"role": "agent", "team": "nowhere"}, ["team"]),
        ({"role": "agent", "team": None}, ["team"]),
        ({"role": "agent", "capacity": True}, ["capacity"]),
        ({"active": "false"}, ["active"]),
        ({"active": None}, ["active"]),
        ({"name": ""}, ["name"]),
        ({"email": "other@example.com"}, ["email"]),
        ({"password": PASSWORD}, ["password"]),
    ],
    ids=str,
)
def test_one_bad_field_and_nothing_is_changed(
    http: Http, admin: Session, client: Session, wanted: dict[str, Any], fields: list[str]
) -> None:
    before = http("GET", f"/users/{client.id}", as_=admin).body
    answer = change(http, admin, client, **{"name": "Renamed", **wanted})
    assert (answer.status, answer.fields) == (422, fields)
    assert http("GET", f"/users/{client.id}", as_=admin).body == before


def test_the_same_again_writes_nothing(http: Http, admin: Session, agent: Session) -> None:
    account, row = people.account(agent.id), roster.agent_row("support", agent.id)
    same = {"name": "agent", "role": "agent", "active": True, "team": "support", "capacity": None}
    assert change(http, admin, agent, **same).status == 200
    assert change(http, admin, agent).status == 200
    after = people.account(agent.id), roster.agent_row("support", agent.id)
    assert (account.revision, row.revision) == (after[0].revision, after[1].revision)  # type: ignore[union-attr]


def test_a_change_lost_to_accounting_is_made_again(
    http: Http, admin: Session, agent: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    agents.set_availability(agent.id, "available")
    in_between(monkeypatch, lambda: agents.set_availability(agent.id, "away"))
    assert change(http, admin, agent, active=False).status == 200
    assert available("support") == 0


@pytest.mark.parametrize("wanted", [{"role": "client"}, {"role": "agent"}, {"active": False}])
def test_the_last_active_admin_stays(http: Http, admin: Session, wanted: dict[str, Any]) -> None:
    assert change(http, admin, admin, name="Renamed", **wanted).status == 409
    assert http("GET", "/auth/me", as_=admin).body["name"] == "admin"
    assert admins() == 1


def test_an_inactive_admin_does_not_count(http: Http, admin: Session, sign_in: SignIn) -> None:
    other = sign_in("other@example.com", "admin")
    assert change(http, admin, other, active=False).status == 200
    assert change(http, admin, admin, role="client").status == 409
    assert change(http, admin, other, role="client").status == 200
    assert change(http, admin, other, active=True).status == 200
    assert admins() == 1


def test_who_was_invited_and_has_not_come_does_not_count(
    http: Http, admin: Session, mailbox: Mailbox, sign_in: SignIn
) -> None:
    http("POST", "/users", {**NEW, "role": "admin"}, as_=admin)
    for gone in ({"role": "client"}, {"active": False}):
        assert change(http, admin, admin, **gone).status == 409, "nobody could sign in any more"
    invitation = {"token": token_in(mailbox()[0]), "new_password": PASSWORD}
    assert http("POST", "/auth/password/reset", invitation).status == 204
    assert admins() == 2
    assert change(http, admin, admin, role="client").status == 200
    other = sign_in(NEW["email"])
    assert change(http, other, other, role="client").status == 409


def test_an_emergency_reset_of_the_last_admin_leaves_the_count_right(http: Http, admin: Session) -> None:
    token = recovery.token_by_hand(admin.id)
    assert admins() == 0
    for _ in range(2):
        http("POST", "/auth/password/reset", {"token": token, "new_password": "another password"})
    assert admins() == 1


def test_of_two_admins_who_demote_each_other_one_stays(
    http: Http, admin: Session, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sign_in("other@example.com", "admin")
    first: list[Any] = []
    in_between(monkeypatch, lambda: first.append(change(http, other, admin, role="client")))
    assert change(http, admin, other, role="client").status == 409
    assert (first[0].status, admins()) == (200, 1)


def test_the_walls_between_roles(http: Http, agent: Session, client: Session) -> None:
    for session in (agent, client):
        assert http("PATCH", f"/users/{session.id}", {"role": "admin"}, as_=session).status == 403
        assert http("POST", "/users", NEW, as_=session).status == 403
    assert http("POST", "/users", NEW).status == 401
