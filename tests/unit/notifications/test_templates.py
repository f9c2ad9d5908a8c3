"""What a mail program gets, as Python's `email` reads it back: headers, text, HTML; nothing of a user's is markup."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from chalicelib.notifications import rendering, tickets
from chalicelib.notifications.policy import REPLY_LINE, TICKETS, Happening
from tests.unit.notifications import samples
from tests.unit.notifications.samples import MAILS, message

EACH = pytest.mark.parametrize(
    ("template", "what", "values"), MAILS, ids=lambda value: value if isinstance(value, str) else ""
)


@pytest.fixture(autouse=True)
def with_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    samples.with_keys(monkeypatch)


def test_every_mail_about_a_ticket_has_a_sample_here() -> None:
    named = {mail for told in TICKETS.values() for mail in told.values()}
    assert {template for template, *_ in MAILS} == named | {"closed"}


def through_the_wire(template: str, what: Happening, values: dict[str, Any]) -> tuple[EmailMessage, str, str]:
    """As SES would make it, sent and parsed."""
    made = message(template, what, values)
    mail = EmailMessage(policy=policy.SMTP.clone(max_line_length=998))
    mail["From"], mail["To"], mail["Subject"] = "help@example.com", made.to, rendering.subject(made.subject)
    mail["Reply-To"] = made.reply_to
    for name, value in made.headers.items():
        mail[name] = value
    mail.set_content(made.text)
    mail.add_alternative(made.html, subtype="html")
    read = message_from_bytes(mail.as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    parts = [read.get_body(preferencelist=(kind,)) for kind in ("plain", "html")]
    texts = [part.get_content().replace("\r\n", "\n") for part in parts if part is not None]
    assert texts == [made.text, made.html]
    return read, texts[0], texts[1]


@EACH
def test_its_text_is_what_stands_in_the_file_of_its_name(
    template: str, what: Happening, values: dict[str, Any]
) -> None:
    """tests/unit/notifications/expected: to be read as whoever gets the mail reads it."""
    expected = (Path(__file__).parent / "expected" / f"{what.replace(' ', '-')}.txt").read_text("utf-8")
    assert message(template, what, values).text == expected


@EACH
def test_it_reads_back_as_it_was_written(template: str, what: Happening, values: dict[str, Any]) -> None:
    mail, text, html = through_the_wire(template, what, values)
    assert mail["Subject"] == f"[#1234] {samples.TITLE}"
    assert re.fullmatch(r"reply\+\w{42}@lambdesk\.test", mail["Reply-To"])
    assert mail["References"] == mail["In-Reply-To"] == "<ticket-01arz3ndektsv4rrffq69g5fav@lambdesk.test>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [unsubscribe] = re.findall(r"^<(http\S+)>$", mail["List-Unsubscribe"])
    assert "/api/mail/unsubscribe?token=" in unsubscribe
    for value in mail.values():
        assert len(str(value).encode()) <= 870, "SES's limit"
    assert not mail.defects
    for part in (text, html):
        assert "/tickets/01ARZ3NDEKTSV4RRFFQ69G5FAV" in part
        assert (REPLY_LINE in part) == (template != "closed")
    assert "\n\n\n" not in text
    assert len(html.encode()) < 100_000, "Gmail cuts longer ones"


@EACH
def test_nothing_of_a_users_is_markup(template: str, what: Happening, values: dict[str, Any]) -> None:
    html = message(template, what, values).html
    tags: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            tags.add(tag)

    reader = Reader(convert_charrefs=True)
    reader.feed(html)
    assert tags <= {
        "html", "head", "meta", "title", "style", "body", "p", "div", "h1", "span", "a", "bdi", "strong", "br",
    }  # fmt: skip
    assert "&lt;b&gt;打印机&lt;/b&gt; &amp; “fire”" in html


@EACH
def test_a_mail_is_shown_whichever_way_its_words_are_written(
    template: str, what: Happening, values: dict[str, Any]
) -> None:
    """Names stand by themselves, so that an Arabic one doesn't turn the sentence around; texts find their own way."""
    html = message(template, what, values).html
    for name in (samples.ARABIC, samples.CHINESE):
        assert all(before == "<bdi>" for before in re.findall(rf"(.{{5}}){name}", html))
    assert re.findall(r"<h1[^>]*>", html)[0].count('dir="auto"') == 1
    for said in re.findall(r'<div class="said"[^>]*>\n?(.*?)\n?</div>\n?(?=<p|</div>|\n)', html, re.DOTALL):
        assert said.startswith(('<div dir="auto">', "<div><br></div>"))


def test_lines_stay_lines_and_what_turns_text_around_is_gone() -> None:
    text = "one\r\ntwo\u2028three\u202e\u2066evil\u200f\u0000\ttab"
    assert rendering.block(text) == "one\ntwo\nthreeevil\u200f\ttab"
    lines = '<div dir="auto">a &amp; b</div>\n<div><br></div>\n<div dir="auto">&lt;c&gt;</div>'
    assert str(rendering._lines("a & b\n\n<c>")) == lines


def test_an_address_that_nobody_has_confirmed_gets_nothing() -> None:
    client, _ = samples.people()
    assert tickets._wants(client)
    client.email_verified = False
    assert not tickets._wants(client)
    client.by_mail = True
    assert tickets._wants(client), "a mail from there opened the account"


@EACH
def test_what_is_closed_asks_for_no_answer(template: str, what: Happening, values: dict[str, Any]) -> None:
    made = message(template, what, values)
    for part in (made.text, made.html):
        assert (REPLY_LINE in part) == ("to this mail" in part) == (template != "closed")
    assert ("Auto-Submitted" in made.headers) == (template == "closed")


def test_a_day_is_that_of_the_reader() -> None:
    template, what, values = next(each for each in MAILS if each[0] == "closing")
    late = values | {"closes_on": values["closes_on"].replace(hour=20)}
    assert "3 December 2026" in message(template, what, late).text
