"""Routes that say how much there is to do."""

from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.overview import counts, queue, schemas
from chalicelib.people import service as people
from chalicelib.tickets.schemas import listed, people_in

routes = Routes("Tickets")


@routes.get("/tickets/counts", summary="Count what there is to do", answers=schemas.Counts)
def read_counts(call: Call) -> schemas.Counts:
    """What a front end's badges show. A moment late."""
    return counts.counts(call.me)


@routes.get("/queue", summary="Look at the queue", query=schemas.QueueQuery, answers=schemas.QueuedTicket, lists=True)
def read_queue(call: Call) -> Page[schemas.QueuedTicket]:
    """Waiting tickets in the order in which they will be given. An admin without `team` sees all teams', an agent
    their own team's. A view of now: walked page by page, one whose place changes may be missed or come again."""
    page = queue.page(call.me, call.query.team, call.page)
    names = people.names(id_ for each in page.items for id_ in people_in(each.ticket))
    items = [
        schemas.QueuedTicket.model_validate(
            {**listed(each.ticket, names).model_dump(), "waiting_since": each.since, "reason": each.reason}
        )
        for each in page.items
    ]
    return Page(items, page.next)
