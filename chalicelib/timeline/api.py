"""The route of a ticket's timeline."""

from typing import Any

from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.edge.schemas import Ordered
from chalicelib.tickets import conversation, service
from chalicelib.tickets.models import Ticket
from chalicelib.timeline import schemas, service as timeline

routes = Routes("Timeline")


def _ticket(call: Call) -> Ticket:
    return service.visible(call.me, call.path["ticket_id"])


@routes.get(
    "/tickets/{ticket_id}/timeline",
    summary="Read a ticket's timeline",
    finds=_ticket,
    query=Ordered,
    answers=schemas.TimelineEventShown,
    lists=True,
)
def read_timeline(call: Call) -> Page[Any]:
    """The history, each event with the comment, note or file that it tells of. Oldest first unless asked."""
    ticket: Ticket = call.found
    page = conversation.events(call.me, ticket, call.page, newest_first=call.query.newest_first)
    staff = conversation.side_of(call.me, ticket) == "staff"
    return Page(timeline.shown(ticket.id, page.items, with_detail=staff), page.next)
