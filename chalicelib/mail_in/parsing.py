"""A mail's bytes to what matters of them: text, files, a few headers. Nothing of it is trusted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from chalicelib.mail_in import flowed, html_text, tnef
from chalicelib.mail_in.charsets import text_of

_DEEPEST = 20
_MOST_PARTS = 500
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_PIXEL = 2_000
"""Bytes: smaller pictures within HTML are ornaments and counters of who opened it."""


class Unreadable(Exception):
    """Nothing can be made of it: the message says why."""


@dataclass(frozen=True)
class File:
    """`name` as the mail has it, in any form."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """`sender`: the address in From, lower case. `text`: without what its HTML marks as quoted (`whole`: with it).
    `headers`: lower-case name -> first value."""

    message_id: str
    sender: str
    sender_name: str
    subject: str
    text: str
    whole: str
    files: list[File] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)
    is_report: bool = False


def read(raw: bytes) -> Mail:
    """Raises Unreadable."""
    message = message_from_bytes(raw, policy=policy.compat32)
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), _decoded(value))
    if not headers and not raw.strip():
        raise Unreadable("empty")
    found = _Content()
    for number, part in enumerate(_parts(message, 0)):
        if number == _MOST_PARTS:
            raise Unreadable("too many parts")
        found.add(*part)
    if not found.plain and not found.html and found.sealed:
        raise Unreadable("encrypted")
    name, address = next(iter(getaddresses([headers.get("from", "")])), ("", ""))
    text, whole = found.said()
    return Mail(
        message_id=headers.get("message-id", "").strip(),
        sender=address.lower(),
        sender_name=name,
        subject=headers.get("subject", ""),
        text=text,
        whole=whole,
        files=found.files,
        headers=headers,
        is_report=message.get_content_type() == "multipart/report",
    )


class _Content:
    """What the parts of a mail come to."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.html: list[str] = []
        self.files: list[File] = []
        self.sealed = False

    def add(self, part: Message, beside_text: bool) -> None:
        """`beside_text`: the same text stands before it in another form."""
        kind = part.get_content_type()
        if kind in _SIGNATURES:
            return
        name = _filename(part)
        attached = part.get_content_disposition() == "attachment" or (name and not kind.startswith("text/"))
        if kind == "message/rfc822":
            self.files.append(File(name or "message.eml", kind, _inner(part)))
        elif kind in _TNEF or name.lower() == "winmail.dat":
            self._unwrap(_bytes(part), name or "winmail.dat")
        elif kind in _SEALED or kind == "application/pgp-encrypted":
            self.sealed = True
        elif kind == "text/plain" and not attached:
            self.plain.append(_plain(part))
        elif kind == "text/html" and not attached:
            if not beside_text:
                self.plain.append("")
            self.html.append(text_of(_bytes(part), part.get_content_charset()))
        else:
            self._attach(part, kind, name)

    def said(self) -> tuple[str, str]:
        """The text without and with what HTML marks as quoted: plain text where there is some."""
        plain = "\n".join(piece for piece in self.plain if piece.strip()).strip()
        if plain or not self.html:
            return plain, plain
        answers, wholes = zip(*map(html_text.read, self.html), strict=True)
        return "\n".join(answers).strip(), "\n".join(wholes).strip()

    def _attach(self, part: Message, kind: str, name: str) -> None:
        content = _bytes(part)
        ornament = kind.startswith("image/") and part.get("Content-ID") and len(content) < _PIXEL
        if content and not ornament:
            extension = kind.rpartition("/")[2].partition("+")[0]
            self.files.append(File(name or f"attachment.{_EXTENSIONS.get(extension, extension)}", kind, content))

    def _unwrap(self, content: bytes, name: str) -> None:
        """Outlook's own format, when it thinks that the other side has Outlook."""
        inside = tnef.read(content)
        if inside is None:
            self.files.append(File(name, "application/ms-tnef", content))
            return
        self.files += [File(each, "application/octet-stream", data) for each, data in inside.files]
        if not any(piece.strip() for piece in self.plain) and not self.html:
            self.plain += [inside.text] if inside.text else []
            self.html += [inside.html] if inside.html else []


_EXTENSIONS = {"calendar": "ics", "jpeg": "jpg", "plain": "txt", "octet-stream": "bin", "rfc822": "eml"}


def _parts(message: Message, depth: int) -> Iterator[tuple[Message, bool]]:
    """The leaves, in order, each with whether it is but another form of a text before it."""
    if depth > _DEEPEST:
        raise Unreadable("nested too deeply")
    children = message.get_payload()
    if not message.is_multipart() or message.get_content_maintype() != "multipart" or not isinstance(children, list):
        yield message, False
        return
    alternative = message.get_content_subtype() == "alternative"
    text_seen = False
    for child in children:
        assert isinstance(child, Message)
        for leaf, beside in _parts(child, depth + 1):
            yield leaf, beside or (alternative and text_seen)
        text_seen = True


def _plain(part: Message) -> str:
    text = text_of(_bytes(part), part.get_content_charset()).replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        return flowed.joined(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _bytes(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (AssertionError, LookupError, ValueError):  # what the header says of its coding makes no sense
        payload = None
    if isinstance(payload, bytes):
        return payload
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _inner(part: Message) -> bytes:
    """A mail within the mail, as it came."""
    inside = part.get_payload()
    if isinstance(inside, list) and inside and isinstance(inside[0], Message):
        try:
            return inside[0].as_bytes()
        except (LookupError, UnicodeError, ValueError):
            return str(inside[0].get_payload()).encode("utf-8", "replace")
    return _bytes(part)


def _filename(part: Message) -> str:
    """By RFC 2231, or as many write it, by RFC 2047."""
    try:
        return _decoded(part.get_filename() or "")
    except (LookupError, TypeError, ValueError):
        return ""


def _decoded(value: object) -> str:
    """A header's text on one line; what can't be decoded stays as it is."""
    text = re.sub(r"[\r\n]+[ \t]*", " ", str(value))
    try:
        parts = decode_header(text)
    except Exception:  # the module raises several kinds on what is malformed
        return _utf8(text)
    return "".join(
        text_of(part, charset) if isinstance(part, bytes) else _utf8(part) for part, charset in parts
    ).strip()


def _utf8(text: str) -> str:
    """Bytes above ASCII in a header come as surrogates: they are UTF-8 if they can be."""
    return text if text.isascii() else text_of(text.encode("utf-8", "surrogateescape"), None)
