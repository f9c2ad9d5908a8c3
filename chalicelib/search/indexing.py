"""Keeps the postings in line with what tickets say.

Every event that adds or changes text names that text, so whoever handles it knows which words it may touch: it brings
just these in line with the ticket as it is now, and looks again whether the ticket is still so. Whatever comes twice,
late, out of order or after a crash, the last to touch a word has seen the ticket after the last change that mattered to
it (docs/decisions/0013). A comment never changes: its words are added, and cost nothing for those said before.
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


def follow(ticket_id: str, event_id: str) -> None:
    """What an event of a ticket's history means for the postings."""
    try:
        event = Event.get(ticket_id, f"event#{event_id}", consistent_read=True)
    except DoesNotExist:
        return
    if not kind_of(event.change, event.field).searched:
        return
    if event.change == "created":
        Months(term="#months", item="months").update(actions=[Months.months.add({month_of(ticket_id)})])
        reconcile(ticket_id, [event.after[name] for name in TEXTS])
    elif event.change == "comment":
        comment = Comment.get(ticket_id, f"comment#{event.after}", consistent_read=True)
        write(ticket_id, COMMENTS, words(comment.body), set())
    else:
        reconcile(ticket_id, [event.before, event.after])


def anew(ticket_id: str) -> None:
    """Follows every event of a ticket's history again."""
    for event in Event.query(ticket_id, Event.item.startswith("event#"), consistent_read=True):
        follow(ticket_id, history.event_id(event))


def reconcile(ticket_id: str, texts: Iterable[str]) -> None:
    """Brings the words of these texts (and the ticket's number) in line with what the ticket says now."""
    seen = tickets.read(ticket_id)
    if seen is None:
        return
    touched = words(*texts, str(int(seen.number)))
    while True:
        wanted = words(*_texts(seen))
        write(ticket_id, FIELDS, touched & wanted, touched - wanted)
        now = tickets.read(ticket_id)
        if now is None or _texts(now) == _texts(seen):
            return
        seen = now


def write(ticket_id: str, place: str, there: set[Word], gone: set[Word]) -> None:
    """Writes the postings of words that are there, deletes those of words that are gone."""
    with Posting.batch_write() as batch:
        for word in sorted(there):
            for term, item in postings(ticket_id, place, word):
                batch.save(Posting(term=term, item=item))
        for word in sorted(gone):
            for term, item in postings(ticket_id, place, word):
                batch.delete(Posting(term=term, item=item))


def postings(ticket_id: str, place: str, word: Word) -> list[tuple[str, str]]:
    """The keys of a word's postings: of itself, and of its beginning."""
    month = month_of(ticket_id)
    keys = [(f"{word.text} {month}", ticket_id + place)]
    if word.whole and len(word.text) >= STEM:
        keys.append((f"{word.text[:STEM]}* {month}", ticket_id + place + word.text))
    return keys


def month_of(ticket_id: str) -> str:
    """YYYY-MM in which a ticket was filed."""
    return ambient.time_of(ticket_id)[:7]


def _texts(ticket: Ticket) -> tuple[str, str, str]:
    return ticket.title, ticket.description, str(int(ticket.number))
