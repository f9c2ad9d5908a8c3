"""The last `seq` of each conversation of a ticket, stored beside what each person has seen of it: the number of unread
messages is then a subtraction, without reading messages.

In the table `readers`, for each ticket: "#chat" has the last `seq` of the public conversation, "<account>#<other>" that
of a private one as `account` sees it (each of the two has an item), "<account>" the ids of those with whom they have a
private one. Whoever stores a message records it here before it is delivered; if they die, whoever delivers it in their
place does.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pynamodb.expressions.update import Action

from chalicelib.chat import seen
from chalicelib.chat.models import Message
from chalicelib.chat.reader_models import PUBLIC, Reader
from chalicelib.together import Wanted, look_up

MOST = 100
"""A count of 100 says "100 or more"."""
_MOST_PEOPLE = 20


class Unread(NamedTuple):
    """How much of a ticket somebody hasn't read. `private`: by the other person's id, without those where it is 0."""

    comments: int
    chat: int
    private: Mapping[str, int]


class Discussed(NamedTuple):
    """A ticket and how many public comments it has. `own`: the place (1, 2, 3 …) of the reader's own last comment."""

    ticket_id: str
    comments: int
    own: int


def note(message: Message) -> None:
    """Records a stored message as the conversation's last, and as seen by its sender. A repeat, or an older message,
    changes nothing."""
    seq, at = int(message.seq), message.sent_at
    if message.recipient_id is None:
        _advance(message.ticket_id, PUBLIC, seq, at)
        seen.move(message.sender_id, message.ticket_id, seq)
        return
    sender, recipient = message.sender_id, message.recipient_id
    if seq == 1:
        for one, other in ((sender, recipient), (recipient, sender)):
            Reader(ticket_id=message.ticket_id, reader=one).update(actions=[Reader.pairs.add({other})])
    _advance(message.ticket_id, f"{recipient}#{sender}", seq, at)
    if not _advance(message.ticket_id, f"{sender}#{recipient}", seq, at, Reader.seq.set(seq), Reader.at.set(at)):
        seen.move(sender, message.ticket_id, seq, recipient)


def of_ticket(ticket_id: str) -> list[Reader]:
    """All items of a ticket: where its conversations end and what everybody has seen. Their number grows with people
    and pairs of people, not with messages."""
    return list(Reader.query(ticket_id, consistent_read=True))


NOTHING = Unread(0, 0, {})


def looking_up(account_id: str, ticket_ids: Iterable[str]) -> Wanted[Reader]:
    """The keys that `unread` reads, for looking them up together with something else."""
    return Wanted(Reader, [(ticket_id, name) for ticket_id in ticket_ids for name in (account_id, PUBLIC)])


def unread(account_id: str, tickets: Iterable[Discussed], known: Wanted[Reader] | None = None) -> dict[str, Unread]:
    """How much somebody hasn't read of these tickets, by ticket id. `known`: what was looked up with `looking_up`."""
    asked = list(tickets)
    if known is None:
        known = looking_up(account_id, (each.ticket_id for each in asked))
        look_up(known)
    found = _by_key(known.found)
    pairs = [
        (each.ticket_id, f"{account_id}#{other}")
        for each in asked
        for other in sorted(_own(found, each.ticket_id, account_id).pairs or ())[:MOST]
    ]
    if pairs:
        behind = Wanted(Reader, pairs)
        look_up(behind)
        found |= _by_key(behind.found)
    return {each.ticket_id: _unread(found, account_id, each) for each in asked}


def _unread(found: Mapping[tuple[str, str], Reader], account_id: str, of: Discussed) -> Unread:
    own = _own(found, of.ticket_id, account_id)
    head = found.get((of.ticket_id, PUBLIC))
    private = {}
    for other in sorted(own.pairs or ()):
        pair = found.get((of.ticket_id, f"{account_id}#{other}"))
        if pair is not None and (missed := count(pair.last, pair.seq)):
            private[other] = missed
    return Unread(
        comments=count(of.comments, max(own.comments or 0, of.own)),
        chat=count(head.last if head else 0, own.seq),
        private=dict(list(private.items())[:_MOST_PEOPLE]),
    )


def count(last: float | None, seen: float | None) -> int:
    """The number of unread messages, at most MOST. `last`: the conversation's last `seq`; `seen`: the last one seen."""
    return min(MOST, max(0, int(last or 0) - int(seen or 0)))


def _own(found: Mapping[tuple[str, str], Reader], ticket_id: str, account_id: str) -> Reader:
    return found.get((ticket_id, account_id)) or Reader(ticket_id=ticket_id, reader=account_id)


def _by_key(items: Iterable[Reader]) -> dict[tuple[str, str], Reader]:
    return {(item.ticket_id, item.reader): item for item in items}


def _advance(ticket_id: str, reader: str, seq: int, at: str, *more: Action) -> bool:
    """Moves the conversation's end forward to `seq`. Returns False if it was there already."""
    return seen.forward(
        Reader(ticket_id=ticket_id, reader=reader),
        [Reader.last.set(seq), Reader.last_at.set(at), *more],
        Reader.last.does_not_exist() | (Reader.last < seq),
    )
