"""Routes of the chat: a token that opens a connection, and what was said."""

from chalicelib.chat import history, schemas, tokens, unread
from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Ticket

routes = Routes("Chat")


def _ticket(call: Call) -> Ticket:
    return tickets.visible(call.me, call.path["ticket_id"])


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
    """The newest messages before `before`, oldest first. Without `with` the public conversation, with it the caller's
    private one with that user."""
    asked = call.query
    unread.read(call.me, call.found.id, asked.with_)
    return history.page(call.me, call.found, asked.before, asked.limit, asked.with_)
