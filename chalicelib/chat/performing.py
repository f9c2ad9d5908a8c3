"""Performs the steps of a client's message, once the connection's new state is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.chat import (
    asking,
    connections,
    delivery,
    destinations,
    live,
    presence,
    protocols,
    saying,
    schemas,
    sending,
    telling,
    transport,
    viewing,
)
from chalicelib.chat.asking import Note
from chalicelib.chat.models import Connection, Subscriber, within
from chalicelib.chat.session import Command, Commit, Send, Session, Step, Stored, Subscribe, Subscription
from chalicelib.chat.stomp import answers
from chalicelib.chat.transport import Address
from chalicelib.dynamo import LostRace
from chalicelib.errors import Refused
from chalicelib.log import log
from chalicelib.tickets import service as tickets


class Failed(Refused):
    """An unexpected error on the server. The client may connect again."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"


def perform(
    connection: Connection,
    steps: Sequence[Step],
    rows: Mapping[str, Subscriber],
    gone: Sequence[Subscriber],
    at: int,
) -> None:
    """Performs the steps in order and sends the answers. `rows`: rows of new subscriptions by subscription id; `gone`:
    rows of ended ones; `at`: when the message arrived at the gateway, epoch milliseconds."""
    address = connections.address_of(connection)
    for step in steps:
        replies, close = _step(connection, address, step, rows, at)
        telling.answer(address, replies)
        if close:
            transport.close(address)
            connections.end(address)
            break
    if gone:
        connections.unsubscribed(connection, gone)


def _step(
    connection: Connection, address: Address, step: Step, rows: Mapping[str, Subscriber], at: int
) -> tuple[tuple[str, ...], bool]:
    stored: Stored | None = None
    try:
        for command in step.commands:
            stored = _command(connection, address, step.session, command, rows, at) or stored
        return protocols.done(step, stored), step.close
    except Refused as refusal:
        instead = _refused(connection, step, refusal, at)
    except Exception:
        log.exception("a frame could not be dealt with")
        instead = protocols.ended(step.session, Failed("Something went wrong here. Connect again."))
    return instead.replies, instead.close


def _command(
    connection: Connection,
    address: Address,
    session: Session,
    command: Command,
    rows: Mapping[str, Subscriber],
    at: int,
) -> Stored | None:
    if isinstance(command, Subscribe):
        _subscribed(connection, session, command.subscription, rows.get(command.subscription.id), at)
        return None
    if isinstance(command, Send | Commit):
        held = command.commands if isinstance(command, Commit) else (command,)
        return sending.do(connections.caller_of(connection), address, session, held)
    return None


def _subscribed(
    connection: Connection, session: Session, subscription: Subscription, row: Subscriber | None, at: int
) -> None:
    """Sends a new subscription what it gets at once, and answers to what was requested since it arrived (asking.py)."""
    if row is not None and (ticket_id := destinations.ticket_of(subscription.destination)):
        greeting = presence.greeting(ticket_id, row)
        telling.settle(delivery.send_each(greeting), "greeting", ticket_id=ticket_id)
        saying.missed(row, ticket_id, at)
    elif row is not None and (ticket_id := destinations.events_of(subscription.destination)):
        viewing.tell_newcomer(row, ticket_id)
    elif subscription.destination == destinations.METRICS:
        live.ask_for_metrics()
    elif session.protocol == "stomp":  # JSON has these subscriptions from the start
        now = connections.find(connection.id)
        for note in asking.read(now.asked.as_dict()) if now is not None else ():
            if note.destination == subscription.destination and note.at >= at:
                _asked_before(connection, session, subscription, row, note, at)


def _asked_before(
    connection: Connection, session: Session, subscription: Subscription, row: Subscriber | None, note: Note, at: int
) -> None:
    address = connections.address_of(connection)
    if note.destination == destinations.ERRORS and session.dialect is not None:
        told = (str(note.about["id"]), str(note.about["body"]))
        telling.answer(address, [protocols.event(session.dialect, subscription, *told)])
    elif note.destination == destinations.PRIVATE_MESSAGES and row is not None:
        saying.missed(row, str(note.about["conversation"]), at)
    elif note.destination == destinations.CHAT_HISTORY:
        caller = connections.caller_of(connection)
        try:
            asked = schemas.checked(schemas.HistorySend, note.about["body"])
            tickets.visible(caller, asked.ticket_id)
        except Refused:  # the SEND itself gets this answer
            return
        sending.answer_history(caller, address, session, [subscription], asked)


def _refused(connection: Connection, step: Step, refusal: Refused, at: int) -> Step:
    """The step to do instead. If its `error` goes to a subscription that isn't stored yet, it is noted for that one."""
    message_id = ambient.new_id()
    if step.session.protocol == "stomp" and answers.is_told(step.commands[0], refusal):
        body = answers.refusal(refusal, step.commands[0])
        note = Note(at, destinations.ERRORS, {"id": message_id, "body": body})
        if asking.fits(note):
            step = replace(step, session=_noted(connection, step.session, note))
    return protocols.refused(step, refusal, message_id)


def _noted(connection: Connection, session: Session, note: Note) -> Session:
    """Stores the note. Returns the session with the subscriptions that are there once the note is stored."""
    stale = asking.stale(connection.asked.as_dict(), note.at)
    actions: list[Action] = [within(Connection.asked, name).remove() for name in stale]
    actions.append(within(Connection.asked, asking.name(note, note.about["id"])).set(asking.written(note)))
    try:
        now = connections.changed(connection, actions, Connection.closed.does_not_exist())
    except LostRace:
        return session
    return replace(session, subscriptions=Session.from_json(now.session).subscriptions)
