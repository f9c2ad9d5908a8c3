"""What a ticket's history must say, judged from outside: it begins with the creation, each change takes up where the
one before left off, it ends at what the ticket shows now, and every assignment is explained.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Item = Mapping[str, Any]

_MACHINE = ("auto", "queue")
_REASONS = ("auto", "manual", "queue", "reopen", "deactivated", "mail", "schedule")
_FOLLOWED = ("status", "assignee_id", "priority", "team", "title")


def faults(ticket: Item, events: Sequence[Item]) -> Iterator[str]:
    """What is wrong with a ticket's history, as staff read it (oldest first), in words."""
    name = f"ticket {ticket['number']}"
    if not events or events[0]["kind"] != "created":
        yield f"{name}: its history doesn't begin with its creation"
        return
    if [event["id"] for event in events if event["kind"] == "created"] != [events[0]["id"]]:
        yield f"{name}: its history tells of more than one creation"
    if len({event["id"] for event in events}) != len(events):
        yield f"{name}: its history has two events of one id"
    for one, following in pairwise(events):
        if one["at"] > following["at"]:
            yield f"{name}: its history goes back in time from {one['at']} to {following['at']}"
    for field in _FOLLOWED:
        yield from (f"{name}: {fault}" for fault in _chain(field, ticket, events))
    for event in events:
        if assigns(event):
            yield from (f"{name}: {fault}" for fault in _explained(event))
    reopened = sum((event["from"], event["to"]) == ("resolved", "in_progress") for event in _of("status", events))
    if reopened != ticket["reopened_count"]:
        yield f"{name}: reopened_count is {ticket['reopened_count']}, its history tells of {reopened}"
    if (ticket["resolved_at"] is not None) != (ticket["status"] in ("resolved", "closed")):
        yield f"{name}: is {ticket['status']} with resolved_at {ticket['resolved_at']}"
    if (ticket["closed_at"] is not None) != (ticket["status"] == "closed"):
        yield f"{name}: is {ticket['status']} with closed_at {ticket['closed_at']}"


def assigns(event: Item) -> bool:
    """Whether an event gives the ticket to somebody."""
    return bool(event["kind"] == "assigned")


def handed_back_by(events: Sequence[Item]) -> str | None:
    """The agent whom the ticket was taken from last by handing it back, if nobody has had it since: the machine may
    keep it from them (contract §4)."""
    last = next((event for event in reversed(events) if event["field"] == "assignee_id"), None)
    if last is None or last["to"] is not None or last["reason"] != "manual":
        return None
    moved = any(event["field"] == "team" and event["at"] >= last["at"] for event in events)
    return None if moved else str(last["from"])


def _of(field: str, events: Sequence[Item]) -> list[Item]:
    return [event for event in events if event["field"] == field and event["kind"] in ("changed", "assigned")]


def _chain(field: str, ticket: Item, events: Sequence[Item]) -> Iterator[str]:
    filed = events[0]["to"] if isinstance(events[0]["to"], Mapping) else {}
    changes = _of(field, events)
    known = {"status": "open", "assignee_id": None, **filed}
    value = known.get(field, changes[0]["from"] if changes else ticket[field])
    for event in changes:
        if event["from"] != value:
            yield f"its history changes {field} from {event['from']!r} when it was {value!r}"
        value = event["to"]
    if value != ticket[field]:
        yield f"{field} is {ticket[field]!r}, its history leads to {value!r}"


def _explained(event: Item) -> Iterator[str]:
    reason, detail = event["reason"], event["detail"]
    if reason not in _REASONS:
        yield f"it was assigned to {event['to']} for no reason ({reason!r})"
    elif reason in _MACHINE:
        if event["actor_id"] is not None:
            yield f"{event['actor_id']} is said to have assigned it automatically"
        if not detail or detail["workload"] < 0 or detail["available_agents"] < 1:
            yield f"it was assigned to {event['to']} by the machine without the figures ({detail})"
    elif event["actor_id"] is None:
        yield f"it was assigned to {event['to']} by hand, by nobody"
