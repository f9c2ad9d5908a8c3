"""Mails as the programs that people use write them, made by hand: their headers, their MIME structure, their ways to
quote. With each, what the comment should say and which files it brings.
"""

import base64
import quopri
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.unit.mail_in.winmail import winmail

OURS = f"""\
— Please write your reply above this line —

Ticket #12: The printer is on fire

Agent 1 wrote:

On my way, with sand.

Open the ticket:
https://desk.example.com/tickets/01ARZ3NDEKTSV4RRFFQ69G5FAV

--{" "}
You get this mail because this ticket is yours.
https://desk.example.com
"""
"""Our own mail, as it is quoted."""

QUOTED = "".join(f"> {line}\n" if line else ">\n" for line in OURS.splitlines())
OURS_HTML = (
    '<p style="font-size:12px">— Please write your reply above this line —</p><div class="card"><p>Ticket #12</p>'
    "<h1>The printer is on fire</h1><p>Agent 1 wrote:</p><div>On my way, with sand.</div></div>"
)


@dataclass(frozen=True)
class Case:
    """`comment` None: nothing is in it."""

    name: str
    raw: bytes
    comment: str | None
    files: Sequence[str] = ()
    ticket: str | None = field(default=None)
    """What a ticket's description would be, where that differs."""


def crlf(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def headers(more: str = "", subject: str = "Re: [#12] The printer is on fire") -> str:
    return (
        "Return-Path: <ann@example.org>\n"
        "Received: from mail.example.org (mail.example.org [192.0.2.7]) by inbound-smtp.eu-west-1.amazonaws.com\n"
        "From: Ann Example <ann@example.org>\n"
        "To: reply+01arz3ndektsv4rrffq69g5fav2345672345672345@desk.example.com\n"
        f"Subject: {subject}\n"
        "Date: Wed, 25 Nov 2026 10:00:00 +0100\n"
        "Message-ID: <abc.123@mail.example.org>\n"
        "In-Reply-To: <0102018c-ses@eu-west-1.amazonses.com>\n"
        "References: <ticket-01arz3ndektsv4rrffq69g5fav@desk.example.com>\n <0102018c-ses@eu-west-1.amazonses.com>\n"
        "MIME-Version: 1.0\n" + more
    )


def both(boundary: str, plain: str, html: str, more: str = "") -> bytes:
    """multipart/alternative, quoted-printable, as nearly everybody sends it."""
    return crlf(
        headers(more)
        + f'Content-Type: multipart/alternative; boundary="{boundary}"\n\n'
        + f'--{boundary}\nContent-Type: text/plain; charset="UTF-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
        + quopri.encodestring(plain.encode()).decode()
        + f'\n--{boundary}\nContent-Type: text/html; charset="UTF-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
        + quopri.encodestring(html.encode()).decode()
        + f"\n--{boundary}--\n"
    )


def html_only(html: str, charset: str = "utf-8", more: str = "") -> bytes:
    encoded = base64.encodebytes(html.encode(charset)).decode()
    return crlf(
        headers(more)
        + f'Content-Type: text/html; charset="{charset}"\nContent-Transfer-Encoding: base64\n\n{encoded}\n'
    )


def plain(text: str, kind: str = "text/plain; charset=utf-8", more: str = "", coding: str = "8bit") -> bytes:
    return crlf(headers(more) + f"Content-Type: {kind}\nContent-Transfer-Encoding: {coding}\n\n{text}")


GMAIL = both(
    "000000000000a1b2c305f0e1d2c3",
    "It still burns. Sand didn't help,\nI used all of it.\n\nAnn\n\n"
    "On Wed, Nov 25, 2026 at 9:58 AM Lambdesk <help@desk.example.com> wrote:\n\n" + QUOTED,
    '<div dir="ltr">It still burns. Sand didn&#39;t help,<br>I used all of it.<div><br></div><div>Ann</div></div><br>'
    '<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Wed, Nov 25, 2026 at 9:58 AM '
    'Lambdesk &lt;<a href="mailto:help@desk.example.com">help@desk.example.com</a>&gt; wrote:<br></div>'
    f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{OURS_HTML}</blockquote></div>',
    "X-Gm-Message-State: AOJu0Yx\n",
)
GMAIL_LONG_ATTRIBUTION = both(
    "000000000000aaaa",
    "Done.\n\nOn Wed, Nov 25, 2026 at 9:58 AM Lambdesk of the Very Long Name Company Ltd\n"
    "<help@desk.example.com> wrote:\n\n" + QUOTED,
    "<div>Done.</div>",
)
GMAIL_INLINE = plain(
    "See below.\n\nOn Wed, Nov 25, 2026 at 9:58 AM Bob <bob@example.com> wrote:\n"
    "> Is it plugged in?\n\nYes.\n\n> And the paper?\n\nBurnt.\n\n> Regards, Bob\n"
)
OUTLOOK = both(
    "_000_AM0PR01MB1234_",
    "Dear support,\n\nthe printer works again.\n\n"
    "________________________________\nFrom: Lambdesk <help@desk.example.com>\n"
    "Sent: Wednesday, November 25, 2026 9:58 AM\nTo: Ann Example <ann@example.org>\n"
    "Subject: [#12] The printer is on fire\n\n" + OURS,
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    "<style><!-- P {margin-top:0} --></style></head>"
    '<body dir="ltr"><div style="font-family: Aptos">Dear support,</div><div><br></div>'
    '<div>the printer works again.</div><div id="appendonsend"></div>'
    '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Lambdesk'
    f"<br><b>Sent:</b> Wednesday</div><div>{OURS_HTML}</div></body></html>",
    "X-MS-Has-Attach:\nX-Originating-IP: [2001:db8::1]\nThread-Topic: [#12] The printer is on fire\n",
)
OUTLOOK_WINDOWS_HTML = html_only(
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">'
    "<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]--></head><body lang=DE>"
    '<div class="WordSection1"><p class="MsoNormal">Guten Tag,<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
    '<p class="MsoNormal">der Drucker läuft wieder – danke „sehr“.<o:p></o:p></p>'
    '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
    "<b>Von:</b> Lambdesk<br><b>Gesendet:</b> Mittwoch<br><b>An:</b> Ann</p></div></div>"
    f"{OURS_HTML}</div></body></html>".replace("\n", "\r\n"),
    "windows-1252",
)
OUTLOOK_GERMAN = plain(
    "Hallo,\n\nläuft wieder.\n\nVon: Lambdesk <help@desk.example.com>\n"
    "Gesendet: Mittwoch, 25. November 2026 09:58\nAn: Ann Example <ann@example.org>\n"
    "Betreff: [#12] The printer is on fire\n\n" + OURS
)
OUTLOOK_MOBILE = plain(
    "Thanks, solved.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n"
    "From: Lambdesk <help@desk.example.com>\nSent: Wednesday, November 25, 2026 9:58:00 AM\n"
    "To: Ann Example <ann@example.org>\nSubject: [#12] The printer is on fire\n\n" + OURS
)
APPLE = both(
    "Apple-Mail=_1B2C3D",
    "Here is the log.\n\nAnn\n\n> On 25. Nov 2026, at 09:58, Lambdesk <help@desk.example.com> wrote:\n> \n" + QUOTED,
    '<html><body style="overflow-wrap: break-word;">Here is the log.<br><br>Ann<br><div><br><blockquote type="cite">'
    f"<div>On 25. Nov 2026, at 09:58, Lambdesk wrote:</div>{OURS_HTML}</blockquote></div></body></html>",
    "X-Mailer: Apple Mail (2.3826.200.121)\n",
)
APPLE_MIXED = crlf(
    headers("X-Mailer: Apple Mail (2.3826.200.121)\n")
    + 'Content-Type: multipart/alternative; boundary="Apple-Mail=_AA"\n\n'
    "--Apple-Mail=_AA\nContent-Transfer-Encoding: 7bit\nContent-Type: text/plain;\n\tcharset=us-ascii\n\n"
    "Before the picture.\n\n\n\nAfter it.\n\n"
    '--Apple-Mail=_AA\nContent-Type: multipart/mixed;\n\tboundary="Apple-Mail=_BB"\n\n'
    "--Apple-Mail=_BB\nContent-Transfer-Encoding: 7bit\nContent-Type: text/html;\n\tcharset=us-ascii\n\n"
    "<html><body>Before the picture.<br></body></html>\n"
    "--Apple-Mail=_BB\nContent-Disposition: inline;\n\tfilename*=utf-8''Bildschirmfoto%20%C3%BCber%201.png\n"
    'Content-Type: image/png;\n\tx-unix-mode=0644;\n\tname="=?utf-8?Q?Bildschirmfoto_=C3=BCber_1=2Epng?="\n'
    "Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(3000)).decode() +
    "\n--Apple-Mail=_BB\nContent-Type: text/html;\n\tcharset=us-ascii\n\n<html><body>After it.</body></html>\n"
    "--Apple-Mail=_BB--\n\n--Apple-Mail=_AA--\n"
)  # fmt: skip
IPHONE = plain(
    "Yes, that worked\n\nSent from my iPhone\n\n"
    "> On 25 Nov 2026, at 09:58, Lambdesk <help@desk.example.com> wrote:\n> \n" + QUOTED,
    more="X-Mailer: iPhone Mail (23B85)\n",
)
THUNDERBIRD_FLOWED = plain(
    "This is one paragraph that the program broke \ninto two lines, and joined it is one.\n\n"
    " From here on: another.\n\n- one\n- two\n\nAm 25.11.26 um 09:58 schrieb Lambdesk:\n" + QUOTED,
    "text/plain; charset=UTF-8; format=flowed",
    "User-Agent: Mozilla Thunderbird\nContent-Language: de-DE\n",
)
THUNDERBIRD_BOTTOM = plain(
    "On 25/11/2026 09:58, Lambdesk wrote:\n"
    + QUOTED
    + "\nAnswered below, as one should.\n\n-- \nAnn Example\nExample Ltd\n",
    "text/plain; charset=UTF-8; format=flowed",
    "User-Agent: Mozilla Thunderbird\n",
)
THUNDERBIRD_SIGNED = crlf(
    headers()
    + 'Content-Type: multipart/signed; micalg=pgp-sha256; protocol="application/pgp-signature"; boundary="sig"\n\n'
    '--sig\nContent-Type: multipart/mixed; boundary="in"; protected-headers="v1"\n\n'
    "--in\nContent-Type: text/plain; charset=UTF-8; format=flowed\nContent-Transfer-Encoding: quoted-printable\n\n"
    "Gr=C3=BC=C3=9Fe, signiert.\n\n--in--\n\n"
    '--sig\nContent-Type: application/pgp-signature; name="OpenPGP_signature.asc"\n\n-----BEGIN PGP SIGNATURE-----\n\n'
    "wsB5BAABCAAjFiEE\n-----END PGP SIGNATURE-----\n\n--sig--\n"
)
HTML_ONLY = html_only(
    "<html><head><title>x</title><style>p{color:red}</style></head><body><p>First &amp; <b>second</b>.</p>"
    '<ul><li>one</li><li>two</li></ul><script>alert(1)</script><p>See <a href="https://example.org/a">this page</a>.'
    '</p><div class="yahoo_quoted"><div>On Wednesday Lambdesk wrote:</div><div>old</div></div></body></html>'
)
ISO_2022_JP = (
    headers("Content-Type: text/plain; charset=ISO-2022-JP\nContent-Transfer-Encoding: 7bit\n", "x")
    .replace("Subject: x", "Subject: =?ISO-2022-JP?B?UmU6IBskQiVXJWolcyU/GyhC?=")
    .replace("\n", "\r\n")
    .encode()
    + b"\r\n"
    + "まだ燃えています。\r\n①番です。\r\n\r\n2026年11月25日(水) 9:58 Lambdesk <help@desk.example.com>:\r\n".encode(
        "iso2022_jp_ext", "ignore"
    )
    + b"> On my way, with sand.\r\n"
)
WINDOWS_1252 = (
    headers("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n")
    .replace("\n", "\r\n")
    .encode()
    + b"\r\n"
    + "Das kostet 5 € – “sofort” bitte.\r\n".encode("cp1252")
)
BAD_HEADERS = (
    b"From: =?utf-8?q?Ann_=C3=?= <ann@example.org>\r\nSubject: =?unknown-8bit?B?!!!!?= \xfcber\r\n"
    b"To: undisclosed-recipients:;\r\nDate: yesterday\r\n"
    b'Content-Type: text/plain; charset="no-such-charset"\r\nContent-Transfer-Encoding: 9bit\r\n\r\n'
    b"Still to be read: \xc3\xa4\r\n"
)
NO_MIME = b"From: ann@example.org\r\nSubject: hello\r\nMessage-ID: <1@example.org>\r\n\r\nPlain old mail.\r\n"
BROKEN_MULTIPART = crlf(
    headers() + 'Content-Type: multipart/mixed; boundary="never"\n\n'
    "--never\nContent-Type: text/plain; charset=utf-8\n\nThe end is missing.\n"
)
WINMAIL = crlf(
    headers("X-MS-TNEF-Correlator:\n") + 'Content-Type: multipart/mixed; boundary="tnef"\n\n'
    "--tnef\nContent-Type: text/plain; charset=us-ascii\n\nThe file you asked for.\n"
    '--tnef\nContent-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n'
    'Content-Disposition: attachment; filename="winmail.dat"\n\n'
    + base64.encodebytes(winmail("", {"budget.txt": b"1,000 for sand"})).decode()
    + "\n--tnef--\n"
)
WINMAIL_ALONE = crlf(
    headers()
    + 'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n'
    + base64.encodebytes(winmail("Only within.", {"plan.txt": b"a plan"})).decode()
)
WITH_FILES = crlf(
    headers()
    + 'Content-Type: multipart/mixed; boundary="m"\n\n--m\nContent-Type: text/plain; charset=utf-8\n\nTwo files.\n'
    '--m\nContent-Type: application/pdf; name="..\\..\\etc\\passwd.pdf"\nContent-Transfer-Encoding: base64\n'
    'Content-Disposition: attachment; filename="../../etc/passwd.pdf"\n\n'
    + base64.encodebytes(b"%PDF-1.7").decode()
    + "--m\nContent-Type: message/rfc822\n\nFrom: bob@example.com\nSubject: inner\n\nInner text.\n\n--m--\n"
)
FILE_ALONE = crlf(
    headers()
    + 'Content-Type: application/pdf; name="=?utf-8?B?0YHRh9GR0YIucGRm?="\nContent-Transfer-Encoding: base64\n'
    "Content-Disposition: attachment\n\n" + base64.encodebytes(b"%PDF-1.7").decode()
)
EMPTY = crlf(headers() + "Content-Type: text/plain; charset=utf-8\n\n   \n\n")
EMPTY_ABOVE_QUOTE = plain("\nOn Wed, Nov 25, 2026 at 9:58 AM Lambdesk <help@desk.example.com> wrote:\n" + QUOTED)
ARABIC = plain(
    "ما زالت الطابعة تحترق.\n\nشكرا\n\nOn Wed, Nov 25, 2026 at 9:58 AM Lambdesk <help@desk.example.com> wrote:\n"
    + QUOTED
)
FRENCH = plain(
    "Ça marche, merci.\n\nLe mer. 25 nov. 2026 à 09:58, Lambdesk <help@desk.example.com> a écrit :\n\n" + QUOTED
)
SIGNATURE = plain("It works now.\n\n-- \nAnn Example\nHead of Sand\n+44 20 7946 0000\n")
DASHES = plain("To do:\n- sand\n- water\n\nLine -- with dashes -- within.\n")
CITING_SELF = plain("> the manual says: burn\n\nIs that right?\n")
TEN_MEGABYTES = crlf(
    headers()
    + 'Content-Type: multipart/mixed; boundary="big"\n\n--big\nContent-Type: text/plain; charset=utf-8\n\nBig one.\n'
    '--big\nContent-Type: application/zip; name="big.zip"\nContent-Transfer-Encoding: base64\n'
    "Content-Disposition: attachment; filename=big.zip\n\n"
) + base64.encodebytes(bytes(range(256)) * 30_000).replace(b"\n", b"\r\n") + b"\r\n--big--\r\n"  # fmt: skip

CASES = [
    Case("Gmail", GMAIL, "It still burns. Sand didn't help,\nI used all of it.\n\nAnn"),
    Case("Gmail, its introduction over two lines", GMAIL_LONG_ATTRIBUTION, "Done."),
    Case(
        "Gmail, answers within a quotation of somebody else",
        GMAIL_INLINE,
        "See below.\n\nOn Wed, Nov 25, 2026 at 9:58 AM Bob <bob@example.com> wrote:\n> Is it plugged in?\n\nYes.\n\n"
        "> And the paper?\n\nBurnt.\n\n> Regards, Bob",
    ),
    Case("Outlook on the web", OUTLOOK, "Dear support,\n\nthe printer works again."),
    Case(
        "Outlook for Windows, HTML only", OUTLOOK_WINDOWS_HTML, "Guten Tag,\n\nder Drucker läuft wieder – danke „sehr“."
    ),
    Case("Outlook in German", OUTLOOK_GERMAN, "Hallo,\n\nläuft wieder."),
    Case("Outlook on a telephone", OUTLOOK_MOBILE, "Thanks, solved."),
    Case("Apple Mail", APPLE, "Here is the log.\n\nAnn"),
    Case("Apple Mail, picture within", APPLE_MIXED, "Before the picture.\n\nAfter it.", ["Bildschirmfoto über 1.png"]),
    Case("iPhone", IPHONE, "Yes, that worked"),
    Case(
        "Thunderbird, format=flowed",
        THUNDERBIRD_FLOWED,
        "This is one paragraph that the program broke into two lines, and joined it is one.\n\n"
        "From here on: another.\n\n- one\n- two",
    ),
    Case("Thunderbird, answer below", THUNDERBIRD_BOTTOM, "Answered below, as one should."),
    Case("Thunderbird, signed", THUNDERBIRD_SIGNED, "Grüße, signiert."),
    Case(
        "HTML only, Yahoo, which quotes nothing of ours",
        HTML_ONLY,
        "First & second.\n\n- one\n- two\n\nSee [this page](https://example.org/a).\n\n"
        "On Wednesday Lambdesk wrote:\nold",
    ),
    Case("ISO-2022-JP", ISO_2022_JP, "まだ燃えています。\n番です。"),
    Case("Windows-1252 that calls itself ISO-8859-1", WINDOWS_1252, "Das kostet 5 € – “sofort” bitte."),
    Case("bad headers", BAD_HEADERS, "Still to be read: ä"),
    Case("no MIME", NO_MIME, "Plain old mail."),
    Case("a multipart without its end", BROKEN_MULTIPART, "The end is missing."),
    Case("winmail.dat beside a text", WINMAIL, "The file you asked for.", ["budget.txt"]),
    Case("winmail.dat alone", WINMAIL_ALONE, "Only within.", ["plan.txt"]),
    Case("files, a mail among them", WITH_FILES, "Two files.", ["../../etc/passwd.pdf", "message.eml"]),
    Case("a file alone", FILE_ALONE, "Files:\n- счёт.pdf", ["счёт.pdf"]),
    Case("empty", EMPTY, None, ticket="Re: [#12] The printer is on fire"),
    Case("Arabic", ARABIC, "ما زالت الطابعة تحترق.\n\nشكرا"),
    Case("French", FRENCH, "Ça marche, merci."),
    Case("a signature", SIGNATURE, "It works now."),
    Case("dashes that are no signature", DASHES, "To do:\n- sand\n- water\n\nLine -- with dashes -- within."),
    Case("a quotation of one's own choice", CITING_SELF, "> the manual says: burn\n\nIs that right?"),
    Case("ten megabytes", TEN_MEGABYTES, "Big one.", ["big.zip"]),
]
