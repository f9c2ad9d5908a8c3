"""Events with what they tell of."""

from collections.abc import Sequence
from typing import Any

from chalicelib.attachments import service as attachments
from chalicelib.attachments.schemas import shown as shown_file
from chalicelib.tickets import conversation, schemas as tickets
from chalicelib.tickets.models import Event
from chalicelib.timeline import schemas


def shown(ticket_id: str, events: Sequence[Event], *, with_detail: bool) -> list[Any]:
    """Each event as one of `schemas.TimelineEventShown`. Whoever asks may see all of them; `detail` is for staff."""
    said = _said(ticket_id, events)
    return [
        schemas.told(event, said.get(str(event.after)) if event.field is None else None, with_detail=with_detail)
        for event in events
    ]


def _said(ticket_id: str, events: Sequence[Event]) -> dict[str, Any]:
    """What these events tell of, by its id."""
    told = [event for event in events if event.change in ("comment", "note", "attachment")]
    files = [str(event.after) for event in told if event.change == "attachment"]
    comments = conversation.said_in(ticket_id, [event for event in told if event.change != "attachment"])
    found: dict[str, Any] = {attachments.id_of(file): shown_file(file) for file in attachments.of_ids(ticket_id, files)}
    return found | {each.id: each for each in map(tickets.said, comments)}
