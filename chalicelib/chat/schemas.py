"""Bodies of what clients send and get in the chat (contract §7), in STOMP, in JSON and over HTTP."""

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.chat.models import Message
from chalicelib.edge import checks
from chalicelib.edge.schemas import Body, Query, Seen, Shown, Text, Timestamp, left_out
from chalicelib.errors import BadRequest, FieldError, Invalid
from chalicelib.permissions import Role

LONGEST = 4_000
LARGEST = 16_000
LARGEST_PAGE = 100

Id = Annotated[str, Text(1, 64)]


def _not_large(text: str) -> str:
    size = len(text.encode())
    if size > LARGEST:
        raise PydanticCustomError("too_many_bytes", "Must have at most 16,000 bytes in UTF-8.", {"max": 16_000})
    return text


Content = Annotated[str, Text(1, LONGEST), Seen, AfterValidator(_not_large)]


class ChatSend(Body):
    """A public message."""

    ticket_id: Id
    content: Content
    client_message_id: Annotated[str, Text(1, 128)] | None = None


class PrivateSend(ChatSend):
    """A message that sender and recipient alone see."""

    recipient_id: Id


Before = Annotated[int, Field(ge=1, le=10**15)]
After = Annotated[int, Field(ge=0, le=10**15)]


def _one_of(before: int | None, after: int | None) -> int | None:
    """Validates `after`. Raises PydanticCustomError where both are given."""
    if before is not None and after is not None:
        raise PydanticCustomError(
            "contradiction", "Ask for what was before or for what came after.", {"with": "before"}
        )
    return after


class HistorySend(Body):
    """Asks for the newest messages before `before`, or the oldest after `after`: public ones, or the private ones with
    `with`."""

    ticket_id: Id
    before: Before | None = None
    after: After | None = None
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 25
    with_: Annotated[Id | None, Field(alias="with")] = None

    @field_validator("after")
    @classmethod
    def _either(cls, after: int | None, info: ValidationInfo) -> int | None:
        return _one_of(info.data.get("before"), after)


class TypingSend(Body):
    """Somebody types, or, with `stop`, no longer does; for everybody on the ticket, or `recipient_id` alone."""

    ticket_id: Id
    recipient_id: Id | None = None
    stop: bool = False


class SeenSend(Body):
    """The public conversation, or the private one with `with`, has been seen up to `seq`."""

    ticket_id: Id
    seq: Annotated[int, Field(ge=1, le=10**15)]
    with_: Annotated[Id | None, Field(alias="with")] = None


class ViewingSend(Body):
    """Staff have a ticket open, and write a comment or a note there."""

    ticket_id: Id
    writing: Literal["comment", "note"] | None = None


class HistoryQuery(Query):
    """`before` or `after`: a `seq`. `with`: a user's id, for the private messages with them."""

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 25
    before: Before | None = None
    after: After | None = None
    with_: Annotated[Id | None, Field(alias="with")] = None

    @field_validator("after")
    @classmethod
    def _either(cls, after: int | None, info: ValidationInfo) -> int | None:
        return _one_of(info.data.get("before"), after)


class ChatMessage(Shown):
    """A message. `seq` counts 1, 2, 3 … in its conversation, without a gap."""

    type: Literal["message"] = "message"
    id: str
    ticket_id: str
    seq: int
    sender_id: str
    sender_name: str
    sender_role: Literal["client", "agent", "admin"]
    content: str
    private: bool
    recipient_id: str | None = left_out()
    client_message_id: str | None = left_out()
    sent_at: Timestamp


class SeenUntil(Shown):
    user_id: str
    seq: int


class Other(Shown):
    """With whom a private conversation is."""

    id: str
    name: str
    role: Role


class ConversationShown(Shown):
    """A conversation of the caller's on a ticket: the public one (`with` null), or a private one. `seen`: how far its
    people have read it. `unread`: at most 100, which says "100 or more"."""

    with_: Annotated[Other | None, Field(alias="with")]
    last_seq: int
    last_at: Timestamp | None
    unread: int
    seen: list[SeenUntil]


class ParticipantShown(Shown):
    """Somebody to whom the caller may write privately. `online`: they are on the ticket's chat now."""

    id: str
    name: str
    role: Role
    relation: Literal["client", "assignee", "staff"]
    online: bool


class SeenMarks(Body):
    """What the caller has read: the public comments up to `comment_id`, and of the public chat, or of the private one
    with `with`, the messages up to `chat_seq`. A number beyond the last counts as the last."""

    comment_id: Id | None = None
    chat_seq: Annotated[int, Field(ge=1, le=10**15)] | None = None
    with_: Annotated[Id | None, Field(alias="with")] = None


class ChatPage(Shown):
    """Messages, oldest first; `has_more`: there are older ones."""

    items: list[ChatMessage]
    has_more: bool


class ChatTokenShown(Shown):
    """Opens one connection within `expires_in` seconds."""

    token: str
    expires_in: int


def parsed(model: type[Any], body: bytes) -> Any:
    """The body that a client sent. Raises BadRequest, Invalid."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not valid JSON.") from None
    return checked(model, sent)


def checked(model: type[Any], sent: object) -> Any:
    """What a client sent, read from its JSON. Raises Invalid."""
    try:
        return model.model_validate(sent)
    except ValidationError as error:
        raise _invalid(checks.field_errors(error)) from None


def message(stored: Message) -> ChatMessage:
    return ChatMessage.model_validate(
        {
            "id": stored.id,
            "ticket_id": stored.ticket_id,
            "seq": int(stored.seq),
            "sender_id": stored.sender_id,
            "sender_name": stored.sender_name,
            "sender_role": stored.sender_role,
            "content": stored.content,
            "private": stored.recipient_id is not None,
            "recipient_id": stored.recipient_id,
            "client_message_id": stored.client_message_id,
            "sent_at": stored.sent_at,
        }
    )


def _invalid(errors: list[FieldError]) -> Invalid:
    told = "; ".join(f"{error.field}: {error.message}" for error in errors[:5])
    return Invalid(told, errors=tuple(errors))
