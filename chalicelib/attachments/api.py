"""Routes of tickets' files."""

from typing import Any

from chalicelib.attachments import schemas, service
from chalicelib.attachments.models import Attachment
from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.edge.schemas import Ordered
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.schemas import AttachmentShown

routes = Routes("Tickets")


def _ticket(call: Call) -> Ticket:
    return tickets.visible(call.me, call.path["ticket_id"])


def _attachment(call: Call) -> Attachment:
    return service.visible(call.me, _ticket(call), call.path["attachment_id"])


def _afresh(call: Call, body: Any) -> Any:
    """The answer of the first request, with an upload form that is valid from now on."""
    return schemas.asked(service.visible(call.me, call.found, body["id"])).model_dump()


@routes.post(
    "/tickets/{ticket_id}/attachments",
    summary="Attach a file",
    finds=_ticket,
    body=schemas.NewAttachment,
    answers=schemas.AttachmentAsked,
    status=201,
    idempotent=True,
    replay=_afresh,
    errors={409: "The ticket is closed, or holds 20 files already."},
)
def add_attachment(call: Call) -> schemas.AttachmentAsked:
    """Answers a form by which the content goes straight to the store, within ten minutes. Once it has arrived there
    the file is `ready`; one that nobody sends is forgotten after a day. At most 20 files a ticket, of 25 MiB each."""
    return schemas.asked(service.ask(call.me, call.found, call.fresh_id, **call.body.model_dump()))


@routes.get(
    "/tickets/{ticket_id}/attachments",
    summary="List a ticket's files",
    finds=_ticket,
    query=Ordered,
    answers=AttachmentShown,
    lists=True,
)
def list_attachments(call: Call) -> Page[AttachmentShown]:
    """Oldest first unless asked. A file on a note is shown to those alone who see the note."""
    page = service.page(call.me, call.found, call.page, newest_first=call.query.newest_first)
    return Page([schemas.shown(file) for file in page.items], page.next)


@routes.get(
    "/tickets/{ticket_id}/attachments/{attachment_id}",
    summary="Fetch a file",
    finds=_attachment,
    query=schemas.DownloadAs,
    answers=schemas.Download,
    errors={409: "The file has not arrived yet."},
)
def read_attachment(call: Call) -> schemas.Download:
    """An address that is good for five minutes. A browser saves the file; with `inline=true` it shows it, as the type
    that was said when it was asked for."""
    return schemas.download(call.found, inline=call.query.inline)
