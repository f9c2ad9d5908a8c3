"""What was said to somebody who wasn't there, and isn't read ten minutes later: they are told by mail (contract §8).

Who isn't reached gets an entry, once for a ticket until it is dealt with, and a place in one list sorted by when it is
due: the schedule reads what is due of it and nothing else. What somebody has seen is a time for each conversation.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from pynamodb.exceptions import DoesNotExist, UpdateError

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import conversations
from chalicelib.chat.models import Message, Seen, Unread, UnreadDue
from chalicelib.dynamo import Transaction, until_it_holds
from chalicelib.notifications import queue
from chalicelib.tickets.models import Ticket

PATIENCE = 600
"""Seconds that a message waits to be read."""
PRIVATE = "private"
"""What one sees who listens to their private messages: all of them."""

_KEPT = 2 * 86_400
_DUE = "unread-due"
_MOST = 100
"""How much is dealt with in one run. The next is a minute later."""


def note(message: Message, ticket: Ticket, reached: Iterable[str]) -> None:
    """Notes a message for those whom it concerns and didn't reach."""
    concerned = {message.recipient_id} if message.recipient_id else {ticket.client_id, ticket.assignee_id}
    for reader in concerned - {None, message.sender_id} - set(reached):
        until_it_holds(partial(_note, message, str(reader), _milliseconds(message.sent_at)))


def saw(account_id: str, what: str) -> None:
    """Somebody listens from now on, or has read: `what` is a conversation's key or PRIVATE."""
    now = ambient.clock()
    Seen(id=f"seen#{account_id}", item=what, at=int(now * 1000), expires_at=int(now) + _KEPT).save()


def read(caller: Caller, ticket_id: str, with_: str | None) -> None:
    """Somebody loads the history."""
    saw(caller.id, conversations.conversation(ticket_id, caller.id, with_))


def tell_due() -> int:
    """Has those told whose oldest unread message is ten minutes old. Answers how many."""
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
    """Deals with an entry that is due. Raises LostRace when something was said meanwhile: then again."""
    try:
        entry = Unread.get(f"unread#{row.ticket_id}", row.reader, consistent_read=True)
    except DoesNotExist:
        row.delete()
        return False
    messages = sorted(_unread(entry, row), key=lambda each: each.id)
    transaction = Transaction()
    transaction.delete(row)
    young = bool(messages) and _milliseconds(messages[0].sent_at) > (ambient.clock() - PATIENCE) * 1000
    if young:  # the older ones have been read
        transaction.put(_due(row.ticket_id, row.reader, _milliseconds(messages[0].sent_at)))
        transaction.check(entry, Unread.version == entry.version, label="entry")
    else:
        if messages:
            queue.unread(row.ticket_id, row.reader, [_told(each) for each in messages])
            transaction.put(_mailed(row, _milliseconds(messages[-1].sent_at)))
        transaction.delete(entry, Unread.version == entry.version, label="entry")
    transaction.commit()
    return bool(messages) and not young


def _unread(entry: Unread, row: UnreadDue) -> Iterable[Message]:
    mailed = _at(row.reader, f"mailed#{row.ticket_id}")
    for key in sorted(entry.conversations):
        seen = max(_at(row.reader, key), mailed, _at(row.reader, PRIVATE) if key != row.ticket_id else 0)
        newest, _ = conversations.page(key, None, _MOST)
        for message in newest:
            if _milliseconds(message.sent_at) > seen and message.sender_id != row.reader:
                yield message


def _at(account_id: str, what: str) -> int:
    try:
        return int(Seen.get(f"seen#{account_id}", what, consistent_read=True).at)
    except DoesNotExist:
        return 0


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
