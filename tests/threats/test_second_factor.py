"""Attacks on the second step of signing in, by somebody who knows the password."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.auth import passwords
from chalicelib.settings import settings
from tests.integration.people.conftest import PASSWORD, Answer, Clock, Http, Session, SignIn
from tests.integration.people.phones import Phone, enrol, first_step, second_step

HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"


def at(ip: str) -> dict[str, str]:
    return {"X-Forwarded-For": ip}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords checked without the work, where hundreds are tried."""
    monkeypatch.setattr(passwords, "is_right", lambda stored, password: stored is not None and password == PASSWORD)


@pytest.fixture
def ann(sign_in: SignIn) -> Session:
    return sign_in("ann@example.com", "client", email_verified=True)


@pytest.fixture
def phone(http: Http, ann: Session, clock: Clock) -> Phone:
    return enrol(http, ann, clock)


def guess(http: Http, who: Session, phone: Phone, ip: str) -> Answer:
    """A wrong code, each with a token of its own."""
    return second_step(http, first_step(http, who.email, at(ip)), phone.wrong(), at(ip))


def test_of_fifty_codes_at_once_five_are_looked_at(http: Http, ann: Session, phone: Phone) -> None:
    first = first_step(http, ann.email)
    with ThreadPoolExecutor(50) as threads:
        tries = [threads.submit(second_step, http, first, phone.wrong()) for _ in range(50)]
    codes = Counter(each.result().body.get("code") for each in tries)
    assert codes == {"wrong_code": 5, "bad_token": 45}


def test_of_twenty_with_the_right_code_at_once_one_gets_in(http: Http, ann: Session, phone: Phone) -> None:
    firsts = [first_step(http, ann.email) for _ in range(20)]
    with ThreadPoolExecutor(20) as threads:
        tries = [threads.submit(second_step, http, first, phone.code(1)) for first in firsts]
    assert Counter(each.result().status for each in tries)[200] == 1


def test_new_tokens_give_no_more_tries_from_one_address(http: Http, ann: Session, phone: Phone, clock: Clock) -> None:
    assert [guess(http, ann, phone, HOME).status for _ in range(10)] == [401] * 10
    refused = first_step(http, ann.email)
    assert refused.status == 429, "not even the password is looked at"
    clock.advance(901)
    assert second_step(http, first_step(http, ann.email), phone.code()).status == 200


def test_the_day_has_fifty_wrong_codes_and_the_owner_still_gets_in(
    http: Http, ann: Session, phone: Phone, clock: Clock
) -> None:
    clock.advance(3600)
    strangers = [f"203.0.113.{number}" for number in range(60)]
    statuses = Counter(guess(http, ann, phone, ip).status for ip in strangers)
    assert statuses == {401: 50, 429: 10}
    known = first_step(http, ann.email, at(HOME))
    assert second_step(http, known, phone.code(), at(HOME)).status == 200, "from where they signed in before"
    clock.advance(60)
    abroad = first_step(http, ann.email, at(ELSEWHERE))
    assert second_step(http, abroad, phone.code(), at(ELSEWHERE)).status == 429
    abroad = first_step(http, ann.email, at(ELSEWHERE))
    assert second_step(http, abroad, phone.recovery_codes[0], at(ELSEWHERE)).status == 200


def test_the_password_alone_makes_no_address_a_known_one(
    http: Http, ann: Session, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(settings), "login_failures_per_account", 3)
    assert "mfa_token" in first_step(http, ann.email, at(ELSEWHERE)).body
    assert [guess(http, ann, phone, f"203.0.113.{number}").status for number in range(3)] == [401] * 3
    assert first_step(http, ann.email, at(ELSEWHERE)).status == 429
    assert "mfa_token" in first_step(http, ann.email, at(HOME)).body


def test_a_made_up_token_counts_against_nobody(http: Http, ann: Session, phone: Phone) -> None:
    made_up = f"{ann.id}.{'0' * 26}.{'x' * 43}"
    for token in [made_up, "x", "." * 3, f"{ann.id}.challenge#.{'x' * 43}"] * 5:
        refused = http("POST", "/auth/login/totp", {"mfa_token": token, "code": "123456"})
        assert (refused.status, refused.body["code"]) == (401, "bad_token")
    assert second_step(http, first_step(http, ann.email), phone.code(1)).status == 200


def test_a_token_of_before_the_password_changed_is_no_good(http: Http, ann: Session, phone: Phone) -> None:
    first = first_step(http, ann.email)
    assert http("DELETE", "/auth/sessions", as_=ann).status == 204
    assert second_step(http, first, phone.code(1)).body["code"] == "bad_token"
    first = first_step(http, ann.email)
    body = {"current_password": PASSWORD, "new_password": "another long one"}
    assert http("POST", "/auth/password", body, as_=ann).status == 204
    assert second_step(http, first, phone.code(1)).body["code"] == "bad_token"


def test_a_token_and_a_code_of_another_account_open_nothing(
    http: Http, ann: Session, phone: Phone, sign_in: SignIn, clock: Clock
) -> None:
    bob = sign_in("bob@example.com", "client", email_verified=True)
    bobs = enrol(http, bob, clock)
    first = first_step(http, ann.email)
    for code in (bobs.code(1), bobs.recovery_codes[0]):
        assert second_step(http, first, code).status == 401
    _, own_id, secret = first_step(http, bob.email).body["mfa_token"].split(".")
    mixed = {"mfa_token": f"{ann.id}.{own_id}.{secret}", "code": phone.code(1)}
    assert http("POST", "/auth/login/totp", mixed).body["code"] == "bad_token"


def test_a_token_is_no_session_and_no_other_token(http: Http, ann: Session, phone: Phone) -> None:
    token = first_step(http, ann.email).body["mfa_token"]
    assert http("GET", "/auth/me", as_=token).status == 401
    assert http("POST", "/auth/refresh", {"refresh_token": token}).status == 401
    assert http("POST", "/auth/password/reset", {"token": token, "new_password": "another long one"}).status == 422
    known = {"Cookie": f"__Secure-device={token}"}
    assert "mfa_token" in first_step(http, ann.email, known).body


def test_a_browsers_cookie_is_good_for_its_own_account_alone(
    http: Http, ann: Session, phone: Phone, sign_in: SignIn, clock: Clock
) -> None:
    bob = sign_in("bob@example.com", "client", email_verified=True)
    bobs = enrol(http, bob, clock)
    answer = second_step(http, first_step(http, bob.email), bobs.code(1), remember=True)
    token = answer.cookies[-1].partition(";")[0].partition("=")[2]
    assert "access_token" in first_step(http, bob.email, {"Cookie": f"__Secure-device={token}"}).body
    for value in (token, token.replace(bob.id, ann.id), "", "x" * 400):
        assert "mfa_token" in first_step(http, ann.email, {"Cookie": f"__Secure-device={value}"}).body
    body = {"email": bob.email, "password": "a wrong guess"}
    answer = http("POST", "/auth/login", body, headers={"Cookie": f"__Secure-device={token}"})
    assert answer.status == 401, "nor does it replace the password"


def test_two_who_set_it_up_at_once_end_with_one_that_works(http: Http, ann: Session, clock: Clock) -> None:
    with ThreadPoolExecutor(8) as threads:
        started = [threads.submit(http, "POST", "/auth/totp", None, ann) for _ in range(8)]
    phones = [Phone(each.result().body["secret"], clock) for each in started]
    with ThreadPoolExecutor(8) as threads:
        tries = [threads.submit(http, "POST", "/auth/totp/confirm", {"code": phone.code()}, ann) for phone in phones]
    statuses = [each.result().status for each in tries]
    assert sorted(statuses)[0] == 200
    assert set(statuses[: statuses.index(200)] + statuses[statuses.index(200) + 1 :]) <= {409, 422}
    phone = phones[statuses.index(200)]
    assert second_step(http, first_step(http, ann.email), phone.code(1)).status == 200


def test_the_second_step_is_for_our_own_pages(http: Http, ann: Session, phone: Phone) -> None:
    foreign = {"X-Session": "cookie", "Origin": "https://evil.example"}
    assert second_step(http, first_step(http, ann.email), phone.code(1), foreign).status == 403
