"""The discussion on a ticket: public comments, and notes that are private to one side."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import Invalid
from chalicelib.tickets import history
from chalicelib.tickets.kinds import Change
from chalicelib.tickets.lifecycle import closed_refusal, reopened
from chalicelib.tickets.models import Comment, Event, Ticket
from chalicelib.tickets.policy import STAFF
from chalicelib.tickets.reading import page_of_items
from chalicelib.tickets.service import add_change, assignee_can_return, once_as_found, relation_of, require_available

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
    caller: Caller, found: Ticket, body: str, comment_id: str, reason: str | None = None, files: Files | None = None
) -> Comment:
    """Says something publicly. The client's word on a resolved ticket reopens it; a closed one refuses. A repeat with
    the same `comment_id` answers the first. `reason`: "mail" if it came so. Raises what `files` raise."""
    latest = once_as_found(caller, found)

    def attempt() -> Comment:
        ticket = latest()
        side = side_of(caller, ticket)
        if ticket.status == "closed":
            raise closed_refusal()
        comment = _said(caller, ticket, f"comment#{comment_id}", body, comment_id)
        at = ambient.later_than(ticket.updated_at)
        transaction = Transaction()
        transaction.put(comment, Comment.id.does_not_exist(), label="said")
        reasons = {"status": "reopen", "assignee_id": "reopen"}
        after = _after_comment(transaction, caller, ticket, side, comment_id)
        comment.place = after["comments"]
        comment.attachments = files.publish(transaction, ticket, comment_id, None) if files else []
        holder = after.get("assignee_id", ticket.assignee_id)
        whom = {"spoke": side, "holder": holder, "answers": "first" if "first_response_at" in after else None}
        told = _told(caller, ticket, "comment", at, comment_id, None, reason=reason, **whom)
        history.add_events(transaction, [told])
        try:
            add_change(transaction, ticket, after, at, history.Actor(caller.id, caller.name), reasons)
        except LostRace as race:
            return _first_or_again(race, comment)
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
        note = _said(caller, ticket, f"note#{side}#{note_id}", body, note_id)
        transaction = Transaction()
        note.attachments = files.publish(transaction, ticket, note_id, side) if files else []
        transaction.put(note, Comment.id.does_not_exist(), label="said")
        history.add_events(transaction, [_told(caller, ticket, "note", note.created_at, note_id, side)])
        transaction.check(ticket, Ticket.status != "closed", label="ticket")
        try:
            transaction.commit()
        except LostRace as race:
            return _first_or_again(race, note)
        return note

    return until_it_holds(attempt)


def place_of(ticket: Ticket, comment_id: str) -> int:
    """Which of the public comments it is, 1, 2, 3 …: who has read it, has read so many. Raises Invalid if it is none of
    the ticket's."""
    try:
        place = Comment.get(ticket.id, f"comment#{comment_id}", consistent_read=True).place
    except DoesNotExist:
        raise Invalid.field("comment_id", "There is no such public comment on this ticket.", "unknown_id") from None
    # Of two at once the one that was written first may stand last.
    return int(ticket.comments if comment_id == ticket.last_comment else place or 0)


def comments(ticket: Ticket, page: PageRequest) -> Page[Comment]:
    """Oldest first."""
    return page_of_items(ticket.id, "comment#", page, Comment)


def notes(caller: Caller, ticket: Ticket, page: PageRequest) -> Page[Comment]:
    """The notes of the caller's side, oldest first."""
    return page_of_items(ticket.id, f"note#{side_of(caller, ticket)}#", page, Comment)


def events(caller: Caller, ticket: Ticket, page: PageRequest) -> Page[Event]:
    """The history, oldest first, without what only the other side may see (`kinds.Sight`)."""
    side = side_of(caller, ticket)
    mine = Event.side.does_not_exist() | (Event.side == side)
    return page_of_items(ticket.id, "event#", page, Event, mine)


def said_in(ticket_id: str, events: Iterable[Event]) -> list[Comment]:
    """The comments and notes that these events tell of, in no order."""
    items = [
        (ticket_id, f"comment#{event.after}" if event.change == "comment" else f"note#{event.side}#{event.after}")
        for event in events
    ]
    return list(Comment.batch_get(items, consistent_read=True)) if items else []


def _said(caller: Caller, ticket: Ticket, item: str, body: str, id_: str) -> Comment:
    return Comment(
        id=ticket.id,
        item=item,
        author_id=caller.id,
        author_name=caller.name,
        author_role=caller.role,
        body=body,
        created_at=ambient.time_of(id_),
    )


def _told(
    caller: Caller, ticket: Ticket, change: Change, at: str, said_id: str, side: Side | None, **whom: str | None
) -> Event:
    actor = history.Actor(caller.id, caller.name)
    return history.event(ticket.id, at, actor, change, after=said_id, side=side, **whom)


def _after_comment(
    transaction: Transaction, caller: Caller, ticket: Ticket, side: Side, comment_id: str
) -> dict[str, Any]:
    """What a comment changes in the ticket: who waits for whom, the first answer, and it may reopen it."""
    said_at = ambient.time_of(comment_id)
    place = int(ticket.comments) + 1
    after: dict[str, Any] = {
        "last_public_message_at": max(said_at, ticket.last_public_message_at or ""),
        "comments": place,
        "last_comment": max(comment_id, ticket.last_comment or ""),
        "commenters": {**ticket.commenters, caller.id: place},
    }
    if side == "staff":
        # Of two at once the one that was begun first may be committed last: the first in the discussion counts.
        if ticket.client_id != caller.id and said_at < (ticket.first_response_at or "~"):
            after["first_response_at"] = said_at
        return after | ({"waiting_for": "client"} if ticket.status != "resolved" else {})
    if ticket.status != "resolved":
        return after | {"waiting_for": "agent"}
    keep = assignee_can_return(ticket)
    if keep:
        require_available(transaction, ticket)
    return after | reopened(ticket, keep_assignee=keep)


def _first_or_again(race: LostRace, said: Comment) -> Comment:
    """A repeat after a crash finds what it said the first time; any other lost race is tried again."""
    if "said" not in race.failed:
        raise race
    return Comment.get(said.id, said.item, consistent_read=True)
