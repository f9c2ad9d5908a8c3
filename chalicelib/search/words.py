"""Splits text into the words by which it is found, and what somebody types into search terms. Pure.

A word is a run of letters and digits of any script, compared in the form of `chalicelib.folding`. Chinese, Japanese,
Korean, Thai and similar scripts have no spaces between words (or attach endings to them): there each character is a
word, and so is each pair of neighbours. A symbol (an emoji) is a word by itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from chalicelib.folding import folded

LONGEST = 32
"""How many characters of a word count; the rest is ignored."""
MOST = 5_000
"""How many different words of a text count, from its beginning on: a book's worth in languages with spaces. 20,000
Chinese characters may have some 25,000, and each is written and paid for."""
STEM = 3
"""How many first characters somebody must type for words to be found by their beginning."""

_UNSPACED = ("CJK ", "HIRAGANA ", "KATAKANA", "HANGUL ", "IDEOGRAPHIC ", "THAI ", "LAO ", "KHMER ", "MYANMAR ")
"""The beginnings of the Unicode names of characters of scripts without spaces."""

_NUMBER = re.compile(
    r"\W*(?:(?:tickets?|case|request|n(?:[ro°]|um|umber|ummer|umero)?|номер|тикет|заявка|билет|ちけっと|番号|工单|工單|티켓)"
    r"(?:[\W_]+|(?=\d))){0,3}[\W_]*(\d+)\W*"
)
"""A text that is only a ticket's number, however it is introduced: `#4`, `[#4]`, `Ticket #4`, `No. 4`."""
_IN_BRACKETS = re.compile(r"\[#(\d{1,15})\]")


class Word(NamedTuple):
    text: str
    whole: bool
    """Whether the word is found by its beginning too. Single characters and pairs aren't."""


class Term(NamedTuple):
    """One thing to search for: a word, or a word's beginning."""

    text: str
    beginning: bool = False


def words(*texts: str) -> set[Word]:
    """The words of these texts, the first MOST of each."""
    return {word for text in texts for word in _first(text)}


def _first(text: str) -> dict[Word, None]:
    found: dict[Word, None] = {}
    for run, spaced in _runs(text):
        if spaced:
            found[Word(_spelled(run), True)] = None
        else:
            for one, behind in zip_longest(run, run[1:]):
                found[Word(one, False)] = None
                if behind:
                    found[Word(one + behind, False)] = None
                if len(found) >= MOST:
                    break
        if len(found) >= MOST:
            break
    return found


def terms(typed: str) -> list[Term]:
    """The search terms of typed text, each once: every word; the last one also as a beginning, if it has STEM
    characters."""
    found: list[Term] = []
    alone = _NUMBER.fullmatch(folded(typed))
    if alone:
        return [Term(_spelled([*alone[1]]))]
    runs = list(_runs(typed))
    for place, (run, spaced) in enumerate(runs):
        if spaced:
            text = _spelled(run)
            found.append(Term(text, place == len(runs) - 1 and len(text) >= STEM))
        else:
            found += [Term(each) for each in _pairs(run) or run]
    return list(dict.fromkeys(found))


def numbered(typed: str) -> int | None:
    """The number of the ticket that a pasted subject names: `Re: [#4] Printer`."""
    found = _IN_BRACKETS.search(folded(typed))
    return int(found[1]) if found else None


def _spelled(run: list[str]) -> str:
    """The run as a word; a number loses its leading zeros."""
    word = "".join(run)
    return (word.lstrip("0") or "0" if word.isascii() and word.isdigit() else word)[:LONGEST]


def _pairs(run: list[str]) -> list[str]:
    return [one + next_one for one, next_one in pairwise(run)]


def _runs(text: str) -> Iterator[tuple[list[str], bool]]:
    """Runs of characters (each with its marks), and whether they are of a script that puts spaces between words."""
    run: list[str] = []
    kind = ""
    for character in folded(text):
        if run and unicodedata.category(character)[0] == "M":
            run[-1] += character
            continue
        now = _kind(character)
        if now != kind or now == "symbol":
            if run:
                yield run, kind == "spaced"
            run, kind = [], now
        if now:
            run.append(character)
    if run:
        yield run, kind == "spaced"


@lru_cache(maxsize=10_000)
def _kind(character: str) -> str:
    """spaced | unspaced | symbol, or nothing for what only separates."""
    category = unicodedata.category(character)
    if category == "So":
        return "symbol"
    if category[0] not in "LN":
        return ""
    return "unspaced" if unicodedata.name(character, "").startswith(_UNSPACED) else "spaced"
