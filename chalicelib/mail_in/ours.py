"""Recognises our own mail when somebody quotes it: by its sender, its reply line, its links, its text. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from chalicelib.notifications import languages
from chalicelib.notifications.policy import REPLY_LINE

_SHORT = 20
"""Letters and digits. A shorter line counts as ours only if it equals a whole line of ours."""
_LEAST = 8
"""The fewest letters that a piece of our frame must have to be searched for."""
_MOST = 200_000
"""The most letters and digits of our text in which lines are searched for."""
_FRAME = (
    "Open the ticket",
    "You get this mail because this ticket is yours.",
    "You get this mail because this ticket is assigned to you.",
    "You get this mail because somebody wrote to you in this ticket's chat.",
    "You can answer by replying to this mail.",
    "Stop mail about tickets",
    "we have your request. Its number is",
    "Anything to add? Reply to this mail.",
    "you hear from us as soon as somebody has looked at it.",
    "answered and so reopened the ticket:",
)
"""Our mail's text around the quoted messages (notifications/templates), in English."""
_TRANSLATED = (
    *_FRAME[:6],
    "we have your request. Its number is %(number)s; you hear from us as soon as somebody has looked at it.",
    "Anything to add? Reply to this mail.",
    "%(actor)s answered and so reopened the ticket:",
)
"""The same, with the message ids used in the other languages' files."""
_PRIVATE = "%(sender)s, to you alone"
"""In mail about chat messages, above a private one (templates/unread)."""


def paragraph(lines: Iterable[str]) -> str:
    """Lines as one text for comparing, each without surrounding space."""
    return "\n".join(line.strip() for line in lines)


def ends(body: str, trimmed: str | None) -> frozenset[str]:
    """The last paragraph of what somebody wrote, and those that were cut from it."""
    found = [body.rstrip().rpartition("\n\n")[2], *(trimmed or "").split("\n\n")]
    return frozenset(paragraph(each.strip("\n").split("\n")) for each in found if each.strip())


def letters(text: str) -> str:
    """The text's letters and digits alone, which no mail program changes, however it wraps and marks."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _pieces(text: str) -> list[str]:
    """The fixed pieces of a text around the names inserted into it, in every language."""
    told = [languages.of(tag).gettext(text) for tag in languages.known()]
    return [piece.strip(" ,،.:;") for each in told for piece in re.split(r"%\(\w+\)s", each)]


_MARKS = frozenset(letters(each) for each in _pieces(REPLY_LINE))
_FRAMES = (*_FRAME, *(piece for text in _TRANSLATED for piece in _pieces(text) if len(letters(piece)) >= _LEAST))
PRIVATE = tuple(piece for piece in _pieces(_PRIVATE) if piece)
"""Texts, one of which is above each private message in our mail."""


@dataclass(frozen=True)
class Ours:
    """`addresses`: where our mail comes from, lower case. `domain`: of the addresses that replies go to. `names`: what
    it is signed with. `home`: the web client's address. `said`: texts that mail of this ticket has told. `ends`: how
    the same person's earlier mails ended, each as a `paragraph`."""

    addresses: frozenset[str] = frozenset()
    domain: str = ""
    names: frozenset[str] = frozenset()
    home: str = ""
    said: tuple[str, ...] = ()
    ends: frozenset[str] = frozenset()
    _frame: tuple[str, ...] = field(default=_FRAMES)

    def is_mark(self, line: str) -> bool:
        """Whether the line is our reply line and nothing else: everything below that is ours."""
        return len(line) < 200 and letters(line) in _MARKS

    def is_address_in(self, text: str) -> bool:
        low = text.lower()
        return any(address in low for address in self.addresses) or bool(self._reply and self._reply.search(low))

    def is_name_in(self, text: str) -> bool:
        return bool(self._names and self._names.search(text))

    def is_end(self, line: str) -> bool:
        """Whether the line is the last of our mail."""
        return "mail/unsubscribe?token=" in line or (bool(self.home) and line.strip("<>* ") == self.home)

    def says(self, line: str) -> bool:
        """Whether a line is part of our mail."""
        said = letters(line)
        if not said or self.is_mark(line) or self.is_end(line) or (self.home and f"{self.home}/tickets/" in line):
            return True
        return said in self._lines or (len(said) >= _SHORT and said in self._all) or said.startswith(self._framed)

    @cached_property
    def _reply(self) -> re.Pattern[str] | None:
        return re.compile(r"reply\+\w{42,48}@" + re.escape(self.domain.lower())) if self.domain else None

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        known = [re.escape(name) for name in self.names if name.strip()]
        return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)") if known else None

    @cached_property
    def _lines(self) -> frozenset[str]:
        return frozenset(letters(line) for text in (*self._frame, *self.said) for line in text.split("\n"))

    @cached_property
    def _all(self) -> str:
        return "\n".join(letters(text) for text in (*self._frame, *self.said))[:_MOST]

    @cached_property
    def _framed(self) -> tuple[str, ...]:
        return tuple(letters(text) for text in self._frame)


def with_said(known: Ours, said: Iterable[str]) -> Ours:
    return Ours(known.addresses, known.domain, known.names, known.home, tuple(said))
