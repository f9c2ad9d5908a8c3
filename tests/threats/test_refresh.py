"""A refresh token in the wrong hands. Twenty at once: test_races.py."""

from typing import Any

import pytest

from chalicelib.settings import settings
from tests.integration.people.conftest import PASSWORD, Clock, Http, Session

NEW = {"email": "Neu@Example.com", "password": PASSWORD, "name": "Neu"}


def signed_in(http: Http, session: Session | str) -> bool:
    return http("GET", "/auth/me", as_=session).status == 200


def refresh(http: Http, token: str) -> Any:
    return http("POST", "/auth/refresh", {"refresh_token": token})


def test_used_again_outside_the_grace_it_ends_the_session_for_thief_and_owner(
    http: Http, admin: Session, client: Session, clock: Clock
) -> None:
    pair = refresh(http, client.refresh).body
    clock.advance(11)
    assert refresh(http, client.refresh).status == 401
    assert refresh(http, pair["refresh_token"]).status == 401
    [told] = http("GET", f"/audit?subject={client.id}&action=token_reused", as_=admin).body["items"]
    assert told["ip"] == "192.0.2.1"
    clock.advance(settings.session_cache_seconds)
    assert not signed_in(http, pair["access_token"])
    assert not signed_in(http, client)


def test_used_again_inside_the_grace_it_gives_a_fresh_pair_three_times(http: Http, client: Session) -> None:
    pairs = [refresh(http, client.refresh) for _ in range(5)]
    assert [pair.status for pair in pairs] == [200] * 4 + [401]
    assert len({pair.body["refresh_token"] for pair in pairs[:4]}) == 4
    for pair in pairs[:4]:
        assert refresh(http, pair.body["refresh_token"]).status == 401
        assert not signed_in(http, pair.body["access_token"])


def test_one_from_long_ago_ends_the_session(http: Http, client: Session, clock: Clock) -> None:
    token = client.refresh
    for _ in range(4):
        token = refresh(http, token).body["refresh_token"]
        clock.advance(86_400)
    assert refresh(http, client.refresh).status == 401
    assert refresh(http, token).status == 401


def test_a_made_up_one_ends_nobodys_session(http: Http, client: Session, agent: Session) -> None:
    account, session, secret, check = client.refresh.split(".")
    made_up = [
        f"{account}.{session}.{'x' * 43}.{check}",
        f"{account}.{session}.{secret}.{'x' * 22}",
        f"{agent.id}.{session}.{secret}.{check}",
        ".".join([account, agent.refresh.split(".")[1], secret, check]),
        "x",
        "...",
    ]
    for token in made_up:
        assert refresh(http, token).status == 401
    assert refresh(http, client.refresh).status == 200
    assert refresh(http, agent.refresh).status == 200


def test_nobody_can_sign_somebody_else_out(http: Http, client: Session, agent: Session) -> None:
    assert http("POST", "/auth/logout", {"refresh_token": client.refresh}, as_=agent).status == 204
    assert refresh(http, client.refresh).status == 200
    assert not signed_in(http, agent)


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1:8000.evil.example"])
@pytest.mark.parametrize("path", ["login", "register", "refresh", "logout"])
def test_another_site_cannot_use_a_browsers_session(http: Http, client: Session, path: str, origin: str | None) -> None:
    bodies: dict[str, Any] = {"login": {"email": client.email, "password": PASSWORD}, "register": NEW}
    headers = {"X-Session": "cookie", "Cookie": "__Secure-refresh=x", **({"Origin": origin} if origin else {})}
    answer = http("POST", f"/auth/{path}", bodies.get(path), headers=headers, as_=client if path == "logout" else None)
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


def test_nor_without_saying_that_it_is_a_browsers(http: Http, client: Session) -> None:
    """A form of another site can't set `X-Session`, but the browser would send the cookie with it."""
    ours = {"Origin": "http://127.0.0.1:8000", "X-Session": "cookie"}
    login = http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}, headers=ours)
    cookie = login.headers["set-cookie"].partition(";")[0]
    for origin in ("https://evil.example", None):
        headers = {"Cookie": cookie} | ({"Origin": origin} if origin else {})
        assert http("POST", "/auth/refresh", headers=headers).status == 403
    answer = http("POST", "/auth/refresh", headers={"Cookie": cookie, "Origin": ours["Origin"]})
    assert (answer.status, "refresh_token" in answer.body) == (200, False)
