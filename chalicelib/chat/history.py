"""Pages of what was said, for the chat and for HTTP."""

from collections.abc import Iterable

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import conversations, delivery, protocols, schemas, transport, unread
from chalicelib.chat.session import Dialect, Subscription
from chalicelib.tickets.models import Ticket

_ROOM = transport.LARGEST - 2 * 1024
"""Octets of a page: around it is what STOMP adds."""


def page(caller: Caller, ticket: Ticket, before: int | None, limit: int, with_: str | None) -> schemas.ChatPage:
    """The newest messages before `before`, oldest first: public ones, or the caller's private ones with somebody."""
    key = conversations.conversation(ticket.id, caller.id, with_)
    found, more = conversations.page(key, before, limit)
    unread.loaded(caller.id, found)
    return schemas.ChatPage(items=[schemas.message(each) for each in reversed(found)], has_more=more)


def answers(
    caller: Caller, dialect: Dialect, subscriptions: Iterable[Subscription], asked: schemas.HistorySend
) -> tuple[str, ...]:
    """What goes out to these subscriptions to the history."""
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
    unread.loaded(caller.id, found[: len(texts)])
    told = {"type": "history", "ticket_id": asked.ticket_id} | ({"with": asked.with_} if asked.with_ else {})
    body = delivery.written(told)[:-1] + f',"messages":[{",".join(reversed(texts))}],"has_more":{str(more).lower()}}}'
    message_id = ambient.new_id()
    return tuple(protocols.event(dialect, each, message_id, body) for each in subscriptions)
