"""Routes of tickets and of the discussion on them."""

from collections.abc import Mapping
from typing import Any

from chalicelib.attachments import publishing
from chalicelib.attachments.publishing import Publishing
from chalicelib.auth import attempts
from chalicelib.chat import reading as reading_marks
from chalicelib.edge.call import Answer, Call, if_match
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.edge.schemas import Ordered
from chalicelib.errors import Invalid
from chalicelib.people import service as people
from chalicelib.search import service as search
from chalicelib.tickets import conversation, event_schemas, parties, policy, reading, schemas, service
from chalicelib.tickets.abilities import abilities
from chalicelib.tickets.filters import Filters
from chalicelib.tickets.models import Ticket
from chalicelib.together import look_up

routes = Routes("Tickets")

_REFUSED = {
    403: "The caller may see the ticket, but not change this of it.",
    409: "The ticket's state doesn't allow it, or somebody else has the ticket.",
}


def _ticket(call: Call) -> Ticket:
    return service.visible(call.me, call.path["ticket_id"])


def _whole_ticket(call: Call) -> Ticket:
    return service.visible(call.me, call.path["ticket_id"], whole=True)


def _parties(call: Call, given: Mapping[str, Any]) -> None:
    parties.look_up(call.me, given.get("client_id"), given.get("team"))


def _changes(call: Call, given: Mapping[str, Any]) -> None:
    known = {name: value for name, value in given.items() if name in schemas.TicketChange.model_fields}
    service.look_up(call.me, call.found, known)


def _files(call: Call, given: Mapping[str, Any]) -> None:
    ids = given.get("attachment_ids")
    if isinstance(ids, list):
        publishing.judge(call.me, call.found, [id_ for id_ in ids if isinstance(id_, str)])


@routes.post(
    "/tickets",
    summary="File a ticket",
    body=schemas.NewTicket,
    looks_up=_parties,
    answers=schemas.TicketShown,
    status=201,
    idempotent=True,
    errors={
        403: "A client names somebody else, or a team.",
        429: "Too many tickets: of an account whose address nobody has confirmed in a day, of others in an hour.",
    },
    answer_headers={"ETag": "The ticket's version.", "Location": "Where the ticket is."},
)
def create_ticket(call: Call) -> Answer:
    """It is assigned within a second or two; until then `assignee_id` is null."""
    channel = "web" if call.me.via == "cookie" else "api"
    names = people.naming([call.body.client_id or call.me.id])
    with attempts.filing(call.me, names):
        ticket = service.create(call.me, call.body.model_dump(), call.fresh_id, channel)
    if ticket.assignee_id:  # filed by an attempt before this one
        return _shown(call, ticket, _at(ticket))
    return _answer(call, ticket, people.named(names), reading_marks.NOTHING, _at(ticket))


@routes.get(
    "/tickets",
    summary="List tickets",
    query=schemas.TicketFilters,
    answers=schemas.ListedTicket,
    lists=True,
)
def list_tickets(call: Call) -> Page[schemas.ListedTicket]:
    """Newest first, `sort=created` oldest first; `sort=work` as they should be worked on: urgent first, then the
    oldest. Clients see their own, agents those of their team (their own of other teams by `client_id=<self>`), admins
    all. What was filed or moved a moment ago may be missing, what was written then may not be found by its words."""
    asked = call.query
    if asked.sort == "work":
        _needs_for_work(asked)
    filters = Filters(
        statuses=asked.status,
        priorities=asked.priority,
        assignee_id=call.me.id if asked.assignee_id == "me" else asked.assignee_id,
        client_id=asked.client_id,
        team=asked.team,
        waiting_for=asked.waiting_for,
        created_from=asked.created_from,
        created_to=asked.created_to,
    )
    if asked.number is not None or asked.q is not None:
        page = search.find(call.me, asked.q, filters, call.page, number=asked.number, sort=asked.sort or "newest")
    else:
        page = reading.tickets(call.me, filters, call.page, asked.sort or "newest")
    names = people.names(id_ for ticket in page.items for id_ in schemas.people_in(ticket))
    unread = reading_marks.unread(call.me.id, page.items if asked.include else [])
    return Page([schemas.listed(ticket, names, unread.get(ticket.id)) for ticket in page.items], page.next)


@routes.get(
    "/tickets/{ticket_id}",
    summary="Read a ticket",
    finds=_whole_ticket,
    answers=schemas.TicketShown,
    answer_headers={"ETag": "The ticket's version."},
)
def read_ticket(call: Call) -> Answer:
    return _shown(call, call.found)


@routes.patch(
    "/tickets/{ticket_id}",
    summary="Change a ticket",
    finds=_whole_ticket,
    body=schemas.TicketChange,
    looks_up=_changes,
    answers=schemas.TicketShown,
    if_match=True,
    errors=_REFUSED,
    answer_headers={"ETag": "The ticket's version."},
)
def change_ticket(call: Call) -> Answer:
    """All fields are applied or none; the same value again changes nothing."""
    return _shown(call, service.change(call.me, call.found, call.body.wanted(), if_match(call)))


@routes.get(
    "/tickets/{ticket_id}/history",
    summary="Read a ticket's history",
    finds=_ticket,
    query=Ordered,
    answers=event_schemas.EventShown,
    lists=True,
)
def read_history(call: Call) -> Page[Any]:
    """Oldest first unless asked; nothing in it ever changes. Each side's leaves out the other's notes."""
    page = conversation.events(call.me, call.found, call.page, newest_first=call.query.newest_first)
    staff = conversation.side_of(call.me, call.found) == "staff"
    names = people.names(event_schemas.people_in(page.items))
    return Page([event_schemas.told(event, names, with_detail=staff) for event in page.items], page.next)


@routes.post(
    "/tickets/{ticket_id}/comments",
    summary="Comment publicly",
    finds=_ticket,
    body=schemas.NewSaying,
    looks_up=_files,
    answers=schemas.CommentShown,
    status=201,
    idempotent=True,
    errors={409: "The ticket is closed."},
)
def add_comment(call: Call) -> schemas.CommentShown:
    """A client's comment on a resolved ticket reopens it."""
    files = Publishing(call.me, call.body.attachment_ids)
    return schemas.said(conversation.add_comment(call.me, call.found, call.body.body, call.fresh_id, files=files))


@routes.get(
    "/tickets/{ticket_id}/comments",
    summary="Read the public discussion",
    finds=_ticket,
    query=Ordered,
    answers=schemas.CommentShown,
    lists=True,
)
def list_comments(call: Call) -> Page[schemas.CommentShown]:
    """Oldest first unless asked."""
    page = conversation.comments(call.found, call.page, newest_first=call.query.newest_first)
    return Page([schemas.said(comment) for comment in page.items], page.next)


@routes.post(
    "/tickets/{ticket_id}/notes",
    summary="Write a note",
    finds=_ticket,
    body=schemas.NewSaying,
    looks_up=_files,
    answers=schemas.CommentShown,
    status=201,
    idempotent=True,
    errors={409: "The ticket is closed."},
)
def add_note(call: Call) -> schemas.CommentShown:
    """Private to one's side: staff's notes are seen by staff alone, a client's by that client alone."""
    files = Publishing(call.me, call.body.attachment_ids)
    return schemas.said(conversation.add_note(call.me, call.found, call.body.body, call.fresh_id, files))


@routes.get(
    "/tickets/{ticket_id}/notes",
    summary="Read one's side's notes",
    finds=_ticket,
    query=Ordered,
    answers=schemas.CommentShown,
    lists=True,
)
def list_notes(call: Call) -> Page[schemas.CommentShown]:
    """Oldest first unless asked."""
    page = conversation.notes(call.me, call.found, call.page, newest_first=call.query.newest_first)
    return Page([schemas.said(note) for note in page.items], page.next)


def _needs_for_work(asked: schemas.TicketFilters) -> None:
    """Raises Invalid: in this order stand the active tickets of one assignee, or of nobody."""
    if asked.assignee_id is None:
        raise Invalid.field("sort", "'work' is for one assignee_id.", "needs_another", **{"with": "assignee_id"})
    if not asked.status or not policy.ACTIVE.issuperset(asked.status):
        raise Invalid.field("sort", "'work' is for status=open,in_progress.", "needs_another", **{"with": "status"})


def _shown(call: Call, ticket: Ticket, headers: Mapping[str, str] | None = None) -> Answer:
    names, marks = people.naming(schemas.people_in(ticket)), reading_marks.looking_up(call.me.id, [ticket.id])
    look_up(names, marks)
    unread = reading_marks.unread(call.me.id, [ticket], marks)[ticket.id]
    return _answer(call, ticket, people.named(names), unread, headers or {})


def _answer(
    call: Call, ticket: Ticket, names: Mapping[str, str], unread: reading_marks.Unread, headers: Mapping[str, str]
) -> Answer:
    able = abilities(ticket.status, ticket.assignee_id, policy.relation(call.me, ticket))
    body = schemas.shown(ticket, names, able, unread)
    return Answer(body, headers={"ETag": f'"{body.version}"', **headers})


def _at(ticket: Ticket) -> dict[str, str]:
    return {"Location": f"/api/tickets/{ticket.id}"}
