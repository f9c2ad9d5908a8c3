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


def test_one_that_two_use_ends_the_session_for_thief_and_owner(
    http: Http, admin: Session, client: Session, clock: Clock
) -> None:
    thief = refresh(http, client.refresh).body
    clock.advance(300)
    pair = refresh(http, thief["refresh_token"]).body
    assert refresh(http, client.refresh).status == 401, "the owner comes back"
    assert refresh(http, pair["refresh_token"]).status == 401
    [told] = http("GET", f"/audit?subject={client.id}&action=token_reused", as_=admin).body["items"]
    assert (told["ip"], told["actor_id"]) == ("192.0.2.1", None), "nobody knows which of the two"
    clock.advance(settings.session_cache_seconds)
    assert not signed_in(http, pair["access_token"])
    assert not signed_in(http, client)


def test_what_a_thief_got_after_a_lost_answer_ends_the_session_when_it_comes_back(
    http: Http, client: Session, clock: Clock
) -> None:
    stolen = refresh(http, client.refresh).body
    clock.advance(900)
    pair = refresh(http, client.refresh).body
    assert refresh(http, stolen["refresh_token"]).status == 401
    assert refresh(http, pair["refresh_token"]).status == 401


def test_six_tabs_restored_at_once_and_a_lost_answer_sign_nobody_out(http: Http, client: Session, clock: Clock) -> None:
    tabs = [refresh(http, client.refresh) for _ in range(6)]
    assert [tab.status for tab in tabs] == [200] * 6
    assert len({tab.body["refresh_token"] for tab in tabs}) == 6
    clock.advance(900)
    for tab in tabs:
        lost, again = (refresh(http, tab.body["refresh_token"]) for _ in range(2))
        assert (lost.status, again.status) == (200, 200)
        clock.advance(61)
        assert refresh(http, tab.body["refresh_token"]).status == 200, "the answer was lost for a minute"
        clock.advance(900)


def test_more_than_twenty_a_minute_wait_and_end_nothing(http: Http, client: Session, clock: Clock) -> None:
    token = client.refresh
    for _ in range(20):
        token = refresh(http, token).body["refresh_token"]
    for tried in (token, client.refresh):
        refused = refresh(http, tried)
        assert (refused.status, refused.headers["retry-after"]) == (429, "60")
    clock.advance(61)
    assert refresh(http, token).status == 200


def test_a_browsers_token_is_good_in_its_cookie_alone_and_others_in_a_body_alone(http: Http, client: Session) -> None:
    """A script that got hold of one, or a page that plants one, gets nothing for it."""
    ours = {"Origin": "http://127.0.0.1:8000", "X-Session": "cookie"}
    login = http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}, headers=ours)
    cookie = login.headers["set-cookie"].partition(";")[0]
    in_body = cookie.partition("=")[2]
    assert refresh(http, in_body).status == 401
    planted = {**ours, "Cookie": f"__Secure-refresh={client.refresh}"}
    assert http("POST", "/auth/refresh", headers=planted).status == 401
    assert http("POST", "/auth/refresh", {"refresh_token": in_body}, headers=ours).status == 401
    assert http("POST", "/auth/refresh", headers={**ours, "Cookie": cookie}).status == 200
    assert refresh(http, client.refresh).status == 200


def test_cookies_that_others_plant_beside_it_sign_nobody_out(http: Http, client: Session, clock: Clock) -> None:
    ours = {"Origin": "http://127.0.0.1:8000", "X-Session": "cookie"}
    login = http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}, headers=ours)
    first = login.headers["set-cookie"].partition(";")[0]
    clock.advance(900)
    second = http("POST", "/auth/refresh", headers={**ours, "Cookie": first}).headers["set-cookie"].partition(";")[0]
    clock.advance(900)
    third = http("POST", "/auth/refresh", headers={**ours, "Cookie": second}).headers["set-cookie"].partition(";")[0]
    for beside in ("__Secure-refresh=x", "__Secure-refresh=", first, "__Secure-refresh=a.b.c.d", "refresh=x"):
        answer = http("POST", "/auth/refresh", headers={**ours, "Cookie": f"{beside}; {third}"})
        assert answer.status == 200, beside
        third = answer.headers["set-cookie"].partition(";")[0]
    assert http("POST", "/auth/refresh", headers={**ours, "Cookie": first}).status == 401, "alone it is a thief's"


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
