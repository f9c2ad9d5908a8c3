"""What stands under one ticket, page by page: ranges of its keys that never move, merged by their ULIDs."""

from collections.abc import Sequence
from typing import TypeVar

from pynamodb.expressions.condition import Condition

from chalicelib.dynamo import first_page
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.tickets.filters import HIGHEST, LOWEST, just_before, just_behind
from chalicelib.tickets.models import TicketsItem

M = TypeVar("M", bound=TicketsItem)


def page_of_ranges(
    ticket_id: str,
    prefixes: Sequence[str],
    page: PageRequest,
    model: type[M],
    *,
    newest_first: bool = False,
    only: Condition | None = None,
) -> Page[M]:
    """The items whose keys are one of the prefixes and a ULID: the oldest first, or the newest. `only` leaves some out;
    a page is filled all the same. One query a range. The position is the last ULID shown."""
    found: list[M] = []
    ends = []
    for prefix in prefixes:
        items, end = _read(ticket_id, prefix, page, model, newest_first, only)
        found += items
        if end is not None:
            ends.append(end)
    found.sort(key=ulid, reverse=newest_first)
    if ends:  # behind where one range was cut off, others are ahead of it
        end = max(ends) if newest_first else min(ends)
        found = [item for item in found if (ulid(item) >= end if newest_first else ulid(item) <= end)]
    shown = found[: page.limit]
    return Page(shown, ulid(shown[-1]) if shown and (ends or len(found) > page.limit) else None)


def ulid(item: TicketsItem) -> str:
    return item.item.rpartition("#")[2]


def _read(
    ticket_id: str, prefix: str, page: PageRequest, model: type[M], newest_first: bool, only: Condition | None
) -> tuple[list[M], str | None]:
    """Items of a range, one more than is shown or what one call reads, and where it was cut off, None at its end."""
    low, high = LOWEST, HIGHEST
    if page.position is not None:
        low, high = (low, just_before(page.position)) if newest_first else (just_behind(page.position), high)
    results = model.query(
        ticket_id,
        TicketsItem.item.between(prefix + low, prefix + high),
        filter_condition=only,
        page_size=None if only is not None else page.limit + 1,
        consistent_read=True,
        scan_index_forward=not newest_first,
    )
    items, last = first_page(results, model)
    return items, last["item"]["S"].rpartition("#")[2] if last else None
