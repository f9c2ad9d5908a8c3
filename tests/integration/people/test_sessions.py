"""Signing up, in and out; staying signed in; what ends a session."""

from typing import Any

import pytest
from argon2 import PasswordHasher

from chalicelib import ambient
from chalicelib.audit import service as audit
from chalicelib.auth import passwords
from chalicelib.auth.models import RefreshFamily
from chalicelib.edge.paging import PageRequest
from chalicelib.people import service as people
from chalicelib.people.models import Account, AccountsItem
from tests.integration.people.conftest import PASSWORD, Clock, Http, Session, SignIn, in_between

NEW = {"email": "Neu@Example.com", "password": PASSWORD, "name": "Néu ✨"}
OURS = {"Origin": "http://127.0.0.1:8000", "X-Session": "cookie"}


def signed_in(http: Http, session: Session | str) -> bool:
    return http("GET", "/auth/me", as_=session).status == 200


def refresh(http: Http, token: str) -> Any:
    return http("POST", "/auth/refresh", {"refresh_token": token})


# --- signing up and in -----------------------------------------------------------------------------------------------


def test_who_signs_up_is_a_client_and_signed_in(http: Http) -> None:
    answer = http("POST", "/auth/register", NEW)
    assert answer.status == 201
    user = answer.body["user"]
    assert answer.body["token_type"] == "Bearer"
    assert answer.body["expires_in"] == 900
    assert http("GET", "/auth/me", as_=answer.body["access_token"]).body == user
    assert user == {
        "id": user["id"],
        "email": "Neu@Example.com",
        "name": "Néu ✨",
        "role": "client",
        "active": True,
        "email_verified": False,
        "email_notifications": True,
        "locale": None,
        "time_zone": None,
        "created_at": user["created_at"],
    }


@pytest.mark.parametrize("email", ["Neu@Example.com", "NEU@EXAMPLE.COM", "ＮＥＵ@example.com"])
def test_an_address_is_taken_however_it_is_written(http: Http, email: str) -> None:
    http("POST", "/auth/register", NEW)
    answer = http("POST", "/auth/register", {**NEW, "email": email})
    assert (answer.status, answer.fields) == (409, ["email"])


def test_two_who_register_one_address_at_once_make_one_account(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    other: list[Any] = []
    in_between(monkeypatch, lambda: other.append(http("POST", "/auth/register", NEW)))
    answer = http("POST", "/auth/register", NEW)
    assert (answer.status, other[0].status) == (409, 201)
    assert len([item for item in AccountsItem.scan() if item.item == "account"]) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"password": "9 letters"}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"password": "1234567890"}, "password"),
        ({"password": "NEU@example.com"}, "password"),
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"role": "admin"}, "role"),
        ({"email_verified": True}, "email_verified"),
    ],
)
def test_a_bad_registration_names_the_field(http: Http, change: dict[str, Any], field: str) -> None:
    answer = http("POST", "/auth/register", {**NEW, **change})
    assert (answer.status, answer.fields) == (422, [field])


@pytest.mark.parametrize("email", ["nobody@example.com", "no address", "ﷺ" * 300])
def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(http: Http, client: Session, email: str) -> None:
    unknown = http("POST", "/auth/login", {"email": email, "password": PASSWORD})
    wrong = http("POST", "/auth/login", {"email": client.email, "password": "another password"})
    assert unknown == wrong
    assert (unknown.status, "bearer" in str(unknown.headers).lower()) == (401, True)


def test_a_deactivated_account_cannot_sign_in(http: Http, admin: Session, client: Session) -> None:
    wrong = http("POST", "/auth/login", {"email": client.email, "password": "another password"})
    people.change_account(client.id, {"active": False})
    assert http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}) == wrong


def test_an_account_without_a_password_cannot_sign_in(http: Http) -> None:
    people.create_account(email="invited@example.com", name="Invited", role="agent")
    for password in ("", "nobody's password", "None"):
        assert http("POST", "/auth/login", {"email": "invited@example.com", "password": password}).status in (401, 422)


def test_the_address_is_stored_as_given_and_found_in_normal_form(http: Http) -> None:
    http("POST", "/auth/register", NEW)
    answer = http("POST", "/auth/login", {"email": "nEU@example.com", "password": PASSWORD})
    assert answer.body["user"]["email"] == "Neu@Example.com"


def test_a_hash_made_with_less_work_is_made_anew_at_the_sign_in(http: Http, client: Session) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    people.known_account(client.id).update(actions=[Account.password_hash.set(weak)])
    assert http("POST", "/auth/login", {"email": client.email, "password": "a wrong one"}).status == 401
    assert people.known_account(client.id).password_hash == weak
    for _ in range(2):
        assert http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}).status == 200
    assert passwords.NOBODYS.rpartition("$")[0].rpartition("$")[0] in people.known_account(client.id).password_hash
    assert signed_in(http, client), "a new hash of the same password ends no session"


@pytest.mark.parametrize("new", ["password123", "CLIENT@example.com"])
def test_a_guessable_new_password_is_refused(http: Http, client: Session, new: str) -> None:
    body = {"current_password": PASSWORD, "new_password": new}
    answer = http("POST", "/auth/password", body, as_=client)
    assert (answer.status, answer.fields) == (422, ["new_password"])


@pytest.mark.parametrize("before", [True, False])
def test_a_deactivation_during_the_sign_in_wins(
    http: Http, admin: Session, client: Session, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    """Before or after the session is stored. Nothing is said of a sign-in that wasn't one."""
    save = RefreshFamily.save

    def deactivating(family: RefreshFamily) -> None:
        monkeypatch.setattr(RefreshFamily, "save", save)
        if not before:
            save(family)
        people.change_account(client.id, {"active": False})
        if before:
            save(family)

    told = len(audited(client))
    monkeypatch.setattr(RefreshFamily, "save", deactivating)
    assert http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}).status == 401
    assert audited(client)[told:] == ["user_deactivated", "sign_in_failed"]


def audited(session: Session) -> list[str]:
    """What the audit has about somebody, oldest first."""
    found = audit.page(audit.Filters(subject=session.id), PageRequest(limit=100)).items
    return [entry.action for entry in reversed(found)]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer a.b.c", "Bearer\u00a0x", "bearer é"])
def test_without_a_good_token_nobody_is_signed_in(http: Http, header: str) -> None:
    answer = http("GET", "/auth/me", headers={"Authorization": header})
    assert answer.status == 401


# --- staying signed in -----------------------------------------------------------------------------------------------


def test_an_access_token_lasts_fifteen_minutes(http: Http, client: Session, clock: Clock) -> None:
    clock.advance(899)
    assert signed_in(http, client)
    clock.advance(1)
    assert not signed_in(http, client)
    pair = refresh(http, client.refresh).body
    assert signed_in(http, pair["access_token"])
    assert set(pair) == {"access_token", "refresh_token", "token_type", "expires_in", "user"}


def test_two_tabs_that_refresh_at_once_both_go_on(http: Http, client: Session, clock: Clock) -> None:
    pairs = [refresh(http, client.refresh).body for _ in range(4)]
    clock.advance(60)
    assert all(refresh(http, pair["refresh_token"]).status == 200 for pair in pairs)


def test_refreshing_in_a_race_is_counted_exactly(http: Http, client: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    others: list[Any] = []
    in_between(monkeypatch, lambda: others.extend(refresh(http, client.refresh) for _ in range(20)))
    assert refresh(http, client.refresh).status == 429
    assert [other.status for other in others] == [200] * 20


def test_a_session_slides_for_thirty_days_and_ends_after_ninety(http: Http, client: Session, clock: Clock) -> None:
    token = client.refresh
    for _ in range(3):
        clock.advance(29 * 86_400)
        token = refresh(http, token).body["refresh_token"]
    clock.advance(3 * 86_400 + 1)
    assert refresh(http, token).status == 401


def test_a_session_unused_for_thirty_days_has_ended(http: Http, client: Session, clock: Clock) -> None:
    clock.advance(30 * 86_400)
    assert refresh(http, client.refresh).status == 401


def test_no_token_is_stored_as_it_is(http: Http, client: Session) -> None:
    pair = refresh(http, client.refresh).body
    stored = str([item.to_simple_dict() for item in AccountsItem.scan()])
    for token in (client.refresh, pair["refresh_token"]):
        assert token.split(".")[2] not in stored


# --- what ends a session ---------------------------------------------------------------------------------------------


def test_signing_out_ends_this_session_alone(http: Http, client: Session, sign_in: SignIn, clock: Clock) -> None:
    other = sign_in(client.email)
    answer = http("POST", "/auth/logout", {"refresh_token": client.refresh}, as_=client)
    assert (answer.status, answer.body) == (204, None)
    assert not signed_in(http, client)
    assert refresh(http, client.refresh).status == 401
    assert signed_in(http, other)
    assert refresh(http, other.refresh).status == 200


def test_signing_out_takes_the_refresh_token(http: Http, client: Session) -> None:
    answer = http("POST", "/auth/logout", {}, as_=client)
    assert (answer.status, answer.fields) == (422, ["refresh_token"])


def test_another_process_notices_within_a_minute(http: Http, client: Session, clock: Clock) -> None:
    from chalicelib.people import account_status

    signed_in(http, client)
    kept = dict(account_status._known)
    http("POST", "/auth/logout", {"refresh_token": client.refresh}, as_=client)
    account_status._known.update(kept)  # as in a process that did not write
    assert signed_in(http, client)
    clock.advance(59)
    assert not signed_in(http, client)


def test_another_role_is_known_everywhere_as_soon_as_the_session_is_refreshed(
    http: Http, admin: Session, agent: Session
) -> None:
    from chalicelib.people import account_status

    assert http("GET", "/agents", as_=agent).status == 200
    kept = dict(account_status._known)
    http("PATCH", f"/users/{agent.id}", {"role": "client"}, as_=admin)
    pair = refresh(http, agent.refresh).body
    account_status._known.update(kept)  # as in a process that did neither
    assert http("GET", "/agents", as_=agent).status == 200, "the older token is believed for half a minute"
    assert http("GET", "/agents", as_=pair["access_token"]).status == 403
    assert http("GET", "/agents", as_=agent).status == 403


def test_ended_sessions_are_forgotten_once_their_tokens_have_run_out(
    http: Http, client: Session, sign_in: SignIn, clock: Clock
) -> None:
    for _ in range(3):
        session = sign_in(client.email)
        http("POST", "/auth/logout", {"refresh_token": session.refresh}, as_=session)
        clock.advance(2000)
    account = people.account(client.id)
    assert account is not None
    assert len(account.ended_sessions) == 1


def test_a_change_of_password_ends_all_other_sessions(http: Http, client: Session, sign_in: SignIn) -> None:
    other = sign_in(client.email)
    change = {"current_password": PASSWORD, "new_password": "another password"}
    assert http("POST", "/auth/password", change, as_=client).status == 204
    assert signed_in(http, client)
    pair = refresh(http, client.refresh)
    assert signed_in(http, pair.body["access_token"])
    assert not signed_in(http, other)
    assert refresh(http, other.refresh).status == 401
    assert http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}).status == 401
    assert http("POST", "/auth/login", {"email": client.email, "password": "another password"}).status == 200


def test_the_next_change_ends_the_session_that_was_kept(http: Http, client: Session, sign_in: SignIn) -> None:
    change = {"current_password": PASSWORD, "new_password": PASSWORD}
    other = sign_in(client.email)
    http("POST", "/auth/password", change, as_=client)
    third = sign_in(client.email)
    http("POST", "/auth/password", change, as_=third)
    assert [signed_in(http, session) for session in (client, other, third)] == [False, False, True]


def test_a_refresh_during_the_change_of_password_loses(
    http: Http, client: Session, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    thief = sign_in(client.email)
    change = {"current_password": PASSWORD, "new_password": "another password"}
    in_between(monkeypatch, lambda: http("POST", "/auth/password", change, as_=client))
    assert refresh(http, thief.refresh).status == 401


def test_a_wrong_current_password_is_named(http: Http, client: Session) -> None:
    change = {"current_password": "wrong", "new_password": "another password"}
    answer = http("POST", "/auth/password", change, as_=client)
    assert (answer.status, answer.fields) == (422, ["current_password"])


def test_deactivation_ends_all_sessions_for_good(http: Http, admin: Session, client: Session) -> None:
    http("PATCH", f"/users/{client.id}", {"active": False}, as_=admin)
    assert not signed_in(http, client)
    assert refresh(http, client.refresh).status == 401
    http("PATCH", f"/users/{client.id}", {"active": True}, as_=admin)
    assert not signed_in(http, client)
    assert refresh(http, client.refresh).status == 401


def test_a_role_taken_away_acts_at_once(http: Http, admin: Session, agent: Session) -> None:
    assert http("GET", "/agents", as_=agent).status == 200
    http("PATCH", f"/users/{agent.id}", {"role": "client"}, as_=admin)
    assert http("GET", "/agents", as_=agent).status == 403
    assert http("GET", "/auth/me", as_=agent).body["role"] == "client"


# --- browsers --------------------------------------------------------------------------------------------------------


def cookie_of(answer: Any) -> str:
    return str(answer.headers["set-cookie"]).partition(";")[0]


def test_a_browsers_refresh_token_is_in_a_cookie_alone(http: Http, client: Session, monkeypatch: Any) -> None:
    login = http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}, headers=OURS)
    assert "refresh_token" not in login.body
    assert login.headers["set-cookie"].startswith("__Secure-refresh=")
    attributes = set(login.headers["set-cookie"].split("; ")[1:])
    assert {"HttpOnly", "Secure", "SameSite=Strict", "Path=/api/auth"} <= attributes
    first = cookie_of(login)

    for more in ({}, {"X-Session": "cookie"}):
        sent = {"Origin": OURS["Origin"], "Cookie": f"other=1; {first}", **more}
        pair = http("POST", "/auth/refresh", headers=sent)
        assert (pair.status, "refresh_token" in pair.body) == (200, False)
        first = cookie_of(pair)

    out = http("POST", "/auth/logout", headers={**OURS, "Cookie": first}, as_=pair.body["access_token"])
    assert (out.status, "Max-Age=0" in out.headers["set-cookie"]) == (204, True)
    assert http("POST", "/auth/refresh", headers={**OURS, "Cookie": first}).status == 401


def test_signing_up_in_a_browser(http: Http) -> None:
    answer = http("POST", "/auth/register", NEW, headers=OURS)
    assert (answer.status, "refresh_token" in answer.body) == (201, False)
    assert "set-cookie" in answer.headers


def test_a_session_remembers_that_it_is_a_browsers(http: Http, client: Session) -> None:
    from chalicelib.auth import sessions

    login = http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}, headers=OURS)
    browser = sessions.authenticate({"Authorization": f"Bearer {login.body['access_token']}"})
    assert (browser.via, browser.id) == ("cookie", client.id)
    assert sessions.authenticate({"Authorization": f"bearer {client.access}"}).via == "bearer"


# --- one's own account -----------------------------------------------------------------------------------------------


def test_people_change_what_is_theirs(http: Http, client: Session) -> None:
    change = {"name": "Änna", "email_notifications": False, "locale": "de-AT", "time_zone": "Europe/Vienna"}
    answer = http("PATCH", "/auth/me", change, as_=client)
    assert answer.status == 200
    assert change.items() <= answer.body.items()
    assert http("GET", "/auth/me", as_=client).body == answer.body
    back = {"locale": None, "time_zone": None}
    assert back.items() <= http("PATCH", "/auth/me", back, as_=client).body.items()
    assert people.names([client.id, "nobody"]) == {client.id: "Änna"}


@pytest.mark.parametrize(
    "change",
    [
        {"role": "admin"}, {"email": "other@example.com"}, {"active": False}, {"name": None}, {"name": 5},
        {"email_notifications": None}, {"email_notifications": 1}, {"email_notifications": "true"},
        {"locale": "de_AT"}, {"locale": ""}, {"time_zone": "Europe/Atlantis"}, {"time_zone": "Europe"},
        {"time_zone": "../etc/passwd"}, {"time_zone": ""}, {"time_zone": "/etc/localtime"},
    ],
    ids=str,
)  # fmt: skip
def test_nothing_else_of_it(http: Http, client: Session, change: dict[str, Any]) -> None:
    before = http("GET", "/auth/me", as_=client).body
    answer = http("PATCH", "/auth/me", {"name": "New", **change}, as_=client)
    assert (answer.status, answer.fields) == (422, list(change))
    assert http("GET", "/auth/me", as_=client).body == before


def test_the_same_again_writes_nothing(http: Http, client: Session) -> None:
    before = people.account(client.id)
    http("PATCH", "/auth/me", {"name": "client", "locale": None}, as_=client)
    after = people.account(client.id)
    assert before is not None
    assert after is not None
    assert before.revision == after.revision


def test_ids_are_ulids(http: Http, client: Session) -> None:
    assert ambient.time_of(client.id)
