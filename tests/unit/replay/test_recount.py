"""The recount finds each thing that can be wrong: otherwise "no mismatch" would say nothing."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from infra.replay.recount import recount

Json = dict[str, Any]

NOW = "2025-01-01T12:00:00.000Z"


def event(serial: int, kind: str, field: str | None = None, was: Any = None, now: Any = None, **more: Any) -> Json:
    told = {"id": f"E{serial}", "at": NOW, "actor_id": "admin", "kind": kind, "field": field, "from": was, "to": now}
    return {**told, "reason": "manual", "detail": None, **more}


def assigned(serial: int, agent: str, was: str | None = None) -> Json:
    detail = {"workload": 0, "available_agents": 1}
    return event(serial, "assigned", "assignee_id", was, agent, actor_id=None, reason="auto", detail=detail)


class Desk:
    """A desk in order: anna has a ticket in progress, one that was handed back by her waits for bob, who is full."""

    def __init__(self) -> None:
        self.agents = [self.agent("anna", 2, 1), self.agent("bob", 0, 0, capacity=0)]
        self.tickets = [
            self.ticket(1, status="in_progress", assignee_id="anna"),
            self.ticket(2, status="open", assignee_id=None),
        ]
        created = {"title": "It", "priority": "medium", "team": "support"}
        self.histories = {
            "T1": [
                event(1, "created", now=created),
                assigned(2, "anna"),
                event(3, "changed", "status", "open", "in_progress"),
            ],
            "T2": [
                event(4, "created", now=created),
                assigned(5, "anna"),
                event(6, "changed", "assignee_id", "anna", None),
            ],
        }

    @staticmethod
    def agent(name: str, workload: int, count: int, capacity: int | None = None) -> Json:
        counts = {"workload": workload, "active_tickets": count, "capacity": capacity}
        return {"id": name, "name": name, "availability": "available", **counts}

    @staticmethod
    def ticket(number: int, **fields: Any) -> Json:
        shown = {"id": f"T{number}", "number": number, "title": "It", "priority": "medium", "team": "support"}
        times = {"resolved_at": None, "closed_at": None, "reopened_count": 0}
        return {**shown, "assignee_name": fields["assignee_id"], **times, **fields}

    def all(self, path: str, **filters: str) -> Iterator[Json]:
        if path == "/agents":
            return iter(deepcopy(self.agents))
        if path == "/tickets":
            wanted = filters.get("assignee_id")
            found = [ticket for ticket in self.tickets if not wanted or (ticket["assignee_id"] or "none") == wanted]
            return iter(deepcopy(found))
        return iter(deepcopy(self.histories[path.split("/")[2]]))


def test_a_desk_in_order_has_no_mismatch() -> None:
    counted = recount(Desk(), ["support"])
    assert counted.mismatches == []
    assert (len(counted.tickets), len(counted.agents), counted.waiting) == (2, 2, 1)


WRONG: dict[str, Callable[[Desk], object]] = {
    "said to carry 3": lambda desk: desk.agents[0].update(workload=3),
    "in 2 tickets, recounted": lambda desk: desk.agents[0].update(active_tickets=2),
    "isn't an active agent": lambda desk: desk.tickets[0].update(assignee_id="carl"),
    "waits while bob has room": lambda desk: desk.agents[1].update(capacity=1),
    "waits while anna has room": lambda desk: desk.agents[1].update(availability="away"),
    "number 1 belongs to": lambda desk: desk.tickets[1].update(number=1),
    "doesn't begin with its creation": lambda desk: desk.histories["T1"].pop(0),
    "more than one creation": lambda desk: desk.histories["T1"].append(event(9, "created")),
    "two events of one id": lambda desk: desk.histories["T1"].append(event(3, "comment")),
    "goes back in time": lambda desk: desk.histories["T1"].append(event(9, "comment", at="2024-01-01T00:00:00.000Z")),
    "history leads to 'open'": lambda desk: desk.histories["T1"].pop(),
    "history leads to None": lambda desk: desk.histories["T1"].pop(1),
    "when it was 'open'": lambda desk: desk.histories["T1"][2].update({"from": "resolved"}),
    "without the figures": lambda desk: desk.histories["T1"][1].update(detail=None),
    "for no reason": lambda desk: desk.histories["T1"][1].update(reason=None),
    "by hand, by nobody": lambda desk: desk.histories["T1"][1].update(reason="manual"),
    "assigned it automatically": lambda desk: desk.histories["T1"][1].update(actor_id="admin"),
    "reopened_count is 1": lambda desk: desk.tickets[0].update(reopened_count=1),
    "with resolved_at": lambda desk: desk.tickets[0].update(resolved_at=NOW),
    "with closed_at": lambda desk: desk.tickets[0].update(closed_at=NOW),
    "priority is 'high'": lambda desk: desk.tickets[0].update(priority="high"),
}


@pytest.mark.parametrize("finding", WRONG)
def test_it_finds(finding: str) -> None:
    desk = Desk()
    WRONG[finding](desk)
    mismatches = recount(desk, ["support"]).mismatches
    assert [mismatch for mismatch in mismatches if finding in mismatch], mismatches
