"""A small model of the desk, written from contract §4 and §5: what a command must be answered, what it comes to, and
who may be given what waits. It decides nothing where the contract leaves a choice: then it takes what the desk did, if
that was among what was allowed."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.cells import EDITS, MOVES, cells

PRIORITIES = ("urgent", "high", "medium", "low")
WEIGHTS = {"urgent": 8, "high": 4, "medium": 2, "low": 1}

_MOVES = {(before, after, who): answer for before, after, who, answer in cells(MOVES)}
_EDITS = {(name, status, who): answer for name, status, who, answer in cells(EDITS)}


@dataclass
class Agent:
    id: str
    team: str
    active: bool = True
    available: bool = False
    capacity: int | None = None
    waiting_since: int = 0
    """Rises with each assignment; of agents who have the same nobody knows who waited longest."""


@dataclass
class Ticket:
    id: str
    team: str
    client: str
    priority: str
    serial: int
    status: str = "open"
    assignee: str | None = None
    kept_from: str | None = None
    """Who handed it back, until it is assigned again."""

    @property
    def active(self) -> bool:
        return self.status in ("open", "in_progress")


@dataclass
class Model:
    agents: dict[str, Agent] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    clock: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def workload(self, agent_id: str) -> int:
        return sum(WEIGHTS[ticket.priority] for ticket in self.held_by(agent_id))

    def shown(self, agent: Agent) -> tuple[str, str, int | None, int, int]:
        """Team, availability, capacity, workload and active tickets, as `/agents` must show them."""
        availability = "available" if agent.available else "away"
        return agent.team, availability, agent.capacity, self.workload(agent.id), len(self.held_by(agent.id))

    def held_by(self, agent_id: str) -> list[Ticket]:
        return [ticket for ticket in self.tickets.values() if ticket.active and ticket.assignee == agent_id]

    def relation(self, person: str, ticket: Ticket) -> str:
        """What a person is to a ticket, in the words of the tables."""
        if person == "admin":
            return "admin"
        agent = self.agents.get(person)
        if agent is None:
            return "client" if ticket.client == person else "other client"
        if agent.team != ticket.team:
            return "agent elsewhere"
        return "assignee" if ticket.assignee == person else "other agent"

    # --- what a command must be answered ---

    def answer_to_move(self, person: str, ticket: Ticket, status: str) -> int:
        who = self.relation(person, ticket)
        if who == "other agent" and ticket.assignee is None and ticket.active and status == "in_progress":
            return 200
        return _MOVES[ticket.status, status, who]

    def answer_to_edit(self, person: str, ticket: Ticket, name: str, value: object) -> int:
        """`name` is priority or team."""
        who = self.relation(person, ticket)
        same = getattr(ticket, name) == value and who not in ("other client", "agent elsewhere")
        return 200 if same else _EDITS[name, ticket.status, who]

    def answer_to_assignment(self, person: str, ticket: Ticket, agent_id: str | None) -> int:
        who = self.relation(person, ticket)
        if who in ("other client", "agent elsewhere"):
            return 404
        if agent_id == ticket.assignee:
            return 200
        if agent_id is not None and not self.fits(agent_id, ticket.team):
            return 422
        if who == "other agent" and agent_id == person and ticket.assignee is None and ticket.status != "closed":
            return 200
        column = "to_nobody" if agent_id is None else "to_self" if agent_id == person else "to_colleague"
        return _EDITS[column, ticket.status, who]

    def fits(self, agent_id: str, team: str) -> bool:
        agent = self.agents.get(agent_id)
        return agent is not None and agent.active and agent.team == team

    # --- what it comes to ---

    def move(self, person: str, ticket: Ticket, status: str) -> None:
        before, ticket.status = ticket.status, status
        if (before, status) == ("open", "in_progress") and self.relation(person, ticket) == "other agent":
            self.assign(ticket, person)
        elif (before, status) == ("in_progress", "open"):
            self.hand_back(ticket)
        elif (before, status) == ("resolved", "in_progress"):
            self.reopen(ticket)

    def reopen(self, ticket: Ticket) -> None:
        ticket.status = "in_progress"
        keeps = self.agents.get(ticket.assignee or "")
        if keeps is None or not (keeps.active and keeps.available and keeps.team == ticket.team):
            ticket.assignee = ticket.kept_from = None

    def hand_back(self, ticket: Ticket) -> None:
        ticket.status = "open"
        ticket.kept_from = ticket.assignee or ticket.kept_from
        ticket.assignee = None

    def assign(self, ticket: Ticket, agent_id: str) -> None:
        ticket.assignee, ticket.kept_from = agent_id, None
        self.agents[agent_id].waiting_since = next(self.clock)

    def change_team(self, ticket: Ticket, team: str) -> None:
        if ticket.team != team:
            ticket.team, ticket.assignee, ticket.kept_from = team, None, None

    def forget_who_waited(self) -> None:
        """After something of which nobody can say in which order it was done."""
        for agent in self.agents.values():
            agent.waiting_since = 0

    def leave(self, agent: Agent) -> None:
        """The agent is deactivated or leaves the team: their active tickets are queued."""
        for ticket in self.held_by(agent.id):
            ticket.assignee = None

    # --- what the machine may do then ---

    def candidates(self, ticket: Ticket) -> list[Agent]:
        """Whom a waiting ticket may be given to: those with room and least work, among equals who waited longest."""
        there = [
            agent for agent in self.agents.values() if agent.team == ticket.team and agent.active and agent.available
        ]
        room = [
            agent
            for agent in there
            if (agent.capacity is None or self.workload(agent.id) < agent.capacity)
            and not (agent.id == ticket.kept_from and len(there) > 1)
        ]
        least = min((self.workload(agent.id) for agent in room), default=0)
        room = [agent for agent in room if self.workload(agent.id) == least]
        longest = min((agent.waiting_since for agent in room), default=0)
        return [agent for agent in room if agent.waiting_since == longest]

    def drain(self, assignees: dict[str, str | None]) -> None:
        """Follows the machine through the queue, urgent first, then the oldest: each assignment that it made must be
        one of those allowed, and each that could be made must have been."""
        waiting = [ticket for ticket in self.tickets.values() if ticket.active and ticket.assignee is None]
        for ticket in sorted(waiting, key=lambda ticket: (PRIORITIES.index(ticket.priority), ticket.serial)):
            allowed: list[str | None] = [agent.id for agent in self.candidates(ticket)]
            given = assignees[ticket.id]
            assert given in (allowed or [None]), f"{ticket} went to {given}, allowed are {allowed}: {self}"
            if given is not None:
                self.assign(ticket, given)
