"""The filters of a ticket list, and which tickets the caller may see (contract §3). Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from chalicelib import ambient
from chalicelib.settings import PRIORITIES
from chalicelib.tickets.policy import Person

STATUSES = ("open", "in_progress", "resolved", "closed")
NOBODY = "none"
"""The `assignee_id` of tickets that nobody has."""

# No ULID is below the first or above the second.
LOWEST, HIGHEST = "0", "8"

Sort = Literal["newest", "created", "work"]


class Listed(Protocol):
    """A ticket, as far as filters need it."""

    @property
    def status(self) -> str: ...
    @property
    def priority(self) -> str: ...
    @property
    def assignee_id(self) -> str | None: ...
    @property
    def client_id(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def waiting_for(self) -> str | None: ...


@dataclass(frozen=True)
class Filters:
    """Filters; None means not limited. `assignee_id` is an id or NOBODY."""

    statuses: tuple[str, ...] | None = None
    priorities: tuple[str, ...] | None = None
    assignee_id: str | None = None
    client_id: str | None = None
    team: str | None = None
    waiting_for: str | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None

    @property
    def wanted(self) -> frozenset[str]:
        """The statuses that a ticket may have: nobody's list has no closed ones, and only what is active waits for
        somebody."""
        statuses = frozenset(self.statuses or STATUSES)
        if self.waiting_for:
            return statuses & {"open", "in_progress"}
        return statuses - {"closed"} if self.assignee_id == NOBODY else statuses

    @property
    def lowest(self) -> str:
        """Tickets that were filed in time have this id or one behind it …"""
        return ambient.lowest_id(self.created_from) if self.created_from else LOWEST

    @property
    def highest(self) -> str:
        """… and one before this."""
        return ambient.lowest_id(self.created_to) if self.created_to else HIGHEST

    def let_through(self, ticket: Listed) -> bool:
        """Whether a ticket passes all filters except the time of filing, which its id tells."""
        return (
            ticket.status in self.wanted
            and ticket.priority in (self.priorities or PRIORITIES)
            and self.assignee_id in (None, ticket.assignee_id or NOBODY)
            and self.client_id in (None, ticket.client_id)
            and self.team in (None, ticket.team)
            and self.waiting_for in (None, ticket.waiting_for)
        )


def within_sight(person: Person, filters: Filters) -> Filters | None:
    """The filters narrowed to what somebody may see; None if that is nothing."""
    if person.role == "admin":
        return filters
    if person.role == "agent" and filters.client_id != person.id:
        seen = person.team is not None and filters.team in (None, person.team)
        return replace(filters, team=person.team) if seen else None
    return replace(filters, client_id=person.id) if filters.client_id in (None, person.id) else None


def just_behind(id_: str) -> str:
    return id_ + " "


def just_before(id_: str) -> str:
    """The largest text that sorts before an id."""
    return f"{id_[:-1]}{chr(ord(id_[-1]) - 1)}~"
