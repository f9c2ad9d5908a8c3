"""Lists: of tickets, each by the index that serves its filters best, and of what stands under one ticket.

A list merges the index's keys that the filters name (at most 4 statuses x 4 priorities), newest first. What no key can
say is filtered from what was read; a page then may be short, but what it reads is bounded.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pynamodb.expressions.condition import Condition
from pynamodb.indexes import Index

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.dynamo import first_page
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.settings import PRIORITIES
from chalicelib.tickets.models import LISTED, Ticket, TicketsItem

STATUSES = ("open", "in_progress", "resolved", "closed")
ROUNDS = 4
"""How often a page that filters left short reads on before it is answered short."""

# No ULID is below the first or above the second.
LOWEST, HIGHEST = "0", "8"

M = TypeVar("M", bound=TicketsItem)


@dataclass(frozen=True)
class Filters:
    """What a list is limited to; None: not limited. `assignee_id` is an id or "none"."""

    statuses: tuple[str, ...] | None = None
    priorities: tuple[str, ...] | None = None
    assignee_id: str | None = None
    client_id: str | None = None
    team: str | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None


def tickets(caller: Caller, filters: Filters, page: PageRequest) -> Page[Ticket]:
    """The tickets that the caller may see and the filters let through, newest first."""
    scoped = within_sight(caller, filters)
    if scoped is None:
        return Page([], None)
    index, keys, rest = _source(scoped)
    low = ambient.lowest_id(scoped.created_from) if scoped.created_from else LOWEST
    high = ambient.lowest_id(scoped.created_to) if scoped.created_to else HIGHEST
    before = min(high, page.position or HIGHEST)
    found: list[Ticket] = []
    for _ in range(ROUNDS):
        if low >= before:
            return Page(found, None)
        more, frontier = _merged(index, keys, rest, low, before, page.limit)
        found += more
        if len(found) > page.limit:
            return Page(found[: page.limit], found[page.limit - 1].id)
        if frontier is None:
            return Page(found, None)
        before = frontier
        if len(found) == page.limit:
            break
    return Page(found, before)


def listed(ids: Sequence[str]) -> list[Ticket]:
    """These tickets as lists show them, newest first; missing ones left out."""
    found = Ticket.batch_get([(id_, "ticket") for id_ in ids], attributes_to_get=["id", "item", *LISTED]) if ids else ()
    return sorted(found, key=lambda ticket: ticket.id, reverse=True)


def passes(ticket: Ticket, filters: Filters) -> bool:
    """Whether the filters let a ticket through; its time aside, which its id says."""
    return (
        (filters.statuses is None or ticket.status in filters.statuses)
        and (filters.priorities is None or ticket.priority in filters.priorities)
        and (filters.assignee_id is None or (ticket.assignee_id or "none") == filters.assignee_id)
        and filters.client_id in (None, ticket.client_id)
        and filters.team in (None, ticket.team)
    )


def page_of_items(
    ticket_id: str, prefix: str, page: PageRequest, model: type[M], only: Condition | None = None
) -> Page[M]:
    """What stands under a ticket with this beginning of the key, oldest first."""
    # The cursor gives no right of its own: one made while the caller was on the other side starts anew.
    position = page.position if str(page.position).startswith(prefix) else None
    results = model.query(
        ticket_id,
        TicketsItem.item.between(position or prefix, prefix + "~"),
        filter_condition=only,
        page_size=page.limit + 1,
        consistent_read=True,
    )
    items, last = first_page(results, model)
    items = [item for item in items if item.item != position]
    if len(items) > page.limit:
        return Page(items[: page.limit], items[page.limit - 1].item)
    return Page(items, last["item"]["S"] if last else None)


def within_sight(caller: Caller, filters: Filters) -> Filters | None:
    """The filters narrowed to what the caller may see (contract §3); None when that is nothing."""
    if caller.role == "admin":
        return filters
    if caller.role == "agent" and filters.client_id != caller.id:
        return _narrowed(filters, "team", caller.team)
    return _narrowed(filters, "client_id", caller.id)


def _narrowed(filters: Filters, name: str, value: str | None) -> Filters | None:
    asked = getattr(filters, name)
    if value is None or asked not in (None, value):
        return None
    return Filters(**{**filters.__dict__, name: value})


def _source(filters: Filters) -> tuple[Index[Any], list[str], Condition | None]:
    """The index that serves the filters, its keys to merge, and a condition for what the keys don't say."""
    statuses, priorities = filters.statuses or STATUSES, filters.priorities or PRIORITIES
    index: Index[Any]
    said: set[str]
    if filters.client_id:
        index, keys, said = Ticket.by_client, [filters.client_id], {"client_id"}
    elif filters.assignee_id:
        keys = [f"{filters.assignee_id}#{status}" for status in statuses]
        index, said = Ticket.by_assignee, {"assignee_id", "statuses"}
    elif filters.team:
        keys = [f"{filters.team}#{status}#{priority}" for status in statuses for priority in priorities]
        index, said = Ticket.by_team, {"team", "statuses", "priorities"}
    else:
        keys = [f"{status}#{priority}" for status in statuses for priority in priorities]
        index, said = Ticket.by_status, {"statuses", "priorities"}
    conditions = [
        condition(value)
        for name, condition in _CONDITIONS.items()
        if name not in said and (value := getattr(filters, name)) is not None
    ]
    rest: Condition | None = None
    for each in conditions:
        rest = each if rest is None else rest & each
    return index, keys, rest


_CONDITIONS: dict[str, Callable[[Any], Condition]] = {
    "statuses": lambda statuses: Ticket.status.is_in(*statuses),
    "priorities": lambda priorities: Ticket.priority.is_in(*priorities),
    "assignee_id": lambda id_: Ticket.assignee_id.does_not_exist() if id_ == "none" else Ticket.assignee_id == id_,
    "client_id": lambda id_: Ticket.client_id == id_,
    "team": lambda team: Ticket.team == team,
}


def _merged(
    index: Index[Any], keys: Iterable[str], rest: Condition | None, low: str, before: str, limit: int
) -> tuple[list[Ticket], str | None]:
    """Tickets with low <= id < before, newest first, and down to which id they are complete (None: to the end)."""
    found: list[Ticket] = []
    frontiers = []
    for key in keys:
        results = index.query(
            key, Ticket.id.between(low, before), filter_condition=rest, page_size=limit + 1, scan_index_forward=False
        )
        items, last = first_page(results, Ticket)
        found += [ticket for ticket in items if ticket.id < before]
        if last:
            frontiers.append(last["id"]["S"])
    frontier = max(frontiers, default=None)
    complete = [ticket for ticket in found if frontier is None or ticket.id >= frontier]
    return sorted(complete, key=lambda ticket: ticket.id, reverse=True), frontier
