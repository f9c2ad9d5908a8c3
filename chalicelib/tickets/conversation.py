"""The discussion on a ticket: public comments, and notes that only one side sees."""

from collections.abc import Mapping
from typing import Any, Literal, Protocol

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import Invalid
from chalicelib.log import request_id
from chalicelib.tickets import history
from chalicelib.tickets.candidates import assignee_can_return, require_available
from chalicelib.tickets.filters import HIGHEST
from chalicelib.tickets.lifecycle import closed_refusal, reopened
from chalicelib.tickets.models import Comment, Event, Ticket, TicketsItem
from chalicelib.tickets.parts import page_of_ranges
from chalicelib.tickets.policy import STAFF
from chalicelib.tickets.service import add_change, once_as_found, relation_of

Side = Literal["staff", "client"]


def side_of(caller: Caller, ticket: Ticket) -> Side:
    """The caller's side of the ticket, which decides which notes they see."""
    return "staff" if relation_of(caller, ticket) in STAFF else "client"


class Files(Protocol):
    """Files that a comment or note names (attachments/publishing.py)."""

    def publish(
        self, transaction: Transaction, ticket: Ticket, said_id: str, side: str | None
    ) -> list[Mapping[str, Any]]:
        """Adds to the transaction what publishes the files: to everybody (`side` None) or to one side. Returns how they
        are shown."""


def add_comment(
    caller: Caller,
    found: Ticket,
    body: str,
    comment_id: str,
    reason: str | None = None,
    files: Files | None = None,
    trimmed: str | None = None,
) -> Comment:
    """Adds a public comment. A client's comment reopens a resolved ticket; a closed ticket refuses. A retry with the
    same `comment_id` returns the first comment.

    The comment has that id unless the ticket has changed since the id was made; then it gets a new one, so that it
    stands in the history where it changed the ticket. `reason`: "mail" if it came by mail; `trimmed` is then what was
    cut from it. Raises what `files` raise.
    """
    latest = once_as_found(caller, found)

    def attempt() -> Comment:
        ticket = latest()
        side = side_of(caller, ticket)
        id_ = comment_id
        if ambient.time_of(id_) <= ticket.updated_at:
            if (first := _said_already(ticket, comment_id)) is not None:
                return first
            id_ = ambient.new_id(ambient.later_than(ticket.updated_at))
        if ticket.status == "closed":
            raise closed_refusal()
        comment = _said(caller, ticket, f"comment#{id_}", body)
        transaction = Transaction()
        reasons = {"status": "reopen", "assignee_id": "reopen"}
        after = _after_comment(transaction, caller, ticket, side, comment.at)
        comment.asked_as = comment_id if id_ != comment_id else None
        comment.place = after["comments"]
        comment.attachments = files.publish(transaction, ticket, id_, None) if files else []
        comment.reason = reason
        comment.trimmed = trimmed or None
        comment.spoke = side
        comment.holder = after.get("assignee_id", ticket.assignee_id)
        comment.answers = "first" if "first_response_at" in after else None
        comment.reopens = True if "status" in after else None
        transaction.put(comment, Comment.id.does_not_exist())
        add_change(transaction, ticket, after, comment.at, history.Actor(caller.id, caller.name), reasons, behind=id_)
        return comment

    return until_it_holds(attempt)


def add_note(caller: Caller, found: Ticket, body: str, note_id: str, files: Files | None = None) -> Comment:
    """Adds a note for the caller's side. Changes no field of the ticket. Raises what `files` raise."""
    latest = once_as_found(caller, found)

    def attempt() -> Comment:
        ticket = latest()
        side = side_of(caller, ticket)
        if ticket.status == "closed":
            raise closed_refusal()
        note = _said(caller, ticket, f"note#{side}#{note_id}", body)
        transaction = Transaction()
        note.attachments = files.publish(transaction, ticket, note_id, side) if files else []
        transaction.put(note, Comment.id.does_not_exist(), label="said")
        transaction.check(ticket, Ticket.status != "closed", label="ticket")
        try:
            transaction.commit()
        except LostRace as race:
            if "said" not in race.failed:
                raise
            # A retry after a crash finds the note of the first attempt.
            return Comment.get(note.id, note.item, consistent_read=True)
        return note

    return until_it_holds(attempt)


def place_of(ticket: Ticket, comment_id: str) -> int:
    """The comment's number among the public comments, 1, 2, 3 …: whoever has read it has read so many. Raises Invalid
    if it isn't one of the ticket's."""
    try:
        place = Comment.get(ticket.id, f"comment#{comment_id}", consistent_read=True).place
    except DoesNotExist:
        raise Invalid.field("comment_id", "There is no such public comment on this ticket.", "unknown_id") from None
    return int(place or 0)


def comments(ticket: Ticket, page: PageRequest, *, newest_first: bool = False) -> Page[Comment]:
    return page_of_ranges(ticket.id, ("comment#",), page, Comment, newest_first=newest_first)


def notes(caller: Caller, ticket: Ticket, page: PageRequest, *, newest_first: bool = False) -> Page[Comment]:
    """The notes of the caller's side."""
    return page_of_ranges(ticket.id, (f"note#{side_of(caller, ticket)}#",), page, Comment, newest_first=newest_first)


def events(caller: Caller, ticket: Ticket, page: PageRequest, *, newest_first: bool = False) -> Page[Event]:
    """The history as the caller's side sees it: the key ranges of which it sees everything."""
    side = side_of(caller, ticket)
    ranges = ("event#", "comment#", f"note#{side}#", f"aside#{side}#")
    return page_of_ranges(ticket.id, ranges, page, Event, newest_first=newest_first)


def _said(caller: Caller, ticket: Ticket, item: str, body: str) -> Comment:
    prefix, _, id_ = item.rpartition("#")
    return Comment(
        id=ticket.id,
        item=item,
        at=ambient.time_of(id_),
        actor_id=caller.id,
        actor_name=caller.name,
        author_role=caller.role,
        change=prefix.partition("#")[0],
        body=body,
        request_id=request_id(),
    )


def _said_already(ticket: Ticket, comment_id: str) -> Comment | None:
    """What an earlier attempt with this id wrote, None if nothing. Read it after the ticket, then commit on condition
    that the ticket hasn't changed: so nothing is written twice."""
    behind = TicketsItem.item.between(f"comment#{comment_id}", f"comment#{HIGHEST}")
    said = Comment.query(ticket.id, behind, consistent_read=True)
    return next((each for each in said if comment_id in (each.event_id, each.asked_as)), None)


def _after_comment(
    transaction: Transaction, caller: Caller, ticket: Ticket, side: Side, said_at: str
) -> dict[str, Any]:
    """The fields that a comment changes: who waits for whom, the first response, and what reopening changes."""
    place = int(ticket.comments) + 1
    after: dict[str, Any] = {
        "last_public_message_at": said_at,
        "comments": place,
        "commenters": {**ticket.commenters, caller.id: place},
    }
    if side == "staff":
        if ticket.client_id != caller.id and ticket.first_response_at is None:
            after |= {"first_response_at": said_at, "first_response_by": caller.id}
        return after | ({"waiting_for": "client"} if ticket.status != "resolved" else {})
    if ticket.status != "resolved":
        return after | {"waiting_for": "agent"}
    keep = assignee_can_return(ticket)
    if keep:
        require_available(transaction, ticket)
    return after | reopened(ticket, keep_assignee=keep)
