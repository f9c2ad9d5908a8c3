"""The index from which a list of tickets is read: one partition whose key is just what is asked, or partitions between
which no change moves a ticket (docs/decisions/0022). What it says of a ticket may be a moment old.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.dynamo import Entry, index_entries, index_pages
from chalicelib.tickets import outstanding
from chalicelib.tickets.filters import NOBODY, STATUSES, Filters
from chalicelib.tickets.models import REGISTER, Ticket

_CONDITIONS: dict[str, Callable[[Filters], Condition | None]] = {
    "status": lambda asked: Ticket.status.is_in(*sorted(asked.wanted)) if asked.wanted < set(STATUSES) else None,
    "priority": lambda asked: Ticket.priority.is_in(*asked.priorities) if asked.priorities else None,
    "assignee_id": lambda asked: _assignee(asked.assignee_id) if asked.assignee_id else None,
    "team": lambda asked: Ticket.team == asked.team if asked.team else None,
    "waiting_for": lambda asked: Ticket.waiting_for == asked.waiting_for if asked.waiting_for else None,
}
"""What an index that projects an attribute can leave out by it."""


_LIVE = frozenset(STATUSES) - {"closed"}


@dataclass(frozen=True)
class Source:
    """`only` leaves out entries by what the index says of them; `judged`: some filter is left that it says nothing
    of."""

    index: GlobalSecondaryIndex[Any]
    keys: tuple[str, ...]
    place: UnicodeAttribute
    """The index's sort key, a ticket's id."""
    only: Condition | None
    judged: bool

    def page(self, low: str, high: str, size: int, *, ascending: bool) -> tuple[list[str], str | None]:
        """Ids from `low` to `high`, both included, in order, of up to `size` entries a key; and up to which id these
        are all, None: to the end."""
        found: list[str] = []
        ends = []
        for key in self.keys:
            within = self.place.between(low, high)
            pages = index_pages(self.index, key, within, only=self.only, size=size, ascending=ascending)
            entries, last = next(pages)
            found += [entry["id"] for entry in entries]
            if last:
                ends.append(str(last["id"]["S"]))
        found.sort(reverse=not ascending)
        if not ends:
            return found, None
        end = min(ends) if ascending else max(ends)
        return [id_ for id_ in found if (id_ <= end if ascending else id_ >= end)], end

    def entries(self, low: str, high: str, pages: int) -> Iterator[Entry]:
        """All entries from `low` to `high`; of each key at most so many pages of 1 MB."""
        for key in self.keys:
            yield from index_entries(self.index, key, self.place.between(low, high), pages=pages, only=self.only)


def source_of(asked: Filters) -> Source:
    """The index that serves these filters best."""
    live = "closed" not in asked.wanted
    index: GlobalSecondaryIndex[Any]
    keys: tuple[str, ...]
    if asked.client_id:
        index, keys, said = (Ticket.live_of_client if live else Ticket.of_client), (asked.client_id,), "client_id"
    elif asked.assignee_id not in (None, NOBODY):
        index, keys, said = (Ticket.live_held if live else Ticket.held), (str(asked.assignee_id),), "assignee_id"
    elif asked.team:
        index, keys, said = (Ticket.live_of_team if live else Ticket.of_team), (asked.team,), "team"
    elif live:
        index, keys, said = Ticket.live_tickets, tuple(outstanding.shards()), ""
    else:
        index, keys, said = Ticket.all_tickets, (REGISTER,), ""
    left = {
        name: condition for name, make in _CONDITIONS.items() if name != said and (condition := make(asked)) is not None
    }
    if live and asked.wanted == _LIVE:
        del left["status"]  # its being there says so
    projected = index.Meta.projection.non_key_attributes or ()
    by_index = [condition for name, condition in left.items() if name in projected]
    only = reduce(and_, by_index) if by_index else None
    return Source(index, keys, Ticket.live if live else Ticket.id, only, judged=len(by_index) < len(left))


def _assignee(id_: str) -> Condition:
    return Ticket.assignee_id.does_not_exist() if id_ == NOBODY else Ticket.assignee_id == id_
