"""Messages on a ticket: one public conversation, and a private one for each pair of people.

A message is put at the last `seq` + 1, on condition that nothing is there. So `seq` has no gap, even if several write
at the same time or one of them dies: there is no counter that could run ahead of the messages.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile

from pynamodb.exceptions import DoesNotExist, PutError

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat.models import ChatItem, Message, Sent
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.errors import Conflict
from chalicelib.log import request_id

REMEMBERED = 7 * 86_400
"""Seconds for which a `client_message_id` is remembered."""
GRACE = 5.0
"""Seconds in which the instance that stored a message should deliver it. After that the consumer of the stream does
(`saying.deliver_pending`)."""
_LATEST = 8
"""How many messages are read at once to find the latest `seq`."""
_PATIENCE = 48
"""How often storing is tried: twenty people may want the same `seq` at once."""


@dataclass(frozen=True)
class Draft:
    """A message to be stored. That its sender may send it has been checked."""

    sender: Caller
    ticket_id: str
    content: str
    client_message_id: str | None = None
    recipient_id: str | None = None
    id: str = field(default_factory=ambient.new_id)
    """The message's id, the same at each attempt."""

    @property
    def conversation(self) -> str:
        return conversation(self.ticket_id, self.sender.id, self.recipient_id)

    @property
    def digest(self) -> str:
        said = json.dumps([self.conversation, self.recipient_id, self.content])
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Place:
    """Where a draft is stored. `message` is None if the client had sent it before, and it was already there."""

    id: str
    seq: int
    message: Message | None


def conversation(ticket_id: str, one: str, other: str | None) -> str:
    """The key of the ticket's public conversation, or of the private one between `one` and `other`."""
    return ticket_id if other is None else "#".join([ticket_id, *sorted((one, other))])


def store(drafts: Sequence[Draft]) -> list[Place]:
    """Stores all drafts or none. If the sender used a `client_message_id` before with the same content, that message is
    returned; with other content it raises Conflict."""
    known: dict[int, Place] = {}
    for at, draft in enumerate(drafts):
        earlier = next((n for n in range(at) if _same_name(drafts[n], draft)), None)
        if earlier is not None and drafts[earlier].digest != draft.digest:
            raise _taken(draft)

    def attempt() -> list[Place]:
        _put(drafts, known)
        return [known[at] for at in range(len(drafts))]

    return until_it_holds(attempt, _PATIENCE)


def page(key: str, before: int | None, limit: int) -> tuple[list[Message], bool]:
    """The newest messages before `before`, the newest first, and whether there are older ones."""
    condition = ChatItem.seq < before if before is not None else None
    found = list(
        Message.query(
            key, condition, scan_index_forward=False, limit=limit + 1, page_size=limit + 1, consistent_read=True
        )
    )
    return found[:limit], len(found) > limit


def page_after(key: str, after: int, limit: int) -> tuple[list[Message], bool]:
    """The oldest messages after `after`, the oldest first, and whether there are newer ones."""
    more = limit + 1
    found = list(Message.query(key, ChatItem.seq > after, limit=more, page_size=more, consistent_read=True))
    return found[:limit], len(found) > limit


def since(key: str, at: int) -> list[Message]:
    """The messages from this epoch millisecond on, oldest first. One Query, usually of a single read unit."""
    stamp = ambient.timestamp(datetime.fromtimestamp(at / 1000, UTC))
    newest = Message.query(key, scan_index_forward=False, page_size=_LATEST, consistent_read=True)
    return list(reversed(list(takewhile(lambda each: each.sent_at >= stamp, newest))))


def last_seq(key: str) -> int:
    """The newest message's `seq`; 0 if there is none."""
    newest = next(iter(Message.query(key, scan_index_forward=False, limit=1, page_size=1, consistent_read=True)), None)
    return int(newest.seq) if newest else 0


def get(key: str, seq: int) -> Message | None:
    """The message as it is stored now; None if there is none."""
    try:
        return Message.get(key, seq, consistent_read=True)
    except DoesNotExist:
        return None


def _put(drafts: Sequence[Draft], known: dict[int, Place]) -> None:
    """One attempt to store the drafts that aren't stored yet. Raises LostRace, and records in `known` what it found, by
    the draft's index."""
    last: dict[str, int] = {}
    messages: dict[int, Message] = {}
    transaction = Transaction()
    for at, draft in enumerate(drafts):
        if at in known or any(_same_name(drafts[n], draft) for n in messages):
            continue
        key = draft.conversation
        if key not in last:
            last[key] = last_seq(key)
        last[key] += 1
        message = messages[at] = _message(draft, last[key])
        transaction.put(message, ChatItem.seq.does_not_exist(), label="place")
        if draft.client_message_id is not None:
            transaction.put(_sent(draft, message), Sent.seq.does_not_exist(), label=f"sent {at}")
    if len(transaction) == 1:
        _put_alone(next(iter(messages.values())))
    else:
        try:
            transaction.commit()
        except LostRace as race:
            for at in messages:
                if f"sent {at}" in race.failed:
                    known[at] = _earlier(drafts[at])
            raise
    known |= {at: Place(message.id, int(message.seq), message) for at, message in messages.items()}
    for at, draft in enumerate(drafts):
        if at not in known:
            known[at] = next(Place(known[n].id, known[n].seq, None) for n in range(at) if _same_name(drafts[n], draft))


def _put_alone(message: Message) -> None:
    """Stores one message without a transaction, at half the price. If the place is taken, what stands there may be our
    own message: the answer got lost and the client library tried again."""
    try:
        message.save(condition=ChatItem.seq.does_not_exist())
    except PutError as error:
        if error.cause_response_code not in ("ConditionalCheckFailedException", "TransactionConflictException"):
            raise
        there = get(message.conversation, int(message.seq))
        if there is None or there.id != message.id:
            raise LostRace(frozenset({"place"})) from error


def _message(draft: Draft, seq: int) -> Message:
    return Message(
        conversation=draft.conversation,
        seq=seq,
        id=draft.id,
        ticket_id=draft.ticket_id,
        sender_id=draft.sender.id,
        sender_name=draft.sender.name,
        sender_role=draft.sender.role,
        recipient_id=draft.recipient_id,
        content=draft.content,
        client_message_id=draft.client_message_id,
        sent_at=ambient.timestamp(),
        request_id=request_id(),
        pending_until=ambient.clock() + GRACE,
    )


def _sent(draft: Draft, message: Message) -> Sent:
    return Sent(
        conversation=_name(draft),
        seq=0,
        digest=draft.digest,
        message_id=message.id,
        message_seq=message.seq,
        expires_at=int(ambient.clock()) + REMEMBERED,
    )


def _earlier(draft: Draft) -> Place:
    """What was stored under the draft's `client_message_id`. Raises Conflict; LostRace if it just expired."""
    try:
        sent = Sent.get(_name(draft), 0, consistent_read=True)
    except DoesNotExist:
        raise LostRace from None
    if sent.expires_at <= ambient.clock():
        sent.delete(Sent.message_id == sent.message_id)
        raise LostRace
    if sent.digest != draft.digest:
        raise _taken(draft)
    return Place(sent.message_id, int(sent.message_seq), None)


def _same_name(one: Draft, other: Draft) -> bool:
    return one.client_message_id is not None and _name(one) == _name(other)


def _name(draft: Draft) -> str:
    return f"sent#{draft.sender.id}#{draft.client_message_id}"


def _taken(draft: Draft) -> Conflict:
    return Conflict(f"There is another message with the client_message_id {draft.client_message_id!r}.")
