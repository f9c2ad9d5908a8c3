"""E-mail addresses that look alike, or are written in other ways."""

import pytest

from chalicelib.auth import by_mail
from chalicelib.people import service as people
from tests.integration.people.conftest import PASSWORD, Http, Mailbox, Session, SignIn, token_in

SAME = [
    ("mike@example.com", "MIKE@EXAMPLE.com"),
    ("mike@example.com", "ｍｉｋｅ@example.com"),
    ("mike@example.com", "miKe@example.com"),  # KELVIN SIGN
    ("sam@example.com", "ſam@example.com"),  # LONG S
    ("ann@bücher.example", "ann@xn--bcher-kva.example"),
    ("café@example.com", "cafe\u0301@example.com"),
]
OTHERS = [
    ("mike@example.com", "mıke@example.com"),  # DOTLESS I
    ("ann@example.com", "аnn@example.com"),  # CYRILLIC A
    ("ann@example.com", "ann+1@example.com"),
    ("ann@example.com", "ann@exаmple.com"),  # CYRILLIC A
    ("a.nn@example.com", "ann@example.com"),
]


def register(http: Http, email: str) -> int:
    return http("POST", "/auth/register", {"email": email, "password": PASSWORD, "name": "N"}).status


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_address_written_in_two_ways_makes_one_account(http: Http, one: str, other: str) -> None:
    assert (register(http, one), register(http, other)) == (201, 409)
    assert register(http, one.upper() if one.isascii() else one) == 409


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_a_look_alike_is_somebody_else(http: Http, one: str, other: str) -> None:
    assert (register(http, one), register(http, other)) == (201, 201)
    body = {"email": other, "password": PASSWORD}
    assert http("POST", "/auth/login", body).body["user"]["email"] == other


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_new_password_goes_to_the_address_that_is_stored(http: Http, mailbox: Mailbox, one: str, other: str) -> None:
    """Never to the one that was typed: whoever asks may own a look-alike of it."""
    people.create_account(email=one, name="N", role="client", password=PASSWORD)
    assert http("POST", "/auth/password/forgot", {"email": other}).status == 202
    sent = [mail["to"] for mail in mailbox()]
    assert sent in ([[one]], [["ann@xn--bcher-kva.example"]], [])
    assert sent or not one.isascii(), "an address that needs SMTPUTF8 gets none"


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_mail_from_a_look_alike_is_nobodys(http: Http, one: str, other: str) -> None:
    """Mail services may hand out both spellings to different people."""
    people.create_account(email=one, name="N", role="client", password=PASSWORD, email_verified=True)
    same_to_mail_services = (one.isascii() and other.isascii()) or "xn--" in other
    assert (by_mail.sender(other) is not None) == same_to_mail_services


def test_somebody_whose_address_was_registered_by_another_gets_it_back(
    http: Http, mailbox: Mailbox, clock: object
) -> None:
    """Who owns the address sets a new password, which ends the sessions of whoever was quicker."""
    body = {"email": "ann@example.com", "password": "the squatter's own", "name": "Squatter"}
    squatter = http("POST", "/auth/register", body).body
    mailbox()
    assert http("POST", "/auth/password/forgot", {"email": "ann@example.com"}).status == 202
    reset = {"token": token_in(mailbox()[0]), "new_password": PASSWORD}
    assert http("POST", "/auth/password/reset", reset).status == 204
    assert http("GET", "/auth/me", as_=squatter["access_token"]).status == 401
    assert http("POST", "/auth/refresh", {"refresh_token": squatter["refresh_token"]}).status == 401
    assert http("POST", "/auth/login", {k: body[k] for k in ("email", "password")}).status == 401


def test_an_address_is_not_changed_by_who_changes_the_account(http: Http, admin: Session, client: Session) -> None:
    for method, path in (("PATCH", "/auth/me"), ("PATCH", f"/users/{client.id}")):
        who = client if path == "/auth/me" else admin
        assert http(method, path, {"email": "other@example.com"}, as_=who).fields == ["email"]


@pytest.mark.parametrize("character", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_a_name_that_turns_others_words_around_is_refused(
    http: Http, admin: Session, client: Session, character: str
) -> None:
    name = f"Ann {character}nimda"
    new = {"email": "new@example.com", "password": PASSWORD, "name": name}
    asked = [
        http("POST", "/auth/register", new),
        http("PATCH", "/auth/me", {"name": name}, as_=client),
        http("PATCH", f"/users/{client.id}", {"name": name}, as_=admin),
        http("POST", "/users", {**new, "role": "client"}, as_=admin),
    ]
    assert [[error["code"] for error in answer.body["errors"]] for answer in asked] == [["direction"]] * 4
    opened = by_mail.sender("mail@example.com", name)
    assert opened is not None
    assert opened.name == "Ann nimda"


def test_marks_that_right_to_left_names_need_are_kept(http: Http, client: Session) -> None:
    name = "\u200fסרה\u200e (QA)"
    assert http("PATCH", "/auth/me", {"name": name}, as_=client).body["name"] == name


def test_a_domain_that_may_look_like_another_is_spelled_out(http: Http, sign_in: SignIn) -> None:
    for email, ascii_ in (
        ("ann@exаmple.com", "ann@xn--exmple-4nf.com"),  # CYRILLIC A
        ("ann@аррӏе.com", "ann@xn--80ak6aa92e.com"),  # all of it Cyrillic
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
    ):
        who = sign_in(email, "client")
        shown = http("GET", "/auth/me", as_=who).body
        assert (shown["email"], shown["email_ascii"]) == (email, ascii_)
    assert "email_ascii" not in http("GET", "/auth/me", as_=sign_in("ann@example.com", "client")).body
