"""What our own mail is known by, when somebody quotes it: whom it comes from, its reply line, its links, what it says.
Pure.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from chalicelib.notifications import languages
from chalicelib.notifications.policy import REPLY_LINE

_SHORT = 20
"""Letters and digits: a shorter line is ours only if it is a whole line of ours."""
_LEAST = 8
"""Letters of a piece of our frame that is looked for."""
_MOST = 200_000
"""Letters and digits in which each line is looked for."""
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
"""What stands around what is said (notifications/templates), in English."""
_TRANSLATED = (
    *_FRAME[:6],
    "we have your request. Its number is %(number)s; you hear from us as soon as somebody has looked at it.",
    "Anything to add? Reply to this mail.",
    "%(actor)s answered and so reopened the ticket:",
)
"""The same, as it stands in the files of the other languages."""
_PRIVATE = "%(sender)s, to you alone"
"""In mail about chat messages, above a private one (templates/unread)."""


def paragraph(lines: Iterable[str]) -> str:
    """Lines as they are compared: without what is around them."""
    return "\n".join(line.strip() for line in lines)


def ends(body: str, trimmed: str | None) -> frozenset[str]:
    """The last paragraph of what somebody wrote, and those that were cut from it."""
    found = [body.rstrip().rpartition("\n\n")[2], *(trimmed or "").split("\n\n")]
    return frozenset(paragraph(each.strip("\n").split("\n")) for each in found if each.strip())


def letters(text: str) -> str:
    """Letters and digits alone: what no mail program changes, however it wraps and marks."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _pieces(text: str) -> list[str]:
    """What stands in a text around the names that are put into it, in every language."""
    told = [languages.of(tag).gettext(text) for tag in languages.known()]
    return [piece.strip(" ,،.:;") for each in told for piece in re.split(r"%\(\w+\)s", each)]


_MARKS = frozenset(letters(each) for each in _pieces(REPLY_LINE))
_FRAMES = (*_FRAME, *(piece for text in _TRANSLATED for piece in _pieces(text) if len(letters(piece)) >= _LEAST))
PRIVATE = tuple(piece for piece in _pieces(_PRIVATE) if piece)
"""Words of which one stands above a private message in our mail."""


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
        """Whether it is the line under which everything is ours, and nothing else."""
        return len(line) < 200 and letters(line) in _MARKS

    def is_address_in(self, text: str) -> bool:
        low = text.lower()
        return any(address in low for address in self.addresses) or bool(self._reply and self._reply.search(low))

    def is_name_in(self, text: str) -> bool:
        return bool(self._names and self._names.search(text))

    def is_end(self, line: str) -> bool:
        """Whether it is the last of our mail."""
        return "mail/unsubscribe?token=" in line or (bool(self.home) and line.strip("<>* ") == self.home)

    def says(self, line: str) -> bool:
        """Whether a line is from our mail."""
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
