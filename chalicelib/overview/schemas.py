"""Bodies of the answers that say how much there is to do (contract §9)."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.edge.schemas import Query, Shown, Timestamp
from chalicelib.tickets.schemas import Id, ListedTicket

MOST = 100
"""Where counting ends: 100 is "100 or more"."""

Number = Annotated[int, Field(ge=0, le=MOST)]


class ActiveCounts(Shown):
    open: Number
    in_progress: Number
    resolved: Number


class Counts(Shown):
    """Each up to 100. `mine`: of what one is assignee of (agents) or client of (others); `waiting_for_me`: of these,
    those that wait for one's own side. `queue` and `team`: of one's team, as the metrics count them, seconds late; an
    admin's queue is everybody's, and clients have none."""

    mine: ActiveCounts
    waiting_for_me: Number
    queue: Number
    team: ActiveCounts | None


class QueueQuery(Query):
    team: Id | None = None


class QueuedTicket(ListedTicket):
    """A ticket that waits, since when, and why nobody has it: nobody of its team is available, else nobody has room,
    else the only one who has handed it back."""

    waiting_since: Timestamp
    reason: Literal["nobody_available", "no_room", "held_back"]
