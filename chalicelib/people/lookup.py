"""How people are found: by the beginning of their e-mail address or of any word of their name. Pure, apart from the
items.

A posting is written in the transaction that writes the account. Its key is the first letters of a word or of the
address, its sort key the account. Postings may be old: the account as it is now decides who is shown.
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
"""How many first characters of a word make the key of a posting. Shorter searches use a second posting, whose key is
the first character alone."""
WORDS = 8
"""How many words of a name are indexed."""
BEHIND = "~"
"""Appended to an account's id, it sorts after all the account's postings."""

_ID = 26


class PersonPosting(Item):
    """Leads from the first letters of a word to an account that has it. Under `term` "person mar", `item` is the
    account's id; under "person m", the id and the word's first three letters. In the table `search`."""

    class Meta:
        table_name = settings.search_table

    term = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)


def postings(account_id: str, name: str, email_key: str) -> set[tuple[str, str]]:
    """The keys of all postings of an account."""
    keys = set()
    for word in (*words(name)[:WORDS], folded(email_key)):
        keys.add((_term(word[:1]), f"{account_id} {word[:STEM]}"))
        if len(word) >= STEM:
            keys.add((_term(word[:STEM]), account_id))
    return keys


def add(transaction: Transaction, there: Iterable[tuple[str, str]], gone: Iterable[tuple[str, str]] = ()) -> None:
    """Adds to the transaction that changes an account the postings that it needs now, and deletes those it no longer
    needs."""
    for key in sorted(there):
        transaction.put(PersonPosting(*key))
    for key in sorted(gone):
        transaction.delete(PersonPosting(*key))


def words(text: str) -> list[str]:
    """The words of a text: runs of letters, digits and symbols, without case and accents."""
    return ["".join(run) for inside, run in groupby(folded(text), _inside) if inside]


def account_of(item: str) -> str:
    return item[:_ID]


@dataclass(frozen=True)
class Typed:
    """A search for people, as it was typed."""

    whole: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Typed":
        return cls(folded(text).strip(), tuple(words(text)))

    def stretches(self) -> Iterator[tuple[str, str]]:
        """The postings to read: a term, and the letters with which the stem behind the id must begin ("": any)."""
        longest = max(self.words, key=len, default="")
        for beginning in dict.fromkeys(each[:STEM] for each in (self.whole, longest) if each):
            yield (_term(beginning), "") if len(beginning) == STEM else (_term(beginning[:1]), beginning)

    def fits(self, name: str, email_key: str) -> bool:
        """Whether the address begins with what was typed, or each word typed begins a word of the name."""
        there = words(name)[:WORDS]
        named = bool(self.words) and all(any(word.startswith(each) for word in there) for each in self.words)
        return named or (bool(self.whole) and folded(email_key).startswith(self.whole))


def _term(beginning: str) -> str:
    return f"person {beginning}"


def _inside(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNM" or category == "So"
