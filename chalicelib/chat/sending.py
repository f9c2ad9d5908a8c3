"""Does what SENDs ask for: stores and delivers messages, answers history requests, passes on typing and seen."""

from collections.abc import Callable, Sequence
from typing import Any

from chalicelib.caller import Caller
from chalicelib.chat import connections, delivery, destinations, history, live, saying, schemas, telling, viewing
from chalicelib.chat.saying import Judged
from chalicelib.chat.session import Held, Send, Session, Stored, Subscription, UnknownDestination
from chalicelib.chat.transport import Address
from chalicelib.tickets import service as tickets
from chalicelib.tickets.lifecycle import closed_refusal
from chalicelib.tickets.models import Ticket

_MESSAGES: dict[str, type[schemas.ChatSend]] = {
    destinations.SENDS["chat"]: schemas.ChatSend,
    destinations.SENDS["private-chat"]: schemas.PrivateSend,
}
_OTHERS: dict[str, type[Any]] = {
    destinations.SENDS["load-history"]: schemas.HistorySend,
    destinations.SENDS["typing"]: schemas.TypingSend,
    destinations.SENDS["seen"]: schemas.SeenSend,
    destinations.SENDS["viewing"]: schemas.ViewingSend,
}


def do(caller: Caller, address: Address, session: Session, held: Sequence[Held]) -> Stored | None:
    """Does all of these or none: messages are stored together. Returns the last message stored. Raises Refused."""
    sends = [each for each in held if isinstance(each, Send)]
    for each in sends:
        if each.destination not in destinations.SENDS.values():
            raise UnknownDestination(f"There is no destination {each.destination[:200]!r} to send to.")
    judged = [_judged(caller, each) for each in sends if each.destination in _MESSAGES]
    others = [_other(caller, each) for each in sends if each.destination in _OTHERS]
    places = saying.say(judged) if judged else []
    for act in others:
        act(address, session)
    return Stored(places[-1].id, places[-1].seq) if places else None


def answer_history(
    caller: Caller, address: Address, session: Session, to: Sequence[Subscription], asked: schemas.HistorySend
) -> None:
    """Sends the history to these subscriptions of the connection."""
    if to and session.dialect is not None:
        telling.answer(address, history.answers(caller, session.dialect, to, asked))


def _judged(caller: Caller, sent: Send) -> Judged:
    return saying.judge(caller, schemas.parsed(_MESSAGES[sent.destination], sent.body))


def _other(caller: Caller, sent: Send) -> Callable[[Address, Session], None]:
    """The action for a SEND that isn't a message. Everything that can be refused has been checked when it returns.
    Raises Refused."""
    asked = schemas.parsed(_OTHERS[sent.destination], sent.body)
    ticket = tickets.visible(caller, asked.ticket_id)
    if isinstance(asked, schemas.HistorySend):
        history.judge(caller, ticket, asked.with_)
        return lambda address, session: answer_history(caller, address, session, _history_of(session), asked)
    if isinstance(asked, schemas.SeenSend):
        saying.judge_partner(caller, ticket, asked.with_)
        return lambda *_: live.saw(caller, ticket, asked.seq, asked.with_)
    if isinstance(asked, schemas.ViewingSend):
        viewing.judge(caller, ticket)
        return lambda *_: viewing.say(caller, ticket, asked.writing)
    if asked.recipient_id is not None:
        saying.judge_recipient(caller, ticket, asked.recipient_id)
    if ticket.status == "closed":
        raise closed_refusal()
    return lambda *_: _typing(caller, ticket, asked)


def _history_of(session: Session) -> list[Subscription]:
    return [each for each in session.subscriptions.values() if each.destination == destinations.CHAT_HISTORY]


def _typing(caller: Caller, ticket: Ticket, asked: schemas.TypingSend) -> None:
    told = delivery.event("typing", ticket_id=ticket.id, user_id=caller.id, name=caller.name, stop=asked.stop)
    topic = destinations.topic_key(ticket.id)
    if asked.recipient_id is None:
        rows = delivery.subscribers(topic)
    else:  # once to each of their connections: over their private messages, if subscribed to those
        rows = delivery.subscribers(destinations.private_key(asked.recipient_id))
        others = {row.connection_id for row in rows}
        rows += [row for row in delivery.of_account(topic, asked.recipient_id) if row.connection_id not in others]
    connections.end_gone(delivery.send(delivery.entitled(rows, ticket), told).gone)
