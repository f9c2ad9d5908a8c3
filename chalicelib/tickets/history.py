"""A ticket's history: events, written in the transaction of the change they tell of, never changed afterwards.

Complete enough to rebuild the ticket's fields: the first event holds them as filed, each later one a field before and
after.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib import ambient
from chalicelib.dynamo import Transaction
from chalicelib.log import request_id
from chalicelib.tickets.models import Event, Ticket

THE_SYSTEM = "Lambdesk"
"""The actor's name where no person acted."""

FILED = ("title", "description", "priority", "team", "client_id", "channel", "tags", "custom_fields")
TOLD = ("status", "assignee_id", "team", "priority", "title", "description", "tags", "custom_fields")
"""The fields whose changes are events of their own; the others follow from these events and their times."""


@dataclass(frozen=True)
class Actor:
    """Who did it; `id` None: the system."""

    id: str | None
    name: str


SYSTEM = Actor(None, THE_SYSTEM)


def event(ticket_id: str, at: str, actor: Actor, change: str, *, event_id: str | None = None, **more: Any) -> Event:
    """An event at `at`, with an id (`event_id`, or a new one) that sorts behind those made before it."""
    more.setdefault("request_id", request_id())
    return Event(
        id=ticket_id,
        item=f"event#{event_id or ambient.new_id(at)}",
        at=at,
        actor_id=actor.id,
        actor_name=actor.name,
        change=change,
        **more,
    )


def event_id(event: Event) -> str:
    return event.item.removeprefix("event#")


def filed(ticket: Ticket, actor: Actor) -> Event:
    """The first event: everything that was said at filing."""
    fields = {name: getattr(ticket, name) for name in FILED}
    return event(ticket.id, ticket.created_at, actor, "created", after=fields)


def changes(ticket: Ticket, after: Mapping[str, Any], at: str, actor: Actor, reasons: Mapping[str, str]) -> list[Event]:
    """One event a told field that gets a new value; `reasons` by field, else "manual"."""
    told = []
    for name in TOLD:
        if name not in after:
            continue
        assigned = name == "assignee_id" and after[name] is not None
        more = {"holder": after.get("assignee_id") or ticket.assignee_id} if name == "status" else {}
        told.append(
            event(
                ticket.id,
                at,
                actor,
                "assigned" if assigned else "changed",
                field=name,
                before=getattr(ticket, name),
                after=after[name],
                reason=reasons.get(name, "manual"),
                **more,
            )
        )
    return told


def shows(ticket_id: str, event_ids: Iterable[str]) -> bool:
    """Whether one of these events tells of something that everybody who sees the ticket may see: a note doesn't."""
    keys = [(ticket_id, f"event#{id_}") for id_ in sorted(set(event_ids))]
    return any(
        each.change != "note" for each in Event.batch_get(keys, attributes_to_get=["id", "item", "kind", "change"])
    )


def add_events(transaction: Transaction, events: Iterable[Event]) -> None:
    for each in events:
        transaction.put(each)
