"""Routes of the chat: a token that opens a connection, what was said and what is read, and to whom one may write."""

from collections.abc import Mapping
from typing import Any

from chalicelib.chat import history, participants, reading, schemas, tokens
from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.tickets import conversation, service as tickets
from chalicelib.tickets.models import Ticket

routes = Routes("Chat")


def _ticket(call: Call) -> Ticket:
    return tickets.visible(call.me, call.path["ticket_id"])


def _seen(call: Call, given: Mapping[str, Any]) -> None:
    if isinstance(comment_id := given.get("comment_id"), str):
        conversation.place_of(call.found, comment_id)


@routes.post(
    "/chat/token",
    summary="Get a token that opens the chat",
    answers=schemas.ChatTokenShown,
    errors={429: "More than 60 in a minute."},
)
def chat_token(call: Call) -> schemas.ChatTokenShown:
    """It opens one WebSocket (`/ws-chat?token=…`) or one SockJS session within a minute. The connection ends with the
    session in which the token was asked for."""
    token = tokens.issue(call.me, call.headers)
    return schemas.ChatTokenShown(token=token, expires_in=tokens.SECONDS)


@routes.get(
    "/tickets/{ticket_id}/chat",
    summary="Read what was said in the chat",
    finds=_ticket,
    query=schemas.HistoryQuery,
    answers=schemas.ChatPage,
)
def read_chat(call: Call) -> schemas.ChatPage:
    """The newest messages before `before`, or the oldest after `after`; oldest first. `has_more`: there are older ones,
    with `after` newer ones. Without `with` the public conversation, with it the caller's private one with that user;
    404 where `with` is nobody to whom the caller may write, and nothing was said."""
    return history.page(call.me, call.found, call.query)


@routes.get(
    "/tickets/{ticket_id}/chat/conversations",
    summary="List one's conversations on a ticket",
    finds=_ticket,
    answers=schemas.ConversationShown,
    lists=True,
)
def list_conversations(call: Call) -> Page[schemas.ConversationShown]:
    """The public one first, then the caller's private ones."""
    return reading.conversations(call.me, call.found, call.page)


@routes.put(
    "/tickets/{ticket_id}/seen",
    summary="Say what one has read",
    finds=_ticket,
    body=schemas.SeenMarks,
    looks_up=_seen,
    status=204,
)
def mark_seen(call: Call) -> None:
    """By this, and by what one writes oneself, the ticket's `unread` goes down. Marks never go back. 404 also where
    `with` is nobody to whom the caller may write."""
    asked = call.body
    reading.mark(call.me, call.found, asked.comment_id, asked.chat_seq, asked.with_)


@routes.get(
    "/tickets/{ticket_id}/participants",
    summary="List to whom one may write privately",
    finds=_ticket,
    answers=schemas.ParticipantShown,
    lists=True,
)
def list_participants(call: Call) -> Page[schemas.ParticipantShown]:
    """A ticket's client, its assignee, who has commented on it or is on its chat now; for staff its team's active
    agents, too. Only who may see the ticket now, never the caller; by id."""
    return participants.page(call.me, call.found, call.page)
