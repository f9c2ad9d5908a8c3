"""What comes by mail: invitation, confirmation of an address, a new password; each once, and each for a while."""

from typing import Any

import boto3
import pytest

from chalicelib.auth.models import OneTimeToken
from chalicelib.notifications import deliveries, sending
from chalicelib.people import service as people
from chalicelib.people.models import AccountsItem
from chalicelib.settings import settings
from infra import keys as keys_command
from tests.integration.people.conftest import (
    PASSWORD,
    Answer,
    Clock,
    Http,
    Mailbox,
    Session,
    in_between,
    token_in,
)

NEW = {"email": "Neu@Example.com", "password": PASSWORD, "name": "Néu ✨"}
OTHER = "another password"


def forgot(http: Http, email: str) -> Answer:
    return http("POST", "/auth/password/forgot", {"email": email})


def reset(http: Http, token: str, password: str = OTHER) -> Answer:
    return http("POST", "/auth/password/reset", {"token": token, "new_password": password})


def verify(http: Http, token: str, password: str | None = None, as_: str | None = None) -> Answer:
    body = {"token": token} if password is None else {"token": token, "password": password}
    return http("POST", "/auth/email/verify", body, as_=as_)


def login(http: Http, email: str, password: str) -> int:
    return http("POST", "/auth/login", {"email": email, "password": password}).status


# --- a forgotten password --------------------------------------------------------------------------------------------


def test_a_new_password_is_set_with_what_the_mail_brings(http: Http, client: Session, mailbox: Mailbox) -> None:
    answer = forgot(http, "CLIENT@example.com")
    assert (answer.status, answer.body) == (202, None)
    [mail] = mailbox()
    assert (mail["to"], mail["subject"]) == (["client@example.com"], "Set a new password")
    assert "http://127.0.0.1:8000/reset-password#token=" in mail["text"]
    assert reset(http, token_in(mail)).status == 204
    assert (login(http, client.email, PASSWORD), login(http, client.email, OTHER)) == (401, 200)
    [told] = mailbox()
    assert told["subject"] == "Your password was changed"


def test_a_reset_ends_all_sessions_and_confirms_the_address(http: Http, client: Session, mailbox: Mailbox) -> None:
    forgot(http, client.email)
    reset(http, token_in(mailbox()[0]))
    assert http("GET", "/auth/me", as_=client).status == 401
    assert http("POST", "/auth/refresh", {"refresh_token": client.refresh}).status == 401
    assert people.known_account(client.id).email_verified


def test_a_token_is_good_once(http: Http, client: Session, mailbox: Mailbox) -> None:
    forgot(http, client.email)
    token = token_in(mailbox()[0])
    assert reset(http, token).status == 204
    again = reset(http, token, "yet another password")
    assert (again.status, again.fields) == (422, ["token"])
    assert login(http, client.email, OTHER) == 200


def test_and_no_other_asked_for_before_is_good_after_it(http: Http, client: Session, mailbox: Mailbox) -> None:
    forgot(http, client.email)
    forgot(http, client.email)
    first, second = map(token_in, mailbox())
    assert reset(http, second).status == 204
    assert reset(http, first).status == 422


def test_a_change_of_password_ends_tokens_too(http: Http, client: Session, mailbox: Mailbox) -> None:
    forgot(http, client.email)
    body = {"current_password": PASSWORD, "new_password": OTHER}
    assert http("POST", "/auth/password", body, as_=client).status == 204
    mail, told = mailbox()
    assert told["subject"] == "Your password was changed"
    assert reset(http, token_in(mail)).status == 422


@pytest.mark.parametrize(("seconds", "status"), [(1799, 204), (1801, 422)])
def test_a_token_is_good_for_half_an_hour(
    http: Http, client: Session, mailbox: Mailbox, clock: Clock, seconds: int, status: int
) -> None:
    forgot(http, client.email)
    token = token_in(mailbox()[0])
    clock.advance(seconds)
    assert reset(http, token).status == status


def test_who_was_deactivated_meanwhile_cannot_come_back_by_mail(http: Http, client: Session, mailbox: Mailbox) -> None:
    forgot(http, client.email)
    token = token_in(mailbox()[0])
    people.change_account(client.id, {"active": False})
    assert reset(http, token).status == 422
    forgot(http, client.email)
    assert mailbox() == []
    people.change_account(client.id, {"active": True})
    assert reset(http, token).status == 422


def test_a_deactivation_during_the_reset_wins(
    http: Http, client: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgot(http, client.email)
    token = token_in(mailbox()[0])
    in_between(monkeypatch, lambda: people.change_account(client.id, {"active": False}))
    assert reset(http, token).status == 422


@pytest.mark.parametrize("email", ["nobody@example.com", "no address", "\r\nBcc: x@example.com", "x" * 320])
def test_for_an_unknown_address_the_answer_is_the_same_and_no_mail_goes_out(
    http: Http, client: Session, mailbox: Mailbox, email: str
) -> None:
    known, unknown = forgot(http, client.email), forgot(http, email)
    assert known == unknown
    assert [mail["to"] for mail in mailbox()] == [[client.email]]


def test_a_person_gets_few_such_mails_an_hour(
    http: Http, client: Session, mailbox: Mailbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(settings), "reset_mails_per_hour", 2)
    assert {forgot(http, client.email).status for _ in range(5)} == {202}
    assert len(mailbox()) == 2
    clock.advance(3601)
    forgot(http, client.email)
    assert len(mailbox()) == 1


@pytest.mark.parametrize("route", ["forgot", "reset"])
def test_asking_and_trying_are_limited_by_address(http: Http, monkeypatch: pytest.MonkeyPatch, route: str) -> None:
    monkeypatch.setitem(vars(settings), "forgotten_passwords_per_hour", 3)
    monkeypatch.setitem(vars(settings), "resets_per_hour", 3)
    ask: Any = (lambda: forgot(http, "x@example.com")) if route == "forgot" else (lambda: reset(http, "x"))
    answers = [ask() for _ in range(4)]
    assert [answer.status for answer in answers] == [202 if route == "forgot" else 422] * 3 + [429]
    assert 3590 <= int(answers[3].headers["retry-after"]) <= 3600


def test_the_table_gives_no_token_away(http: Http, client: Session, mailbox: Mailbox) -> None:
    forgot(http, client.email)
    secret = token_in(mailbox()[0]).rpartition(".")[2]
    [item] = [item for item in AccountsItem.scan() if isinstance(item, OneTimeToken)]
    assert secret not in str(item.serialize())
    assert item.hash != secret


# --- an invitation ---------------------------------------------------------------------------------------------------


def test_who_is_invited_sets_a_password_and_is_there(http: Http, admin: Session, mailbox: Mailbox) -> None:
    body = {"email": "ann@example.com", "name": "Ann <b>", "role": "agent"}
    assert http("POST", "/users", body, as_=admin).status == 201
    [mail] = mailbox()
    assert (mail["to"], mail["subject"]) == (["ann@example.com"], "You are invited")
    assert "Ann" not in mail["text"] + mail["html"], "no text of users to an address that nobody has confirmed"
    assert reset(http, token_in(mail)).status == 204
    answer = http("POST", "/auth/login", {"email": "ann@example.com", "password": OTHER})
    assert (answer.status, answer.body["user"]["email_verified"]) == (200, True)
    assert mailbox() == [], "who sets the first password has changed none"


@pytest.mark.parametrize(("seconds", "status"), [(7 * 86_400 - 1, 204), (7 * 86_400 + 1, 422)])
def test_an_invitation_is_good_for_a_week_whatever_becomes_of_the_keys(
    http: Http, admin: Session, mailbox: Mailbox, clock: Clock, seconds: int, status: int
) -> None:
    http("POST", "/users", {"email": "ann@example.com", "name": "Ann", "role": "client"}, as_=admin)
    token = token_in(mailbox()[0])
    keys_command.rotate(boto3.client("ssm"), settings.signing_keys_parameter, drop=True)
    clock.advance(seconds)
    assert reset(http, token).status == status


def test_who_is_made_with_a_password_is_asked_to_confirm_the_address(
    http: Http, admin: Session, mailbox: Mailbox
) -> None:
    body = {"email": "ann@example.com", "name": "Ann", "role": "client", "password": PASSWORD}
    assert http("POST", "/users", body, as_=admin).status == 201
    assert verify(http, token_in(mailbox()[0]), PASSWORD).status == 204


def test_the_same_request_again_invites_once(http: Http, admin: Session, mailbox: Mailbox) -> None:
    body = {"email": "ann@example.com", "name": "Ann", "role": "client"}
    for _ in range(2):
        assert http("POST", "/users", body, as_=admin, headers={"Idempotency-Key": "k"}).status == 201
    assert len(mailbox()) == 1


# --- an address confirmed --------------------------------------------------------------------------------------------


def test_who_signs_up_confirms_the_address(http: Http, mailbox: Mailbox) -> None:
    user = http("POST", "/auth/register", NEW).body
    [mail] = mailbox()
    assert (mail["to"], mail["subject"]) == (["Neu@example.com"], "Confirm your e-mail address")
    assert NEW["name"] not in mail["text"] + mail["html"], "who signs up could write to strangers"
    assert not user["user"]["email_verified"]
    assert verify(http, token_in(mail), as_=user["access_token"]).status == 204
    assert http("GET", "/auth/me", as_=user["access_token"]).body["email_verified"]
    assert verify(http, token_in(mail), as_=user["access_token"]).status == 422


def test_a_token_is_good_for_its_purpose_alone(http: Http, mailbox: Mailbox) -> None:
    http("POST", "/auth/register", NEW)
    forgot(http, "neu@example.com")
    confirm, new_password = map(token_in, mailbox())
    assert verify(http, new_password, PASSWORD).status == 422
    assert (verify(http, confirm, PASSWORD).status, reset(http, confirm).status) == (204, 422)
    assert reset(http, new_password).status == 204


def test_a_token_is_good_for_its_account_alone(http: Http, client: Session, mailbox: Mailbox) -> None:
    http("POST", "/auth/register", NEW)
    _, token, secret = token_in(mailbox()[0]).split(".")
    assert verify(http, f"{client.id}.{token}.{secret}").status == 422


@pytest.mark.parametrize("token", ["x", "a.b.c", f"a.b.{'x' * 43}", "é" * 43, "\r\n"])
def test_a_made_up_token_is_no_good(http: Http, token: str) -> None:
    assert (reset(http, token).fields, verify(http, token).fields) == (["token"], ["token"])


# --- sending ---------------------------------------------------------------------------------------------------------


def test_however_often_a_record_comes_one_mail_goes_out(http: Http, client: Session, mailbox: Mailbox) -> None:
    forgot(http, client.email)
    assert len(mailbox()) == 1
    assert mailbox.deliver(mailbox.records * 3) == {"batchItemFailures": []}
    assert mailbox() == []


def test_what_ses_does_not_take_now_comes_again_and_holds_up_nothing_else(
    http: Http, client: Session, agent: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgot(http, client.email)
    forgot(http, agent.email)
    send = sending.send

    def busy(message: Any) -> Any:
        if message.to == client.email:
            raise TimeoutError
        return send(message)

    monkeypatch.setattr(sending, "send", busy)
    records = mailbox.take()
    failed = mailbox.deliver(records)["batchItemFailures"]
    assert failed == [{"itemIdentifier": records[0]["dynamodb"]["SequenceNumber"]}]
    assert [mail["to"] for mail in mailbox()] == [[agent.email]]
    monkeypatch.setattr(sending, "send", send)
    assert mailbox.deliver(records) == {"batchItemFailures": []}
    assert [mail["to"] for mail in mailbox()] == [[client.email]]


def test_who_died_before_sending_is_waited_for_not_longer_than_the_lease(
    http: Http, client: Session, mailbox: Mailbox, clock: Clock
) -> None:
    forgot(http, client.email)
    [record] = mailbox.take()
    event = "/".join(record["dynamodb"]["Keys"][name]["S"] for name in ("id", "item"))

    class Died(BaseException):
        pass

    def die() -> Any:
        raise Died

    with pytest.raises(Died):
        deliveries.once(event, client.id, die)
    assert mailbox.deliver([record])["batchItemFailures"] != []
    clock.advance(deliveries.LEASE)
    assert mailbox.deliver([record]) == {"batchItemFailures": []}
    assert len(mailbox()) == 1


def test_an_address_that_no_mail_can_go_to_holds_up_nothing(http: Http, mailbox: Mailbox) -> None:
    assert http("POST", "/auth/register", {**NEW, "email": "пётр@example.com"}).status == 201
    assert mailbox() == []


def test_a_domain_is_written_as_mail_writes_it(http: Http, mailbox: Mailbox) -> None:
    http("POST", "/auth/register", {**NEW, "email": "ann@bücher.example"})
    assert mailbox()[0]["to"] == ["ann@xn--bcher-kva.example"]


def test_nobodys_absence_notice_answers(http: Http, client: Session, mailbox: Mailbox) -> None:
    forgot(http, client.email)
    assert mailbox()[0]["headers"]["Auto-Submitted"] == "auto-generated"
