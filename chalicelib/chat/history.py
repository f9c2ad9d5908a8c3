"""Pages of earlier messages, for the chat and for HTTP."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import conversations, delivery, protocols, saying, schemas, transport, unread
from chalicelib.chat.models import Message
from chalicelib.chat.session import Dialect, Subscription
from chalicelib.tickets.models import Ticket

T = TypeVar("T")

_ROOM = transport.LARGEST - 2 * 1024
"""The most octets in a page, leaving room for STOMP's headers."""


def page(caller: Caller, ticket: Ticket, asked: schemas.HistoryQuery) -> schemas.ChatPage:
    """Public messages, or the caller's private ones with somebody; oldest first. Raises NotFound as `judge` does."""
    found, more = _wanted_first(conversations.conversation(ticket.id, caller.id, asked.with_), asked)
    if not found:
        judge(caller, ticket, asked.with_)
    unread.loaded(caller.id, found)
    return schemas.ChatPage(items=[schemas.message(each) for each in _ascending(found, asked)], has_more=more)


def judge(caller: Caller, ticket: Ticket, with_: str | None) -> None:
    """Raises NotFound for somebody to whom the caller may not write, unless they have written to each other: what was
    said stays readable when the other's right has ended."""
    if (
        with_ is not None
        and not conversations.page(conversations.conversation(ticket.id, caller.id, with_), None, 1)[0]
    ):
        saying.judge_partner(caller, ticket, with_)


def answers(
    caller: Caller, dialect: Dialect, subscriptions: Iterable[Subscription], asked: schemas.HistorySend
) -> tuple[str, ...]:
    """The history as texts to send, one for each of these subscriptions."""
    key = conversations.conversation(asked.ticket_id, caller.id, asked.with_)
    found, more = _wanted_first(key, asked)
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
    body = (
        delivery.written(told)[:-1]
        + f',"messages":[{",".join(_ascending(texts, asked))}],"has_more":{str(more).lower()}}}'
    )
    message_id = ambient.new_id()
    return tuple(protocols.event(dialect, each, message_id, body) for each in subscriptions)


def _wanted_first(key: str, asked: schemas.HistoryQuery | schemas.HistorySend) -> tuple[list[Message], bool]:
    """The newest before `before`, the newest first; or the oldest after `after`, the oldest first. And whether there
    are more: what a page has no room for is at the end."""
    if asked.after is not None:
        return conversations.page_after(key, asked.after, asked.limit)
    return conversations.page(key, asked.before, asked.limit)


def _ascending(found: Sequence[T], asked: schemas.HistoryQuery | schemas.HistorySend) -> Iterable[T]:
    return found if asked.after is not None else reversed(found)
