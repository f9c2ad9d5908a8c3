"""The route of a ticket's timeline."""

from typing import Any

from chalicelib.attachments import service as attachments
from chalicelib.attachments.schemas import shown as shown_file
from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.tickets import conversation, schemas as tickets, service
from chalicelib.tickets.models import Event, Ticket
from chalicelib.timeline import schemas

routes = Routes("Timeline")


def _ticket(call: Call) -> Ticket:
    return service.visible(call.me, call.path["ticket_id"])


@routes.get(
    "/tickets/{ticket_id}/timeline",
    summary="Read a ticket's timeline",
    finds=_ticket,
    answers=schemas.TimelineEventShown,
    lists=True,
)
def read_timeline(call: Call) -> Page[Any]:
    """The history, each event with the comment, note or file that it tells of. Oldest first."""
    ticket: Ticket = call.found
    page = conversation.events(call.me, ticket, call.page)
    said = _said(ticket.id, page.items)
    staff = conversation.side_of(call.me, ticket) == "staff"
    return Page(
        [
            schemas.told(event, said.get(str(event.after)) if event.field is None else None, with_detail=staff)
            for event in page.items
        ],
        page.next,
    )


def _said(ticket_id: str, events: Any) -> dict[str, Any]:
    """What these events tell of, by its id."""
    told: list[Event] = [event for event in events if event.change in ("comment", "note", "attachment")]
    files = [str(event.after) for event in told if event.change == "attachment"]
    comments = conversation.said_in(ticket_id, [event for event in told if event.change != "attachment"])
    found: dict[str, Any] = {attachments.id_of(file): shown_file(file) for file in attachments.of_ids(ticket_id, files)}
    return found | {each.id: each for each in map(tickets.said, comments)}
