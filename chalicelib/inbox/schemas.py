"""Bodies of requests and answers about notifications (contract §9)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.edge.schemas import Body, Flag, Query, Shown, Text, Timestamp
from chalicelib.inbox.models import Notification
from chalicelib.notifications.policy import Kind
from chalicelib.tickets.models import Ticket

Id = Annotated[str, Text(1, 64)]


class NotificationFilters(Query):
    """`unread=true`: those alone that are not read; `false`: those that are."""

    unread: Flag | None = None


class NotificationShown(Shown):
    """What somebody is told of. `number` and `title` are the ticket's, as they are now."""

    id: str
    at: Timestamp
    kind: Kind
    ticket_id: str
    number: int
    title: str
    actor_name: str
    read: bool


class NotificationsRead(Body):
    """One of the three: these notifications, all of a ticket, or all."""

    ids: Annotated[list[Id], Field(max_length=100)] | None = None
    ticket_id: Id | None = None
    all: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(each is not None for each in (self.ids, self.ticket_id, self.all)) != 1:
            raise PydanticCustomError(
                "contradiction", "Send one of 'ids', 'ticket_id' and 'all'.", {"with": "ids, ticket_id, all"}
            )
        return self


def shown(found: Notification, ticket: Ticket) -> NotificationShown:
    return NotificationShown.model_validate(
        {
            "id": found.id,
            "at": found.at,
            "kind": found.kind,
            "ticket_id": found.ticket_id,
            "number": int(ticket.number),
            "title": ticket.title,
            "actor_name": found.actor_name,
            "read": found.unread is None,
        }
    )
