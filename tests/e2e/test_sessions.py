"""Signing up, signing in, and sessions: refresh tokens that rotate, cookies for browsers, signing out (contract §3)."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from tests.e2e.client import PASSWORD, Api, Json, Person
from tests.e2e.conftest import ORIGIN

DAY = 86_400


def fresh_email() -> str:
    return f"mia-{uuid4().hex}@example.com"


def register(api: Api, **more: str) -> Json:
    body = {"email": fresh_email(), "password": PASSWORD, "name": "Mia"}
    session: Json = api.anyone.post("/auth/register", body | more)
    return session


def refresh(api: Api, token: str, *, expect: int = 200) -> Json:
    pair: Json = api.anyone.post("/auth/refresh", {"refresh_token": token}, expect=expect)
    return pair


def me(api: Api, access_token: str) -> int:
    """The status of asking who one is with this token."""
    return api.anyone.send("GET", "/auth/me", headers={"Authorization": f"Bearer {access_token}"}).status_code


def test_registering_makes_a_client_who_is_signed_in(api: Api) -> None:
    session = register(api)
    assert session.keys() == {"user", "access_token", "refresh_token", "token_type", "expires_in"}
    assert session["token_type"] == "Bearer"
    assert me(api, session["access_token"]) == 200
    user = session["user"]
    assert (user["role"], user["active"], user["email_verified"], user["email_notifications"]) == (
        "client",
        True,
        False,
        True,
    )
    assert not {"team", "availability", "capacity", "password"} & user.keys()
    api.anyone.post(
        "/auth/register", {"email": fresh_email(), "password": PASSWORD, "name": "X", "role": "admin"}, expect=422
    )


def test_a_taken_address_is_409_on_email_however_it_is_spelled(api: Api) -> None:
    email = fresh_email()
    register(api, email=email)
    for spelled in (email, email.upper(), email.replace("example", "EXAMPLE")):
        body = {"email": spelled, "password": PASSWORD, "name": "Other"}
        problem = api.anyone.post("/auth/register", body, expect=409)
        assert [error["field"] for error in problem["errors"]] == ["email"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "mia"),
        ("email", "mia@"),
        ("email", "a@b@example.com"),
        ("email", f"{'x' * 255}@example.com"),
        ("password", "short"),
        ("name", ""),
        ("name", "x" * 101),
    ],
)
def test_bad_registrations_name_the_field(api: Api, field: str, value: str) -> None:
    body = {"email": fresh_email(), "password": PASSWORD, "name": "Mia", field: value}
    problem = api.anyone.post("/auth/register", body, expect=422)
    assert [error["field"] for error in problem["errors"]] == [field]


def test_a_wrong_sign_in_does_not_tell_whether_the_account_exists(api: Api) -> None:
    email = fresh_email()
    register(api, email=email)
    known = api.anyone.post("/auth/login", {"email": email, "password": "wrong-password"}, expect=401)
    unknown = api.anyone.post("/auth/login", {"email": fresh_email(), "password": PASSWORD}, expect=401)
    assert known.pop("request_id") != unknown.pop("request_id")
    assert known == unknown
    assert api.anyone.post("/auth/login", {"email": email.upper(), "password": PASSWORD}, expect=200)["user"]["email"]


def test_a_refresh_rotates_the_pair(api: Api) -> None:
    session = register(api)
    pair = refresh(api, session["refresh_token"])
    assert pair.keys() == {"access_token", "refresh_token", "token_type", "expires_in", "user"}
    assert pair["refresh_token"] != session["refresh_token"]
    assert me(api, pair["access_token"]) == 200
    assert refresh(api, pair["refresh_token"])["refresh_token"] != pair["refresh_token"]


def test_six_tabs_restored_at_once_all_go_on(api: Api) -> None:
    used = register(api)["refresh_token"]
    pairs = [refresh(api, used) for _ in range(6)]
    assert len({pair["refresh_token"] for pair in pairs}) == 6
    assert [me(api, pair["access_token"]) for pair in pairs] == [200] * 6
    assert len({refresh(api, pair["refresh_token"])["refresh_token"] for pair in pairs}) == 6


def test_an_answer_that_was_lost_for_minutes_signs_nobody_out(api: Api) -> None:
    token = register(api)["refresh_token"]
    refresh(api, token)
    api.advance(600)
    assert me(api, refresh(api, token)["access_token"]) == 200


def test_a_copied_token_that_two_use_ends_the_session_and_no_other(api: Api) -> None:
    session = register(api)
    thiefs = refresh(api, session["refresh_token"])
    other = api.anyone.post("/auth/login", {"email": session["user"]["email"], "password": PASSWORD}, expect=200)
    api.advance(61)
    newest = refresh(api, thiefs["refresh_token"])
    refresh(api, session["refresh_token"], expect=401)
    refresh(api, newest["refresh_token"], expect=401)
    api.advance(60)
    assert me(api, newest["access_token"]) == 401
    assert me(api, other["access_token"]) == 200, "another session of theirs goes on"


@pytest.mark.parametrize("token", ["x", "a.b.c", "é" * 20])
def test_what_is_no_refresh_token_is_401(api: Api, token: str) -> None:
    refresh(api, token, expect=401)
    session = register(api)
    swapped = api.anyone.send("POST", "/auth/refresh", json={"refresh_token": session["access_token"]})
    assert swapped.status_code in (401, 422)
    assert me(api, session["refresh_token"]) == 401


def test_an_access_token_expires(api: Api) -> None:
    session = register(api)
    api.advance(session["expires_in"] - 30)
    assert me(api, session["access_token"]) == 200
    api.advance(60)
    assert me(api, session["access_token"]) == 401
    assert me(api, refresh(api, session["refresh_token"])["access_token"]) == 200


def test_a_session_lasts_thirty_days_unused_and_ninety_at_most(api: Api) -> None:
    unused, token = register(api)["refresh_token"], register(api)["refresh_token"]
    for _ in range(3):
        api.advance(29 * DAY)
        token = refresh(api, token)["refresh_token"]
    refresh(api, unused, expect=401)
    api.advance(4 * DAY)
    refresh(api, token, expect=401)


def test_signing_out_ends_the_session_and_no_other(api: Api) -> None:
    session = register(api)
    other = api.anyone.post("/auth/login", {"email": session["user"]["email"], "password": PASSWORD}, expect=200)
    headers = {"Authorization": f"Bearer {session['access_token']}"}
    body = {"refresh_token": session["refresh_token"]}
    assert api.anyone.send("POST", "/auth/logout", json=body, headers=headers).status_code == 204
    refresh(api, session["refresh_token"], expect=401)
    api.advance(60)
    assert me(api, session["access_token"]) == 401
    assert me(api, other["access_token"]) == 200
    refresh(api, other["refresh_token"])


def test_a_change_of_password_ends_the_other_sessions(api: Api) -> None:
    session = register(api)
    email = session["user"]["email"]
    other = api.anyone.post("/auth/login", {"email": email, "password": PASSWORD}, expect=200)
    headers = {"Authorization": f"Bearer {session['access_token']}"}
    wrong = {"current_password": "wrong-password", "new_password": "another-password-2"}
    refused = api.anyone.send("POST", "/auth/password", json=wrong, headers=headers)
    assert [error["field"] for error in refused.json()["errors"]] == ["current_password"]
    change = {"current_password": PASSWORD, "new_password": "another-password-2"}
    assert api.anyone.send("POST", "/auth/password", json=change, headers=headers).status_code == 204
    api.advance(60)
    assert me(api, session["access_token"]) == 200
    assert me(api, other["access_token"]) == 401
    refresh(api, other["refresh_token"], expect=401)
    refresh(api, session["refresh_token"])
    api.anyone.post("/auth/login", {"email": email, "password": PASSWORD}, expect=401)
    api.anyone.post("/auth/login", {"email": email, "password": "another-password-2"}, expect=200)


def test_people_change_their_own_profile(api: Api) -> None:
    person = api.make("client")
    asked = {"name": "Ünïcode 😀", "email_notifications": False, "locale": "it-IT", "time_zone": "Europe/Rome"}
    assert asked.items() <= person.patch("/auth/me", asked).items()
    assert asked.items() <= person.get("/auth/me").items()
    for bad in ({"email": "x@example.com"}, {"role": "admin"}, {"time_zone": "Mars"}, {"locale": "!"}, {"name": None}):
        problem = person.patch("/auth/me", {"email_notifications": True, **bad}, expect=422)
        assert [error["field"] for error in problem["errors"]] == list(bad)
    assert asked.items() <= person.get("/auth/me").items(), "all or nothing"


class Browser:
    """A browser on one of our pages: it keeps cookies, and says where the page came from."""

    def __init__(self, api: Api, origin: str = ORIGIN) -> None:
        self.http = httpx.Client(base_url=api.url, headers={"Origin": origin, "X-Session": "cookie"})

    def post(self, path: str, body: Json | None = None, **headers: str) -> httpx.Response:
        return self.http.post(f"/api/auth/{path}", json=body, headers=headers)


@pytest.fixture
def browser(api: Api) -> Iterator[Browser]:
    browser = Browser(api)
    yield browser
    browser.http.close()


def test_a_browsers_refresh_token_stays_in_a_cookie(api: Api, browser: Browser) -> None:
    person = api.make("client")
    answer = browser.post("login", {"email": person.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert "refresh_token" not in answer.json()
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("refresh=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/api/auth"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie
    signed = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    filing = {"title": "From the page", "description": "Filed in a browser."}
    assert api.anyone.send("POST", "/tickets", json=filing, headers=signed).json()["channel"] == "web"

    refreshed = browser.post("refresh")
    assert refreshed.status_code == 200, refreshed.text
    assert "refresh_token" not in refreshed.json()
    assert refreshed.headers["Set-Cookie"] != cookie
    ended = browser.post("logout", Authorization=f"Bearer {refreshed.json()['access_token']}")
    assert ended.status_code == 204
    assert not browser.http.cookies.get("refresh")
    assert browser.post("refresh").status_code == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_sessions_with_a_cookie_are_for_our_own_pages(api: Api, browser: Browser, origin: str) -> None:
    person = api.make("client")
    credentials = {"email": person.email, "password": PASSWORD}
    assert browser.post("login", credentials).status_code == 200
    for path, body in (
        ("login", credentials),
        ("register", {"email": fresh_email(), "password": PASSWORD, "name": "X"}),
        ("refresh", None),
    ):
        assert browser.post(path, body, Origin=origin).status_code == 403
    assert browser.post("refresh").status_code == 200


def test_who_is_deactivated_is_signed_out(api: Api) -> None:
    person = api.make("client")
    session = api.anyone.post("/auth/login", {"email": person.email, "password": PASSWORD}, expect=200)
    api.admin.patch(f"/users/{person.id}", {"active": False})
    api.advance(60)
    assert me(api, session["access_token"]) == 401
    refresh(api, session["refresh_token"], expect=401)
    api.anyone.post("/auth/login", {"email": person.email, "password": PASSWORD}, expect=401)
    api.admin.patch(f"/users/{person.id}", {"active": True})
    assert me(api, session["access_token"]) == 401, "coming back opens no old session"
    assert Person(api, person.email, PASSWORD, "client").get("/auth/me")["active"] is True
