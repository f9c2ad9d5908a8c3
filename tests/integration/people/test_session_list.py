"""One's sessions, listed and ended one by one (contract §3)."""

from chalicelib.settings import settings
from tests.integration.people.conftest import PASSWORD, Clock, Http, Session, SignIn


def refresh(http: Http, session: Session) -> int:
    return http("POST", "/auth/refresh", {"refresh_token": session.refresh}).status


def me(http: Http, session: Session) -> int:
    return http("GET", "/auth/me", as_=session).status


def test_a_list_says_when_and_from_where_each_was_used(http: Http, client: Session, clock: Clock) -> None:
    clock.advance(60)
    body = {"email": client.email, "password": PASSWORD}
    phone = {"User-Agent": "Phone/1.0 " + "x" * 400}
    second = http("POST", "/auth/login", body, headers={**phone, "X-Forwarded-For": "198.51.100.7"}).body
    clock.advance(600)
    tablet = {"User-Agent": "Tablet", "X-Forwarded-For": "198.51.100.8"}
    pair = http("POST", "/auth/refresh", {"refresh_token": second["refresh_token"]}, headers=tablet).body
    newest, oldest = http.all("/auth/sessions", Session("", "", pair["access_token"], ""))
    assert newest.keys() == {"id", "created_at", "last_used_at", "ip", "user_agent", "current"}
    assert (newest["ip"], newest["user_agent"], newest["current"]) == ("198.51.100.8", "Tablet", True)
    assert newest["created_at"] < newest["last_used_at"]
    assert (oldest["ip"], oldest["current"]) == ("192.0.2.1", False)
    assert oldest["created_at"] == oldest["last_used_at"]


def test_it_shows_those_that_are_still_good_page_by_page(
    http: Http, client: Session, sign_in: SignIn, agent: Session, clock: Clock
) -> None:
    others = [sign_in(client.email) for _ in range(6)]
    ids = [each["id"] for each in http.all("/auth/sessions", client, limit=2)]
    assert len(ids) == len(set(ids)) == 7
    assert ids == sorted(ids, reverse=True)
    for other in others[::2]:
        http("POST", "/auth/logout", {"refresh_token": other.refresh}, as_=other)
    page = http("GET", "/auth/sessions?limit=2", as_=client).body
    assert len(page["items"]) == 2, "filled with those that are good"
    assert len(http.all("/auth/sessions", client, limit=1)) == 4
    assert len(http.all("/auth/sessions", agent)) == 1
    clock.advance(settings.refresh_token_days * 86_400)
    fresh = sign_in(client.email)
    assert [each["current"] for each in http.all("/auth/sessions", fresh)] == [True]


def test_one_is_ended_without_the_others(http: Http, client: Session, sign_in: SignIn, admin: Session) -> None:
    lost = sign_in(client.email)
    [id_] = [each["id"] for each in http.all("/auth/sessions", client) if not each["current"]]
    assert http("DELETE", f"/auth/sessions/{id_}", as_=client).status == 204
    assert (me(http, lost), refresh(http, lost), me(http, client)) == (401, 401, 200)
    assert http("DELETE", f"/auth/sessions/{id_}", as_=client).status == 404
    [own] = [each["id"] for each in http.all("/auth/sessions", client)]
    assert http("DELETE", f"/auth/sessions/{own}", as_=admin).status == 404, "another's is not there"
    [told] = http.all(f"/audit?subject={client.id}&action=session_ended", admin)
    assert (told["actor_id"], told["detail"]) == (client.id, {"session": id_})
    assert http("DELETE", f"/auth/sessions/{own}", as_=client).status == 204
    assert me(http, client) == 401


def test_all_others_are_ended_at_once(http: Http, client: Session, sign_in: SignIn, admin: Session) -> None:
    others = [sign_in(client.email) for _ in range(3)]
    assert http("DELETE", "/auth/sessions", as_=client).status == 204
    assert {me(http, other) for other in others} == {refresh(http, other) for other in others} == {401}
    assert [each["current"] for each in http.all("/auth/sessions", client)] == [True]
    assert (me(http, client), refresh(http, client)) == (200, 200)
    [told] = http.all(f"/audit?subject={client.id}&action=sessions_ended", admin)
    assert told["actor_id"] == client.id
    later = sign_in(client.email)
    assert http("DELETE", "/auth/sessions", as_=later).status == 204
    assert (me(http, client), me(http, later)) == (401, 200)
