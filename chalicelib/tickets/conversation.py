"""The discussion on a ticket: public comments, and notes that are private to one side."""

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
    """Which side of the ticket the caller is on: decides which notes they share."""
    return "staff" if relation_of(caller, ticket) in STAFF else "client"


class Files(Protocol):
    """Files that a comment or note names (attachments/publishing.py)."""

    def publish(
        self, transaction: Transaction, ticket: Ticket, said_id: str, side: str | None
    ) -> list[Mapping[str, Any]]:
        """Adds what makes them public (`side` None), or the side's, to the transaction; how they are shown."""


def add_comment(
    caller: Caller,
    found: Ticket,
    body: str,
    comment_id: str,
    reason: str | None = None,
    files: Files | None = None,
    trimmed: str | None = None,
) -> Comment:
    """Says something publicly. The client's word on a resolved ticket reopens it; a closed one refuses. A repeat with
    the same `comment_id` answers the first. The comment has this id, unless the ticket has changed since that was made:
    then a new one, so that a comment stands in the history where it changed the ticket. `reason`: "mail" if it came so;
    then `trimmed` is what was cut from it. Raises what `files` raise."""
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
    """Writes down something for one's own side. Changes none of the ticket's fields. Raises what `files` raise."""
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
            # A repeat after a crash finds what it said the first time.
            return Comment.get(note.id, note.item, consistent_read=True)
        return note

    return until_it_holds(attempt)


def place_of(ticket: Ticket, comment_id: str) -> int:
    """Which of the public comments it is, 1, 2, 3 …: who has read it, has read so many. Raises Invalid if it is none of
    the ticket's."""
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
    """The history: the ranges of which the caller's side sees everything."""
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
    """What an earlier attempt with this id said, if it did. Whoever reads this after the ticket and then commits on
    condition that the ticket is as it was read says nothing twice."""
    behind = TicketsItem.item.between(f"comment#{comment_id}", f"comment#{HIGHEST}")
    said = Comment.query(ticket.id, behind, consistent_read=True)
    return next((each for each in said if comment_id in (each.event_id, each.asked_as)), None)


def _after_comment(
    transaction: Transaction, caller: Caller, ticket: Ticket, side: Side, said_at: str
) -> dict[str, Any]:
    """What a comment changes in the ticket: who waits for whom, the first answer, and it may reopen it."""
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
