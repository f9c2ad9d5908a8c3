"""Splits a mail into headers and parts as bytes (RFC 2045, 2046). Every step is linear in the mail's size. A part's
content isn't interpreted: a mail within the mail is a part like any other. Pure.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from functools import cached_property

from chalicelib.mail_in.charsets import text_of

MOST_PARTS = 500
"""The most parts of a mail that are read."""
_LONGEST_HEADERS = 256 * 1024
_LONGEST_HEADER = 10_000
_LONGEST_PARAMETERS = 4_000
"""Characters. The module `email` takes time with the square of their number."""
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_FILE_NAME = re.compile(r'(?:file)?name="([^"\\]{0,1000})"', re.IGNORECASE)


class Headers:
    """The headers of a mail or a part. Names in lower case."""

    def __init__(self, block: bytes) -> None:
        found: dict[str, list[str]] = {}
        try:
            read = BytesHeaderParser(policy=compat32).parsebytes(block[:_LONGEST_HEADERS])
            for name, value in read.raw_items():
                found.setdefault(name.lower(), []).append(str(value)[:_LONGEST_HEADER])
        except Exception:  # the module raises several kinds on what is malformed
            found = {}
        self._found: Mapping[str, list[str]] = found

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def __bool__(self) -> bool:
        return bool(self._found)

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def all(self, name: str) -> list[str]:
        """All values, not decoded, each on one line; bytes above ASCII are read as UTF-8 if they can be."""
        return [_above_ascii(_unfolded(value)) for value in self._found.get(name, [])]

    def raw(self, name: str) -> str:
        """The first value, not decoded; empty without one."""
        return next(iter(self.all(name)), "")

    def bare(self, name: str) -> str:
        """The first value as received, bytes above ASCII as surrogates; empty without one."""
        return next(iter(self._found.get(name, [])), "")

    def text(self, name: str) -> str:
        """The first value, decoded for reading."""
        return decoded(self.bare(name))


@dataclass(frozen=True)
class Part:
    """A part of a mail, or the mail itself. `body`: its bytes as they came, still in their transfer encoding."""

    headers: Headers
    body: bytes
    default: str = "text/plain"

    @cached_property
    def kind(self) -> str:
        """Its content type, in lower case, without parameters."""
        said = self.headers.raw("content-type").partition(";")[0].strip().lower()
        return said if re.fullmatch(r"[\w.+-]{1,100}/[\w.+-]{1,100}", said, re.ASCII) else self.default

    @cached_property
    def disposition(self) -> str:
        return self.headers.raw("content-disposition").partition(";")[0].strip().lower()

    @cached_property
    def name(self) -> str:
        """Its file name, however it is written: by RFC 2231, by RFC 2047 as many programs do, or in bare bytes."""
        for header in ("content-disposition", "content-type"):
            value = self.headers.bare(header)
            if not value.isascii() and (found := _FILE_NAME.search(_unfolded(value))):
                return decoded(found[1])
            for key in ("filename", "name"):
                if text := _readable(self._parameter(header, key)):
                    return text
        return ""

    def parameter(self, name: str) -> str:
        """A parameter of Content-Type; empty without it."""
        return _readable(self._parameter("content-type", name))

    @cached_property
    def charset(self) -> str | None:
        return self.parameter("charset") or None

    @cached_property
    def content(self) -> bytes:
        """Its content, with the transfer encoding decoded as far as possible."""
        coding = self.headers.raw("content-transfer-encoding").strip().lower()
        try:
            if coding == "base64":
                return _base64(self.body)
            if coding == "quoted-printable":
                return binascii.a2b_qp(self.body)
            if coding in ("x-uuencode", "uuencode", "uue", "x-uue"):
                return _uuencoded(self.body)
        except ValueError:  # binascii.Error among them
            pass
        return self.body

    @cached_property
    def parts(self) -> list["Part"]:
        """The parts of a multipart in order, at most MOST_PARTS + 1; none if its boundary never occurs."""
        if not self.kind.startswith("multipart/"):
            return []
        boundary = self.parameter("boundary").encode("utf-8", "surrogateescape")
        if not boundary:
            return []
        default = "message/rfc822" if self.kind == "multipart/digest" else "text/plain"
        line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
        found: list[Part] = []
        began: int | None = None
        for mark in line.finditer(self.body):
            if len(found) > MOST_PARTS:
                return found
            if began is not None:
                found.append(opened(_next_line(self.body[began : mark.start()]), default))
            began = None if mark[1] else mark.end()
            if mark[1]:
                return found
        if began is not None:
            found.append(opened(_next_line(self.body[began:]), default))
        return found

    def _parameter(self, header: str, name: str) -> object:
        message = Message(policy=compat32)
        message[header] = _unfolded(self.headers.raw(header))[:_LONGEST_PARAMETERS]
        try:
            return message.get_param(name, header=header)
        except Exception:  # the module raises several kinds on what is malformed
            return None


def opened(raw: bytes, default: str = "text/plain") -> Part:
    """Parses a mail's or a part's bytes: headers first, then the body. `default`: its type if the headers give none."""
    start = re.match(rb"(?:[ \t]*\r?\n)", raw)
    if start:  # no headers at all
        return Part(Headers(b""), raw[start.end() :], default)
    end = _END_OF_HEADERS.search(raw)
    if end is None:
        return Part(Headers(raw), b"", default)
    return Part(Headers(raw[: end.start()] + b"\n\n"), raw[end.end() :], default)


def _next_line(part: bytes) -> bytes:
    """Without the rest of the boundary's line."""
    return part[2:] if part.startswith(b"\r\n") else part.removeprefix(b"\n")


def decoded(value: str) -> str:
    """A header's text on one line, encoded words read; what can't be decoded stays as it is."""
    text = _unfolded(value)
    try:
        pieces = decode_header(text)
    except Exception:  # the module raises several kinds on what is malformed
        return _above_ascii(text)
    said = (text_of(piece, charset) if isinstance(piece, bytes) else _above_ascii(piece) for piece, charset in pieces)
    return "".join(said).strip()


def _readable(value: object) -> str:
    if isinstance(value, tuple):  # RFC 2231: charset, language, value; the module gives bytes as Latin-1
        charset, _, said = value
        return text_of(str(said).encode("latin-1", "replace"), charset or "utf-8").strip()
    return decoded(str(value)) if value else ""


def _unfolded(value: str) -> str:
    return re.sub(r"[\r\n]+[ \t]*", " ", value)


def _above_ascii(text: str) -> str:
    """Bytes above ASCII in a header come as surrogates: they are UTF-8 if they can be."""
    return text if text.isascii() else text_of(text.encode("utf-8", "surrogateescape"), None)


def _base64(body: bytes) -> bytes:
    """What is base64 of it, up to the first padding; text after it (a footer that a list adds) is not."""
    letters = _NOT_BASE64.sub(b"", body.partition(b"=")[0])
    return base64.b64decode(letters[: len(letters) - (len(letters) % 4 == 1)] + b"=" * (-len(letters) % 4))


def _uuencoded(body: bytes) -> bytes:
    lines = body.splitlines()
    begun = next((at for at, line in enumerate(lines) if line.startswith(b"begin ")), -1)
    made = []
    for line in lines[begun + 1 :]:
        if line.strip() == b"end":
            break
        made.append(binascii.a2b_uu(line))
    return b"".join(made)
