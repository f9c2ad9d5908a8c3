"""Bodies of requests and answers about tickets (contract §3)."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Protocol

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from chalicelib.edge.schemas import Body, Change, Commas, Moment, Query, Seen, Shown, Text, Timestamp, left_out
from chalicelib.tickets import lifecycle
from chalicelib.tickets.abilities import Abilities, Assign
from chalicelib.tickets.event_schemas import Channel
from chalicelib.tickets.models import Comment, Ticket
from chalicelib.tickets.policy import EDITS, Priority, Status


class Unread(Protocol):
    """What somebody hasn't read of a ticket (chat/heads.py)."""

    @property
    def comments(self) -> int: ...
    @property
    def chat(self) -> int: ...
    @property
    def private(self) -> Mapping[str, int]: ...


LONGEST_TITLE = 200
LONGEST_TEXT = 20_000

Title = Annotated[str, Text(1, LONGEST_TITLE), Seen]
LongText = Annotated[str, Text(1, LONGEST_TEXT), Seen]
Id = Annotated[str, Text(1, 64)]
_Tag = Annotated[str, Text(1, 50), Seen]
Tags = Annotated[list[_Tag], Field(max_length=20), AfterValidator(lambda tags: list(dict.fromkeys(tags)))]
"""Each once."""

_CUSTOM_FIELDS_BYTES = 4096


def _small(fields: dict[str, Any]) -> dict[str, Any]:
    size = len(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode())
    if size > _CUSTOM_FIELDS_BYTES:
        raise PydanticCustomError("too_many_bytes", "Must be at most 4 KiB as JSON.", {"max": 4096})
    return fields


CustomFields = Annotated[dict[str, Any], AfterValidator(_small)]


class NewTicket(Body):
    """`client_id` and `team` are for agents and admins, who file for somebody."""

    title: Title
    description: LongText
    priority: Priority = "medium"
    tags: Tags = []
    custom_fields: CustomFields = {}
    client_id: Id | None = None
    team: Id | None = None


class TicketChange(Change):
    """Fields left out stay as they are. `tags` and `custom_fields` are replaced whole. `assignee_id: null` hands
    back."""

    status: Status = "open"
    priority: Priority = "medium"
    title: Title = ""
    description: LongText = ""
    assignee_id: Id | None = None
    team: Id = ""
    tags: Tags = []
    custom_fields: CustomFields = {}


class TicketFilters(Query):
    """Filters combine. `assignee_id`: an id, `me`, or `none` (no closed ones then). `sort=work` takes one assignee and
    active statuses. `q`: words that are in the number, the title, the description or public comments, in any order; of
    the last one its first three characters are enough. Case and accents don't count. `include=unread`: with what the
    caller hasn't read of each."""

    status: Annotated[list[Status], Commas] | None = None
    priority: Annotated[list[Priority], Commas] | None = None
    assignee_id: Id | None = None
    client_id: Id | None = None
    team: Id | None = None
    created_from: Moment | None = None
    created_to: Moment | None = None
    number: Annotated[int, Field(ge=1, le=10**38 - 1)] | None = None  # DynamoDB's numbers have 38 digits
    waiting_for: Literal["client", "agent"] | None = None
    sort: Literal["created", "work"] | None = None
    q: Annotated[str, Text(1, 200)] | None = None
    include: Annotated[list[Literal["unread"]], Commas] | None = None


class NewSaying(Body):
    """A comment or a note. `attachment_ids`: files of the caller's that are ready and held; with it they are public, or
    its side's."""

    body: LongText
    attachment_ids: Annotated[list[Id], Field(max_length=20)] = []


class PrivateUnread(Shown):
    """Private chat messages of somebody's."""

    user_id: str
    count: int


class UnreadShown(Shown):
    """What the caller hasn't read of a ticket: public comments, the public chat, and private chat by whose it is (at
    most 20 people). Numbers go up to 100, which says "100 or more"."""

    comments: int
    chat: int
    private: list[PrivateUnread]


class _Fields(Shown):
    id: str
    number: int
    title: str
    status: Status
    priority: Priority
    client_id: str
    client_name: str
    assignee_id: str | None
    assignee_name: str | None
    team: str
    channel: Channel
    tags: list[str]
    custom_fields: dict[str, Any]
    waiting_for: Literal["client", "agent"] | None
    created_at: Timestamp
    updated_at: Timestamp
    first_response_at: Timestamp | None
    last_public_message_at: Timestamp | None
    resolved_at: Timestamp | None
    closes_at: Timestamp | None
    closed_at: Timestamp | None
    reopened_count: int
    version: int


class ListedTicket(_Fields):
    """A ticket as lists show it: without `description`; with `unread` where the list was asked for it. `closes_at`:
    when a resolved one closes by itself."""

    unread: UnreadShown | None = left_out()


class Can(Shown):
    """What the caller may do with the ticket now: to which statuses they may move it, to whom give it (`others`: other
    agents of its team; `none`: back to the queue), which fields change, what say. Nothing on a closed one."""

    status: list[Status]
    assign: list[Assign]
    priority: bool
    title: bool
    description: bool
    team: bool
    tags: bool
    custom_fields: bool
    comment: bool
    note: bool
    attach: bool
    chat: bool


class TicketShown(_Fields):
    """A ticket. `version` changes with every change that a person can see in its fields, `can` aside."""

    description: str
    can: Can
    unread: UnreadShown


class AttachmentShown(Shown):
    """A file. `ready` once it has arrived in the store. On a note, `note_id`; with the comment that named it,
    `comment_id`."""

    id: str
    filename: str
    content_type: str
    size: int
    status: Literal["pending", "ready"]
    note_id: str | None
    comment_id: str | None
    author_id: str
    created_at: Timestamp


class CommentShown(Shown):
    """A comment or a note; author and role as they were. `trimmed`: what was taken for quotation or signature, of one
    that came by mail; at most 20,000 characters."""

    id: str
    ticket_id: str
    author_id: str
    author_name: str
    author_role: Literal["client", "agent", "admin"]
    body: str
    trimmed: str | None
    attachments: list[AttachmentShown]
    created_at: Timestamp


_LISTED = [name for name in _Fields.model_fields if not name.endswith("_name") and name != "closes_at"]


def listed(ticket: Ticket, names: Mapping[str, str], unread: Unread | None = None) -> ListedTicket:
    """`names`: of its client and its assignee, by id. `unread`: of it, by who asks."""
    return ListedTicket(**_fields(ticket, names), unread=unread_shown(unread) if unread else None)


def shown(ticket: Ticket, names: Mapping[str, str], able: Abilities, unread: Unread) -> TicketShown:
    """`able` to do what, and what is `unread` of it: the caller."""
    fields = _fields(ticket, names)
    return TicketShown(**fields, description=ticket.description, can=can(able), unread=unread_shown(unread))


def unread_shown(found: Unread) -> UnreadShown:
    private = [PrivateUnread(user_id=id_, count=count) for id_, count in found.private.items()]
    return UnreadShown(comments=found.comments, chat=found.chat, private=private)


def can(able: Abilities) -> Can:
    fields = {name: name in able.edits for name in EDITS}
    spoken = dict.fromkeys(("comment", "note", "attach", "chat"), able.speaks)
    return Can.model_validate({"status": list(able.status), "assign": list(able.assign), **fields, **spoken})


def people_in(ticket: Ticket) -> list[str]:
    """The ids whose names a ticket is shown with."""
    return [id_ for id_ in (ticket.client_id, ticket.assignee_id) if id_]


def said(saying: Comment) -> CommentShown:
    return CommentShown.model_validate(
        {
            "id": saying.event_id,
            "ticket_id": saying.id,
            "author_id": saying.actor_id,
            "author_name": saying.actor_name,
            "author_role": saying.author_role,
            "body": saying.body,
            "trimmed": saying.trimmed,
            "attachments": list(saying.attachments),
            "created_at": saying.at,
        }
    )


def _fields(ticket: Ticket, names: Mapping[str, str]) -> dict[str, Any]:
    fields = {name: getattr(ticket, name) for name in _LISTED}
    return fields | {
        "closes_at": lifecycle.closes_at(ticket.status, ticket.resolved_at),
        "client_name": names.get(ticket.client_id, ""),
        "assignee_name": names.get(ticket.assignee_id, "") if ticket.assignee_id else None,
    }
