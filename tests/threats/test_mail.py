"""What users type can't become part of a mail's headers, nor pass for our words."""

import pytest

from chalicelib.notifications import languages, rendering, sending
from chalicelib.notifications.sending import Message
from chalicelib.settings import settings
from tests.integration.people.conftest import PASSWORD, Http, Mailbox, Session

INJECTION = "Ann\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>\u2028\u202ePS: \x00\x1b[2J"


def test_a_name_with_line_breaks_adds_no_header_and_no_line(http: Http, admin: Session, mailbox: Mailbox) -> None:
    name = INJECTION.replace("\x00", "").replace("\u202e", "")
    body = {"email": "ann@example.com", "name": name, "role": "client"}
    assert http("POST", "/users", body, as_=admin).status == 201
    [mail] = mailbox()
    assert mail["to"] == ["ann@example.com"]
    assert not any("\n" in value or "Bcc" in key for key, value in mail["headers"].items())
    for part in (mail["text"], mail["html"]):
        assert "victim" not in part, "nothing of a user's, to an address that nobody has confirmed"
        assert "alert" not in part


@pytest.mark.parametrize(
    "email",
    [
        "ann@example.com\r\nBcc: victim@example.com",
        "ann@example.com, victim@example.com",
        "Ann <ann@example.com>",
        "ann@example.com\u2028x",
        '"a\r\nb"@example.com',
    ],
)
def test_an_address_that_is_more_than_an_address_is_refused(http: Http, mailbox: Mailbox, email: str) -> None:
    body = {"email": email, "name": "Ann", "password": PASSWORD}
    assert http("POST", "/auth/register", body).fields == ["email"]
    assert sending.send(Message(to=email, subject="s", text="t", html="h")) is None
    assert mailbox() == []


def test_a_subject_and_a_header_are_one_line(mailbox: Mailbox) -> None:
    sending.send(Message("ann@example.com", INJECTION, "text", "<p>", {"References": "<a>\r\nBcc: x@example.com"}))
    [mail] = mailbox()
    assert mail["subject"] == "Ann Bcc: victim@example.com <script>alert(1)</script> PS: [2J"
    assert mail["headers"]["References"] == "<a> Bcc: x@example.com"


def test_a_link_leads_to_the_help_desk_whatever_host_was_asked(
    http: Http, client: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(settings), "public_url", "https://desk.example.com/")
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Origin": "https://evil.example"}
    http("POST", "/auth/password/forgot", {"email": client.email}, headers=headers)
    [mail] = mailbox()
    assert "https://desk.example.com/reset-password#token=" in mail["text"]
    assert "evil" not in mail["text"] + mail["html"]


def test_every_text_in_html_is_escaped() -> None:
    _, html = rendering.render(
        "invitation", languages.of(None), subject="<b>", name='"><img src=x>', link="https://x/?a=1&b=<2>"
    )
    assert "<img" not in html
    assert "<b>" not in html
    assert "a=1&amp;b=&lt;2&gt;" in html
