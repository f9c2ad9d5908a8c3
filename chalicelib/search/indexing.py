"""Keeps the postings up to date with the text of tickets and with the team that each has.

Every event that adds or changes text names that text, so its consumer knows which words it may touch. It updates the
postings of just these words to the ticket as it is now, and then checks that the ticket is still the same. A change of
team moves all the ticket's words, past and present. So even if events come twice, late, out of order or after a crash,
whoever touches a word last has seen the ticket after the last change that mattered to it (docs/decisions/0013).

A comment never changes: its words only move with the ticket, and a word that a field has lost stays if a comment has
it. A posting that exists already isn't written again; it is read consistently, so it can be relied on.
"""

from collections.abc import Iterable, Mapping

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.search.models import Months, Posting
from chalicelib.search.words import STEM, Word, words
from chalicelib.tickets import history, service as tickets
from chalicelib.tickets.kinds import kind_of
from chalicelib.tickets.models import Comment, Event, Ticket

TEXTS = ("title", "description")
BEHIND_ID = " "
"""Separates a ticket's id from the word in a posting's key."""

_MONTHS = "#months"


def follow(ticket_id: str, item: str) -> None:
    """Updates the postings for an event (its sort key) of a ticket's history."""
    event = history.read(ticket_id, item)
    if event is not None:
        _follow(ticket_id, event)


def _follow(ticket_id: str, event: Event) -> None:
    if not kind_of(event.change, event.field).searched:
        return
    if event.change == "created":
        reconcile(ticket_id, words(*(event.after[name] for name in TEXTS)), new=True)
    elif isinstance(event, Comment):
        reconcile_comment(ticket_id, words(event.body))
    elif event.field == "team":
        _move(ticket_id, event.before)
    else:
        reconcile(ticket_id, words(event.before, event.after))


def anew(ticket_id: str) -> None:
    """Follows every event of a ticket's history again."""
    for event in _said(ticket_id):
        _follow(ticket_id, event)


def _said(ticket_id: str) -> Iterable[Event]:
    for prefix in ("event#", "comment#"):
        yield from Event.query(ticket_id, Event.item.startswith(prefix), consistent_read=True)


def _move(ticket_id: str, team: str) -> None:
    """Deletes the ticket's postings at a team that it has left, and writes them at the team that has it now."""
    said: set[Word] = set()
    for event in _said(ticket_id):
        if isinstance(event, Comment):
            said |= words(event.body)
        elif event.change == "created":
            said |= words(*(event.after[name] for name in TEXTS))
        elif event.field in TEXTS:
            said |= words(event.before, event.after)
    reconcile(ticket_id, said, {team})


def months(team: str | None) -> dict[str, list[str]]:
    """Month (YYYY-MM) in which tickets were filed -> the teams with tickets of that month: this team, or all. A new
    month may be missing for a moment."""
    found: dict[str, list[str]] = {}
    rows = Months.query(_MONTHS) if team is None else Months.query(_MONTHS, Months.item == team)
    for row in rows:
        for month in row.months:
            found.setdefault(month, []).append(row.item)
    return found


def _note_month(team: str, month: str) -> None:
    try:
        if month in Months.get(_MONTHS, team).months:
            return
    except DoesNotExist:
        pass
    Months(term=_MONTHS, item=team).update(actions=[Months.months.add({month})])


def reconcile(ticket_id: str, touched: set[Word], teams: Iterable[str] = (), *, new: bool = False) -> None:
    """Updates the postings of these words, and of the ticket's number, to the text of the ticket and its comments now:
    at the team that has it and at `teams`. `new`: probably none is there yet, so existing postings aren't read
    first."""
    seen = tickets.read_whole(ticket_id)
    if seen is None:
        return
    touched = touched | words(str(int(seen.number)))
    known = {*teams}
    while True:
        known.add(seen.team)
        _note_month(seen.team, month_of(ticket_id))
        wanted = _among(touched, words(*_texts(seen)))
        left = touched - wanted
        if left and seen.comments:
            wanted |= _in_comments(ticket_id, left)
        write(ticket_id, touched, known, {seen.team: wanted}, look=not new)
        new = False
        now = tickets.read_whole(ticket_id)
        if now is None or _state(now, left) == _state(seen, left):
            return
        seen = now


def reconcile_comment(ticket_id: str, spoken: set[Word]) -> None:
    """Writes the postings of a comment's words at the team that has the ticket."""
    seen = tickets.read(ticket_id)
    known: set[str] = set()
    while seen is not None:
        known.add(seen.team)
        write(ticket_id, spoken, known, {seen.team: spoken})
        now = tickets.read(ticket_id)
        if now is None or now.team == seen.team:
            return
        seen = now


def _among(some: set[Word], said: set[Word]) -> set[Word]:
    """The words of `said` that have the same text as one of `some`."""
    texts = {word.text for word in some}
    return {word for word in said if word.text in texts}


def _in_comments(ticket_id: str, some: set[Word]) -> set[Word]:
    """Those of these words that a comment contains. Read only when a field has lost a word."""
    comments = Comment.query(ticket_id, Comment.item.startswith("comment#"), consistent_read=True)
    return {word for comment in comments for word in _among(some, words(comment.body))}


def _state(ticket: Ticket, left: set[Word]) -> tuple[object, ...]:
    """What the postings depend on: it must be the same before and after they are written. Includes the comments if a
    word is gone that one might have."""
    return (ticket.team, *_texts(ticket), int(ticket.comments) if left else None)


def write(
    ticket_id: str,
    touched: set[Word],
    teams: Iterable[str],
    wanted: Mapping[str, set[Word]],
    *,
    look: bool = True,
) -> None:
    """Of the touched words, writes the postings that are wanted at a team and deletes the others at each of `teams`,
    unless they are so already. `look` False: assumes that none exists, without reading."""
    there = [key for team in teams for key in _keys(team, ticket_id, wanted.get(team, set()))]
    gone = [key for team in teams for key in _keys(team, ticket_id, touched)]
    gone = sorted(set(gone) - set(there))
    if look:
        found = {(each.term, each.item) for each in Posting.batch_get(there + gone, consistent_read=True)}
        there, gone = [key for key in there if key not in found], [key for key in gone if key in found]
    with Posting.batch_write() as batch:
        for term, item in there:
            batch.save(Posting(term=term, item=item))
        for term, item in gone:
            batch.delete(Posting(term=term, item=item))


def _keys(team: str, ticket_id: str, some: set[Word]) -> list[tuple[str, str]]:
    return [key for word in sorted(some) for key in postings(team, ticket_id, word)]


def postings(team: str, ticket_id: str, word: Word) -> list[tuple[str, str]]:
    """The keys of a word's postings: one for the whole word, and one for its beginning if that is something else."""
    month = month_of(ticket_id)
    keys = [(f"{team} {word.text} {month}", ticket_id + BEHIND_ID)]
    if word.whole and len(word.text) > STEM:
        keys.append((f"{team} {word.text[:STEM]}* {month}", ticket_id + BEHIND_ID + word.text))
    return keys


def month_of(ticket_id: str) -> str:
    """YYYY-MM in which a ticket was filed."""
    return ambient.time_of(ticket_id)[:7]


def _texts(ticket: Ticket) -> tuple[str, str, str]:
    return ticket.title, ticket.description, str(int(ticket.number))
