"""A ticket's history as clients see it: one model a kind and field, so that `from` and `to` are typed (contract §3)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from chalicelib.edge.schemas import Shown, Timestamp
from chalicelib.tickets.models import Comment, Event
from chalicelib.tickets.policy import Priority, Status

Channel = Literal["web", "api", "email"]


class AssignmentDetail(Shown):
    """Why the machine chose as it did: the workload that won, and how many agents were available."""

    workload: int
    available_agents: int


class _Told(Shown):
    id: str
    at: Timestamp
    actor_id: str | None
    actor_name: str
    kind: str
    field: str | None
    from_: Annotated[Any, Field(alias="from")]
    to: Any
    reason: Literal["auto", "manual", "queue", "reopen", "deactivated", "mail", "schedule"] | None
    detail: AssignmentDetail | None


class Filing(Shown):
    """A ticket as it was filed."""

    title: str
    description: str
    priority: Priority
    team: str
    client_id: str
    channel: Channel
    tags: list[str]
    custom_fields: dict[str, Any]


class Created(_Told):
    """The first event of every history."""

    kind: Literal["created"]
    field: None
    from_: Annotated[None, Field(alias="from")]
    to: Filing


class Assigned(_Told):
    """Somebody has the ticket from now on."""

    kind: Literal["assigned"]
    field: Literal["assignee_id"]
    from_: Annotated[str | None, Field(alias="from")]
    to: str
    assignee_name: str


class Unassigned(_Told):
    """Nobody has the ticket any more."""

    kind: Literal["changed"]
    field: Literal["assignee_id"]
    from_: Annotated[str | None, Field(alias="from")]
    to: None


class StatusChanged(_Told):
    kind: Literal["changed"]
    field: Literal["status"]
    from_: Annotated[Status, Field(alias="from")]
    to: Status


class PriorityChanged(_Told):
    kind: Literal["changed"]
    field: Literal["priority"]
    from_: Annotated[Priority, Field(alias="from")]
    to: Priority


class TextChanged(_Told):
    kind: Literal["changed"]
    field: Literal["team", "title", "description"]
    from_: Annotated[str, Field(alias="from")]
    to: str


class TagsChanged(_Told):
    kind: Literal["changed"]
    field: Literal["tags"]
    from_: Annotated[list[str], Field(alias="from")]
    to: list[str]


class CustomFieldsChanged(_Told):
    kind: Literal["changed"]
    field: Literal["custom_fields"]
    from_: Annotated[dict[str, Any], Field(alias="from")]
    to: dict[str, Any]


class SomethingAdded(_Told):
    """A comment, a note or a file: `to` is its id."""

    kind: Literal["comment", "note", "attachment"]
    field: None
    from_: Annotated[None, Field(alias="from")]
    to: str


MODELS: dict[tuple[str, str | None], type[_Told]] = {
    ("created", None): Created,
    ("assigned", "assignee_id"): Assigned,
    ("changed", "assignee_id"): Unassigned,
    ("changed", "status"): StatusChanged,
    ("changed", "priority"): PriorityChanged,
    ("changed", "team"): TextChanged,
    ("changed", "title"): TextChanged,
    ("changed", "description"): TextChanged,
    ("changed", "tags"): TagsChanged,
    ("changed", "custom_fields"): CustomFieldsChanged,
    ("comment", None): SomethingAdded,
    ("note", None): SomethingAdded,
    ("attachment", None): SomethingAdded,
}
"""Kind and field -> what the event is shown as."""

EventShown = TypeAliasType(
    "EventShown",
    Created
    | Assigned
    | Unassigned
    | StatusChanged
    | PriorityChanged
    | TextChanged
    | TagsChanged
    | CustomFieldsChanged
    | SomethingAdded,
)
"""One line of a ticket's history."""


def people_in(events: Iterable[Event]) -> Iterator[str]:
    """Ids of the accounts whose current names these events show."""
    return (event.after for event in events if event.change == "assigned")


def told(event: Event, names: Mapping[str, str], *, with_detail: bool) -> Any:
    """The event as one of MODELS. `names`: of `people_in`, by id. `with_detail`: not for clients, it says how the team
    is loaded."""
    return MODELS[event.change, event.field].model_validate(fields_of(event, names, with_detail=with_detail))


def fields_of(event: Event, names: Mapping[str, str], *, with_detail: bool) -> dict[str, Any]:
    fields = {
        "id": event.event_id,
        "at": event.at,
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "kind": event.change,
        "field": event.field,
        "from": event.before,
        "to": event.event_id if isinstance(event, Comment) else event.after,
        "reason": event.reason,
        "detail": event.detail if with_detail else None,
    }
    return fields | {"assignee_name": names.get(event.after, "")} if event.change == "assigned" else fields
