"""By what a person is found: the beginning of the e-mail address, or of each word of the name. Pure but for the items.

A posting is written with the account and sorted by it, under the first letters of a word or of the address; whoever
looks people up judges them again by their account as it is now.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pynamodb.attributes import UnicodeAttribute

from chalicelib.dynamo import Item, Transaction
from chalicelib.folding import folded
from chalicelib.settings import settings

STEM = 3
"""Characters under which a word is found by more of them; by fewer it is found under the first."""
WORDS = 8
"""Of a name that count."""
BEHIND = "~"
"""Sorts behind all postings of the account whose id it follows."""

_ID = 26


class PersonPosting(Item):
    """An account has a word that begins so. `term` "person mar": `item` is the account's id. `term` "person m": the
    stem follows the id. In the table `search`."""

    class Meta:
        table_name = settings.search_table

    term = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)


def postings(account_id: str, name: str, email_key: str) -> set[tuple[str, str]]:
    """The keys of all that lead to an account."""
    keys = set()
    for word in (*words(name)[:WORDS], folded(email_key)):
        keys.add((_term(word[:1]), f"{account_id} {word[:STEM]}"))
        if len(word) >= STEM:
            keys.add((_term(word[:STEM]), account_id))
    return keys


def add(transaction: Transaction, there: Iterable[tuple[str, str]], gone: Iterable[tuple[str, str]] = ()) -> None:
    """Adds the writing of some postings to the change of an account, and the deletion of others."""
    for key in sorted(there):
        transaction.put(PersonPosting(*key))
    for key in sorted(gone):
        transaction.delete(PersonPosting(*key))


def words(text: str) -> list[str]:
    """Letters, digits and symbols that stand together, folded."""
    return ["".join(run) for inside, run in groupby(folded(text), _inside) if inside]


def account_of(item: str) -> str:
    return item[:_ID]


@dataclass(frozen=True)
class Typed:
    """What somebody looks for."""

    whole: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Typed":
        return cls(folded(text).strip(), tuple(words(text)))

    def stretches(self) -> Iterator[tuple[str, str]]:
        """Where those stand who may be meant: a term, and with what the stem begins that follows the id there."""
        longest = max(self.words, key=len, default="")
        for beginning in dict.fromkeys(each[:STEM] for each in (self.whole, longest) if each):
            yield (_term(beginning), "") if len(beginning) == STEM else (_term(beginning[:1]), beginning)

    def fits(self, name: str, email_key: str) -> bool:
        """Whether the address begins so, or each word typed begins one of the name's."""
        there = words(name)[:WORDS]
        named = bool(self.words) and all(any(word.startswith(each) for word in there) for each in self.words)
        return named or (bool(self.whole) and folded(email_key).startswith(self.whole))


def _term(beginning: str) -> str:
    return f"person {beginning}"


def _inside(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNM" or category == "So"
