"""Pages of what was said, for the chat and for HTTP."""

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import conversations, delivery, destinations, protocols, schemas, transport
from chalicelib.chat.session import Session
from chalicelib.tickets.models import Ticket

_ROOM = transport.LARGEST - 2 * 1024
"""Octets of a page: around it is what STOMP adds."""


def page(caller: Caller, ticket: Ticket, before: int | None, limit: int, with_: str | None) -> schemas.ChatPage:
    """The newest messages before `before`, oldest first: public ones, or the caller's private ones with somebody."""
    key = conversations.conversation(ticket.id, caller.id, with_)
    found, more = conversations.page(key, before, limit)
    return schemas.ChatPage(items=[schemas.message(each) for each in reversed(found)], has_more=more)


def answers(caller: Caller, session: Session, asked: schemas.HistorySend) -> tuple[str, ...]:
    """What goes out to the connection's subscriptions to the history."""
    key = conversations.conversation(asked.ticket_id, caller.id, asked.with_)
    found, more = conversations.page(key, asked.before, asked.limit)
    texts: list[str] = []
    room = _ROOM
    for each in found:
        text = delivery.written(schemas.message(each).model_dump(mode="json"))
        room -= len(text.encode()) + 1
        if room < 0:
            more = True
            break
        texts.append(text)
    told = {"type": "history", "ticket_id": asked.ticket_id} | ({"with": asked.with_} if asked.with_ else {})
    body = delivery.written(told)[:-1] + f',"messages":[{",".join(reversed(texts))}],"has_more":{str(more).lower()}}}'
    dialect, message_id = session.dialect, ambient.new_id()
    assert dialect is not None
    listening = [each for each in session.subscriptions.values() if each.destination == destinations.CHAT_HISTORY]
    return tuple(protocols.event(dialect, each, message_id, body) for each in listening)
