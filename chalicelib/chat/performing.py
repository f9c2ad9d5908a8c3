"""Doing what the steps of a message ask for, once its connection's new state is written."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import (
    connections,
    delivery,
    destinations,
    history,
    live,
    presence,
    protocols,
    saying,
    schemas,
    transport,
    unread,
)
from chalicelib.chat.models import Connection, Subscriber
from chalicelib.chat.saying import Judged
from chalicelib.chat.session import Command, Commit, Held, Send, Session, Step, Stored, Subscribe, UnknownDestination
from chalicelib.chat.transport import Address, Gone
from chalicelib.errors import Refused
from chalicelib.log import log
from chalicelib.tickets import service as tickets

_MESSAGES: dict[str, type[schemas.ChatSend]] = {
    destinations.SENDS["chat"]: schemas.ChatSend,
    destinations.SENDS["private-chat"]: schemas.PrivateSend,
}


class Failed(Refused):
    """Something unforeseen here. The client may connect again."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"


def perform(
    connection: Connection, steps: Sequence[Step], rows: Mapping[str, Subscriber], gone: Sequence[Subscriber]
) -> None:
    """Does the steps in their order and answers. `rows`: new subscriptions' by their ids; `gone`: ended ones'."""
    address = connections.address_of(connection)
    for step in steps:
        replies, close = _step(connection, address, step, rows)
        _answer(address, replies)
        if close:
            transport.close(address)
            connections.end(address)
            break
    if gone:
        connections.unsubscribed(connection, gone)


def _step(
    connection: Connection, address: Address, step: Step, rows: Mapping[str, Subscriber]
) -> tuple[tuple[str, ...], bool]:
    stored: Stored | None = None
    try:
        for command in step.commands:
            stored = _command(connection, address, step.session, command, rows) or stored
        return protocols.done(step, stored), step.close
    except Refused as refusal:
        instead = protocols.refused(step, refusal, ambient.new_id())
    except Exception:
        log.exception("a frame could not be dealt with")
        instead = protocols.ended(step.session, Failed("Something went wrong here. Connect again."))
    return instead.replies, instead.close


def _command(
    connection: Connection, address: Address, session: Session, command: Command, rows: Mapping[str, Subscriber]
) -> Stored | None:
    if isinstance(command, Subscribe):
        _subscribed(str(connection.account_id), command.subscription.destination, rows.get(command.subscription.id))
        return None
    if isinstance(command, Send | Commit):
        held = command.commands if isinstance(command, Commit) else (command,)
        return _sends(connections.caller_of(connection), address, session, held)
    return None


def _subscribed(account_id: str, destination: str, row: Subscriber | None) -> None:
    if row is None:
        return
    if destination == destinations.PRIVATE_MESSAGES:
        unread.saw(account_id, unread.PRIVATE)
    elif ticket_id := destinations.ticket_of(destination):
        unread.saw(account_id, ticket_id)
        connections.end_gone(presence.tell_presence(ticket_id, row))
    elif destination == destinations.METRICS:
        live.ask_for_metrics()


def _sends(caller: Caller, address: Address, session: Session, held: Sequence[Held]) -> Stored | None:
    """All of them, or none: what is stored is stored together. Answers what became of the last message."""
    sends = [each for each in held if isinstance(each, Send)]
    for each in sends:
        if each.destination not in destinations.SENDS.values():
            raise UnknownDestination(f"There is no destination {each.destination[:200]!r} to send to.")
    judged = [_judged(caller, each) for each in sends if each.destination in _MESSAGES]
    others = [_other(caller, each) for each in sends if each.destination not in _MESSAGES]
    places = saying.say(judged) if judged else []
    for asked in others:
        if isinstance(asked, schemas.HistorySend):
            unread.read(caller, asked.ticket_id, asked.with_)
            _answer(address, history.answers(caller, session, asked))
        else:
            _typing(caller, asked)
    return Stored(places[-1].id, places[-1].seq) if places else None


def _judged(caller: Caller, sent: Send) -> Judged:
    return saying.judge(caller, schemas.parsed(_MESSAGES[sent.destination], sent.body))


def _other(caller: Caller, sent: Send) -> schemas.HistorySend | schemas.TypingSend:
    """Asking for the history, or typing; the ticket is one that the caller may see. Raises Refused."""
    asks = sent.destination == destinations.SENDS["load-history"]
    asked: schemas.HistorySend | schemas.TypingSend = schemas.parsed(
        schemas.HistorySend if asks else schemas.TypingSend, sent.body
    )
    tickets.visible(caller, asked.ticket_id)
    return asked


def _typing(caller: Caller, asked: schemas.TypingSend) -> None:
    rows = delivery.subscribers(destinations.topic_key(asked.ticket_id))
    ticket = tickets.visible(caller, asked.ticket_id)
    told = delivery.event("typing", ticket_id=asked.ticket_id, user_id=caller.id)
    connections.end_gone(delivery.send(delivery.entitled(rows, ticket), told).gone)


def _answer(address: Address, texts: Sequence[str]) -> None:
    """A client that isn't there any more misses its answers; what it asked for is done all the same."""
    try:
        for text in texts:
            transport.post(address, text)
    except Gone:
        connections.end(address)
    except Exception:
        log.warning("an answer was not delivered", exc_info=True)
