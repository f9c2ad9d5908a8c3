"""Mail can be made up from its first byte to its last: it speaks for nobody but whom SES's verdicts prove, adds nothing
where its sender may not, and doesn't answer itself for ever.
"""

from typing import Any

import pytest

from chalicelib.notifications import addresses
from chalicelib.people import service as people
from chalicelib.settings import settings
from infra.local.engine.account import client as aws
from infra.local.engine.invocations import invocation
from infra.local.stack import Stack
from tests.integration.people.conftest import PASSWORD, Http, Mailbox, Session, SignIn
from tests.threats.conftest import Receive

SUPPORT = "help@lambdesk.test"


@pytest.fixture
def ann(http: Http, sign_in: SignIn) -> Session:
    """A client whose address is confirmed."""
    session = sign_in("ann@example.com", "client")
    people.changed(session.id, lambda *_: {"email_verified": True})
    return session


@pytest.fixture
def ticket(http: Http, ann: Session) -> Any:
    return http("POST", "/tickets", {"title": "Fire", "description": "Third floor."}, as_=ann).body


@pytest.fixture
def reply_to(ticket: Any, ann: Session) -> str:
    with invocation("on_mail"):
        return addresses.reply_to(ticket["id"], ann.id)


def said(http: Http, ann: Session, ticket: Any) -> list[str]:
    return [each["body"] for each in http.all(f"/tickets/{ticket['id']}/comments", as_=ann)]


def filed(http: Http, session: Session) -> list[str]:
    return [each["title"] for each in http.all("/tickets", as_=session)]


def test_a_reply_is_its_senders_comment_once(
    http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive
) -> None:
    assert receive("Ann@Example.com", reply_to.upper(), "It burns.", name="one") == "comment"
    assert receive("ann@example.com", reply_to, "It burns.", name="one") == "again"
    assert receive("ann@example.com", reply_to, "Still.", name="two") == "comment"
    assert sorted(said(http, ann, ticket)) == ["It burns.", "Still."]
    history = http.all(f"/tickets/{ticket['id']}/history", as_=ann)
    assert [event["reason"] for event in history if event["kind"] == "comment"] == ["mail", "mail"]


def test_one_check_that_fails_is_enough(http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive) -> None:
    for check in ("spf", "dkim", "dmarc", "spam", "virus"):
        assert receive("ann@example.com", reply_to, **{check: "FAIL"}) == f"passed over: {check}"
        assert receive("ann@example.com", SUPPORT, **{check: "FAIL"}) == f"passed over: {check}"
    assert said(http, ann, ticket) == []
    assert filed(http, ann) == ["Fire"]


PROVEN: list[tuple[dict[str, str], bool]] = [
    ({"spf": "GRAY", "dkim": "GRAY", "dmarc": "GRAY"}, False),
    ({"spf": "GRAY", "dmarc": "PROCESSING_FAILED"}, False),
    ({"virus": "PROCESSING_FAILED"}, False),
    ({"spam": "PROCESSING_FAILED"}, False),
    ({"spf": "GRAY", "dmarc": "PASS"}, True),
    ({"spf": "PASS", "dkim": "GRAY", "dmarc": "GRAY"}, True),
    ({"spam": "GRAY", "virus": "GRAY"}, True),
]


def test_what_proves_nobody_is_nobodys(reply_to: str, receive: Receive) -> None:
    for verdicts, taken in PROVEN:
        assert (receive("ann@example.com", reply_to, **verdicts) == "comment") == taken, verdicts


def test_headers_are_not_believed(
    http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive, sign_in: SignIn
) -> None:
    mallory = sign_in("mallory@example.com", "client")
    people.changed(mallory.id, lambda *_: {"email_verified": True})
    made_up = (
        "From: ann@example.com\r\nSender: ann@example.com\r\nReturn-Path: <ann@example.com>\r\n"
        "Authentication-Results: amazonses.com; spf=pass; dkim=pass; dmarc=pass\r\nX-SES-Virus-Verdict: PASS\r\n"
        f"References: {addresses.thread(ticket['id'])}\r\n"
    )
    for spf in ("PASS", "GRAY"):  # of the envelope's domain, which is another
        assert receive("m@evil.example", reply_to, headers=made_up, spf=spf, dmarc="GRAY", dkim="PASS") == (
            "passed over: unproven"
        )
        assert receive("m@evil.example", SUPPORT, headers=made_up, spf=spf, dmarc="GRAY") == "passed over: unproven"
    assert receive("ann@example.com", reply_to, headers=made_up, spf="FAIL") == "passed over: spf"
    assert said(http, ann, ticket) == []


@pytest.mark.parametrize(
    "said",
    [
        "From: =?utf-8?q?ann=40example=2Ecom=2C?= <mallory@evil.example>\r\n",
        "From: =?utf-8?q?=3Cann=40example=2Ecom=3E?= <mallory@evil.example>\r\n",
        "From: =?utf-8?b?YW5uQGV4YW1wbGUuY29tLA==?= mallory@evil.example\r\n",
        "From: mallory@evil.example\r\nFrom: ann@example.com\r\n",
        "From: ann@example.com\r\nFrom: mallory@evil.example\r\n",
        "From: ann@example.com, mallory@evil.example\r\n",
        "From: <ann@example.com> <mallory@evil.example>\r\n",
        "From: ann@example.com <mallory@evil.example>\r\n",
        "From: us: ann@example.com;\r\n",
        "From: <@evil.example:ann@example.com>\r\n",
        "Sender: ann@example.com\r\n",
        "From:\r\n",
        "From: " + "(" * 1_500 + "ann@example.com\r\n",
    ],
)
def test_a_mail_is_from_one_mailbox_in_one_from_or_from_nobody(
    said: str, http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive
) -> None:
    thread = f"References: {addresses.thread(ticket['id'])}\r\n"
    for to in (reply_to, SUPPORT):
        became = receive("mallory@evil.example", to, headers=said + thread if "From:" in said else "From:\r\n" + said)
        assert became.startswith("kept: ") or (to == SUPPORT and became == "ticket"), (to, became)
    assert [each["body"] for each in http.all(f"/tickets/{ticket['id']}/comments", as_=ann)] == []
    assert filed(http, ann) == ["Fire"]


def test_a_name_with_a_comma_in_its_encoded_words_is_one_mailbox(
    http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive
) -> None:
    named = "From: =?iso-8859-1?Q?M=FCller=2C_Ann?= <ann@example.com>\r\n"
    assert receive("bounces@example.com", reply_to, "It burns.", named) == "comment"
    assert said(http, ann, ticket) == ["It burns."]


def test_staff_speak_by_their_own_reply_address_alone(
    http: Http, ann: Session, admin: Session, ticket: Any, receive: Receive
) -> None:
    people.changed(admin.id, lambda *_: {"email_verified": True})
    thread = f"References: {addresses.thread(ticket['id'])}\r\n"
    assert receive("admin@example.com", SUPPORT, "Done.", thread) == "kept: from_staff"
    assert said(http, ann, ticket) == []
    with invocation("api_handler"):
        own = addresses.reply_to(ticket["id"], admin.id)
    assert receive("admin@example.com", own, "Done.") == "comment"
    assert said(http, ann, ticket) == ["Done."]


FORWARDED = (
    "FYI\r\n\r\n---------- Forwarded message ---------\r\nFrom: Zoë Client <zoe@example.net>\r\n"
    "Date: Tue, Sep 1, 2026 at 10:00 AM\r\nSubject: Help\r\nTo: <boss@example.com>\r\n\r\nMy screen is black."
)


def test_what_staff_forward_is_the_forwarded_senders_ticket(
    http: Http, ann: Session, admin: Session, receive: Receive, mailbox: Mailbox
) -> None:
    people.changed(admin.id, lambda *_: {"email_verified": True})
    named = "Subject: Fwd: Help\r\nContent-Type: text/plain; charset=utf-8\r\n"
    assert receive("admin@example.com", SUPPORT, FORWARDED, named) == "ticket"
    [found] = http.all("/tickets", as_=admin)
    assert (found["title"], found["client_name"], found["channel"]) == ("Help", "Zoë Client", "email")
    client = http("GET", f"/users/{found['client_id']}", as_=admin).body
    assert (client["email"], client["email_verified"]) == ("zoe@example.net", False)
    assert receive("ann@example.com", SUPPORT, FORWARDED, named) == "ticket"
    assert http.all("/tickets", as_=admin)[0]["client_id"] == ann.id, "a client's forward is text"
    assert receive("zoe@example.net", SUPPORT, "Now it is white.") == "ticket"


ATTACHED = (
    "--b\r\n\r\nPlease look.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
    "From: =?utf-8?q?Zo=C3=AB?= Client <zoe@example.net>\r\nSubject: Re: It is black\r\n"
    'Content-Type: multipart/mixed; boundary="c"\r\n\r\n--c\r\n\r\nThe screen is black.\r\n'
    "--c\r\nContent-Type: text/plain; name=log.txt\r\nContent-Disposition: attachment; filename=log.txt\r\n\r\n"
    "Dark.\r\n--c--\r\n--b--\r\n"
)


def test_what_staff_forward_as_an_attachment_is_the_forwarded_senders_ticket_too(
    http: Http, ann: Session, admin: Session, receive: Receive
) -> None:
    people.changed(admin.id, lambda *_: {"email_verified": True})
    mixed = 'Subject: FW: black\r\nContent-Type: multipart/mixed; boundary="b"\r\n'
    assert receive("admin@example.com", SUPPORT, ATTACHED, mixed) == "ticket"
    [found] = http.all("/tickets", as_=admin)
    assert (found["title"], found["client_name"]) == ("It is black", "Zoë Client")
    filed = http("GET", f"/tickets/{found['id']}", as_=admin).body
    assert filed["description"] == "Please look.\n\nThe screen is black."
    assert [each["filename"] for each in http.all(f"/tickets/{found['id']}/attachments", as_=admin)] == ["log.txt"]
    nobody = ATTACHED.replace("From: ", "To: ")
    assert receive("admin@example.com", SUPPORT, nobody, mixed) == "kept: from_staff"
    assert receive("ann@example.com", SUPPORT, ATTACHED, mixed) == "ticket"
    assert http.all("/tickets", as_=admin)[0]["client_id"] == ann.id, "a client's forward is a file"


def test_a_list_does_not_silence_a_party(
    http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive
) -> None:
    for number, header in enumerate(
        [
            "List-ID: <us.example.com>\r\nPrecedence: list\r\n",
            "List-Unsubscribe: <mailto:x@example.org>\r\n",
            "X-Autoreply: no\r\n",
            "Auto-Submitted: no (a person)\r\n",
            "Auto-Submitted: no; x=y\r\n",
        ]
    ):
        assert receive("ann@example.com", reply_to, f"Said {number}.", header) == "comment"
    assert len(said(http, ann, ticket)) == 5


def test_one_message_id_with_two_texts_is_two_mails(
    http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive
) -> None:
    assert receive("ann@example.com", reply_to, "One.", name="same") == "comment"
    assert receive("ann@example.com", reply_to, "Two.", name="same") == "comment"
    assert receive("ann@example.com", reply_to, "Two.", name="same") == "again"
    assert sorted(said(http, ann, ticket)) == ["One.", "Two."]


def test_what_is_cut_is_shown_beside_and_our_own_text_is_not(
    http: Http, ann: Session, admin: Session, ticket: Any, reply_to: str, receive: Receive
) -> None:
    path = f"/tickets/{ticket['id']}/comments"
    http("POST", path, {"body": "Which floor is it on?"}, as_=admin)
    quoted = (
        "The third.\r\n\r\nOn Tue, 1 Sep 2026 at 10:00, Lambdesk <help@lambdesk.test> wrote:\r\n"
        "> — Please write your reply above this line —\r\n> Admin wrote:\r\n> \r\n> Which floor is it on?\r\n"
        "\r\n-- \r\nAnn, head of sand\r\n"
    )
    charset = "Content-Type: text/plain; charset=utf-8\r\n"
    assert receive("ann@example.com", reply_to, quoted, charset) == "comment"
    answer = http.all(path, as_=ann)[-1]
    assert answer["body"] == "The third."
    assert "head of sand" in answer["trimmed"]
    assert "Which floor" not in answer["trimmed"]
    private = quoted.replace("Admin wrote:", "Admin, to you alone:")
    assert receive("ann@example.com", reply_to, private, charset) == "comment"
    assert http.all(path, as_=ann)[-1]["trimmed"] is None


def test_a_reply_address_is_good_for_one_account_and_one_ticket(
    http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive, sign_in: SignIn
) -> None:
    bob = sign_in("bob@example.com", "client")
    people.changed(bob.id, lambda *_: {"email_verified": True})
    theirs = http("POST", "/tickets", {"title": "Bob's", "description": "x"}, as_=bob).body
    with invocation("api_handler"):
        bobs = addresses.reply_to(theirs["id"], bob.id)
        not_anns = addresses.reply_to(theirs["id"], ann.id)
    assert receive("bob@example.com", reply_to) == "kept: address_of_another"
    assert receive("ann@example.com", bobs) == "kept: address_of_another"
    assert receive("ann@example.com", not_anns) == "kept: sender_not_a_party"
    for broken in (
        reply_to[:40] + "a" + reply_to[41:],
        "reply+x@lambdesk.test",
        "reply+" + "a" * 42 + "@lambdesk.test",
    ):
        assert receive("ann@example.com", broken) == "kept: address_of_another"
    assert said(http, ann, ticket) == said(http, bob, theirs) == []


def test_nothing_is_attached_to_an_account_whose_address_is_not_confirmed(http: Http, receive: Receive) -> None:
    registered = http("POST", "/auth/register", {"email": "eve@example.com", "password": PASSWORD, "name": "Eve"}).body
    ticket = http("POST", "/tickets", {"title": "T", "description": "d"}, as_=registered["access_token"]).body
    with invocation("on_mail"):
        address = addresses.reply_to(ticket["id"], registered["user"]["id"])
    assert receive("eve@example.com", address) == "kept: sender_not_verified"
    assert receive("eve@example.com", SUPPORT) == "kept: sender_not_verified"
    people.change_account(registered["user"]["id"], {"active": False})
    assert receive("eve@example.com", SUPPORT) == "kept: sender_not_verified"


def test_a_stranger_gets_an_account_that_waits_or_none(
    http: Http, admin: Session, receive: Receive, monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox
) -> None:
    named = "From: =?utf-8?q?S=C3=A9b?= <seb@example.com>\r\nSubject: Re: Hello\r\n"
    assert receive("seb@example.com", SUPPORT, "My printer.", named, "one") == "ticket"
    assert receive("seb@example.com", SUPPORT, "My printer.", named, "one") == "again"
    assert receive("seb@example.com", SUPPORT, "Another.", named, "two") == "ticket"
    found = http.all("/tickets", as_=admin)
    assert [(each["title"], each["channel"], each["client_name"]) for each in found] == [("Hello", "email", "Séb")] * 2
    assert [mail["subject"] for mail in mailbox()] == ["You are invited"]
    monkeypatch.setitem(vars(settings), "mail_in_accounts", False)
    assert receive("new@example.com", SUPPORT) == "kept: sender_unknown"
    assert people.id_of("new@example.com") is None


AUTOMATIC = [
    "Auto-Submitted: auto-replied\r\n",
    "Auto-Submitted: auto-generated (vacation)\r\n",
    "Precedence: bulk\r\n",
    "Precedence: auto_reply\r\n",
    "Subject: Automatic reply: Fire\r\n",
    "Delivered-To: Autoresponder\r\n",
    "X-Autoreply: yes\r\n",
    "X-Lambdesk: ticket\r\n",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n",
]


def test_a_machine_is_not_answered_and_not_filed(
    http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive
) -> None:
    for headers in AUTOMATIC:
        for to in (reply_to, SUPPORT):
            assert receive("ann@example.com", to, headers=headers).startswith("passed over"), headers
    for sender in ("", "MAILER-DAEMON@example.com", "no-reply@example.com", SUPPORT, "<>"):
        assert receive(sender, SUPPORT).startswith("passed over"), sender
    assert said(http, ann, ticket) == []
    assert receive("ann@example.com", reply_to, headers="Auto-Submitted: no\r\n") == "comment"


def test_two_machines_that_answer_each_other_come_to_an_end(
    http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(settings), "mails_in_per_hour", 5)
    became = [receive("ann@example.com", reply_to, f"{number}") for number in range(8)]
    assert became == ["comment"] * 5 + ["kept: too_many_in_an_hour"] * 3
    assert len(said(http, ann, ticket)) == 5


def test_a_closed_ticket_answers_and_not_for_ever(
    http: Http, ann: Session, admin: Session, ticket: Any, reply_to: str, receive: Receive, mailbox: Mailbox
) -> None:
    path = f"/tickets/{ticket['id']}"
    for status in ("in_progress", "resolved", "closed"):
        assert http("PATCH", path, {"status": status}, as_=admin).status == 200
    became = [receive("ann@example.com", reply_to, "Hello?", name=f"n{number}") for number in range(5)]
    assert became == ["kept: ticket_closed"] * 5
    assert receive("ann@example.com", reply_to, "Hello?", name="n0") == "again"
    mails = mailbox()
    assert [(mail["to"], mail["headers"]["Auto-Submitted"]) for mail in mails] == [
        (["ann@example.com"], "auto-replied")
    ] * 3
    assert "closed" in mails[0]["text"]
    assert said(http, ann, ticket) == []


def test_a_reply_on_a_resolved_ticket_reopens_it(
    http: Http, ann: Session, admin: Session, ticket: Any, reply_to: str, receive: Receive
) -> None:
    for status in ("in_progress", "resolved"):
        http("PATCH", f"/tickets/{ticket['id']}", {"status": status}, as_=admin)
    assert receive("ann@example.com", reply_to, "Still burning.") == "comment"
    assert http("GET", f"/tickets/{ticket['id']}", as_=ann).body["status"] == "in_progress"


def test_an_answer_to_the_support_address_finds_its_ticket(
    http: Http, ann: Session, ticket: Any, receive: Receive
) -> None:
    headers = f"References: <x@y> {addresses.thread(ticket['id'])}\r\nSubject: Re: [#1] Fire\r\n"
    assert receive("ann@example.com", SUPPORT, "Here I am.", headers) == "comment"
    assert said(http, ann, ticket) == ["Here I am."]


def test_what_nobody_can_be_given_is_kept_whole(receive: Receive, stack: Stack, reply_to: str) -> None:
    bucket = stack.resources.template.name("MailIn")
    before = {each["Key"] for each in aws("s3").list_objects_v2(Bucket=bucket, Prefix="kept/").get("Contents", [])}
    assert receive("stranger@example.com", reply_to, "Keep me.").startswith("kept")
    after = aws("s3").list_objects_v2(Bucket=bucket, Prefix="kept/")["Contents"]
    [key] = {each["Key"] for each in after if "/" not in each["Key"][5:] and ".json" not in each["Key"]} - before
    assert b"Keep me." in aws("s3").get_object(Bucket=bucket, Key=key)["Body"].read()


def test_a_death_at_any_write_loses_nothing_and_doubles_nothing(
    http: Http, ann: Session, ticket: Any, reply_to: str, receive: Receive, stack: Stack
) -> None:
    for number in range(1, 8):
        stack.faults.clear()
        stack.faults.add({"function": "on_mail_in", "crash_after_writes": number})
        for _ in range(2):
            try:
                receive("ann@example.com", reply_to, f"Number {number}.", name=f"n{number}")
                break
            except Exception:  # it died: SES calls again
                continue
    stack.faults.clear()
    assert sorted(said(http, ann, ticket)) == [f"Number {number}." for number in range(1, 8)]


def test_a_link_to_unsubscribe_is_for_one_account_and_opening_it_changes_nothing(
    http: Http, ann: Session, admin: Session
) -> None:
    with invocation("api_handler"):
        token = addresses.unsubscribe_token(ann.id)
    assert http("GET", f"/mail/unsubscribe?token={token}").status == 200
    assert http("GET", "/auth/me", as_=ann).body["email_notifications"] is True
    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), admin.id + token[26:], "x", "." * 30):
        assert http("POST", f"/mail/unsubscribe?token={wrong}").fields == ["token"]
    assert http("POST", f"/mail/unsubscribe?token={token}").status == 200
    assert http("GET", "/auth/me", as_=ann).body["email_notifications"] is False
    assert http("GET", "/auth/me", as_=admin).body["email_notifications"] is True
