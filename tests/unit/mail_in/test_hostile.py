"""Mails of 10 MB made to stall or kill what reads them: each takes 5 seconds of CPU at most and raises nothing."""

import base64
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from chalicelib.mail_in import forwarded, judgement, mime, parsing, wording
from tests.unit.mail_in.test_real_mails import OURS

pytestmark = pytest.mark.long

SIZE = 10_000_000
MARK = "— Please write your reply above this line —\n".encode()
HEAD = b"From: a@example.org\r\nSubject: s\r\nMessage-ID: <1@x>\r\n"
MIXED = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'


def many(unit: bytes, size: int = SIZE) -> bytes:
    return unit * (size // len(unit))


def html(body: bytes) -> bytes:
    return HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + body


def plain(body: bytes, kind: bytes = b"text/plain; charset=utf-8", coding: bytes = b"8bit") -> bytes:
    return HEAD + b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: " + coding + b"\r\n\r\n" + body


def nested(levels: int, kind: bytes) -> bytes:
    inner = b"Content-Type: text/plain\r\n\r\n" + b"x" * (SIZE // 2) + b"\r\n"
    for level in range(levels):
        mark = b"b%d" % level
        head = b"Content-Type: multipart/" + kind + b'; boundary="' + mark + b'"\r\n\r\n'
        inner = head + b"--" + mark + b"\r\n" + inner + b"\r\n--" + mark + b"--\r\n"
    return b"From: a@b.c\r\n" + inner


REPEATED_HTML = {
    "rows of a table": b"<tr><td>a</td><td>b</td></tr>\n",
    "tables in tables": b"<table><tr><td>x",
    "links": b'<a href="http://example.org/">text</a> ',
    "links that don't end": b'<a href="http://example.org/">x',
    "links in one line": b"<a href=http://x>y</a>",
    "beginnings of links": b"<a ",
    "quotes in tags": b"<a '\" ",
    "attributes": b"<p " + b"a=b " * 4_000 + b">",
    "spaces": b" ",
    "hard spaces": b"&nbsp;",
    "entities that are none": b"&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "blocks": b"<div>x",
    "quotations": b"<blockquote>x",
    "lists": b"<ul><li>x",
    "comments that don't end": b"<!-- ",
    "marked sections": b"<![ foo>",
    "styles": b"<style></style",
    "line breaks": b"<br>",
    "pictures": b"cid:" + b"a" * 299,
    "brackets": b"<",
}
REPEATED_TEXT = {
    "words": b"word ",
    "lines": b"word word\n",
    "empty lines": b"\n",
    "quotation within quotation": b">" * 60 + b"\n",
    "quoted lines": b"> x\n",
    "headings": b"On Tue, 1 Sep 2026 10:00 Lambdesk wrote:\n",
    "headings with our address": b"On Tue, 1 Sep 2026 10:00 Lambdesk <help@desk.example.com> wrote:\n> x\n",
    "blocks of labels": b"From: Lambdesk\nSent: 2026\nTo: x\n\n",
    "our reply line": MARK,
    "our reply line, quoted": b"> " + MARK,
    "ends of our mail": b"x\nmail/unsubscribe?token=\n",
    "rules": b"=" * 490 + b"x\n" + MARK,
    "programs' lines": b"Sent from my iPhone\n\n",
    "signatures": b"-- \nx\n",
    "our own text": b"> The printer is on fire\n",
    "reply addresses": b"reply+" + b"a" * 41,
    "brackets": b"On 2026-01-01 10:00 Lambdesk <<<<<<<<<<<<<<<<<<<<<<<:\n> x\n",
}
MAILS: dict[str, Callable[[], bytes]] = {
    **{f"HTML: {name}": lambda unit=unit: html(b"<table>" + many(unit)) for name, unit in REPEATED_HTML.items()},  # type: ignore[misc]
    **{f"text: {name}": lambda unit=unit: plain(many(unit)) for name, unit in REPEATED_TEXT.items()},  # type: ignore[misc]
    "one long tag": lambda: html(b"<p " + many(b"a=b ") + b">"),
    "one row": lambda: html(b"<table><tr>" + many(b"<td>x</td>")),
    "many different lines": lambda: plain(b"".join(b"> %020d\n" % number for number in range(400_000))),
    "flowed lines": lambda: plain(many(b"word \n"), b"text/plain; format=flowed"),
    "base64 in lines": lambda: plain(base64.encodebytes(b"word " * 1_400_000), coding=b"base64"),
    "base64, one letter a line": lambda: plain(many(b"a\n"), coding=b"base64"),
    "quoted-printable": lambda: plain(many(b"=41"), coding=b"quoted-printable"),
    "uuencoded": lambda: plain(b"begin 644 x\n" + many(b"#0V%T\n"), coding=b"uuencode"),
    "many headers": lambda: many(b"X: y\r\n") + HEAD + b"\r\nx",
    "a header of many lines": lambda: b"From: a@b.c\r\nSubject: x" + many(b"\r\n y") + b"\r\n\r\nx",
    "a subject of encoded words": lambda: b"From: a@b.c\r\nSubject: " + many(b"=?utf-8?q?a?= ") + b"\r\n\r\nx",
    "a subject of Re": lambda: b"From: a@b.c\r\nSubject: " + many(b"Re: ") + b"\r\n\r\nx",
    "parentheses": lambda: b"From: " + many(b"(") + b"\r\n\r\nx",
    "parentheses that are read": lambda: b"From: " + b"(" * 9_000 + b"\r\n\r\nx",
    "quotes in From": lambda: b"From: " + b'"' * 9_000 + b"\r\n\r\nx",
    "parts": lambda: MIXED + many(b"--b\r\n\r\nx\r\n"),
    "parts with many headers": lambda: MIXED + many(b"--b\r\n" + b"X: y\r\n" * 3_000 + b"\r\nx\r\n"),
    "parts with many parameters": lambda: (
        MIXED + many(b"--b\r\nContent-Type: text/plain; " + b'";' * 1_900 + b"\r\n\r\nx\r\n")
    ),
    "parts with encoded names": lambda: (
        MIXED + many(b'--b\r\nContent-Type: text/plain; name="' + b"=?utf-8?q?a?= " * 700 + b'"\r\n\r\nx\r\n')
    ),
    "parts of different texts": lambda: (
        MIXED + b"".join(b"--b\r\n\r\n%d " % number + b"word " * 4_000 + b"\r\n" for number in range(490))
    ),
    "boundaries that are none": lambda: MIXED + many(b"\r\n--b" + b" " * 5_000 + b"x"),
    "15 levels": lambda: nested(15, b"mixed"),
    "300 levels": lambda: nested(300, b"mixed"),
    "18 levels of alternatives": lambda: nested(18, b"alternative"),
    "300 mails within mails": lambda: b"From: a@b.c\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 300 + many(b"x"),
    "no headers": lambda: many(b"x"),
    "nothing but line ends": lambda: many(b"\r"),
    "charsets: none": lambda: plain(many(b"\xe9"), b"text/plain; charset=no-such"),
    "charsets: UTF-7": lambda: plain(many(b"+AOk-"), b"text/plain; charset=utf-7"),
    "charsets: ISO-2022-JP": lambda: plain(many(b"\x1b$B\x1b(B"), b"text/plain; charset=iso-2022-jp"),
    "winmail.dat": lambda: plain(b"\x78\x9f\x3e\x22" + many(b"\x00\x01\x02"), b"application/ms-tnef"),
    "what nobody sees": lambda: plain(many("\u200b".encode())),
}


def deal_with(raw: bytes) -> None:
    """All that is done with a mail before the tables are asked."""
    headers = mime.opened(raw).headers
    sender = judgement.sender_of(headers)
    try:
        mail = parsing.read(raw)
    except parsing.Unreadable:
        return
    judgement.automatic({"mail": {"source": "a@b"}, "receipt": {}}, sender, mail, frozenset())
    wording.comment(mail, OURS)
    wording.ticket(mail)
    forwarded.original(replace(mail, subject=f"Fwd: {mail.subject}"))


@pytest.mark.parametrize("name", MAILS)
def test_ten_megabytes_take_five_seconds_at_most(name: str) -> None:
    raw = MAILS[name]()
    began = time.process_time()
    deal_with(raw)
    assert time.process_time() - began < 5


PIECES = st.sampled_from(
    [
        *(unit[:200] for unit in (*REPEATED_HTML.values(), *REPEATED_TEXT.values())),
        *(b"\r\n", b"\r\n\r\n", b"--b", b"--b--", b"=?utf-8?q?", b"?=", b"\x00", b"\xff\xfe", b'"', b"(", b";", b"<"),
        *(b"Content-Type: ", b"multipart/mixed; boundary=b", b"text/html", b"message/rfc822", b"charset=", b"From: "),
        *(b"zlib", b"hex", b"rot13", b"idna", b"undefined", b"punycode", b"base64", b"name*0*=utf-8''%", b"</td>"),
    ]
)


@settings(max_examples=3_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(PIECES, st.binary(max_size=20)), max_size=40), st.integers(1, 30))
def test_nothing_made_up_of_a_mails_pieces_raises_or_stalls(pieces: list[bytes], times: int) -> None:
    began = time.process_time()
    deal_with(MIXED + b"--b\r\n" + b"".join(pieces) * times)
    deal_with(b"".join(pieces) * times)
    assert time.process_time() - began < 2


@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_nor_does_a_real_mail_with_some_of_its_bytes_changed(data: st.DataObject) -> None:
    from tests.unit.mail_in.mails import CASES

    raw = bytearray(data.draw(st.sampled_from([case.raw for case in CASES if len(case.raw) < 100_000])))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 8))] = data.draw(st.one_of(PIECES, st.binary(max_size=4)))
        raw = raw or bytearray(b"\n")
    deal_with(bytes(raw))
