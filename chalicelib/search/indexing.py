"""Keeps the postings in line with what tickets say.

Every event that adds or changes text names that text, so whoever handles it knows which words it may touch: it brings
just these in line with the ticket as it is now, and looks again whether the ticket is still so. Whatever comes twice,
late, out of order or after a crash, the last to touch a word has seen the ticket after the last change that mattered to
it (docs/decisions/0013). A comment never changes: its words are only ever added. What is there already isn't written
again: found there by a read that sees every write before it, it is as good as written then.
"""

from collections.abc import Iterable

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.search.models import Months, Posting
from chalicelib.search.words import STEM, Word, words
from chalicelib.tickets import history, service as tickets
from chalicelib.tickets.kinds import kind_of
from chalicelib.tickets.models import Comment, Event, Ticket

TEXTS = ("title", "description")
FIELDS, COMMENTS = "t", "c"
"""Where a word stands."""


def follow(ticket_id: str, item: str) -> None:
    """What an event of a ticket's history means for the postings."""
    event = history.read(ticket_id, item)
    if event is not None:
        _follow(ticket_id, event)


def _follow(ticket_id: str, event: Event) -> None:
    if not kind_of(event.change, event.field).searched:
        return
    if event.change == "created":
        _note_month(month_of(ticket_id))
        reconcile(ticket_id, [event.after[name] for name in TEXTS], new=True)
    elif isinstance(event, Comment):
        write(ticket_id, COMMENTS, words(event.body), set())
    else:
        reconcile(ticket_id, [event.before, event.after])


def anew(ticket_id: str) -> None:
    """Follows every event of a ticket's history again."""
    for prefix in ("event#", "comment#"):
        for event in Event.query(ticket_id, Event.item.startswith(prefix), consistent_read=True):
            _follow(ticket_id, event)


def months() -> set[str]:
    """Those in which tickets were filed. A new one may be missing for a moment."""
    try:
        return set(Months.get("#months", "months").months)
    except DoesNotExist:
        return set()


def _note_month(month: str) -> None:
    if month not in months():
        Months(term="#months", item="months").update(actions=[Months.months.add({month})])


def reconcile(ticket_id: str, texts: Iterable[str], *, new: bool = False) -> None:
    """Brings the words of these texts (and the ticket's number) in line with what the ticket says now. `new`: none of
    them is likely to be there, so that nobody looks for it."""
    seen = tickets.read_whole(ticket_id)
    if seen is None:
        return
    touched = words(*texts, str(int(seen.number)))
    while True:
        wanted = words(*_texts(seen))
        write(ticket_id, FIELDS, touched & wanted, touched - wanted, look=not new)
        new = False
        now = tickets.read_whole(ticket_id)
        if now is None or _texts(now) == _texts(seen):
            return
        seen = now


def write(ticket_id: str, place: str, there: set[Word], gone: set[Word], *, look: bool = True) -> None:
    """Writes the postings of words that are there, deletes those of words that are gone, as far as they aren't so
    already. `look` False: it is taken that none is there."""
    wanted, unwanted = _keys(ticket_id, place, there), _keys(ticket_id, place, gone)
    if look:
        # What a comment says never goes: a read that may be late can only miss something, and it is written again.
        asked = Posting.batch_get(wanted + unwanted, consistent_read=place == FIELDS)
        found = {(posting.term, posting.item) for posting in asked}
        wanted, unwanted = [key for key in wanted if key not in found], [key for key in unwanted if key in found]
    with Posting.batch_write() as batch:
        for term, item in wanted:
            batch.save(Posting(term=term, item=item))
        for term, item in unwanted:
            batch.delete(Posting(term=term, item=item))


def _keys(ticket_id: str, place: str, some: set[Word]) -> list[tuple[str, str]]:
    return [key for word in sorted(some) for key in postings(ticket_id, place, word)]


def postings(ticket_id: str, place: str, word: Word) -> list[tuple[str, str]]:
    """The keys of a word's postings: of itself, and of its beginning where that is something else."""
    month = month_of(ticket_id)
    keys = [(f"{word.text} {month}", ticket_id + place)]
    if word.whole and len(word.text) > STEM:
        keys.append((f"{word.text[:STEM]}* {month}", ticket_id + place + word.text))
    return keys


def month_of(ticket_id: str) -> str:
    """YYYY-MM in which a ticket was filed."""
    return ambient.time_of(ticket_id)[:7]


def _texts(ticket: Ticket) -> tuple[str, str, str]:
    return ticket.title, ticket.description, str(int(ticket.number))
