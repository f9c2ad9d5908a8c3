"""A ticket's timeline: its events, each with what it tells of in `said` (contract §3)."""

from collections.abc import Mapping
from typing import Any, Literal

from typing_extensions import TypeAliasType

from chalicelib.tickets import event_schemas as events
from chalicelib.tickets.models import Event
from chalicelib.tickets.schemas import AttachmentShown, CommentShown


class TimelineCreated(events.Created):
    said: None = None


class TimelineAssigned(events.Assigned):
    said: None = None


class TimelineUnassigned(events.Unassigned):
    said: None = None


class TimelineStatusChanged(events.StatusChanged):
    said: None = None


class TimelinePriorityChanged(events.PriorityChanged):
    said: None = None


class TimelineTextChanged(events.TextChanged):
    said: None = None


class TimelineTagsChanged(events.TagsChanged):
    said: None = None


class TimelineCustomFieldsChanged(events.CustomFieldsChanged):
    said: None = None


class TimelineComment(events.SomethingAdded):
    """A comment or a note, in `said`."""

    kind: Literal["comment", "note"]
    said: CommentShown


class TimelineFile(events.SomethingAdded):
    """A file, in `said`."""

    kind: Literal["attachment"]
    said: AttachmentShown


TimelineEventShown = TypeAliasType(
    "TimelineEventShown",
    TimelineCreated
    | TimelineAssigned
    | TimelineUnassigned
    | TimelineStatusChanged
    | TimelinePriorityChanged
    | TimelineTextChanged
    | TimelineTagsChanged
    | TimelineCustomFieldsChanged
    | TimelineComment
    | TimelineFile,
)
"""One line of a ticket's history, with what was said."""

MODELS: dict[type[Any], type[Any]] = {
    events.Created: TimelineCreated,
    events.Assigned: TimelineAssigned,
    events.Unassigned: TimelineUnassigned,
    events.StatusChanged: TimelineStatusChanged,
    events.PriorityChanged: TimelinePriorityChanged,
    events.TextChanged: TimelineTextChanged,
    events.TagsChanged: TimelineTagsChanged,
    events.CustomFieldsChanged: TimelineCustomFieldsChanged,
}


def told(
    event: Event, said: CommentShown | AttachmentShown | None, names: Mapping[str, str], *, with_detail: bool
) -> Any:
    """An event as the timeline shows it. `said`: the comment, note or file that it is about. `names`:
    `events.people_in`, by id. `with_detail` is False for clients."""
    fields = events.fields_of(event, names, with_detail=with_detail)
    if isinstance(said, AttachmentShown):
        return TimelineFile.model_validate({**fields, "said": said})
    if isinstance(said, CommentShown):
        return TimelineComment.model_validate({**fields, "said": said})
    return MODELS[events.MODELS[event.change, event.field]].model_validate(fields)
