"""Decides who gets which ticket (contract §5). Pure: it reads and writes nothing.

A plan covers a batch: the tickets whose accounting is outstanding, and the head of their team's queue. It is committed
in one transaction, on condition that everything it is based on is still true.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from chalicelib.settings import PRIORITIES
from chalicelib.tickets.marks import Carried, Mark, Waiting
from chalicelib.tickets.policy import ACTIVE

BATCH = 16
"""Tickets in a plan: with 4 writes for each, and 2 agents' rows, a plan fits into the 100 writes of a transaction."""


@dataclass(frozen=True)
class Facts:
    """What accounting needs to know of a ticket: everything that decides where its weight belongs."""

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
    """If it waits: since when."""

    @property
    def order(self) -> tuple[int, str, str]:
        """Sort key of the queue: urgent first, then the oldest."""
        return PRIORITIES.index(self.priority), self.created_at, self.id


@dataclass(frozen=True)
class Agent:
    """An agent's row in a team, as far as planning needs it. `waiting_since` is sortable: the smallest has waited
    longest."""

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
        """The row with one more ticket. `since`: the id of the event that assigned it."""
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
    """An automatic assignment: the ticket goes to `agent_id`, whose workload was `workload`; `available_agents` were
    available."""

    agent_id: str
    event_id: str
    reason: Literal["auto", "queue"]
    workload: int
    available_agents: int


@dataclass(frozen=True)
class Move:
    """What a plan does with one ticket: its new mark, and whether it loses or gets an assignee."""

    facts: Facts
    mark: Mark
    unassigned: str | None = None
    """Set if it loses its assignee, who is no longer an active agent of its team: the id of the event that says so."""
    given: Given | None = None
    own: bool = True
    """True: its accounting was outstanding. False: it was taken from the queue."""


AgentKey = tuple[str, str]
"""Team and agent's id."""


@dataclass
class Plan:
    """The moves, and the agents' rows as they will be. `made_room`: teams in which an agent without room now has
    some."""

    moves: list[Move] = field(default_factory=list)
    agents: dict[AgentKey, Agent] = field(default_factory=dict)
    made_room: set[str] = field(default_factory=set)

    @property
    def published(self) -> bool:
        """Whether it adds or renews an entry of the queue: then the roster must be read again after the commit."""
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
    """Settles a team's `own` tickets, and assigns waiting ones to agents with room.

    `agents`: all agents that the tickets name, and the least loaded of those with room, BATCH + 1 of them or all.
    `available`: how many agents of the team are available, with room or not. `event_ids`: 2 * BATCH ids for the events
    that it creates, in ascending order.
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
    """Takes the ticket's weight off the agent who carried it, and puts it on its assignee if it has a valid one."""
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
    """The least loaded agent of the team with room; among equals the one who has waited longest. An agent who handed
    the ticket back is skipped while another agent is available, with room or not."""
    fit = [
        agent
        for agent in desk
        if agent.team == team and agent.has_room and not (agent.id == facts.avoid and available > 1)
    ]
    return min(fit, key=lambda agent: (agent.workload, agent.waiting_since, agent.id), default=None)
