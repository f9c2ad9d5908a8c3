"""The queue in the order in which it will be assigned, as it is now (contract §9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chalicelib.caller import Caller
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.people import roster
from chalicelib.people.models import AgentRow, RosterItem, TeamRow
from chalicelib.tickets import reading
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.policy import ACTIVE


@dataclass(frozen=True)
class Waiting:
    """A ticket without an assignee, since when it waits, and why."""

    ticket: Ticket
    since: str
    reason: str


def page(caller: Caller, team: str | None, request: PageRequest) -> Page[Waiting]:
    """A page of waiting tickets: of an agent's own team; for an admin of `team`, or of all if None. The position is the
    last entry's place."""
    if caller.role == "agent" and team not in (None, caller.team):
        return Page([], None)
    wanted = caller.team if caller.role == "agent" else team
    behind = None if request.position is None else str(request.position)
    entries, more = roster.waiting(wanted, behind, request.limit)
    tickets = {ticket.id: ticket for ticket in reading.listed([entry.ticket_id for entry in entries])}
    there = [
        entry
        for entry in entries
        if (found := tickets.get(entry.ticket_id))
        and found.assignee_id is None
        and found.team == entry.team
        and found.status in ACTIVE
    ]
    rows = roster.rows([*_about(there)])
    items = [Waiting(tickets[entry.ticket_id], entry.queued_at, _reason(entry, rows)) for entry in there]
    return Page(items, entries[-1].place if more and entries else None)


def _about(entries: Sequence[roster.Waits]) -> Iterable[tuple[str, str]]:
    """Keys of the roster rows that tell why they wait: their teams, and the agents who handed them back."""
    for entry in entries:
        yield entry.team, roster.TEAM
        if entry.avoid:
            yield entry.team, roster.agent_item(entry.avoid)


def _reason(entry: roster.Waits, rows: dict[tuple[str, str], RosterItem]) -> str:
    team = rows.get((entry.team, roster.TEAM))
    if not isinstance(team, TeamRow) or not team.available:
        return "nobody_available"
    # Anybody else with room would have been given it by now: so only whoever handed it back can have room.
    avoided = rows.get((entry.team, roster.agent_item(entry.avoid))) if entry.avoid else None
    return "held_back" if isinstance(avoided, AgentRow) and roster.has_room(avoided) else "no_room"
