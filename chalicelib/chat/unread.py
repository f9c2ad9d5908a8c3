"""Sends a mail to people about chat messages that they haven't seen after ten minutes (contract §8).

Everybody whom a message concerns gets an entry, one per ticket until it is dealt with, and a row in a list that is
sorted by when it is due. The schedule reads the due rows of that list and nothing else.

A message counts as seen (contract §7) by who said so or answered (seen.py), loaded it, or was subscribed to the
ticket's topic on a connection from which something came after it was delivered. A subscription alone proves nothing:
the laptop's lid may be closed.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from pynamodb.attributes import NumberAttribute
from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.chat import conversations, delivery, destinations, seen, transport
from chalicelib.chat.models import Connection, Message, Seen, Unread, UnreadDue
from chalicelib.chat.session import Session
from chalicelib.dynamo import Transaction, until_it_holds
from chalicelib.notifications import queue
from chalicelib.tickets.models import Ticket

PATIENCE = 600
"""For how many seconds a message may stay unread before a mail is sent."""
_KEPT = 2 * 86_400
_DUE = "unread-due"
_MOST = 100
"""The most entries that one run deals with. The next run is a minute later."""


def note(message: Message, ticket: Ticket) -> None:
    """Makes entries about a message for those whom it concerns."""
    concerned = {message.recipient_id} if message.recipient_id else {ticket.client_id, ticket.assignee_id}
    for reader in concerned - {None, message.sender_id}:
        until_it_holds(partial(_note, message, str(reader), _milliseconds(message.sent_at)))


def loaded(account_id: str, messages: Sequence[Message]) -> None:
    """Records that somebody was shown a page of a conversation."""
    if messages:
        newest = max(messages, key=lambda each: each.seq)
        _raise(account_id, newest.conversation, Seen.seq, int(newest.seq))


def lived(account_id: str, ticket_id: str, at: int, *, private: bool) -> None:
    """Records, as somebody's subscription to the ticket's topic ends, that something last came from its client at this
    epoch millisecond. `private`: the connection got private messages as well."""
    for what in (ticket_id, _private(ticket_id)) if private else (ticket_id,):
        _raise(account_id, what, Seen.at, at)


def tell_due() -> int:
    """Queues mails to those whose oldest unread message is ten minutes old. Returns how many."""
    until = f"{int((ambient.clock() - PATIENCE) * 1000):015d}~"
    due = list(UnreadDue.query(_DUE, UnreadDue.item <= until, limit=_MOST, consistent_read=True))
    return sum(until_it_holds(partial(_tell, row)) for row in due)


def _note(message: Message, reader: str, at: int) -> None:
    entry = Unread(id=f"unread#{message.ticket_id}", item=reader)
    try:
        entry.update(
            actions=[Unread.conversations.add({message.conversation}), Unread.version.add(1)],
            condition=Unread.id.exists(),
        )
        return
    except UpdateError as error:
        if error.cause_response_code not in ("ConditionalCheckFailedException", "TransactionConflictException"):
            raise
    entry.conversations, entry.version = {message.conversation}, 1
    entry.expires_at = int(ambient.clock()) + _KEPT
    transaction = Transaction()
    transaction.put(entry, Unread.id.does_not_exist(), label="entry")
    transaction.put(_due(message.ticket_id, reader, at))
    transaction.commit()


def _tell(row: UnreadDue) -> bool:
    """Deals with an entry that is due. Raises LostRace when a message came meanwhile; then it has to be tried again."""
    try:
        entry = Unread.get(f"unread#{row.ticket_id}", row.reader, consistent_read=True)
    except DoesNotExist:
        row.delete()
        return False
    messages = sorted(_unread(entry, row), key=lambda each: each.id)
    transaction = Transaction()
    transaction.delete(row)
    young = bool(messages) and _milliseconds(messages[0].sent_at) > (ambient.clock() - PATIENCE) * 1000
    if young:  # the older ones have been seen
        transaction.put(_due(row.ticket_id, row.reader, _milliseconds(messages[0].sent_at)))
        transaction.check(entry, Unread.version == entry.version, label="entry")
    else:
        if messages:
            queue.unread(row.ticket_id, row.reader, [_told(each) for each in messages])
            transaction.put(_mailed(row, _milliseconds(messages[-1].sent_at)))
        transaction.delete(entry, Unread.version == entry.version, label="entry")
    transaction.commit()
    return bool(messages) and not young


def _unread(entry: Unread, row: UnreadDue) -> Iterator[Message]:
    mailed = _seen(row.reader, f"mailed#{row.ticket_id}").at or 0
    alive = _alive(row.reader, row.ticket_id)
    for key in sorted(entry.conversations):
        public = key == row.ticket_id
        other = None if public else next(id_ for id_ in key.split("#")[1:] if id_ != row.reader)
        mark = seen.mark_of(row.reader, row.ticket_id, other)
        known = max(int(mark.seq or 0) if mark else 0, int(_seen(row.reader, key).seq or 0))
        place = row.ticket_id if public else _private(row.ticket_id)
        heard_at = max(int(_seen(row.reader, place).at or 0), alive[place])
        newest, _ = conversations.page(key, None, _MOST)
        for message in newest:
            is_seen = message.seq <= known or (message.delivered_at is not None and message.delivered_at < heard_at)
            if not is_seen and message.sender_id != row.reader and _milliseconds(message.sent_at) > mailed:
                yield message


def _alive(account_id: str, ticket_id: str) -> dict[str, int]:
    """When (epoch milliseconds) something last came from a connection of theirs that is subscribed to the ticket's
    topic: one value for public messages, one for private ones."""
    alive = {ticket_id: 0, _private(ticket_id): 0}
    for row in delivery.of_account(destinations.topic_key(ticket_id), account_id):
        try:
            connection = Connection.get(row.connection_id, "connection", consistent_read=True)
        except DoesNotExist:
            continue
        heard_at = max(int(connection.heard_at), transport.polled_at(delivery.address(row)))
        session = Session.from_json(connection.session)
        private = any(each.destination == destinations.PRIVATE_MESSAGES for each in session.subscriptions.values())
        for place in alive if private else (ticket_id,):
            alive[place] = max(alive[place], heard_at)
    return alive


def _private(ticket_id: str) -> str:
    return f"{ticket_id}#private"


def _seen(account_id: str, what: str) -> Seen:
    try:
        return Seen.get(f"seen#{account_id}", what, consistent_read=True)
    except DoesNotExist:
        return Seen(id=f"seen#{account_id}", item=what)


def _raise(account_id: str, what: str, attribute: NumberAttribute, value: int) -> None:
    actions: list[Action] = [
        attribute.set(value),
        Seen.kind.set(Seen),
        Seen.expires_at.set(int(ambient.clock()) + _KEPT),
    ]
    try:
        Seen(id=f"seen#{account_id}", item=what).update(
            actions=actions, condition=attribute.does_not_exist() | (attribute < value)
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def _due(ticket_id: str, reader: str, at: int) -> UnreadDue:
    return UnreadDue(
        id=_DUE,
        item=f"{at:015d}#{ticket_id}#{reader}",
        ticket_id=ticket_id,
        reader=reader,
        expires_at=int(ambient.clock()) + _KEPT,
    )


def _mailed(row: UnreadDue, at: int) -> Seen:
    return Seen(id=f"seen#{row.reader}", item=f"mailed#{row.ticket_id}", at=at, expires_at=int(ambient.clock()) + _KEPT)


def _told(message: Message) -> Any:
    return {
        "id": message.id,
        "sender_id": message.sender_id,
        "sender_name": message.sender_name,
        "content": message.content,
        "sent_at": message.sent_at,
        "private": message.recipient_id is not None,
    }


def _milliseconds(stamp: str) -> int:
    return int(ambient.moment(stamp).timestamp() * 1000)
