"""Routes of notifications."""

from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.inbox import schemas, service

routes = Routes("Notifications")


@routes.get(
    "/notifications",
    summary="List what one is told of",
    query=schemas.NotificationFilters,
    answers=schemas.NotificationShown,
    lists=True,
)
def list_notifications(call: Call) -> Page[schemas.NotificationShown]:
    """Newest first: what mail tells of, whether one takes mail or not, of tickets that one may see now."""
    page = service.page(call.me, call.query.unread, call.page)
    return Page([schemas.shown(*each) for each in page.items], page.next)


@routes.post("/notifications/read", summary="Mark notifications as read", body=schemas.NotificationsRead, status=204)
def read_notifications(call: Call) -> None:
    """Ids that are none of the caller's are passed over; what is read already stays so."""
    asked = call.body
    if asked.ids is not None:
        service.read(call.me, asked.ids)
    else:
        service.read_all(call.me, asked.ticket_id)
