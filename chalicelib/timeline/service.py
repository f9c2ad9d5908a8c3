"""Events of a ticket with the comment, note or file that each is about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chalicelib.attachments import service as attachments
from chalicelib.attachments.schemas import shown as shown_file
from chalicelib.people import service as people
from chalicelib.tickets.event_schemas import people_in
from chalicelib.tickets.models import Comment, Event
from chalicelib.tickets.schemas import AttachmentShown, CommentShown, said
from chalicelib.timeline import schemas


def shown(ticket_id: str, events: Sequence[Event], *, with_detail: bool) -> list[Any]:
    """Each event as one of `schemas.TimelineEventShown`. The reader may see all of them; `with_detail` is for staff."""
    files = _files(ticket_id, events)
    names = people.names(people_in(events))
    return [schemas.told(event, _said(event, files), names, with_detail=with_detail) for event in events]


def _said(event: Event, files: Mapping[str, AttachmentShown]) -> AttachmentShown | CommentShown | None:
    if isinstance(event, Comment):
        return said(event)
    return files.get(str(event.after)) if event.change == "attachment" else None


def _files(ticket_id: str, events: Iterable[Event]) -> dict[str, AttachmentShown]:
    """The files that these events are about, by their ids."""
    ids = [str(event.after) for event in events if event.change == "attachment"]
    return {attachments.id_of(file): shown_file(file) for file in attachments.of_ids(ticket_id, ids)}
