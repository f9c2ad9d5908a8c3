"""Events that several destinations share."""

from typing import Any

from chalicelib import ambient
from chalicelib.chat import delivery
from chalicelib.chat.delivery import Outgoing
from chalicelib.people import service as people
from chalicelib.tickets import schemas
from chalicelib.tickets.models import Ticket


def ticket(found: Ticket) -> Outgoing:
    """A `ticket` event, with the ticket as lists show it. The event's id is the same for the same version."""
    shown = schemas.listed(found, people.names(schemas.people_in(found)))
    body = {"type": "ticket", "ticket": shown.model_dump(mode="json"), "at": found.updated_at}
    return Outgoing(f"{found.id}-{int(found.version)}", delivery.written(body))


def left(ticket_id: str) -> Outgoing:
    """The event that says that the ticket left this destination's list."""
    return delivery.event("left", ticket_id=ticket_id, at=ambient.timestamp())


def unread(ticket_id: str, found: Any) -> Outgoing:
    """`found`: `chat.heads.Unread`."""
    counts = schemas.unread_shown(found).model_dump(mode="json")
    return delivery.event("unread", ticket_id=ticket_id, **counts, at=ambient.timestamp())
