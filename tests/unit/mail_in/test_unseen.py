"""Mail in which there is nothing to be seen says nothing, and a ticket's title always shows something."""

import pytest

from chalicelib.mail_in import wording
from chalicelib.mail_in.ours import Ours
from chalicelib.mail_in.parsing import read
from tests.unit.mail_in.mails import crlf, headers

UNSEEN = "\u200b \u2060\u3164\ufeff"


def mail(subject: str, text: str) -> bytes:
    kind = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    return crlf(f"{headers(kind, subject)}\n{text}")


@pytest.mark.parametrize("text", ["", UNSEEN, f"{UNSEEN}\n{UNSEEN}"])
def test_an_unseen_comment_is_none(text: str) -> None:
    assert wording.comment(read(mail("Re: [#12] Fire", text)), Ours()) is None


@pytest.mark.parametrize(
    ("subject", "text", "title"),
    [
        (UNSEEN, f"{UNSEEN}\nThe printer burns.\nBadly.", "The printer burns."),
        ("Re: [#685]", "It burns.", "It burns."),
        (f"Re: {UNSEEN}", "It burns.", "It burns."),
        ("Fire", UNSEEN, "Fire"),
    ],
)
def test_a_title_shows_something(subject: str, text: str, title: str) -> None:
    said = wording.ticket(read(mail(subject, text)))
    assert said is not None
    assert said.title == title


def test_a_mail_that_shows_nothing_opens_no_ticket() -> None:
    assert wording.ticket(read(mail(UNSEEN, UNSEEN))) is None
