"""Guessing passwords, one address and many, one after the other and all at once (contract §2, "Limits")."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.auth import attempts, passwords
from chalicelib.edge import limits
from chalicelib.edge.limits import Limit
from chalicelib.errors import TooManyRequests
from chalicelib.settings import settings
from tests.integration.people.conftest import PASSWORD, Answer, Clock, Http, Session, SignIn

HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"


def try_it(http: Http, email: str, password: str, ip: str = HOME) -> Answer:
    body = {"email": email, "password": password}
    return http("POST", "/auth/login", body, headers={"X-Forwarded-For": ip})


def guesses(http: Http, email: str, times: int, ip: str = HOME) -> list[int]:
    return [try_it(http, email, f"guess number {number}", ip).status for number in range(times)]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords checked without the work, where hundreds are tried."""
    monkeypatch.setattr(passwords, "is_right", lambda stored, password: stored is not None and password == PASSWORD)


@pytest.mark.parametrize("email", ["client@example.com", "nobody@example.com", "no address at all"])
def test_after_ten_wrong_guesses_from_one_address_nothing_is_answered(http: Http, client: Session, email: str) -> None:
    assert guesses(http, email, 12) == [401] * 10 + [429] * 2
    answer = try_it(http, email, PASSWORD)
    assert (answer.status, answer.body["title"]) == (429, "Too many requests")
    assert 890 <= int(answer.headers["retry-after"]) <= 900


def test_an_address_is_counted_however_it_is_written(http: Http, client: Session) -> None:
    spellings = ["client@example.com", "CLIENT@example.com", "ＣＬＩＥＮＴ@example.com", "Client@EXAMPLE.com"] * 3
    assert [try_it(http, spelling, "a wrong guess").status for spelling in spellings] == [401] * 10 + [429] * 2


def test_the_owner_still_gets_in_from_elsewhere_and_later(http: Http, client: Session, clock: Clock) -> None:
    guesses(http, client.email, 11)
    assert try_it(http, client.email, PASSWORD, ELSEWHERE).status == 200
    clock.advance(899)
    assert try_it(http, client.email, PASSWORD).status == 429
    clock.advance(2)
    assert try_it(http, client.email, PASSWORD).status == 200


def test_who_is_right_uses_nothing_up(http: Http, client: Session) -> None:
    assert [try_it(http, client.email, PASSWORD).status for _ in range(25)] == [200] * 25
    guesses(http, client.email, 9)
    assert try_it(http, client.email, PASSWORD).status == 200
    assert guesses(http, client.email, 2) == [401, 429]


def test_a_burst_of_wrong_guesses_gets_ten_answers(http: Http, client: Session) -> None:
    with ThreadPoolExecutor(50) as threads:
        tries = [threads.submit(try_it, http, client.email, f"guess number {number}") for number in range(50)]
    answers = [each.result() for each in tries]
    assert Counter(answer.status for answer in answers) == {401: 10, 429: 40}
    assert all("retry-after" in answer.headers for answer in answers if answer.status == 429)


def test_a_burst_of_right_passwords_is_let_in(http: Http, client: Session) -> None:
    with ThreadPoolExecutor(20) as threads:
        tries = [threads.submit(try_it, http, client.email, PASSWORD) for _ in range(20)]
    assert [each.result().status for each in tries] == [200] * 20


def test_from_everywhere_a_hundred_guesses_are_answered_and_the_owner_isnt_kept_out(
    http: Http, client: Session, sign_in: SignIn, quick: None
) -> None:
    sign_in(client.email)  # from HOME, which is known from now on
    addresses = [f"203.0.113.{number}" for number in range(12)]
    statuses = [status for ip in addresses for status in guesses(http, client.email, 10, ip)]
    assert statuses == [401] * 100 + [429] * 20
    assert try_it(http, client.email, PASSWORD, ELSEWHERE).status == 429
    assert try_it(http, client.email, PASSWORD).status == 200
    assert guesses(http, client.email, 11) == [401] * 10 + [429]


def test_a_network_of_ipv6_is_one_address(http: Http, client: Session) -> None:
    ips = [f"2001:db8:1:2::{number:x}" for number in range(10)]
    assert [try_it(http, client.email, "a wrong guess", ip).status for ip in ips] == [401] * 10
    assert try_it(http, client.email, PASSWORD, "2001:db8:1:2:ffff::1").status == 429
    assert try_it(http, client.email, PASSWORD, "2001:db8:1:3::1").status == 200


@pytest.mark.parametrize(
    ("ip", "network"),
    [("::ffff:192.0.2.9", "192.0.2.9"), (" 192.0.2.9 ", "192.0.2.9"), ("", "unknown"), ("192.0.2.9, 1", "unknown")],
)
def test_an_address_is_what_it_means(ip: str, network: str) -> None:
    assert limits.network(ip) == network


def test_an_address_cannot_be_made_up(http: Http, client: Session) -> None:
    """Only the last proxy's word counts, and CloudFront's header is not the caller's to send."""
    for number in range(10):
        headers = {"X-Forwarded-For": f"10.0.0.{number}, {HOME}", "X-Viewer-Address": f"10.0.1.{number}"}
        body = {"email": client.email, "password": "a wrong guess"}
        assert http("POST", "/auth/login", body, headers=headers).status == 401
    assert try_it(http, client.email, PASSWORD, f"10.0.0.99, {HOME}").status == 429


def test_the_current_password_can_be_guessed_no_more_often(http: Http, client: Session) -> None:
    body = {"current_password": "a wrong guess", "new_password": "another password"}
    statuses = [http("POST", "/auth/password", body, as_=client).status for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2


def test_signing_up_is_limited_by_address(http: Http, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(settings), "sign_ups_per_hour", 3)

    def register(email: str, ip: str = HOME) -> int:
        body = {"email": email, "password": PASSWORD, "name": "New"}
        return http("POST", "/auth/register", body, headers={"X-Forwarded-For": ip}).status

    assert [register("a@example.com"), register("a@example.com"), register("b@example.com")] == [201, 409, 201]
    assert [register("c@example.com"), register("c@example.com", ELSEWHERE)] == [429, 201]
    clock.advance(3601)
    assert register("d@example.com") == 201


def test_chat_tokens_are_limited_by_account(http: Http, clock: Clock) -> None:
    for _ in range(60):
        attempts.chat_token("ann")
    with pytest.raises(TooManyRequests):
        attempts.chat_token("ann")
    attempts.chat_token("bob")
    clock.advance(61)
    attempts.chat_token("ann")


def test_the_contract_says_how_often() -> None:
    fresh = type(settings)()
    assert fresh.chat_tokens_per_minute == 60
    assert (fresh.login_failures_per_address, fresh.login_failures_per_account) == (10, 100)
    assert (fresh.sign_ups_per_hour, fresh.forgotten_passwords_per_hour, fresh.resets_per_hour) == (20, 20, 20)


def test_a_limit_of_nothing_lets_nothing_through(http: Http) -> None:
    with pytest.raises(TooManyRequests):
        limits.take(Limit("closed", 0, 60), ["anybody"])


def test_a_try_that_ends_after_its_window_leaves_the_next_alone(http: Http, clock: Clock) -> None:
    limit = Limit("two", 2, 60)
    late = limits.take(limit, ["x"])
    clock.advance(61)
    limits.take(limit, ["x"])
    limits.give_back(late)
    limits.take(limit, ["x"])
    with pytest.raises(TooManyRequests):
        limits.take(limit, ["x"])
