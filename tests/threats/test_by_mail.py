"""A mail's sender is whoever they say: nothing that comes by mail gives anybody another's account."""

import pytest

from chalicelib.auth import by_mail, passwords
from chalicelib.errors import Invalid
from chalicelib.people import service as people
from chalicelib.people.models import AccountsItem
from tests.integration.people.conftest import PASSWORD, Http, Mailbox, Session, in_between, token_in

NEW = {"email": "ann@example.com", "password": PASSWORD, "name": "Not Ann"}


def test_who_registered_with_anothers_address_does_not_get_their_mail(http: Http, mailbox: Mailbox) -> None:
    registered = http("POST", "/auth/register", NEW).body["user"]["id"]
    assert by_mail.sender("Ann@example.com", "Ann") is None
    verified = http("POST", "/auth/email/verify", {"token": token_in(mailbox()[0]), "password": PASSWORD})
    assert verified.status == 204
    found = by_mail.sender("Ann@example.com", "Ann")
    assert found is not None
    assert found.id == registered


def test_who_writes_first_has_an_account_that_waits_for_them(http: Http, mailbox: Mailbox) -> None:
    made = by_mail.sender("Ann@Example.com", "Ann\r\nBcc: x\x00")
    assert made is not None
    assert (made.email, made.name, made.role, made.email_verified) == ("Ann@Example.com", "Ann Bcc: x", "client", False)
    again = by_mail.sender("ann@example.com", "Somebody")
    assert again is not None
    assert (again.id, again.name) == (made.id, made.name)
    assert http("POST", "/auth/register", NEW).status == 409
    assert http("POST", "/auth/login", {"email": "ann@example.com", "password": PASSWORD}).status == 401
    [invitation] = mailbox()
    body = {"token": token_in(invitation), "new_password": PASSWORD}
    assert http("POST", "/auth/password/reset", body).status == 204
    signed_in = http("POST", "/auth/login", {"email": "ann@example.com", "password": PASSWORD})
    assert (signed_in.status, signed_in.body["user"]["email_verified"]) == (200, True)
    assert not people.known_account(made.id).by_mail


def test_accepting_what_mail_made_ends_whatever_was_there_before(http: Http, mailbox: Mailbox) -> None:
    made = by_mail.sender("ann@example.com", "Ann")
    assert made is not None
    [invitation] = mailbox()
    # Should anybody ever have come in before the owner did:
    people.changed(made.id, lambda *_: {"password_hash": passwords.hashed(PASSWORD)})
    thief = http("POST", "/auth/login", {"email": "ann@example.com", "password": PASSWORD}).body
    body = {"token": token_in(invitation), "new_password": "another password"}
    assert http("POST", "/auth/password/reset", body).status == 204
    assert http("GET", "/auth/me", as_=thief["access_token"]).status == 401
    assert http("POST", "/auth/refresh", {"refresh_token": thief["refresh_token"]}).status == 401
    assert http("POST", "/auth/login", {"email": "ann@example.com", "password": PASSWORD}).status == 401


def test_who_is_deactivated_does_not_come_back_by_mail(http: Http, client: Session) -> None:
    people.changed(client.id, lambda *_: {"email_verified": True})
    assert by_mail.sender(client.email)
    people.change_account(client.id, {"active": False})
    assert by_mail.sender(client.email) is None


def test_two_first_mails_at_once_make_one_account(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    in_between(monkeypatch, lambda: by_mail.sender("ann@example.com", "Ann"))
    found = by_mail.sender("ann@example.com", "Ann")
    assert found is not None
    assert [item.id for item in AccountsItem.scan() if item.item == "account"] == [found.id]


def test_a_registration_at_the_same_moment_is_not_attached_to(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    in_between(monkeypatch, lambda: http("POST", "/auth/register", NEW))
    assert by_mail.sender("ann@example.com", "Ann") is None


@pytest.mark.parametrize("name", ["", "\u202e\x00", "x" * 300])
def test_any_name_will_do(http: Http, name: str) -> None:
    made = by_mail.sender("ann@example.com", name)
    assert made is not None
    assert made.name == ("x" * 100 if "x" in name else "ann")


def test_what_is_no_address_opens_nothing(http: Http) -> None:
    with pytest.raises(Invalid):
        by_mail.sender("ann@example.com\r\nBcc: x@example.com", "Ann")
