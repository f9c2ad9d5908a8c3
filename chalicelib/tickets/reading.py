"""Lists of tickets: found in an index, shown as they are.

What the index says is a moment old, so the filters are judged again on the tickets themselves. What it can't say is
judged on them alone, on so many a page as one call reads; a page then may be short, but what it costs is bounded.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import Any

from chalicelib.caller import Caller
from chalicelib.dynamo import Entry
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.settings import PRIORITIES
from chalicelib.tickets.filters import Filters, Sort, just_before, just_behind, within_sight
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.service import read_many
from chalicelib.tickets.sources import Source, source_of

MOST_QUERIES = 4
MOST_TICKETS = 100
"""Of a page."""

_AT_FIRST, _OF_SEVERAL, _LATER = 100, 250, 1000
"""Entries of an index that are read at once where it leaves some out. Eight of them are about a kilobyte."""


def tickets(caller: Caller, filters: Filters, page: PageRequest, sort: Sort = "newest") -> Page[Ticket]:
    """The tickets that the caller may see and the filters let through: newest first, oldest first (`created`), or in
    the order in which they should be worked on (`work`: urgent first, then the oldest; of tickets that aren't
    closed)."""
    scoped = within_sight(caller, filters)
    if scoped is None or not scoped.wanted:
        return Page([], None)
    source = source_of(scoped)
    if sort == "work":
        return _by_work(source, scoped, page)
    return _by_time(source, scoped, page, ascending=sort == "created")


def entries(filters: Filters) -> Iterator[Entry]:
    """What the index says of the tickets that these filters let through, as far as four calls go: a moment old."""
    source = source_of(filters)
    return source.entries(filters.lowest, filters.highest, MOST_QUERIES // len(source.keys))


def listed(ids: Sequence[str]) -> list[Ticket]:
    """These tickets as they are, in the same order; missing ones left out."""
    found = {ticket.id: ticket for ticket in read_many(ids)} if ids else {}
    return [found[id_] for id_ in ids if id_ in found]


def place_of(ticket: Ticket, sort: Sort) -> Any:
    """The position behind a ticket."""
    return [PRIORITIES.index(ticket.priority), ticket.id] if sort == "work" else ticket.id


def _by_time(source: Source, filters: Filters, page: PageRequest, *, ascending: bool) -> Page[Ticket]:
    position: str | None = page.position
    found: list[Ticket] = []
    judged = 0
    for size in _sizes(source, page.limit):
        low, high = _stretch(filters, position, ascending)
        if low > high:
            return Page(found, None)
        ids, end = source.page(low, high, size, ascending=ascending)
        while ids and judged < MOST_TICKETS and len(found) < page.limit:
            most = MOST_TICKETS - judged
            some = ids[: most if source.judged else min(most, page.limit - len(found))]
            found += [ticket for ticket in listed(some) if filters.let_through(ticket)]
            ids = ids[len(some) :]
            judged += len(some)
            position = some[-1]
        if len(found) > page.limit:
            return Page(found[: page.limit], found[page.limit - 1].id)
        if ids or len(found) == page.limit or judged == MOST_TICKETS:
            return Page(found, position if ids or end else None)
        if end is None:
            return Page(found, None)
        position = end
    return Page(found, position)


def _sizes(source: Source, limit: int) -> Iterable[int]:
    """How many entries each query reads: one more than is shown, to know whether there are more."""
    if source.judged:
        limit = MOST_TICKETS
    first = limit + 1
    if source.only is not None:
        first = max(first, _AT_FIRST if len(source.keys) == 1 else _OF_SEVERAL)
    return [first, *[_LATER] * (MOST_QUERIES // len(source.keys) - 1)]


def _stretch(filters: Filters, position: str | None, ascending: bool) -> tuple[str, str]:
    """From which to which id there may be more, both included."""
    low, high = filters.lowest, just_before(filters.highest)
    if position is None:
        return low, high
    return (max(low, just_behind(position)), high) if ascending else (low, min(high, just_before(position)))


def _by_work(source: Source, filters: Filters, page: PageRequest) -> Page[Ticket]:
    """A view of now. Reads every entry of whoever has these tickets, and the tickets of one page."""
    low, high = _stretch(filters, None, ascending=True)
    if low > high:
        return Page([], None)
    entries = source.entries(low, high, MOST_QUERIES // len(source.keys))
    places = ((PRIORITIES.index(entry["priority"]), entry["id"]) for entry in entries)
    behind = (-1, "") if page.position is None else (int(page.position[0]), str(page.position[1]))
    following = nsmallest(MOST_TICKETS + 1, (place for place in places if place > behind))
    left = following[:MOST_TICKETS]
    found: list[Ticket] = []
    while left and len(found) < page.limit:
        some, left = left[: page.limit - len(found)], left[page.limit - len(found) :]
        found += [ticket for ticket in listed([id_ for _, id_ in some]) if filters.let_through(ticket)]
        behind = some[-1]
    found.sort(key=lambda ticket: (PRIORITIES.index(ticket.priority), ticket.id))
    return Page(found, list(behind) if left or len(following) > MOST_TICKETS else None)
