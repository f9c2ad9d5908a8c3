"""A ticket's history: events, written in the transaction of the change they tell of, never changed afterwards.

Complete enough to rebuild the ticket's fields: the first event holds them as filed, each later one a field before and
after. A comment or note is its own event. What one side alone may see stands apart, so that reading a side's history
leaves nothing out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.dynamo import Transaction
from chalicelib.log import request_id
from chalicelib.tickets.kinds import FIELDS, Change, kind_of, seen_by_everybody
from chalicelib.tickets.models import Event, Ticket, TicketsItem

THE_SYSTEM = "Lambdesk"
"""The actor's name where no person acted."""

FILED = ("title", "description", "priority", "team", "client_id", "channel", "tags", "custom_fields")


@dataclass(frozen=True)
class Actor:
    """Who acted; `id` None: the system."""

    id: str | None
    name: str


SYSTEM = Actor(None, THE_SYSTEM)


def event(
    ticket_id: str,
    at: str,
    actor: Actor,
    change: Change,
    *,
    event_id: str | None = None,
    side: str | None = None,
    **more: Any,
) -> Event:
    """An event at time `at`, whose id (`event_id`, or a new one) sorts after those made before. `side`: staff or
    client, if only they may see it. Raises KeyError for a kind without a row in `kinds.KINDS`, ValueError for a `side`
    that the row doesn't allow."""
    sight = kind_of(change, more.get("field")).sight
    if (sight == "side" and side is None) or (sight == "everybody" and side is not None):
        raise ValueError(f"An event of kind {change} is for {sight}, not for {side or 'everybody'}.")
    more.setdefault("request_id", request_id())
    return Event(
        id=ticket_id,
        item=(f"aside#{side}#" if side else "event#") + (event_id or ambient.new_id(at)),
        at=at,
        actor_id=actor.id,
        actor_name=actor.name,
        change=change,
        **more,
    )


def filed(ticket: Ticket, actor: Actor) -> Event:
    """The first event, with everything that was said at filing. Its id is the ticket's, so that it can be read by
    key."""
    fields = {name: getattr(ticket, name) for name in FILED}
    return event(ticket.id, ticket.created_at, actor, "created", event_id=ticket.id, after=fields)


def first_item(ticket_id: str) -> str:
    """Where the first event stands."""
    return f"event#{ticket_id}"


def description_in(event: Event) -> str:
    """What the event that set a ticket's description says it is."""
    said = event.after["description"] if event.change == "created" else event.after
    return str(said)


def read(ticket_id: str, item: str) -> Event | None:
    """Reads an event by the key that messages carry."""
    try:
        return Event.get(ticket_id, item, consistent_read=True)
    except DoesNotExist:
        return None


def changes(
    ticket: Ticket,
    after: Mapping[str, Any],
    at: str,
    actor: Actor,
    reasons: Mapping[str, str],
    behind: str | None = None,
) -> list[Event]:
    """One event for each field of `kinds.FIELDS` that gets a new value, in that order, with ids after `behind`.
    `reasons`: by field, "manual" where none is given."""
    told: list[Event] = []
    for name in FIELDS:
        if name not in after:
            continue
        behind = ambient.id_behind(behind) if behind else ambient.new_id(at)
        assigned = name == "assignee_id" and after[name] is not None
        more = {"holder": after.get("assignee_id") or ticket.assignee_id} if name == "status" else {}
        told.append(
            event(
                ticket.id,
                at,
                actor,
                "assigned" if assigned else "changed",
                event_id=behind,
                field=name,
                before=getattr(ticket, name),
                after=after[name],
                reason=reasons.get(name, "manual"),
                **more,
            )
        )
    return told


def with_ticket(ticket_id: str, items: Iterable[str]) -> tuple[Ticket | None, list[Event]]:
    """Reads a ticket as it is now (None if there is none) and these events of it, in their order, in one call."""
    keys = [(ticket_id, "ticket"), *((ticket_id, item) for item in sorted(set(items)))]
    found = list(TicketsItem.batch_get(keys, consistent_read=True))
    events = sorted((each for each in found if isinstance(each, Event)), key=lambda each: each.event_id)
    return next((each for each in found if isinstance(each, Ticket)), None), events


def shown_by(events: Iterable[Event]) -> bool:
    """Whether one of these events means that the ticket is sent to those who watch it. Events that only one side may
    see don't."""
    return any(
        (kind := kind_of(each.change, each.field)).live and seen_by_everybody(kind, each.side) for each in events
    )


def add_events(transaction: Transaction, events: Iterable[Event]) -> None:
    for each in events:
        transaction.put(each)
