"""Parses a mail's bytes into text, files and a few headers. Nothing in it is trusted. If a part can't be read, only
that part is lost.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from chalicelib.mail_in import flowed, html_text, pictures, tnef
from chalicelib.mail_in.charsets import html_of, text_of
from chalicelib.mail_in.mime import MOST_PARTS, Headers, Part, opened

_DEEPEST = 20
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_PLAIN = frozenset({"text/plain", "text/markdown", "text/x-markdown", "text/enriched", "text"})
_OTHER_FORMS = frozenset({"text/x-amp-html", "text/watch-html"})
"""Alternative forms of a text that is also there as plain text or HTML."""
_STUB = 60
"""Words. A plain text with this few may only say that HTML is needed."""
_EXTENSIONS = {"calendar": "ics", "jpeg": "jpg", "plain": "txt", "octet-stream": "bin", "rfc822": "eml"}


class Unreadable(Exception):
    """The mail has no content, or it is encrypted."""

    def __init__(self, why: Literal["empty", "encrypted"]) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class File:
    """`name` as the mail has it, in any form."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """`text`: the whole text, quotations and signature included. `left_out`: some content wasn't read."""

    headers: Headers
    subject: str
    text: str
    files: list[File] = field(default_factory=list)
    is_report: bool = False
    left_out: bool = False

    @property
    def message_id(self) -> str:
        return self.headers.raw("message-id").strip()


def read(raw: bytes) -> Mail:
    """Parses a mail. Raises Unreadable."""
    mail = opened(raw)
    if not mail.headers and not raw.strip():
        raise Unreadable("empty")
    found = _Content()
    text = found.of(mail, 0)
    if not text.strip() and found.sealed:
        raise Unreadable("encrypted")
    files = [file for file in found.files if not found.is_ornament(file)]
    return Mail(
        mail.headers, mail.headers.text("subject"), text, files, mail.kind == "multipart/report", found.left_out
    )


class _Content:
    """Collects the text and files of a mail's parts."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.sealed = False
        self.left_out = False
        self._parts = 0
        self._cids: set[str] = set()
        self._related: dict[int, str] = {}
        """Content-ID by the file that a part became."""

    def of(self, part: Part, depth: int) -> str:
        """The text of a part; files are noted."""
        self._parts += 1
        if self._parts > MOST_PARTS or depth > _DEEPEST:
            self.left_out = True
            return ""
        try:
            if inner := part.parts:
                if part.kind == "multipart/alternative":
                    return self._one_of([(each, self.of(each, depth + 1)) for each in inner])
                return _together(self.of(each, depth + 1) for each in inner)
            return self._leaf(part, depth)
        except Exception:  # whatever is wrong with it: the rest of the mail is read
            self.left_out = True
            return ""

    def is_ornament(self, file: File) -> bool:
        """Whether the file is a picture that the HTML shows, too small to be content."""
        shown = self._related.get(id(file), "") in self._cids
        return shown and pictures.is_ornament(file.content)

    def _leaf(self, part: Part, depth: int) -> str:
        kind, name = part.kind, part.name
        if kind in _SIGNATURES or (kind in _OTHER_FORMS and not name):
            return ""
        if kind in _SEALED:
            self.sealed = True
            return ""
        if kind in _TNEF or name.lower() == "winmail.dat":
            return self._unwrapped(part.content, name or "winmail.dat")
        attached = part.disposition == "attachment" or (name and depth > 0)
        if not attached and (kind in _PLAIN or kind.startswith("multipart/")):
            return _plain(part)
        if not attached and kind == "text/html":
            source = html_of(part.content, part.charset)
            self._cids |= html_text.cids(source)
            if len(source) > html_text.LONGEST:
                self.files.append(File("message.html", "text/html", part.content))
            return html_text.read(source)
        self._attach(part, kind, name)
        return ""

    def _one_of(self, forms: list[tuple[Part, str]]) -> str:
        """Picks one of several forms of a text: the plain one, unless it only says that another is needed."""
        said = [(part, text) for part, text in forms if text.strip()]
        if not said:
            return ""
        _, first = said[0]
        _, last = said[-1]
        words = _words(first)
        if len(said) == 1 or len(words) > _STUB or set(words) <= set(_words(last)):
            return first
        if "html" in words or len(words) * 10 < len(_words(last)):
            return last
        return first if len(words) * 2 >= len(_words(last)) else f"{last}\n\n{first}"

    def _attach(self, part: Part, kind: str, name: str) -> None:
        content = part.content if kind != "message/rfc822" else part.body
        if not content:
            return
        if kind == "message/rfc822":
            name = name or "message.eml"
        extension = kind.rpartition("/")[2].partition("+")[0]
        file = File(name or f"attachment.{_EXTENSIONS.get(extension, extension)}", kind, content)
        self.files.append(file)
        if kind.startswith("image/") and (cid := part.headers.raw("content-id").strip(" <>")):
            self._related[id(file)] = cid

    def _unwrapped(self, content: bytes, name: str) -> str:
        """Reads winmail.dat: Outlook's own format, sent when it believes that the recipient uses Outlook."""
        inside = tnef.read(content)
        if inside is None:
            self.files.append(File(name, "application/ms-tnef", content))
            return ""
        self.files += [File(each, "application/octet-stream", data) for each, data in inside.files]
        return inside.text.strip() or html_text.read(inside.html)


def _together(texts: Iterable[str]) -> str:
    """All texts in order, without repeats (Outlook's text may be there again beside its winmail.dat)."""
    found: list[str] = []
    for text in texts:
        if text.strip() and text.strip() not in (each.strip() for each in found):
            found.append(text.rstrip())
    return "\n\n".join(found)


def _plain(part: Part) -> str:
    text = text_of(part.content, part.charset).replace("\r\n", "\n").replace("\r", "\n")
    if part.parameter("format").lower() == "flowed":
        return flowed.joined(text, delete_space=part.parameter("delsp").lower() == "yes")
    return text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text[:100_000].casefold())
