"""Signing up with somebody else's address: whoever does has nothing of what the owner does with it."""

from typing import Any

import pytest

from chalicelib.auth import one_time
from chalicelib.settings import settings
from tests.integration.people.conftest import PASSWORD, Answer, Clock, Http, Mailbox, Session, SignIn, token_in

OWNERS = {"email": "owner@example.com", "password": "the squatter's own", "name": "Visit https://evil.example"}
TICKET = {"title": "Buy at https://evil.example", "description": "Cheap pills"}


@pytest.fixture
def squatter(http: Http) -> dict[str, Any]:
    body: dict[str, Any] = http("POST", "/auth/register", OWNERS).body
    return body


def verify(http: Http, token: str, password: str | None = None, as_: Session | str | None = None) -> Answer:
    body = {"token": token} if password is None else {"token": token, "password": password}
    return http("POST", "/auth/email/verify", body, as_=as_)


def reset(http: Http, token: str, password: str = "the owner's own") -> Answer:
    return http("POST", "/auth/password/reset", {"token": token, "new_password": password})


def codes(answer: Answer) -> list[str]:
    return [answer.body["code"]] if "code" in answer.body else [error["code"] for error in answer.body["errors"]]


def test_the_owners_click_alone_confirms_nothing(
    http: Http, squatter: dict[str, Any], client: Session, mailbox: Mailbox
) -> None:
    http("POST", "/auth/email/verification", as_=squatter["access_token"])
    token = token_in(mailbox()[-1])
    for as_, password, code in (
        (None, None, "proof_missing"),
        (client, None, "proof_missing"),
        (None, "a guess", "proof_wrong"),
        (client, PASSWORD, "proof_wrong"),
    ):
        refused = verify(http, token, password, as_)
        assert (refused.status, codes(refused)) == (403, [code])
    assert not http("GET", "/auth/me", as_=squatter["access_token"]).body["email_verified"]


def test_it_makes_the_account_theirs_instead(http: Http, mailbox: Mailbox, squatter: dict[str, Any]) -> None:
    ticket = http("POST", "/tickets", TICKET, as_=squatter["access_token"]).body
    other, confirm = mailbox()[-2:]
    assert reset(http, token_in(confirm)).status == 204
    assert http("GET", "/auth/me", as_=squatter["access_token"]).status == 401
    assert http("POST", "/auth/refresh", {"refresh_token": squatter["refresh_token"]}).status == 401
    credentials = {"email": OWNERS["email"], "password": OWNERS["password"]}
    assert http("POST", "/auth/login", credentials).status == 401
    assert reset(http, token_in(other)).status == verify(http, token_in(other)).status == 422, "other tokens too"
    owner = http("POST", "/auth/login", {**credentials, "password": "the owner's own"}).body
    assert owner["user"]["email_verified"]
    assert [each["id"] for each in http.all("/tickets", _as(owner))] == [ticket["id"]], "what was filed stays"
    [told] = mailbox()
    assert f"#{ticket['number']}: http://127.0.0.1:8000/tickets/{ticket['id']}" in told["text"], "and is named"


def test_the_token_is_judged_before_any_password(http: Http, squatter: dict[str, Any], mailbox: Mailbox) -> None:
    account, id_, secret = token_in(_mail(http, squatter, mailbox)).split(".")
    for token in (f"{account}.{id_}.{'x' * 43}", f"{account}.x.{secret}", "x"):
        for password in (None, OWNERS["password"], "wrong"):
            assert codes(verify(http, token, password)) == ["bad_token"]


def test_a_token_takes_five_passwords(http: Http, squatter: dict[str, Any], mailbox: Mailbox) -> None:
    token = token_in(_mail(http, squatter, mailbox))
    assert [verify(http, token, f"wrong {turn}").status for turn in range(one_time.MOST_TRIES)] == [403] * 5
    assert codes(verify(http, token, OWNERS["password"])) == ["bad_token"]


def test_they_count_among_the_failed_sign_ins(
    http: Http, squatter: dict[str, Any], mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(settings), "login_failures_per_address", 3)
    token = token_in(_mail(http, squatter, mailbox))
    assert [verify(http, token, "wrong").status for _ in range(4)] == [403, 403, 403, 429]
    assert http("POST", "/auth/login", {"email": OWNERS["email"], "password": OWNERS["password"]}).status == 429


@pytest.mark.parametrize(("seconds", "status"), [(86_399, 204), (86_401, 422)])
def test_a_token_is_good_for_a_day(
    http: Http, squatter: dict[str, Any], mailbox: Mailbox, clock: Clock, seconds: int, status: int
) -> None:
    token = token_in(_mail(http, squatter, mailbox))
    clock.advance(seconds)
    assert verify(http, token, OWNERS["password"]).status == status


def test_it_is_dead_once_the_address_is_confirmed_or_the_password_changed(
    http: Http, squatter: dict[str, Any], client: Session, mailbox: Mailbox
) -> None:
    for _ in range(2):
        http("POST", "/auth/email/verification", as_=client)
        http("POST", "/auth/email/verification", as_=squatter["access_token"])
    mails = mailbox()
    first, second = [token_in(mail) for mail in mails if mail["to"] == [client.email]]
    assert verify(http, first, as_=client).status == 204
    assert verify(http, second, as_=client).status == reset(http, second).status == 422
    change = {"current_password": OWNERS["password"], "new_password": "another password"}
    assert http("POST", "/auth/password", change, as_=squatter["access_token"]).status == 204
    theirs = [token_in(mail) for mail in mails if mail["to"] == [OWNERS["email"]]]
    assert {verify(http, token, "another password").status for token in theirs} == {422}


def test_asking_again_is_limited_and_nothing_comes_once_it_is_confirmed(
    http: Http, client: Session, mailbox: Mailbox, clock: Clock
) -> None:
    asked = [http("POST", "/auth/email/verification", as_=client).status for _ in range(4)]
    assert asked == [202, 202, 202, 429]
    token = token_in(mailbox()[0])
    assert verify(http, token, as_=client).status == 204
    clock.advance(800)
    assert http("POST", "/auth/email/verification", as_=client).status == 202
    assert mailbox() == []


def test_who_asks_with_a_session_that_has_ended_is_told_to_sign_in(
    http: Http, squatter: dict[str, Any], mailbox: Mailbox
) -> None:
    assert verify(http, token_in(_mail(http, squatter, mailbox)), as_="x").status == 401


def test_an_invitation_accepted_ends_what_anybody_had(http: Http, admin: Session, mailbox: Mailbox) -> None:
    body = {"email": OWNERS["email"], "name": "Owner", "role": "client"}
    http("POST", "/users", body, as_=admin)
    token = token_in(mailbox()[0])
    assert verify(http, token, "any").status == 422, "it confirms nothing by itself"
    assert reset(http, token).status == 204
    assert reset(http, token).status == 422


def _mail(http: Http, squatter: dict[str, Any], mailbox: Mailbox) -> dict[str, Any]:
    http("POST", "/auth/email/verification", as_=squatter["access_token"])
    return mailbox()[-1]


def _as(body: dict[str, Any]) -> Session:
    return Session(body["user"]["id"], body["user"]["email"], body["access_token"], body["refresh_token"])


# --- relaying: an account with an address that nobody has confirmed ---------------------------------------------------


def test_filing_tickets_sends_a_stranger_no_text_and_few_mails(
    http: Http, mailbox: Mailbox, squatter: dict[str, Any], admin: Session
) -> None:
    mailbox()
    for number in range(8):
        as_ = admin if number % 2 else squatter["access_token"]
        more = {"client_id": squatter["user"]["id"]} if number % 2 else {}
        assert http("POST", "/tickets", {**TICKET, **more}, as_=as_).status == 201
    mails = mailbox()
    assert len(mails) == settings.confirming_mails_per_day - 1, "signing up was the first"
    for number, mail in enumerate(mails, 1):
        assert mail["subject"] == f"[#{number}] Confirm your address"
        for part in (mail["subject"], mail["text"], mail["html"]):
            assert not [word for word in ("evil", "Cheap", "Buy", "Visit") if word in part]


def test_and_the_next_day_a_few_again(
    http: Http, mailbox: Mailbox, sign_in: SignIn, client: Session, clock: Clock
) -> None:
    for _ in range(7):
        http("POST", "/tickets", TICKET, as_=client)
    assert len(mailbox()) == 5
    clock.advance(86_400)
    again = sign_in(client.email)
    for _ in range(7):
        http("POST", "/tickets", TICKET, as_=again)
    assert len(mailbox()) == 5


def test_filing_itself_is_limited(http: Http, client: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(settings), "tickets_per_day_unconfirmed", 2)
    assert http("POST", "/tickets", {**TICKET, "team": "support"}, as_=client).status == 403, "which doesn't count"
    headers = {"Idempotency-Key": "k"}
    filed = [http("POST", "/tickets", TICKET, as_=client, headers=headers).status for _ in range(3)]
    assert filed == [201] * 3, "nor does a repeat"
    assert http("POST", "/tickets", TICKET, as_=client).status == 201
    refused = http("POST", "/tickets", TICKET, as_=client)
    assert (refused.status, refused.headers["retry-after"]) == (429, "86400")


def test_who_has_confirmed_the_address_has_another_limit(
    http: Http, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(settings), "tickets_per_day_unconfirmed", 1)
    monkeypatch.setitem(vars(settings), "tickets_per_hour", 2)
    known = sign_in("known@example.com", "client", email_verified=True)
    assert [http("POST", "/tickets", TICKET, as_=known).status for _ in range(3)] == [201, 201, 429]


# --- signing out ------------------------------------------------------------------------------------------------------


def test_a_session_that_was_ended_stays_ended_whatever_is_ended_after_it(
    http: Http, client: Session, sign_in: SignIn, clock: Clock
) -> None:
    from chalicelib.auth import sessions
    from chalicelib.origin import NOBODY
    from chalicelib.people import service as people

    assert http("POST", "/auth/logout", {"refresh_token": client.refresh}, as_=client).status == 204
    for _ in range(105):
        opened = sessions.open_session(people.known_account(client.id), "bearer", NOBODY)
        caller = sessions.authenticate({"Authorization": f"Bearer {opened.access_token}"})
        sessions.end(caller, [opened.refresh_token])
    assert http("GET", "/auth/me", as_=client).status == 401
    assert http("POST", "/auth/refresh", {"refresh_token": client.refresh}).status == 401
    assert http("GET", "/auth/me", as_=sign_in(client.email)).status == 200
