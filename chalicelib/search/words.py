"""From text to the words by which it is found, and from what somebody types to what is looked for. Pure.

Case and accents don't count. A word is a run of letters and digits of any script. Chinese, Japanese, Korean, Thai and
their like are written without spaces between words (or with endings grown on): there each character is a word, and
each pair of neighbours. A symbol (an emoji) is a word by itself.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

LONGEST = 32
"""Characters of a word that count."""
STEM = 3
"""By so many first characters the beginnings of words are found."""

_UNSPACED = ("CJK ", "HIRAGANA ", "KATAKANA", "HANGUL ", "IDEOGRAPHIC ", "THAI ", "LAO ", "KHMER ", "MYANMAR ")
"""What the Unicode names of such characters begin with."""

# Combining classes of accents, and of the vowel signs that Arabic and Hebrew are read without. Vowels of Indic scripts
# and Japanese voicing marks are none of them: they make another word.
_ACCENTS = frozenset({*range(10, 37), *range(200, 255)})


class Word(NamedTuple):
    text: str
    whole: bool
    """Whether its beginnings are found too: not those of a character or a pair."""


class Term(NamedTuple):
    """What is looked for: a word, or a beginning."""

    text: str
    beginning: bool = False


def normal(text: str) -> str:
    """Without case and accents, in one of Unicode's several spellings."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if unicodedata.combining(c) not in _ACCENTS))


def words(*texts: str) -> set[Word]:
    """All words of these texts."""
    found: set[Word] = set()
    for text in texts:
        for run, spaced in _runs(text):
            if spaced:
                found.add(Word("".join(run)[:LONGEST], True))
            else:
                found |= {Word(each, False) for each in [*run, *_pairs(run)]}
    return found


def terms(typed: str) -> list[Term]:
    """What somebody who types this looks for, each once: every word; of the last one also what begins with it, once it
    has STEM characters."""
    found: list[Term] = []
    runs = list(_runs(typed))
    for place, (run, spaced) in enumerate(runs):
        if spaced:
            text = "".join(run)[:LONGEST]
            found.append(Term(text, place == len(runs) - 1 and len(text) >= STEM))
        else:
            found += [Term(each) for each in _pairs(run) or run]
    return list(dict.fromkeys(found))


def _pairs(run: list[str]) -> list[str]:
    return [one + next_one for one, next_one in pairwise(run)]


def _runs(text: str) -> Iterator[tuple[list[str], bool]]:
    """Runs of characters (each with its marks), and whether they are of a script that puts spaces between words."""
    run: list[str] = []
    kind = ""
    for character in normal(text):
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
