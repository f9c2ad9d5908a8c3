"""Mail that became nothing: admins alone read it, and what becomes of it is their choice, once."""

from typing import Any

import pytest

from chalicelib.mail_in.models import KeptMail
from chalicelib.people import service as people
from infra.local.engine.invocations import Killed, invocation
from infra.local.stack import Stack
from tests.integration.people.conftest import Clock, Http, Session, SignIn
from tests.threats.conftest import Receive

SUPPORT = "help@lambdesk.test"
DAY = 86_400
FILE = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n'
WITH_FILE = (
    "--b\r\n\r\nIt burns.\r\n--b\r\nContent-Type: text/plain; name=log.txt\r\n"
    "Content-Disposition: attachment; filename=log.txt\r\n\r\nHot.\r\n--b--\r\n"
)


@pytest.fixture
def boss(http: Http, sign_in: SignIn) -> Session:
    for mail in KeptMail.query("kept"):
        mail.delete()
    return sign_in("boss@example.com", "admin")


@pytest.fixture
def ann(http: Http, sign_in: SignIn) -> Session:
    return sign_in("ann@example.com", "client")


@pytest.fixture
def ticket(http: Http, ann: Session) -> Any:
    return http("POST", "/tickets", {"title": "Fire", "description": "Third floor."}, as_=ann).body


def kept(http: Http, boss: Session, **more: str) -> list[dict[str, Any]]:
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return http.all(f"/mail/kept?{query.strip('&')}" if query else "/mail/kept", boss, limit=2)


def test_what_is_kept_is_listed_for_admins_newest_first_with_its_reason(
    http: Http, boss: Session, ann: Session, agent: Session, receive: Receive, clock: Clock
) -> None:
    for number, (sender, subject) in enumerate(
        [("ann@example.com", "One"), ("eve@example.net", "=?utf-8?q?Zw=C3=B6lf?=")]
    ):
        clock.advance(1)
        headers = f"From: =?utf-8?q?J=C3=B6rg?= <{sender}>\r\nSubject: {subject}\r\n"
        assert receive(sender, "reply+none@lambdesk.test", f"Text {number}.", headers).startswith("kept: ")
    clock.advance(1)
    receive("ann@example.com", SUPPORT, "I am away.", "Auto-Submitted: auto-replied\r\nSubject: Away\r\n")
    receive("spammer@example.net", SUPPORT, "Buy!", "Auto-Submitted: auto-replied\r\n")
    listed = kept(http, boss)
    assert [(each["from"], each["subject"], each["reason"], each["text"]) for each in listed] == [
        ("ann@example.com", "Away", "auto_submitted", "I am away."),
        ("Jörg <eve@example.net>", "Zwölf", "sender_unknown", "Text 1."),
        ("Jörg <ann@example.com>", "One", "sender_not_verified", "Text 0."),
    ]
    assert set(listed[0]) == {"id", "at", "from", "subject", "reason", "text"}
    assert [each["subject"] for each in kept(http, boss, reason="sender_unknown")] == ["Zwölf"]
    assert http("GET", "/mail/kept?reason=whim", as_=boss).status == 422
    one = http("GET", f"/mail/kept/{listed[0]['id']}", as_=boss)
    assert (one.status, one.body) == (200, listed[0])
    for who, status in ((ann, 403), (agent, 403), (None, 401)):
        for method, path in (("GET", ""), ("GET", f"/{listed[0]['id']}"), ("POST", f"/{listed[0]['id']}")):
            body = {"as": "nothing"} if method == "POST" else None
            assert http(method, f"/mail/kept{path}", body, as_=who).status == status, (method, path)


def test_a_long_mail_is_listed_by_its_beginning_and_read_whole(http: Http, boss: Session, receive: Receive) -> None:
    receive("eve@example.net", "reply+none@lambdesk.test", "word " * 1_000)
    [listed] = kept(http, boss)
    assert len(listed["text"]) == 500
    assert http("GET", f"/mail/kept/{listed['id']}", as_=boss).body["text"].split() == ["word"] * 1_000


def test_one_becomes_a_comment_of_whom_the_admin_names_with_its_file(
    http: Http, boss: Session, ann: Session, ticket: Any, receive: Receive
) -> None:
    body = {"as": "comment", "ticket_id": ticket["id"], "author_id": ann.id}
    assert receive("ann@example.com", "reply+none@lambdesk.test", WITH_FILE, FILE).startswith("kept")
    [mail] = kept(http, boss)
    answer = http("POST", f"/mail/kept/{mail['id']}", body, as_=boss)
    assert answer.status == 200, answer.body
    [comment] = http.all(f"/tickets/{ticket['id']}/comments", as_=ann)
    assert (comment["body"], comment["author_id"]) == ("It burns.", ann.id)
    became = {"as": "comment", "ticket_id": ticket["id"], "comment_id": comment["id"]}
    assert answer.body["became"] == became
    [file] = http.all(f"/tickets/{ticket['id']}/attachments", as_=ann)
    assert (file["filename"], file["size"], file["author_id"]) == ("log.txt", 4, ann.id)
    [event] = [each for each in http.all(f"/tickets/{ticket['id']}/history", as_=boss) if each["kind"] == "comment"]
    assert event["reason"] == "mail"
    assert kept(http, boss) == []
    assert http("POST", f"/mail/kept/{mail['id']}", body, as_=boss).body["became"] == became
    assert len(http.all(f"/tickets/{ticket['id']}/comments", as_=ann)) == 1
    assert http("POST", f"/mail/kept/{mail['id']}", {"as": "nothing"}, as_=boss).status == 409
    [told] = http.all("/audit?action=kept_mail_decided", boss)
    assert (told["actor_id"], told["subject_id"]) == (boss.id, mail["id"])
    assert told["detail"] == {**became, "author_id": ann.id}


def test_one_becomes_a_ticket_of_whom_the_admin_names_or_of_their_own(
    http: Http, boss: Session, ann: Session, receive: Receive, clock: Clock
) -> None:
    for author in (ann, boss):
        clock.advance(1)
        receive("boss@example.com", SUPPORT, "Third floor.", "Subject: Re: Fire\r\n")
        [mail] = kept(http, boss)
        named = {"author_id": ann.id} if author is ann else {}
        became = http("POST", f"/mail/kept/{mail['id']}", {"as": "ticket", **named}, as_=boss).body["became"]
        filed = http("GET", f"/tickets/{became['ticket_id']}", as_=boss).body
        assert (filed["client_id"], filed["title"], filed["description"], filed["channel"]) == (
            author.id,
            "Fire",
            "Third floor.",
            "email",
        )


def test_one_becomes_nothing(http: Http, boss: Session, receive: Receive) -> None:
    receive("eve@example.net", "reply+none@lambdesk.test", "Hello.")
    [mail] = kept(http, boss)
    answer = http("POST", f"/mail/kept/{mail['id']}", {"as": "nothing"}, as_=boss)
    assert answer.body["became"] == {"as": "nothing", "ticket_id": None, "comment_id": None}
    assert kept(http, boss) == []
    assert http("GET", f"/mail/kept/{mail['id']}", as_=boss).status == 200


BAD = [
    ({}, ["as"]),
    ({"as": "spam"}, ["as"]),
    ({"as": "comment"}, ["ticket_id"]),
    ({"as": "comment", "ticket_id": "nothing"}, ["ticket_id"]),
    ({"as": "comment", "ticket_id": "{ticket}", "author_id": "nobody"}, ["author_id"]),
    ({"as": "comment", "ticket_id": "{ticket}", "author_id": "{stranger}"}, ["author_id"]),
    ({"as": "ticket", "ticket_id": "{ticket}"}, ["ticket_id"]),
    ({"as": "ticket", "author_id": "nobody"}, ["author_id"]),
    ({"as": "ticket", "author_id": "{gone}"}, ["author_id"]),
    ({"as": "nothing", "author_id": "{stranger}"}, ["author_id"]),
]


def test_what_cannot_be_decided_is_refused_and_decides_nothing(
    http: Http, boss: Session, ann: Session, ticket: Any, receive: Receive, sign_in: SignIn
) -> None:
    ids = {"ticket": ticket["id"], "stranger": sign_in("x@example.com", "client").id}
    ids["gone"] = sign_in("gone@example.com", "client").id
    people.change_account(ids["gone"], {"active": False})
    receive("eve@example.net", "reply+none@lambdesk.test", "Hello.")
    [mail] = kept(http, boss)
    for body, fields in BAD:
        filled = {name: value.format(**ids) for name, value in body.items()}
        answer = http("POST", f"/mail/kept/{mail['id']}", filled, as_=boss)
        assert (answer.status, answer.fields) == (422, fields), body
    http("PATCH", f"/tickets/{ticket['id']}", {"assignee_id": None, "status": "in_progress"}, as_=boss)
    for status in ("in_progress", "resolved", "closed"):
        http("PATCH", f"/tickets/{ticket['id']}", {"status": status}, as_=boss)
    comment = {"as": "comment", "ticket_id": ticket["id"]}
    assert http("POST", f"/mail/kept/{mail['id']}", comment, as_=boss).status == 409
    assert [each["id"] for each in kept(http, boss)] == [mail["id"]]
    assert http("POST", f"/mail/kept/{mail['id']}", {"as": "ticket"}, as_=boss).status == 200


def test_what_cannot_be_read_can_become_nothing_alone(http: Http, boss: Session, receive: Receive) -> None:
    sealed = "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n"
    assert receive("eve@example.net", SUPPORT, "MIAGCSqGSIb3DQEHA6CAMIACAQAx", sealed) == "kept: encrypted"
    [mail] = kept(http, boss)
    assert mail["text"] is None
    assert http("POST", f"/mail/kept/{mail['id']}", {"as": "ticket"}, as_=boss).fields == ["as"]
    assert http("POST", f"/mail/kept/{mail['id']}", {"as": "nothing"}, as_=boss).status == 200


def test_after_ninety_days_it_is_gone(http: Http, boss: Session, receive: Receive, clock: Clock) -> None:
    receive("eve@example.net", "reply+none@lambdesk.test", "Hello.")
    [mail] = kept(http, boss)
    clock.advance(91 * DAY)
    again = http("POST", "/auth/login", {"email": boss.email, "password": "a long password"}).body["access_token"]
    assert http("GET", "/mail/kept", as_=again).body["items"] == []
    assert http("GET", f"/mail/kept/{mail['id']}", as_=again).status == 404


@pytest.mark.parametrize("made", [True, False], ids=["that took the write", "that took nothing"])
def test_after_an_engine_that_says_no_there_is_one_ticket(
    http: Http, boss: Session, ann: Session, receive: Receive, stack: Stack, made: bool
) -> None:
    """Whoever decides again, after 503, gets the ticket that may have been made."""
    receive("eve@example.net", "reply+none@lambdesk.test", "It burns.", "")
    [mail] = kept(http, boss)
    body = {"as": "ticket", "author_id": ann.id}
    fault = {"operation": "dynamodb:TransactWriteItems", "error": "InternalServerError", "probability": 1}
    stack.faults.add(fault | {"after": made})
    with invocation("api_handler"):
        assert http("POST", f"/mail/kept/{mail['id']}", body, as_=boss).status == 503
    stack.faults.clear()
    with invocation("api_handler"):
        assert http("POST", f"/mail/kept/{mail['id']}", body, as_=boss).status == 200
    assert kept(http, boss) == []
    assert len(http.all("/tickets", as_=ann)) == 1


def test_dying_at_any_write_makes_one_comment_with_one_file(
    http: Http, boss: Session, ann: Session, ticket: Any, receive: Receive, stack: Stack, clock: Clock
) -> None:
    """Whoever decides again, after an answer that never came, finds what was made."""
    body = {"as": "comment", "ticket_id": ticket["id"], "author_id": ann.id}
    died = 0
    for number in range(1, 10):
        clock.advance(1)
        receive("eve@example.net", "reply+none@lambdesk.test", WITH_FILE.replace("burns", f"burns {number}"), FILE)
        [mail] = kept(http, boss)
        stack.faults.add({"function": "api_handler", "crash_after_writes": number})
        try:
            with invocation("api_handler"):
                http("POST", f"/mail/kept/{mail['id']}", body, as_=boss)
        except Killed:
            died += 1
        stack.faults.clear()
        with invocation("api_handler"):
            assert http("POST", f"/mail/kept/{mail['id']}", body, as_=boss).status == 200
        assert kept(http, boss) == []
    said = [each["body"] for each in http.all(f"/tickets/{ticket['id']}/comments", as_=ann)]
    assert said == [f"It burns {number}." for number in range(1, 10)]
    assert len(http.all(f"/tickets/{ticket['id']}/attachments", as_=ann)) == 9
    assert len(http.all("/audit?action=kept_mail_decided", boss)) == 9
    assert died >= 4
