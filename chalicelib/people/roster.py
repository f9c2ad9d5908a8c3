"""The roster: which agents can take a ticket, and the workload of each.

Every write to an agent's row is conditioned on the revision that was read, and sets its sort key in the index `place`
anew; an agent has one only while they can take a ticket (contract §5: available, active, workload < capacity).
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition

from chalicelib import ambient
from chalicelib.dynamo import Transaction, first_page, index_pages
from chalicelib.log import request_id
from chalicelib.people.models import QUEUE, AgentRow, RosterItem, TeamRow, Weights

FIRST_WAITING, FIRST_AGENT = "0#", "1#"
"""The prefixes of the sort keys of waiting tickets and of agents with room."""
TEAM = "team"
"""The sort key of a team's own row."""


def agent_item(agent_id: str) -> str:
    return f"agent#{agent_id}"


def new_row(team: str, agent_id: str, capacity: int | None) -> AgentRow:
    """The row of somebody who becomes an agent of `team`: away, waiting from now on."""
    return AgentRow(
        team=team,
        item=agent_item(agent_id),
        agent_id=agent_id,
        capacity=capacity,
        waiting_since=ambient.new_id(),
        changed_at=ambient.timestamp(),
    )


STAYS: Condition = (AgentRow.active == True) & AgentRow.leaving.does_not_exist()  # noqa: E712
"""The condition under which a ticket may be given to the row's agent or stay with them."""


def stays(row: AgentRow | None) -> bool:
    """Whether it is the row of an active agent of its team, who may have tickets."""
    return row is not None and row.active and not row.leaving


def has_room(row: AgentRow) -> bool:
    available = stays(row) and row.availability == "available"
    return available and (row.capacity is None or row.workload < row.capacity)


def agent_place(row: AgentRow) -> str | None:
    """The row's sort key among agents with room: the least loaded first, then who has waited longest. None if the
    agent has no room."""
    if not has_room(row):
        return None
    return f"1#{int(row.workload):08d}#{row.waiting_since}#{row.agent_id}"


def agent_row(team: str, agent_id: str) -> AgentRow | None:
    """The row as it is now (strongly consistent); None if they never were an agent of this team."""
    try:
        return AgentRow.get(team, agent_item(agent_id), consistent_read=True)
    except DoesNotExist:
        return None


def agent_rows(team: str, agent_ids: Iterable[str]) -> dict[str, AgentRow]:
    """The rows of these agents by id, as they are now; who never was an agent of the team is missing."""
    keys = [(team, agent_item(agent_id)) for agent_id in sorted(set(agent_ids))]
    if not keys:
        return {}
    return {row.agent_id: row for row in AgentRow.batch_get(keys, consistent_read=True)}


def team_rows(team: str) -> Iterator[AgentRow]:
    """Every agent's row of a team, inactive ones included."""
    return iter(AgentRow.query(team, RosterItem.item.startswith("agent#"), consistent_read=True))


def staying_after(team: str, after: str, limit: int) -> tuple[list[str], str | None]:
    """Ids of the team's agents who stay in it, in their order, among the first `limit` after the id `after` ("": from
    the beginning); and the last id that was looked at, None if there are no others. One query."""
    later = RosterItem.item.between(f"{agent_item(after)} ", agent_item("~"))
    rows, last = first_page(AgentRow.query(team, later, page_size=limit, consistent_read=True), AgentRow)
    return [row.agent_id for row in rows if stays(row)], rows[-1].agent_id if last else None


class Waits(NamedTuple):
    """A waiting ticket, as it is in the queue."""

    ticket_id: str
    team: str
    place: str
    queued_at: str
    avoid: str | None


def waiting(team: str | None, behind: str | None, limit: int) -> tuple[list[Waits], bool]:
    """Up to `limit` waiting tickets of a team, as it is now, or of all teams (an index: a moment late), in the order in
    which they will be assigned, after the sort key `behind`; and whether there are more."""
    within = RosterItem.place.between(f"{behind or FIRST_WAITING} ", FIRST_AGENT)
    if team is not None:
        pages = index_pages(RosterItem.places, team, within, size=limit + 1, consistent=True)
    else:
        pages = index_pages(RosterItem.queue_of_all, QUEUE, within, size=limit + 1)
    found, _ = next(pages)
    entries = [
        Waits(each["ticket_id"], each["team"], each["place"], each["queued_at"], each.get("avoid"))
        for each in found
        if "ticket_id" in each
    ]
    return entries[:limit], len(found) > limit


def rows(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], RosterItem]:
    """These items of the roster by team and item, as they are now; missing ones left out."""
    wanted = sorted(set(keys))
    return {(row.team, row.item): row for row in RosterItem.batch_get(wanted, consistent_read=True)} if wanted else {}


def add_new_row(transaction: Transaction, row: AgentRow, label: str = "agent") -> None:
    """Puts a row that isn't there yet."""
    row.place = agent_place(row)
    transaction.put(row, AgentRow.team.does_not_exist(), label=label)


def add_changed_row(
    transaction: Transaction, row: AgentRow, *, knock: bool, label: str = "agent", **changes: Any
) -> None:
    """Changes a row on condition that nobody changed it since it was read. `knock` wakes the queue through the stream:
    a person's change does, accounting doesn't."""
    condition = AgentRow.revision == row.revision
    changes = {**changes, "changed_at": ambient.timestamp()}
    for name, value in changes.items():
        setattr(row, name, value)
    row.place = agent_place(row)
    actions = [getattr(AgentRow, name).set(value) for name, value in changes.items() if value is not None]
    actions += [getattr(AgentRow, name).remove() for name, value in changes.items() if value is None]
    actions.append(AgentRow.place.set(row.place) if row.place else AgentRow.place.remove())
    actions.append(AgentRow.knock.set(request_id() or row.changed_at) if knock else AgentRow.knock.remove())
    actions.append(AgentRow.revision.set(row.revision + 1))
    transaction.update(row, actions, condition, label=label)


def add_to_available(transaction: Transaction, team: str, by: int) -> None:
    """Adds to the team's number of available agents: +1 for one who becomes available, -1 for one who leaves."""
    transaction.update(
        TeamRow(team=team),
        [TeamRow.available.add(by), TeamRow.place.set(TeamRow.PLACE), TeamRow.kind.set(TeamRow)],
    )


def weights() -> dict[str, int] | None:
    """The priority weights that the stored workloads are computed with; None before the first computation."""
    try:
        return dict(Weights.get("#settings", "weights", consistent_read=True).weights)
    except DoesNotExist:
        return None


def save_weights(weights: dict[str, int]) -> None:
    Weights(team="#settings", item="weights", weights=weights).save()
