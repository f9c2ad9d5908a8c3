"""Saying something: judged, stored, then delivered by whoever stored it. If that one dies, or somebody isn't reached, a
consumer of the table's stream delivers (`deliver_pending`): `pending_until` says whose turn it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import connections, conversations, delivery, destinations, heads, schemas, unread
from chalicelib.chat.conversations import Draft, Place
from chalicelib.chat.delivery import Outcome, Outgoing
from chalicelib.chat.models import Message, Subscriber
from chalicelib.errors import Forbidden
from chalicelib.log import about
from chalicelib.people import account_status
from chalicelib.tickets import service as tickets
from chalicelib.tickets.lifecycle import closed_refusal
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.policy import relation


@dataclass(frozen=True)
class Judged:
    """A message that its sender may say, on the ticket as it was then."""

    draft: Draft
    ticket: Ticket


def judge(caller: Caller, sent: schemas.ChatSend) -> Judged:
    """Raises NotFound, Conflict (closed), Forbidden (the recipient may not see the ticket, or is the sender)."""
    ticket = tickets.visible(caller, sent.ticket_id)
    recipient_id = sent.recipient_id if isinstance(sent, schemas.PrivateSend) else None
    if recipient_id is not None:
        _judge_recipient(caller, ticket, recipient_id)
    if ticket.status == "closed":
        raise closed_refusal()
    return Judged(Draft(caller, ticket.id, sent.content, sent.client_message_id, recipient_id), ticket)


def say(judged: Sequence[Judged]) -> list[Place]:
    """Stores all of it or none, then delivers. Raises Conflict, Unavailable; not for what can't be delivered now."""
    places = conversations.store([each.draft for each in judged])
    for each, place in zip(judged, places, strict=True):
        if place.message is not None:
            _deliver_first(place.message, each.ticket)
    return places


def deliver_pending(keys: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The consumer's part, for messages that were stored just now: waits until who stored them has delivered them or
    has had time enough, then delivers. Answers those that are to be tried again."""
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
            elif not _deliver_again(message):
                failed.append(key)
        waiting = undecided
        if waiting:
            ambient.sleep(0.2)
    return failed


def event_of(message: Message) -> Outgoing:
    shown = schemas.message(message).model_dump(mode="json")
    return Outgoing(message.id, delivery.written(shown))


def _deliver_first(message: Message, ticket: Ticket) -> None:
    heads.note(message)
    rows = _listeners(message, ticket)
    outcome = delivery.send(rows, event_of(message))
    unread.note(message, ticket, _reached(rows, outcome))
    _note(message, outcome.failed)
    connections.end_gone(outcome.gone)


def _reached(rows: Sequence[Subscriber], outcome: Outcome) -> set[str]:
    """Whose connections have it, or will have it."""
    gone = {(row.id, row.item) for row in outcome.gone}
    return {row.account_id for row in rows if (row.id, row.item) not in gone}


def _deliver_again(message: Message) -> bool:
    ticket = tickets.read(message.ticket_id)
    with about(message.request_id):
        heads.note(message)
        listening = rows = _listeners(message, ticket) if ticket is not None else []
        if message.undelivered is not None:
            missed = {tuple(key) for key in message.undelivered}
            rows = [row for row in rows if (row.id, row.item) in missed]
        outcome = delivery.send(rows, event_of(message))
        if ticket is not None:
            unread.note(message, ticket, _reached(listening, outcome))
        _note(message, outcome.failed)
        connections.end_gone(outcome.gone)
    return not outcome.failed


def _note(message: Message, failed: Sequence[Subscriber]) -> None:
    """Who is still to be reached; nobody: it is delivered."""
    actions: list[Action] = [Message.pending_until.remove(), Message.undelivered.remove()]
    if failed:
        actions = [
            Message.pending_until.set(0),
            Message.undelivered.set([[row.id, row.item] for row in failed]),
        ]
    try:
        message.update(actions=actions, condition=Message.pending_until.exists())
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def _listeners(message: Message, ticket: Ticket) -> list[Subscriber]:
    if message.recipient_id is None:
        return delivery.entitled(delivery.subscribers(destinations.topic_key(message.ticket_id)), ticket)
    pair = (message.sender_id, message.recipient_id)
    rows = [row for id_ in pair for row in delivery.subscribers(destinations.private_key(id_))]
    return delivery.entitled(rows, ticket)


def _judge_recipient(caller: Caller, ticket: Ticket, recipient_id: str) -> None:
    if recipient_id == caller.id:
        raise Forbidden("The recipient must be somebody else.")
    if not sees(recipient_id, ticket):
        raise Forbidden("The recipient may not see this ticket.")


def sees(account_id: str, ticket: Ticket) -> bool:
    """Whether somebody is there who may see the ticket now."""
    now = account_status.current(account_id)
    return (
        now is not None
        and now.active
        and relation(delivery.Listener(account_id, now.role, now.team), ticket) is not None
    )
