"""Splits a mail's HTML into tokens, in one pass. A search that found nothing isn't repeated, so time is linear in the
input's size. What turns out not to be markup is text: nothing is lost. Pure.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})(?=[\s/>]|$)")
_TO_QUOTE_OR_END = re.compile(r"[\"'>]")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]{0,40})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_LONGEST_TAG = 20_000
"""The longest tag whose attributes are read, in characters."""
_HIDDEN = frozenset({"script", "style", "title", "template", "xml"})
"""Elements whose content nobody sees."""


class Token(NamedTuple):
    """Text, or the beginning ("<p") or end ("</p") of an element."""

    text: str = ""
    opens: str = ""
    closes: str = ""
    attributes: dict[str, str] = {}


def tokens(source: str) -> Iterator[Token]:
    """The tokens in order, without comments, declarations and hidden elements."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._never: set[str] = set()
        """Strings that were searched for and don't occur any more."""

    def read(self) -> Iterator[Token]:
        source, at, begun = self._source, 0, 0
        while (at := source.find("<", at)) >= 0:
            found = _TAG.match(source, at)
            end = self._end_of_tag(found.end()) if found else self._end_of_other(at)
            if end < 0:  # not markup
                at += 1
                continue
            if begun < at:
                yield Token(text=_unescaped(source[begun:at]))
            begun = at = end
            if not found:
                continue
            name = found[2].lower()
            if found[1]:
                yield Token(closes=name)
                continue
            if name in _HIDDEN and source[end - 2] != "/":
                begun = at = self._after(f"</{name}", end) or end
                continue
            yield Token(opens=name, attributes=_attributes(source[found.end() : min(end, found.end() + _LONGEST_TAG)]))
        if begun < len(source):
            yield Token(text=_unescaped(source[begun:]))

    def _end_of_tag(self, at: int) -> int:
        """The index after the tag's ">", outside quotes; -1 if there is none."""
        if ">" in self._never:
            return -1
        while found := _TO_QUOTE_OR_END.search(self._source, at):
            at = found.end()
            if found[0] == ">":
                return at
            closing = self._find(found[0], at)
            if closing >= 0:
                at = closing + 1
        self._never.add(">")
        return -1

    def _end_of_other(self, at: int) -> int:
        """The index after a comment, a declaration or a processing instruction; -1 if it is none of these."""
        if self._source.startswith("<!--", at):
            end = self._find("-->", at + 2)
            return end + 3 if end >= 0 else -1
        if self._source.startswith(("<!", "<?", "</"), at):
            end = self._find(">", at)
            # "</ 3" is a heart, "<? 5" a question: markup has a letter there.
            return (
                end + 1
                if (end >= 0 and self._source[at + 2 : at + 3].strip().isalpha())
                or (end >= 0 and self._source.startswith("<![", at))
                else -1
            )
        return -1

    def _after(self, what: str, at: int) -> int | None:
        """The index after the end tag, in whatever case it is written; None if there is none."""
        if what in self._never:
            return None
        found = re.compile(re.escape(what) + r"[^>]{0,100}>", re.IGNORECASE).search(self._source, at)
        if found is None:
            self._never.add(what)
            return None
        return found.end()

    def _find(self, what: str, at: int) -> int:
        if what in self._never:
            return -1
        found = self._source.find(what, at)
        if found < 0:
            self._never.add(what)
        return found


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), _unescaped(double or single or bare))
    return found


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text
