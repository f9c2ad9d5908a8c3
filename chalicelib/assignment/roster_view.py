"""One strongly consistent query that shows both who waits first and who is least loaded."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.assignment.plan import BATCH, Agent, AgentKey, Facts
from chalicelib.dynamo import first_page
from chalicelib.people import roster
from chalicelib.people.models import AgentRow, QueueEntry, RosterItem, TeamRow
from chalicelib.tickets import marks

BEGINNING = " "
"""What every sort key of the index begins with: "0" for the team's row, "0#…" for waiting tickets, "1#…" for agents."""
FIRST_AGENT = "1#"
_PAGE = 1 + BATCH + BATCH + 1


@dataclass
class View:
    """A team at one moment. `rows`: the agents' rows as read, by team and id. `available`: how many are available, with
    room or not."""

    team: str
    available: int
    waiting: list[Facts]
    rows: dict[AgentKey, AgentRow]
    more_waiting: str | None = None
    """The sort key after which more tickets wait than were read."""

    @property
    def agents(self) -> dict[AgentKey, Agent]:
        return {key: _agent(row) for key, row in self.rows.items()}

    @property
    def has_room(self) -> bool:
        return any(agent.has_room for agent in self.agents.values())


def look(team: str) -> View:
    """Reads the head of the queue and the agents with room, the least loaded first."""
    view = View(team, 0, [], {})
    _read(view, behind=BEGINNING)
    return view


def look_behind(view: View) -> View:
    """Reads on: the tickets that wait behind those of `view`."""
    further = View(view.team, view.available, [], {})
    _read(further, behind=str(view.more_waiting))
    return further


def _read(view: View, behind: str) -> None:
    results = RosterItem.places.query(view.team, RosterItem.place > behind, page_size=_PAGE, consistent_read=True)
    items, last = first_page(results, RosterItem)
    for item in items:
        if isinstance(item, TeamRow):
            view.available = int(item.available)
        elif isinstance(item, QueueEntry):
            view.waiting.append(_waiting(item))
        elif isinstance(item, AgentRow):
            view.rows[view.team, item.agent_id] = item
    if last and len(view.rows) <= BATCH:
        # Waiting tickets filled the page: the agents' part of the index takes a second query.
        view.more_waiting = None if view.rows else items[-1].place
        _read_agents(view)


def include(view: View, named: Iterable[AgentKey]) -> None:
    """Reads the rows of agents that tickets name and `read` didn't find: they have no room, or belong to another
    team."""
    by_team: dict[str, set[str]] = {}
    for team, agent_id in set(named) - view.rows.keys():
        by_team.setdefault(team, set()).add(agent_id)
    for team, agent_ids in by_team.items():
        for agent_id, row in roster.agent_rows(team, agent_ids).items():
            view.rows[team, agent_id] = row


def queue_entry(facts: Facts) -> QueueEntry:
    """The queue entry of a waiting ticket; its sort key is its turn. The caller sets since when it waits."""
    rank, created_at, ticket_id = facts.order
    return QueueEntry(
        team=facts.team,
        item=entry_item(ticket_id),
        place=f"0#{rank}#{created_at}#{ticket_id}",
        ticket_id=ticket_id,
        status=facts.status,
        priority=facts.priority,
        created_at=created_at,
        updated_at=facts.updated_at,
        avoid=facts.avoid,
    )


def entry_item(ticket_id: str) -> str:
    return f"waiting#{ticket_id}"


def _waiting(entry: QueueEntry) -> Facts:
    """A queue entry as Facts: it holds everything that an assignment needs to know."""
    return Facts(
        id=entry.ticket_id,
        team=entry.team,
        status=entry.status,
        priority=entry.priority,
        created_at=entry.created_at,
        updated_at=entry.updated_at,
        avoid=entry.avoid,
        mark=marks.Waiting(entry.team, entry.priority),
        queued_at=entry.queued_at,
    )


def _read_agents(view: View) -> None:
    results = RosterItem.places.query(
        view.team, RosterItem.place >= FIRST_AGENT, page_size=BATCH + 1, consistent_read=True
    )
    items, _ = first_page(results, AgentRow)
    view.rows.update({(view.team, row.agent_id): row for row in items})


def _agent(row: AgentRow) -> Agent:
    return Agent(
        id=row.agent_id,
        team=row.team,
        active=roster.stays(row),
        available=row.availability == "available",
        workload=int(row.workload),
        active_tickets=int(row.active_tickets),
        capacity=None if row.capacity is None else int(row.capacity),
        waiting_since=row.waiting_since,
    )
