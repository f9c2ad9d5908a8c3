"""What must hold at rest (contract §5), recounted from the public interface alone: its lists and histories."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

from infra.replay import history

WEIGHTS = {"low": 1, "medium": 2, "high": 4, "urgent": 8}
"""What an active ticket weighs, unless the server is set otherwise (`WEIGHT_LOW` and so on)."""

ACTIVE = ("open", "in_progress")

Item = Mapping[str, Any]


class Reader(Protocol):
    """An admin who can read lists to their end."""

    def all(self, path: str, **filters: str) -> Iterator[dict[str, Any]]: ...


@dataclass(frozen=True)
class AgentCount:
    """An agent as `/agents` shows them, beside what their tickets add up to."""

    shown: Item
    workload: int
    tickets: int

    @property
    def agrees(self) -> bool:
        return (self.shown["workload"], self.shown["active_tickets"]) == (self.workload, self.tickets)


@dataclass
class Recount:
    """Tickets and agents of the teams that were counted, how many tickets wait, and everything that is wrong."""

    tickets: list[Item] = field(default_factory=list)
    agents: list[AgentCount] = field(default_factory=list)
    histories: dict[str, list[Item]] = field(default_factory=dict)
    """By ticket id, as staff read them."""
    waiting: int = 0
    mismatches: list[str] = field(default_factory=list)


def recount(admin: Reader, teams: Iterable[str], *, threads: int = 4) -> Recount:
    """Counts these teams anew. The system should be idle; a change meanwhile shows as a mismatch."""
    result = Recount()
    with ThreadPoolExecutor(threads) as pool:
        for team in teams:
            tickets = list(admin.all("/tickets", team=team))
            agents = list(admin.all("/agents", team=team))
            told = pool.map(lambda ticket: [*admin.all(f"/tickets/{ticket['id']}/history")], tickets)
            histories: dict[str, list[Item]] = {}
            for ticket, events in zip(tickets, told, strict=True):
                histories[ticket["id"]] = [*events]
            result.tickets += tickets
            result.histories |= histories
            result.agents += _counted(agents, tickets)
            waiting = [ticket for ticket in tickets if ticket["status"] in ACTIVE and ticket["assignee_id"] is None]
            result.waiting += len(waiting)
            result.mismatches += [
                *_places(tickets, agents),
                *_idle_hands(waiting, agents, histories),
                *_other_lists(admin, team, tickets, agents),
            ]
            for ticket in tickets:
                result.mismatches += history.faults(ticket, histories[ticket["id"]])
    result.mismatches += [
        f"{count.shown['name']} is said to carry {count.shown['workload']} in {count.shown['active_tickets']} tickets,"
        f" recounted {count.workload} in {count.tickets}"
        for count in result.agents
        if not count.agrees
    ]
    result.mismatches += _numbers(result.tickets)
    return result


def _counted(agents: Iterable[Item], tickets: Iterable[Item]) -> Iterator[AgentCount]:
    weight: dict[str, int] = defaultdict(int)
    count: dict[str, int] = defaultdict(int)
    for ticket in tickets:
        if ticket["status"] in ACTIVE and ticket["assignee_id"]:
            weight[ticket["assignee_id"]] += WEIGHTS[ticket["priority"]]
            count[ticket["assignee_id"]] += 1
    for agent in agents:
        yield AgentCount(agent, weight[agent["id"]], count[agent["id"]])


def _places(tickets: Iterable[Item], agents: Iterable[Item]) -> Iterator[str]:
    """Every active ticket has an active agent of its team, or nobody."""
    active = {agent["id"] for agent in agents}
    for ticket in tickets:
        if ticket["status"] in ACTIVE and ticket["assignee_id"] not in {None, *active}:
            yield (
                f"ticket {ticket['number']} is {ticket['status']} with {ticket['assignee_name']}"
                f" ({ticket['assignee_id']}), who isn't an active agent of {ticket['team']}"
            )


def _idle_hands(waiting: Iterable[Item], agents: Iterable[Item], histories: Mapping[str, list[Item]]) -> Iterator[str]:
    """Nobody waits while somebody has room, except for whoever handed the ticket back while others are there."""
    there = [agent for agent in agents if agent["availability"] == "available"]
    room = [agent for agent in there if agent["capacity"] is None or agent["workload"] < agent["capacity"]]
    for ticket in waiting:
        held_from = history.handed_back_by(histories[ticket["id"]]) if len(there) > 1 else None
        for agent in room:
            if agent["id"] != held_from:
                yield f"ticket {ticket['number']} ({ticket['priority']}) waits while {agent['name']} has room"


def _other_lists(admin: Reader, team: str, tickets: Iterable[Item], agents: Iterable[Item]) -> Iterator[str]:
    """The lists by assignee agree with the list of the team."""
    by_assignee: dict[str, set[str]] = defaultdict(set)
    for ticket in tickets:
        if ticket["status"] in ACTIVE:
            by_assignee[ticket["assignee_id"] or "none"].add(ticket["id"])
    for assignee in ("none", *(agent["id"] for agent in agents)):
        listed = admin.all("/tickets", team=team, assignee_id=assignee, status=",".join(ACTIVE))
        if {ticket["id"] for ticket in listed} != by_assignee[assignee]:
            yield f"the list of {assignee}'s tickets in {team} isn't what the list of the team says"


def _numbers(tickets: Iterable[Item]) -> Iterator[str]:
    seen: dict[int, str] = {}
    for ticket in tickets:
        if seen.setdefault(ticket["number"], ticket["id"]) != ticket["id"]:
            yield f"number {ticket['number']} belongs to {seen[ticket['number']]} and to {ticket['id']}"
