"""Every route × every role × own, another's, nobody's: from the OpenAPI document, so that a new route is walked without
anyone thinking of it.

`x-roles` is the route's row in the permission matrix: who isn't named is refused whatever is sent; who is, isn't, but
is told nothing of what lies beyond their reach.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib import ambient, permissions
from chalicelib.auth import sessions
from chalicelib.caller import Caller
from chalicelib.chat import access
from chalicelib.errors import Forbidden, NotFound
from chalicelib.mail_in import keeping, parsing
from chalicelib.mail_in.mime import opened
from chalicelib.mail_in.models import SHELF, KeptMail
from chalicelib.people import service, teams
from infra.local.engine.invocations import invocation
from tests.integration.people.conftest import Answer, Clock, Http, Session, SignIn

ROLES = ("client", "agent", "admin")
Operation = tuple[str, str, Mapping[str, str]]
"""Method, path, role -> reach; no roles: anyone."""


def operations(http: Http) -> list[Operation]:
    paths = http("GET", "/openapi.json").body["paths"]
    return [
        (method.upper(), path, operation["x-roles"])
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]


@dataclass
class Desk:
    """Three people, another of each role, and what each has. `own` and `others`: parameter -> role -> ids."""

    people: dict[str, Session]
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    others: dict[str, dict[str, str]] = field(default_factory=dict)


@pytest.fixture
def desk(http: Http, sign_in: SignIn) -> Desk:
    teams.ensure("other", "Other")
    people: dict[str, Session] = {role: sign_in(f"{role}@example.com", role) for role in ROLES}
    stranger = sign_in("stranger@example.com", "client")
    far = sign_in("far@example.com", "agent", team="other")

    def file(who: Session, **more: Any) -> str:
        body = {"title": "T", "description": "D", **more}
        answer = http("POST", "/tickets", body, as_=who)
        assert answer.status == 201, answer.body
        return str(answer.body["id"])

    others_ticket = file(people["admin"], client_id=stranger.id, team="other")
    desk = Desk(people)
    desk.own["ticket_id"] = {role: file(who) for role, who in people.items()}
    # An admin sees every ticket: another's is as good as an own one.
    desk.others["ticket_id"] = {"client": others_ticket, "agent": others_ticket}
    desk.own["team"] = {"agent": "support", "admin": "support"}
    desk.others["team"] = {"agent": "other"}
    desk.own["user_id"] = {"admin": people["client"].id, "agent": people["client"].id}
    desk.others["user_id"] = {"agent": far.id}
    desk.own["agent_id"] = {"admin": people["agent"].id}
    desk.others["agent_id"] = {"admin": stranger.id}
    report = {"kind": "agents", "format": "csv", "from": "2026-01-01", "to": "2026-01-02"}
    schedule = {"kind": "agents", "format": "csv", "every": "week", "recipients": [people["admin"].id]}
    for parameter, path, body in (("report_id", "/reports", report), ("schedule_id", "/report-schedules", schedule)):
        made = http("POST", path, body, as_=people["admin"])
        assert made.status in (201, 202), made.body
        desk.own[parameter] = {"admin": made.body["id"]}

    desk.own["mail_id"] = {"admin": kept_mail()}

    def signed_in(who: Session) -> str:
        """Another session of theirs."""
        sign_in(who.email)
        return str(http("GET", "/auth/sessions?limit=1", as_=who).body["items"][0]["id"])

    def attach(ticket_id: str, who: Session) -> str:
        body = {"filename": "a.txt", "content_type": "text/plain", "size": 5}
        answer = http("POST", f"/tickets/{ticket_id}/attachments", body, as_=who)
        assert answer.status == 201, answer.body
        return str(answer.body["id"])

    # Somebody whom an admin helps out of a second factor that they lost.
    locked_out = sign_in("lost@example.com", "client")
    service.changed(locked_out.id, lambda *_: {"factor": "lost"})
    desk.own["user_id"]["admin"] = locked_out.id
    desk.own["session_id"] = {role: signed_in(who) for role, who in people.items()}
    desk.others["session_id"] = dict.fromkeys(ROLES, signed_in(stranger))
    own = desk.own["ticket_id"]
    desk.own["attachment_id"] = {role: attach(own[role], who) for role, who in people.items()}
    desk.others["attachment_id"] = dict.fromkeys(("client", "agent"), attach(others_ticket, people["admin"]))
    assert far.id
    return desk


def kept_mail() -> str:
    raw = b"From: nobody@example.org\r\n\r\nHello.\r\n"
    ses = {"mail": {"messageId": "kept", "timestamp": ambient.timestamp()}}
    with invocation("on_mail_in"):
        keeping.keep(ses, "sender_unknown", raw, opened(raw).headers, None, parsing.read(raw))
    [made] = KeptMail.query(SHELF)
    return str(made.id)


def filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda found: ids[found[1]], path)


def parameters(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


def ask(http: Http, method: str, path: str, who: Session | None) -> Answer:
    """Without a body where there may be one: nothing is changed by asking."""
    body: dict[str, Any] | None = {} if method in ("POST", "PUT", "PATCH") else None
    return http(method, path, body, as_=who)


def walk(http: Http, desk: Desk, ids: dict[str, dict[str, str]]) -> Iterator[tuple[str, Operation, Answer]]:
    """Each role's answer on each route with a parameter for which `ids` has something for the role."""
    for operation in operations(http):
        method, path, roles = operation
        for role in roles:
            chosen = {name: ids.get(name, {}).get(role) for name in parameters(path)}
            if chosen and all(chosen.values()):
                yield role, operation, ask(http, method, filled(path, chosen), desk.people[role])  # type: ignore[arg-type]


def test_whoever_reaches_less_than_all_has_somebody_elses_thing_to_try(http: Http, desk: Desk) -> None:
    """Or the walk would leave a cell out."""
    for method, path, roles in operations(http):
        for role, reach in roles.items():
            for name in parameters(path)[:1] if reach != "all" else ():
                assert desk.others.get(name, {}).get(role), f"{method} {path}: nothing that is beyond {role}'s {reach}"


def test_a_list_shows_what_is_within_reach_alone(http: Http, desk: Desk) -> None:
    theirs = desk.others["ticket_id"]["client"]
    for role, person in desk.people.items():
        listed = http.all("/tickets", person)
        assert desk.own["ticket_id"][role] in [ticket["id"] for ticket in listed]
        assert (theirs in [ticket["id"] for ticket in listed]) == (role == "admin")
        if role == "client":
            assert {ticket["client_id"] for ticket in listed} == {person.id}
        if role == "agent":
            assert {ticket["team"] for ticket in listed} == {"support"}
    assert {user["role"] for user in http.all("/users?role=client", desk.people["agent"])} == {"client"}


def test_the_document_names_every_parameter_this_walk_knows(http: Http, desk: Desk) -> None:
    unknown = {name for _, path, _ in operations(http) for name in parameters(path)} - desk.own.keys()
    assert not unknown, f"say in `desk` what is somebody's own and what another's: {unknown}"


def test_without_a_token_nothing_but_what_is_for_anyone_answers(http: Http, desk: Desk) -> None:
    for method, path, roles in operations(http):
        if roles:
            answer = ask(http, method, filled(path, dict.fromkeys(parameters(path), ambient.new_id())), None)
            assert answer.status == 401, f"{method} {path}: {answer.status}"
            assert answer.headers["www-authenticate"] == "Bearer"


def test_a_role_that_a_route_does_not_name_is_refused_whatever_is_sent(http: Http, desk: Desk) -> None:
    tried = 0
    for method, path, roles in operations(http):
        for role in set(ROLES) - roles.keys() if roles else ():
            for ids in (
                {name: desk.own[name].get(role, "x") for name in parameters(path)},
                dict.fromkeys(parameters(path), "x"),
            ):
                answer = ask(http, method, f"{filled(path, ids)}?nonsense=1", desk.people[role])
                assert answer.status == 403, f"{role} {method} {path}: {answer.status}"
                tried += 1
    assert tried > 10


def test_what_is_anothers_is_not_there(http: Http, desk: Desk) -> None:
    found = [(role, str(operation[:2]), answer.status) for role, operation, answer in walk(http, desk, desk.others)]
    assert len(found) > 10, found
    assert [each for each in found if each[2] != 404] == []


def test_what_is_anothers_is_not_there_by_way_of_ones_own(http: Http, desk: Desk) -> None:
    """The ticket is one's own, what is asked for under it isn't of it."""
    mixed = {**desk.others, "ticket_id": desk.own["ticket_id"]}
    found = [
        (role, str(operation[:2]), answer.status)
        for role, operation, answer in walk(http, desk, mixed)
        if len(parameters(operation[1])) > 1
    ]
    assert found
    assert [each for each in found if each[2] != 404] == []


def test_what_is_nobodys_answers_as_what_is_anothers(http: Http, desk: Desk) -> None:
    nobodys = {name: dict.fromkeys(ROLES, ambient.new_id()) for name in desk.own}
    for role, (method, path, _), answer in walk(http, desk, nobodys):
        assert answer.status == 404, f"{role} {method} {path}: {answer.status}"
        others = {name: desk.others.get(name, {}).get(role) for name in parameters(path)}
        if all(others.values()):
            other = ask(http, method, filled(path, others), desk.people[role])  # type: ignore[arg-type]
            assert other == answer, f"{role} {method} {path}: the two can be told apart"


def test_what_is_ones_own_is_there(http: Http, desk: Desk) -> None:
    for role, (method, path, _), answer in walk(http, desk, desk.own):
        assert answer.status in (200, 201, 202, 204, 409, 422), f"{role} {method} {path}: {answer.status}"


def test_the_chat_tells_nobody_of_what_is_beyond_their_reach(http: Http, desk: Desk) -> None:
    rows = [action.partition(" ")[2] for action in permissions.MATRIX if action.startswith("SUBSCRIBE ")]
    assert len(rows) > 1
    for destination in rows:
        for role, person in desk.people.items():
            caller = sessions.authenticate({"Authorization": f"Bearer {person.access}"})
            reach = permissions.reach(caller.role, f"SUBSCRIBE {destination}")
            own, others = (
                filled(destination, {name: ids[name].get(role, "x") for name in parameters(destination)})
                for ids in (desk.own, desk.others)
            )
            for name, expected in ((own, reach is not None), (others, reach == "all" and not parameters(destination))):
                if name == others and not parameters(destination):
                    continue
                assert may_listen(caller, name) == expected, f"{role} {name}"


def may_listen(caller: Caller, destination: str) -> bool:
    try:
        access.may_listen(caller, destination)
    except (Forbidden, NotFound):
        return False
    return True


def test_nobody_gives_themselves_a_role(http: Http, desk: Desk) -> None:
    who = desk.people["client"]
    for field_ in ({"role": "admin"}, {"active": True}, {"email_verified": True}, {"team": "support"}, {"id": "x"}):
        assert http("PATCH", "/auth/me", {"name": "Me", **field_}, as_=who).status == 422
    assert http("GET", "/auth/me", as_=who).body["role"] == "client"


@pytest.fixture
def cursor(http: Http, desk: Desk) -> str:
    """Of an admin's list of clients."""
    return str(http("GET", "/users?role=client&limit=1", as_=desk.people["admin"]).body["next_cursor"])


def listed(http: Http, who: Session, cursor: str, query: str = "role=client&limit=1", path: str = "/users") -> int:
    return http("GET", f"{path}?{query}&cursor={cursor}", as_=who).status


def test_a_foreign_cursor_is_no_good(http: Http, desk: Desk, cursor: str, sign_in: SignIn) -> None:
    admin, agent = desk.people["admin"], desk.people["agent"]
    assert listed(http, admin, cursor) == 200
    assert listed(http, agent, cursor) == 400
    assert listed(http, sign_in("other@example.com", "admin"), cursor) == 400
    assert listed(http, admin, cursor, "role=agent&limit=1") == 400
    assert listed(http, admin, cursor, "limit=1", "/audit") == 400


def test_a_tampered_cursor_is_no_good(http: Http, desk: Desk, cursor: str) -> None:
    admin = desk.people["admin"]
    for place in range(len(cursor)):
        changed = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        # The last character of base64 may hold bits that mean nothing.
        assert listed(http, admin, changed) == 400 or place == len(cursor) - 1, place
    for made_up in ("e30", "a.b", cursor[:-4], cursor + "AAAA", cursor * 2, "%00", "null"):
        assert listed(http, admin, made_up) == 400, made_up


def test_a_cursor_gives_no_right_of_its_own_and_runs_out(
    http: Http, desk: Desk, cursor: str, sign_in: SignIn, clock: Clock
) -> None:
    boss = sign_in("boss@example.com", "admin")
    kept = str(http("GET", "/users?role=client&limit=1", as_=boss).body["next_cursor"])
    assert http("PATCH", f"/users/{boss.id}", {"role": "client"}, as_=desk.people["admin"]).status == 200
    assert listed(http, boss, kept) == 403
    clock.advance(86_401)
    assert listed(http, sign_in("admin@example.com"), cursor) == 400


def test_an_idempotency_key_is_its_callers_own(http: Http, desk: Desk) -> None:
    headers, body = {"Idempotency-Key": "the-same-for-all"}, {"title": "T", "description": "D"}
    filed = {role: http("POST", "/tickets", body, as_=who, headers=headers) for role, who in desk.people.items()}
    assert {answer.status for answer in filed.values()} == {201}
    assert len({answer.body["id"] for answer in filed.values()}) == len(ROLES)
    for role, who in desk.people.items():
        again = http("POST", "/tickets", body, as_=who, headers=headers)
        assert (again.headers["idempotent-replayed"], again.body["id"]) == ("true", filed[role].body["id"])
    other = http("POST", "/tickets", {**body, "title": "Other"}, as_=desk.people["client"], headers=headers)
    assert other.status == 409


@pytest.mark.parametrize("key", ["", "x" * 129, "a b", "a\x00b", "a\r\nX-Evil: 1", "é"])
def test_a_tampered_idempotency_key_is_refused(http: Http, desk: Desk, key: str) -> None:
    body = {"title": "T", "description": "D"}
    answer = http("POST", "/tickets", body, as_=desk.people["client"], headers={"Idempotency-Key": key})
    assert (answer.status, answer.fields) == (422, ["Idempotency-Key"])
    assert "x-evil" not in answer.headers


def test_a_remembered_answer_is_not_given_to_who_may_no_longer_ask(http: Http, desk: Desk, sign_in: SignIn) -> None:
    boss = sign_in("boss@example.com", "admin")
    headers, body = {"Idempotency-Key": "k"}, {"id": "billing", "name": "Billing"}
    assert http("POST", "/teams", body, as_=boss, headers=headers).status == 201
    assert http("PATCH", f"/users/{boss.id}", {"role": "client"}, as_=desk.people["admin"]).status == 200
    assert http("POST", "/teams", body, as_=boss, headers=headers).status == 403


def test_a_demoted_admin_is_one_no_longer_within_a_minute(http: Http, desk: Desk, sign_in: SignIn) -> None:
    boss = sign_in("boss@example.com", "admin")
    assert http("GET", "/users", as_=boss).status == 200
    assert http("PATCH", f"/users/{boss.id}", {"role": "client"}, as_=desk.people["admin"]).status == 200
    assert http("GET", "/users", as_=boss).status == 403
