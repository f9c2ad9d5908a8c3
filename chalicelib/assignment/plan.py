"""From tickets, the queue and the agents to who gets what (contract §5). Pure: nothing is read or written here.

A plan covers a batch: the tickets whose accounting is outstanding, and the head of their team's queue. It is committed
in one transaction, on condition that everything it was made from is still so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from chalicelib.settings import PRIORITIES
from chalicelib.tickets.marks import Carried, Mark, Waiting
from chalicelib.tickets.policy import ACTIVE

BATCH = 16
"""Tickets in one plan: with 4 writes for each and 2 agents' rows it stays below the 100 of a transaction."""


@dataclass(frozen=True)
class Facts:
    """What accounting knows of a ticket: all that decides where its weight belongs."""

    id: str
    team: str
    status: str
    priority: str
    created_at: str
    updated_at: str = ""
    assignee_id: str | None = None
    avoid: str | None = None
    assigned: str | None = None
    """The id of the event of its last assignment."""
    mark: Mark = None
    request_id: str | None = None
    """The request that left its accounting outstanding."""
    queued_at: str | None = None
    """For one that waits: since when."""

    @property
    def order(self) -> tuple[int, str, str]:
        """Sorts as the queue drains: urgent first, then the oldest."""
        return PRIORITIES.index(self.priority), self.created_at, self.id


@dataclass(frozen=True)
class Agent:
    """An agent's row in a team, as far as planning goes. `waiting_since` sorts: the smallest waited longest."""

    id: str
    team: str
    active: bool = True
    available: bool = True
    workload: int = 0
    active_tickets: int = 0
    capacity: int | None = None
    waiting_since: str = ""

    @property
    def has_room(self) -> bool:
        return self.active and self.available and (self.capacity is None or self.workload < self.capacity)

    def carrying(self, weight: int, since: str | None = None) -> "Agent":
        """With one ticket more; `since` is the id of the event that assigned it."""
        return replace(
            self,
            workload=self.workload + weight,
            active_tickets=self.active_tickets + 1,
            waiting_since=max(self.waiting_since, since or ""),
        )

    def relieved(self, weight: int) -> "Agent":
        return replace(self, workload=self.workload - weight, active_tickets=self.active_tickets - 1)


@dataclass(frozen=True)
class Given:
    """The machine's choice: the ticket goes to `agent_id`, who had `workload`, of so many who were available."""

    agent_id: str
    event_id: str
    reason: Literal["auto", "queue"]
    workload: int
    available_agents: int


@dataclass(frozen=True)
class Move:
    """What becomes of one ticket: its new mark, and whether it loses its assignee or gets one."""

    facts: Facts
    mark: Mark
    unassigned: str | None = None
    """It loses its assignee, who is no longer an active agent of its team: the id of the event that tells so."""
    given: Given | None = None
    own: bool = True
    """Its accounting was outstanding; False: it was drained from the queue."""


AgentKey = tuple[str, str]
"""Team and agent's id."""


@dataclass
class Plan:
    """Steps and the agents' rows as they will be; `made_room`: teams in which somebody without room has some now."""

    moves: list[Move] = field(default_factory=list)
    agents: dict[AgentKey, Agent] = field(default_factory=dict)
    made_room: set[str] = field(default_factory=set)

    @property
    def published(self) -> bool:
        """Whether it puts or renews an entry in the queue: then the roster must be looked at again."""
        return any(move.own and isinstance(move.mark, Waiting) for move in self.moves)

    @property
    def assigned(self) -> int:
        return sum(move.given is not None for move in self.moves)


def plan(
    team: str,
    own: Sequence[Facts],
    waiting: Iterable[Facts],
    agents: Mapping[AgentKey, Agent],
    available: int,
    weights: Mapping[str, int],
    event_ids: Iterable[str],
) -> Plan:
    """Settles `own` tickets of a team, and gives waiting ones to whoever has room.

    `agents` are all that the tickets name, and of those with room the least loaded: BATCH + 1 of them, or all.
    `available` is how many agents of the team are available, with room or not. `event_ids` are 2 * BATCH ids for the
    events that it makes, each later than the one before.
    """
    desk = dict(agents)
    ids = iter(event_ids)
    seeking: list[Facts] = []
    moves: dict[str, Move] = {}

    for facts in own:
        moves[facts.id] = _accounted(facts, desk, weights, ids)
        if _seeks(moves[facts.id]):
            seeking.append(facts)
    own_ids = set(moves)
    seeking += [facts for facts in waiting if facts.id not in own_ids]

    room_left = BATCH - len(own)
    for facts in sorted(seeking, key=lambda facts: facts.order):
        drained = facts.id not in own_ids
        if drained and not room_left:
            continue
        agent = _choose(team, facts, desk.values(), available)
        if agent is None:
            continue
        given = Given(
            agent.id, next(ids), "queue" if isinstance(facts.mark, Waiting) else "auto", agent.workload, available
        )
        weight = weights[facts.priority]
        desk[team, agent.id] = agent.carrying(weight, given.event_id)
        before = moves.get(facts.id) or Move(facts, facts.mark, own=False)
        moves[facts.id] = replace(before, mark=Carried(team, agent.id, weight), given=given)
        room_left -= drained

    made = Plan(list(moves.values()))
    for key, agent in desk.items():
        if agent != agents[key]:
            made.agents[key] = agent
            if agent.has_room and not agents[key].has_room:
                made.made_room.add(agent.team)
    return made


def _accounted(facts: Facts, desk: dict[AgentKey, Agent], weights: Mapping[str, int], event_ids: Iterator[str]) -> Move:
    """Takes the ticket's weight from who carried it and lays it on its assignee, or on nobody."""
    if isinstance(facts.mark, Carried):
        key = facts.mark.team, facts.mark.agent_id
        desk[key] = desk[key].relieved(facts.mark.weight)
    if facts.status not in ACTIVE:
        return Move(facts, None)
    if facts.assignee_id is not None:
        key = facts.team, facts.assignee_id
        if key in desk and desk[key].active:
            weight = weights[facts.priority]
            desk[key] = desk[key].carrying(weight, facts.assigned)
            return Move(facts, Carried(facts.team, facts.assignee_id, weight))
    unassigned = next(event_ids) if facts.assignee_id is not None else None
    return Move(facts, Waiting(facts.team, facts.priority), unassigned)


def _seeks(move: Move) -> bool:
    return isinstance(move.mark, Waiting)


def _choose(team: str, facts: Facts, desk: Iterable[Agent], available: int) -> Agent | None:
    """The least loaded of the team with room, among equals who waited longest; not who handed the ticket back, while
    another agent is available, with room or not."""
    fit = [
        agent
        for agent in desk
        if agent.team == team and agent.has_room and not (agent.id == facts.avoid and available > 1)
    ]
    return min(fit, key=lambda agent: (agent.workload, agent.waiting_since, agent.id), default=None)
