"""Sending a message: it is checked, stored, then delivered by the instance that stored it. If that instance dies, a
consumer of the table's stream delivers (`deliver_pending`); `pending_until` says whose turn it is. Subscriptions that
it doesn't reach get it later (telling.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import conversations, delivery, destinations, heads, schemas, telling, unread
from chalicelib.chat.conversations import Draft, Place
from chalicelib.chat.delivery import Outcome, Outgoing
from chalicelib.chat.models import Message, Subscriber
from chalicelib.errors import Forbidden, NotFound
from chalicelib.listening import service as listening
from chalicelib.log import about, log
from chalicelib.people import account_status
from chalicelib.tickets import service as tickets
from chalicelib.tickets.lifecycle import closed_refusal
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.policy import relation


@dataclass(frozen=True)
class Judged:
    """A message that its sender may send, with the ticket as it was when that was checked."""

    draft: Draft
    ticket: Ticket


def judge(caller: Caller, sent: schemas.ChatSend) -> Judged:
    """Checks that the caller may send this message. Raises NotFound, Conflict (the ticket is closed), Forbidden (the
    recipient may not see the ticket, or is the sender)."""
    ticket = tickets.visible(caller, sent.ticket_id)
    recipient_id = sent.recipient_id if isinstance(sent, schemas.PrivateSend) else None
    if recipient_id is not None:
        judge_recipient(caller, ticket, recipient_id)
    if ticket.status == "closed":
        raise closed_refusal()
    return Judged(Draft(caller, ticket.id, sent.content, sent.client_message_id, recipient_id), ticket)


def say(judged: Sequence[Judged]) -> list[Place]:
    """Stores all messages or none, then delivers them. Raises Conflict, Unavailable. A failed delivery doesn't raise:
    it is tried again later."""
    places = conversations.store([each.draft for each in judged])
    for each, place in zip(judged, places, strict=True):
        if place.message is not None:
            _delivered(place.message, each.ticket)
    return places


def deliver_pending(keys: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Delivers recently stored messages that their own instance hasn't delivered: waits until it has done so or its
    time is over. Returns the keys that have to be tried again."""
    waiting = list(dict.fromkeys(keys))
    failed = []
    while waiting:
        undecided = []
        for key in waiting:
            message = conversations.get(*key)
            if message is None or message.pending_until is None:
                continue
            if ambient.clock() < message.pending_until:
                undecided.append(key)
                continue
            with about(message.request_id):
                if not _delivered(message, tickets.read(message.ticket_id)):
                    failed.append(key)
        waiting = undecided
        if waiting:
            ambient.sleep(0.2)
    return failed


def _delivered(message: Message, ticket: Ticket | None) -> bool:
    """Delivers a message. Returns whether it was sent or is in the live queue; if not, it stays pending for the
    stream's consumer."""
    try:
        if ticket is not None:
            _deliver(message, ticket)
    except Exception:
        log.exception("a message was not delivered")
        return False
    return True


def event_of(message: Message) -> Outgoing:
    shown = schemas.message(message).model_dump(mode="json")
    return Outgoing(message.id, delivery.written(shown))


def missed(row: Subscriber, conversation: str, at: int) -> None:
    """Sends a new subscription the messages since this epoch millisecond, at which it was requested: they may have been
    sent before it was stored. Some may arrive twice."""
    for message in conversations.since(conversation, at):
        ticket = tickets.read(message.ticket_id)
        mine = message.recipient_id is None or row.account_id in (message.sender_id, message.recipient_id)
        if ticket is not None and mine:
            _send(delivery.entitled([row], ticket), message)


@telling.teller("message")
def tell_message(rows: Sequence[Subscriber], conversation: str, seq: int) -> Outcome:
    """Tells these subscriptions of a message that they may still see."""
    message = conversations.get(conversation, seq)
    ticket = tickets.read(message.ticket_id) if message is not None else None
    if message is None or ticket is None:
        return Outcome()
    with about(message.request_id):
        at = _now()
        outcome = delivery.send(delivery.entitled(rows, ticket), event_of(message))
        _note(message, at, [], Message.delivered_at.exists())
    return outcome


def _deliver(message: Message, ticket: Ticket) -> None:
    """Sends the message to its listeners and records that. A repeat sends it again."""
    heads.note(message)
    rows, at = _listeners(message, ticket), _now()
    _send(rows, message)
    unread.note(message, ticket)
    _tell_unread(message, ticket)
    _note(message, at, [Message.pending_until.remove()], Message.pending_until.exists())


def _send(rows: Sequence[Subscriber], message: Message) -> None:
    outcome = delivery.send(rows, event_of(message))
    telling.settle(outcome, "message", conversation=message.conversation, seq=int(message.seq))


def _tell_unread(message: Message, ticket: Ticket) -> None:
    """Records the message as unread for those who may not have seen it, and what came before it as read by its
    sender."""
    parties = {ticket.client_id, ticket.assignee_id} if message.recipient_id is None else {message.recipient_id}
    listening.unread_changed(ticket.id, {message.sender_id, *(id_ for id_ in parties if id_)})


def _note(message: Message, at: int, actions: list[Action], condition: Condition) -> None:
    """Records when delivery began, since the first who get the message may answer before the last have it. For those in
    the live queue a later time is recorded once it is sent to them."""
    try:
        message.update([*actions, Message.delivered_at.set(at)], condition)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def _now() -> int:
    return int(ambient.clock() * 1000)


def _listeners(message: Message, ticket: Ticket) -> list[Subscriber]:
    if message.recipient_id is None:
        return delivery.entitled(delivery.subscribers(destinations.topic_key(message.ticket_id)), ticket)
    pair = (message.sender_id, message.recipient_id)
    rows = [row for id_ in pair for row in delivery.subscribers(destinations.private_key(id_))]
    return delivery.entitled(rows, ticket)


def judge_recipient(caller: Caller, ticket: Ticket, recipient_id: str) -> None:
    """Raises Forbidden if the caller may not write privately to this person, on this ticket."""
    if recipient_id == caller.id:
        raise Forbidden("The recipient must be somebody else.")
    if not sees(recipient_id, ticket):
        raise Forbidden("The recipient may not see this ticket.")


def judge_partner(caller: Caller, ticket: Ticket, with_: str | None) -> None:
    """Raises NotFound if the caller may not write privately to this person, on this ticket."""
    if with_ is not None and (with_ == caller.id or not sees(with_, ticket)):
        raise NotFound("There is nobody of this id to whom you may write.")


def sees(account_id: str, ticket: Ticket) -> bool:
    """Whether there is such an account and it may see the ticket now."""
    now = account_status.current(account_id)
    return (
        now is not None
        and now.active
        and relation(delivery.Listener(account_id, now.role, now.team), ticket) is not None
    )
