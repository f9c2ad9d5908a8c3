"""At the same time, on AWS's own engine: moto is not isolated under threads."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.client import Api
from tests.e2e.conftest import api, engine, servers
from tests.integration.people.conftest import token_in

__all__ = ["api", "engine", "servers"]

PASSWORD = "a-good-password-1"

pytestmark = pytest.mark.parametrize("engine", ["dynamodb-local"], indirect=True)


def at_once(times: int, ask: Callable[[int], Any]) -> Counter[int]:
    """How often each status was answered to so many requests."""
    with ThreadPoolExecutor(times) as threads:
        return Counter(each.status_code for each in threads.map(ask, range(times)))


def address() -> str:
    return f"race-{uuid4().hex[:12]}@example.com"


def token_for(api: Api, email: str) -> str:
    api.anyone.post("/auth/password/forgot", {"email": email}, expect=202)
    api.wait_idle()
    messages = api.http.get("/_local/mail").json()["messages"]
    return token_in(next(message for message in reversed(messages) if message["to"] == [email]))


def test_twenty_registrations_of_one_address_make_one_account(api: Api) -> None:
    email = address()
    bodies = [
        {"email": email if number % 2 else email.upper(), "password": PASSWORD, "name": "N"} for number in range(20)
    ]
    assert at_once(20, lambda number: api.anyone.send("POST", "/auth/register", json=bodies[number])) == {
        201: 1,
        409: 19,
    }
    assert len(list(api.admin.all("/users", q=email))) == 1


def test_a_reset_used_twenty_times_at_once_is_used_once(api: Api) -> None:
    person = api.make("client")
    token = token_for(api, person.email)

    def reset(number: int) -> Any:
        body = {"token": token, "new_password": f"new password {number}"}
        return api.anyone.send("POST", "/auth/password/reset", json=body)

    assert at_once(20, reset) == {204: 1, 422: 19}
    good = [
        number
        for number in range(20)
        if api.anyone.send(
            "POST",
            "/auth/login",
            json={"email": person.email, "password": f"new password {number}"},
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        ).status_code
        == 200
    ]
    assert len(good) == 1


def test_fifty_wrong_guesses_at_once_get_ten_answers(api: Api) -> None:
    person = api.make("client")
    body = {"email": person.email, "password": "a wrong guess"}
    assert at_once(50, lambda _: api.anyone.send("POST", "/auth/login", json=body)) == {401: 10, 429: 40}


def test_of_thirty_refreshes_of_one_token_at_once_twenty_are_answered_and_nobody_is_signed_out(api: Api) -> None:
    person = api.make("client")
    pair = api.anyone.post("/auth/login", {"email": person.email, "password": person.password}, expect=200)
    body = {"refresh_token": pair["refresh_token"]}
    answers = at_once(30, lambda _: api.anyone.send("POST", "/auth/refresh", json=body))
    assert answers[200] <= 20
    assert answers[200] + answers[429] + answers[503] == 30
    headers = {"Authorization": f"Bearer {pair['access_token']}"}
    assert api.anyone.send("GET", "/auth/me", headers=headers).status_code == 200


def test_a_change_of_role_against_refreshes_leaves_nobody_with_the_old_one(api: Api) -> None:
    person = api.make("agent", team=api.make_team().id)
    credentials = {"email": person.email, "password": person.password}
    pairs = [api.anyone.post("/auth/login", credentials, expect=200) for _ in range(7)]

    def act(number: int) -> Any:
        if number == 3:
            return api.admin.send("PATCH", f"/users/{person.id}", json={"role": "client"})
        return api.anyone.send("POST", "/auth/refresh", json={"refresh_token": pairs[number]["refresh_token"]})

    with ThreadPoolExecutor(7) as threads:
        answers = list(threads.map(act, range(7)))
    assert [answer.status_code for answer in answers] == [200] * 7, "a role ends no session"
    for pair in [*pairs, *(answer.json() for answer in answers if "access_token" in answer.json())]:
        headers = {"Authorization": f"Bearer {pair['access_token']}"}
        assert api.anyone.send("GET", "/agents", headers=headers).status_code == 403
        assert api.anyone.send("GET", "/auth/me", headers=headers).json()["role"] == "client"


def test_a_deactivation_against_refreshes_leaves_no_session(api: Api) -> None:
    person = api.make("client")
    pair = api.anyone.post("/auth/login", {"email": person.email, "password": person.password}, expect=200)

    def act(number: int) -> Any:
        if number == 3:
            return api.admin.send("PATCH", f"/users/{person.id}", json={"active": False})
        return api.anyone.send("POST", "/auth/refresh", json={"refresh_token": pair["refresh_token"]})

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(act, range(8)))
    for answer in answers:
        if answer.status_code == 200 and "refresh_token" in answer.json():
            again = {"refresh_token": answer.json()["refresh_token"]}
            assert api.anyone.send("POST", "/auth/refresh", json=again).status_code == 401
