"""What somebody has read of a ticket, and the conversations that they have on it (contract §9)."""

from collections.abc import Iterable, Mapping

from chalicelib.caller import Caller
from chalicelib.chat import heads, saying, schemas, seen
from chalicelib.chat.heads import NOTHING as NOTHING, Unread as Unread, looking_up as looking_up
from chalicelib.chat.reader_models import PUBLIC, Reader
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import Invalid
from chalicelib.listening import queue as live_queue, service as listening
from chalicelib.people import service as people
from chalicelib.people.models import Account
from chalicelib.tickets import conversation
from chalicelib.tickets.models import Ticket
from chalicelib.together import Wanted


def mark(caller: Caller, ticket: Ticket, comment_id: str | None, seq: int | None, with_: str | None) -> None:
    """Marks the public comments up to this one as read, and the public chat, or the private one with somebody, up to
    `seq`. Raises Invalid, and NotFound for somebody to whom the caller may not write."""
    place = conversation.place_of(ticket, comment_id) if comment_id is not None else None
    if with_ is not None and seq is None:
        raise Invalid.field("chat_seq", "With 'with', say up to which message.", "required")
    saying.judge_partner(caller, ticket, with_)
    if place is not None:
        seen.mark_comments(caller.id, ticket.id, place)
    if seq is not None and seen.mark(caller.id, ticket.id, seq, with_) is not None:
        live_queue.hand([{"seen": {"ticket_id": ticket.id, "account_id": caller.id, "with_": with_}}])
    if place is not None or seq is not None:
        listening.unread_changed(ticket.id, [caller.id])


def unread(account_id: str, tickets: Iterable[Ticket], known: Wanted[Reader] | None = None) -> Mapping[str, Unread]:
    """What somebody hasn't read of these tickets, by the ticket's id. `known`: what `looking_up` found of them."""
    asked = [heads.Discussed(each.id, int(each.comments), int(each.commenters.get(account_id, 0))) for each in tickets]
    return heads.unread(account_id, asked, known)


def conversations(caller: Caller, ticket: Ticket, page: PageRequest) -> Page[schemas.ConversationShown]:
    """The caller's conversations: the public one first, then private ones by the other person's id."""
    found = {each.reader: each for each in heads.of_ticket(ticket.id)}
    own = found.get(caller.id)
    others = sorted((own.pairs if own else None) or ())
    names = ["", *others]  # the public one sorts first
    wanted = [name for name in names if page.position is None or name > page.position]
    shown = wanted[: page.limit]
    people_in = people.who_are(name for name in shown if name)
    items = [
        _private(caller, found, people_in[name]) if name else _public(caller, found)
        for name in shown
        if not name or name in people_in
    ]
    return Page(items, shown[-1] if len(wanted) > page.limit else None)


def _public(caller: Caller, found: Mapping[str, Reader]) -> schemas.ConversationShown:
    head, own = found.get(PUBLIC), found.get(caller.id)
    readers = [each for name, each in sorted(found.items()) if "#" not in name and each.seq]
    return schemas.ConversationShown(
        with_=None,
        last_seq=int((head.last if head else None) or 0),
        last_at=head.last_at if head else None,
        unread=heads.count(head.last if head else None, own.seq if own else None),
        seen=[schemas.SeenUntil(user_id=each.reader, seq=int(each.seq or 0)) for each in readers],
    )


def _private(caller: Caller, found: Mapping[str, Reader], other: Account) -> schemas.ConversationShown:
    mine, theirs = found.get(f"{caller.id}#{other.id}"), found.get(f"{other.id}#{caller.id}")
    marks = [(caller.id, mine), (other.id, theirs)]
    return schemas.ConversationShown(
        with_=schemas.Other.model_validate({"id": other.id, "name": other.name, "role": other.role}),
        last_seq=int((mine.last if mine else None) or 0),
        last_at=mine.last_at if mine else None,
        unread=heads.count(mine.last if mine else None, mine.seq if mine else None),
        seen=[schemas.SeenUntil(user_id=id_, seq=int(each.seq)) for id_, each in marks if each and each.seq],
    )
