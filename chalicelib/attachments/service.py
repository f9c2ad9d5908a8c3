"""Files of tickets. They are uploaded to S3 and downloaded from it by presigned requests; their content passes through
no function.

A file is requested, uploaded to S3 under `pending/`, and confirmed by S3's own event: that very version is copied to
`kept/`, where no presigned request can write. Only then do others see the file.
"""

from collections.abc import Iterable
from typing import Literal

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient, storage
from chalicelib.attachments import places
from chalicelib.attachments.filenames import cleaned, disposition
from chalicelib.attachments.models import Attachment
from chalicelib.caller import Caller
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import Conflict, Invalid, NotFound
from chalicelib.log import log
from chalicelib.settings import settings
from chalicelib.tickets import history
from chalicelib.tickets.conversation import side_of
from chalicelib.tickets.lifecycle import closed_refusal
from chalicelib.tickets.models import Comment, Event, Ticket
from chalicelib.tickets.parts import page_of_ranges
from chalicelib.tickets.service import once_as_found, read

LARGEST = 25 * 2**20
"""The largest file, in bytes."""
PENDING_FOR = 24 * 3600
"""Seconds until a file that was never uploaded is forgotten."""
UPLOAD_FOR = 10 * 60
"""Seconds that a presigned POST is good for (contract §3)."""
DOWNLOAD_FOR = 5 * 60

PENDING, KEPT = "pending", "kept"
"""The beginning of an object's key before and after the file is confirmed."""

HELD = "held"
"""Tag of a held file's object: the bucket deletes objects that keep it for long."""

SHOWN_IN_PLACE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
"""Types that a browser may show where it is (contract §3)."""

Side = Literal["staff", "client"]


def ask(
    caller: Caller,
    found: Ticket,
    attachment_id: str,
    *,
    filename: str,
    content_type: str,
    size: int,
    note_id: str | None = None,
    hold: bool = False,
) -> Attachment:
    """Reserves a place for a file that will be uploaded. A repeat with the same id returns the first. Raises Conflict
    on a closed ticket and when all places are taken, Invalid for a note that the caller can't see."""
    latest = once_as_found(caller, found)

    def attempt() -> Attachment:
        ticket = latest()
        if ticket.status == "closed":
            raise closed_refusal()
        file = Attachment(
            id=ticket.id,
            item=_item(attachment_id),
            filename=cleaned(filename),
            content_type=content_type,
            size=size,
            note_id=note_id,
            held=True if hold else None,
            side=_side(caller, ticket, note_id),
            author_id=caller.id,
            author_name=caller.name,
            created_at=ambient.time_of(attachment_id),
            expires_at=int(ambient.clock()) + PENDING_FOR,
        )
        transaction = Transaction()
        transaction.check(ticket, Ticket.status != "closed", label="ticket")
        return _placed(transaction, file)

    return until_it_holds(attempt)


def add_received(
    ticket: Ticket,
    author: history.Actor,
    filename: str,
    content_type: str,
    content: bytes,
    attachment_id: str,
) -> Attachment:
    """Adds a file whose content we have, for example from a mail: public and ready at once. A repeat with the same id
    returns the first. Raises Conflict on a closed ticket and when all places are taken, Invalid for a size that isn't
    allowed."""
    _judge_size(content)

    def attempt() -> Attachment:
        if (first := _get(ticket.id, attachment_id)) is not None:
            return first
        latest = read(ticket.id)
        if latest is None or latest.status == "closed":
            raise closed_refusal()
        if len(places.taken(places.of(ticket.id))) >= places.MOST:
            raise places.Full
        file = Attachment(
            id=ticket.id,
            item=_item(attachment_id),
            filename=cleaned(filename),
            content_type=content_type,
            size=len(content),
            state="ready",
            author_id=author.id or history.THE_SYSTEM,
            author_name=author.name,
            created_at=ambient.time_of(attachment_id),
        )
        file.version = storage.put(settings.attachments_bucket, key(file, KEPT), content)
        transaction = Transaction()
        transaction.check(ticket, Ticket.status != "closed", label="ticket")
        history.add_events(transaction, [_told(file, author)])
        return _placed(transaction, file)

    return until_it_holds(attempt)


def send(
    caller: Caller, ticket: Ticket, attachment_id: str, *, filename: str, content_type: str, content: bytes
) -> None:
    """Adds a file as if the caller had requested and uploaded it: S3's event confirms it. For functions that may not
    write under `kept/`. Raises as `ask`, and Invalid for a size that isn't allowed."""
    _judge_size(content)
    file = ask(caller, ticket, attachment_id, filename=filename, content_type=content_type, size=len(content))
    if file.state == "pending":
        storage.put(settings.attachments_bucket, key(file, PENDING), content)


def _judge_size(content: bytes) -> None:
    if not 1 <= len(content) <= LARGEST:
        raise Invalid.field("size", f"A file has 1 to {LARGEST} bytes; this one has {len(content)}.")


def confirm(ticket_id: str, attachment_id: str, version: str, uploaded_at: str) -> None:
    """S3 has stored an object under a pending file's key: the first such version becomes the file. Does nothing for a
    second version, or one that comes too late or after the ticket was closed."""

    def attempt() -> None:
        file, ticket, held = _get(ticket_id, attachment_id), read(ticket_id), places.of(ticket_id)
        if file is None or ticket is None or file.state != "pending":
            return
        if attachment_id not in places.taken(held) or (ticket.closed_at and uploaded_at > ticket.closed_at):
            log.info("a file came too late", extra={"ticket_id": ticket_id, "attachment_id": attachment_id})
            return
        tag = HELD if file.held else None
        bucket = settings.attachments_bucket
        file.version = storage.copy(bucket, key(file, PENDING), version, key(file, KEPT), tag)
        transaction = Transaction()
        if ticket.status != "closed":  # nothing changes a closed one
            transaction.check(ticket, Ticket.status != "closed", label="ticket")
        transaction.update(
            file,
            [
                Attachment.state.set("ready"),
                Attachment.version.set(file.version),
                *(() if file.held else (Attachment.expires_at.remove(),)),
            ],
            Attachment.state == "pending",
            label="attachment",
        )
        if file.held:  # no event tells of it; a day after the request it is deleted
            transaction.commit()
            return
        places.take(transaction, held, {attachment_id: 0})
        history.add_events(transaction, [_told(file, history.Actor(file.author_id, file.author_name))])
        transaction.commit()

    until_it_holds(attempt)


def visible(caller: Caller, ticket: Ticket, attachment_id: str) -> Attachment:
    """The file, if the caller may see it; otherwise NotFound, as if it were not there."""
    file = _get(ticket.id, attachment_id)
    hidden = file is not None and file.held and file.author_id != caller.id
    if file is None or hidden or file.side not in (None, side_of(caller, ticket)) or _has_vanished(file):
        raise NotFound("There is no such file.")
    return file


def page(caller: Caller, ticket: Ticket, request: PageRequest, *, newest_first: bool = False) -> Page[Attachment]:
    """A page of the files that the caller may see, including pending ones."""
    mine = Attachment.side.does_not_exist() | (Attachment.side == side_of(caller, ticket))
    there = Attachment.expires_at.does_not_exist() | (Attachment.expires_at > int(ambient.clock()))
    public = Attachment.held.does_not_exist() | (Attachment.author_id == caller.id)
    only = mine & there & public
    return page_of_ranges(ticket.id, (_item(""),), request, Attachment, newest_first=newest_first, only=only)


def of_ids(ticket_id: str, attachment_ids: Iterable[str]) -> list[Attachment]:
    """These files of a ticket, in no order; missing ones are left out. Doesn't check whether anybody may see them."""
    keys = [(ticket_id, _item(id_)) for id_ in sorted(set(attachment_ids))]
    return list(Attachment.batch_get(keys, consistent_read=True)) if keys else []


def upload(file: Attachment) -> tuple[str, dict[str, str]]:
    """The URL to which a pending file is uploaded within UPLOAD_FOR seconds, and the form's fields."""
    return storage.upload(
        settings.attachments_bucket, key(file, PENDING), file.content_type, int(file.size), UPLOAD_FOR
    )


def address(file: Attachment, *, inline: bool = False) -> str:
    """A URL from which the file can be downloaded for DOWNLOAD_FOR seconds, saved under its name, or with `inline`
    shown in the browser. Raises Invalid for a type that can't be shown, Conflict while it is pending."""
    shown_as = file.content_type.partition(";")[0].strip().lower()
    if inline and shown_as not in SHOWN_IN_PLACE:
        message = "This file can't be shown in place: only PNG, JPEG, GIF, WebP and PDF can."
        raise Invalid.field("inline", message, "bad_type")
    if file.state != "ready":
        raise Conflict("The file has not arrived yet.", headers={"Retry-After": "2"})
    return storage.address(
        settings.attachments_bucket,
        key(file, KEPT),
        DOWNLOAD_FOR,
        version=file.version,
        disposition=disposition(file.filename, inline=inline),
        content_type=shown_as if inline else None,
    )


def key(file: Attachment, place: str) -> str:
    return f"{place}/{file.id}/{id_of(file)}"


def id_of(file: Attachment) -> str:
    return file.item.removeprefix(_item(""))


def _item(attachment_id: str) -> str:
    return f"attachment#{attachment_id}"


def _get(ticket_id: str, attachment_id: str) -> Attachment | None:
    try:
        return Attachment.get(ticket_id, _item(attachment_id), consistent_read=True)
    except DoesNotExist:
        return None


def _has_vanished(file: Attachment) -> bool:
    """DynamoDB takes up to days to delete what has expired."""
    return file.expires_at is not None and file.expires_at <= ambient.clock()


def _side(caller: Caller, ticket: Ticket, note_id: str | None) -> Side | None:
    """The side that may see the file: on a note the note's, otherwise None (everybody)."""
    if note_id is None:
        return None
    side = side_of(caller, ticket)
    try:
        Comment.get(ticket.id, f"note#{side}#{note_id}", consistent_read=True)
    except DoesNotExist:
        raise Invalid.field("note_id", "There is no such note.", "unknown_id") from None
    return side


def _placed(transaction: Transaction, file: Attachment) -> Attachment:
    """Commits a new file together with its place. Raises Full, LostRace."""
    held = places.of(file.id)
    if len(places.taken(held)) >= places.MOST and id_of(file) not in held.taken:
        raise places.Full
    places.take(transaction, held, {id_of(file): int(file.expires_at or 0)})
    transaction.put(file, Attachment.id.does_not_exist(), label="attachment")
    try:
        transaction.commit()
    except LostRace as race:
        first = _get(file.id, id_of(file)) if "attachment" in race.failed else None
        if first is None:
            raise
        return first
    return file


def _told(file: Attachment, author: history.Actor) -> Event:
    now = ambient.timestamp()
    return history.event(file.id, now, author, "attachment", after=id_of(file), side=file.side)
