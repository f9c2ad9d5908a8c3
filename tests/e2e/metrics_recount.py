"""The figures of contract §6 from tickets and histories as the public interface shows them, in plain Python."""

import math
import statistics
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.e2e.client import Api

Json = dict[str, Any]

ZONE = "Europe/Rome"
ERROR = 0.02
"""What contract §6 allows a median or p90."""


class Recount:
    """The figures from tickets and histories, in plain Python."""

    def __init__(self, api: Api, tickets: dict[str, Json]) -> None:
        self.created: Counter[date] = Counter()
        self.events: Counter[str] = Counter()
        self.moved: dict[str, Counter[date]] = {"closed": Counter(), "reopened": Counter()}
        self.assigned: dict[str, Counter[date]] = defaultdict(Counter)
        self.resolved: list[tuple[date, float, str | None]] = []
        self.answered: list[tuple[date, float]] = []
        self.status = Counter(ticket["status"] for ticket in tickets.values())
        self.priority = Counter(t["priority"] for t in tickets.values() if t["status"] in ("open", "in_progress"))
        self.waiting = sum(
            t["assignee_id"] is None and t["status"] in ("open", "in_progress") for t in tickets.values()
        )
        for ticket in tickets.values():
            self._count(ticket, list(api.admin.all(f"/tickets/{ticket['id']}/history")))

    def _count(self, ticket: Json, history: list[Json]) -> None:
        self.created[_day(ticket["created_at"])] += 1
        self.events.update(event["kind"] for event in history)
        holder = resolver = None
        for event in history:
            if event["field"] == "assignee_id":
                holder = event["to"]
                if event["kind"] == "assigned":
                    self.assigned[holder][_day(event["at"])] += 1
            elif event["field"] == "status":
                if event["to"] == "resolved":
                    resolver = holder
                elif event["to"] == "closed":
                    self.moved["closed"][_day(event["at"])] += 1
                elif event["from"] == "resolved":
                    self.moved["reopened"][_day(event["at"])] += 1
        if ticket["resolved_at"]:
            self.resolved.append((_day(ticket["resolved_at"]), seconds(ticket, "resolved_at"), resolver))
        if ticket["first_response_at"]:
            self.answered.append((_day(ticket["first_response_at"]), seconds(ticket, "first_response_at")))

    def first(self) -> date:
        return min(self.created)

    def last(self) -> date:
        return max(*self.created, *(day for day, _, _ in self.resolved), *self.moved["closed"])

    def compare(self, shown: Json, begin: date, end: date) -> None:
        def within(counts: Counter[date]) -> int:
            return sum(count for day, count in counts.items() if begin <= day <= end)

        resolved = [(day, took, who) for day, took, who in self.resolved if begin <= day <= end]
        assert shown["volume"] == {
            "created": within(self.created),
            "resolved": len(resolved),
            "closed": within(self.moved["closed"]),
            "reopened": within(self.moved["reopened"]),
        }
        by_day = Counter(day for day, _, _ in resolved)
        days = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
        assert shown["per_day"] == [
            {"date": day.isoformat(), "created": self.created[day], "resolved": by_day[day]} for day in days
        ]
        _same_times(shown["resolution_seconds"], [took for _, took, _ in resolved])
        _same_times(shown["first_response_seconds"], [took for day, took in self.answered if begin <= day <= end])
        for agent in shown["agents"]:
            own = [took for _, took, who in resolved if who == agent["id"]]
            assert (agent["assigned"], agent["resolved"]) == (within(self.assigned[agent["id"]]), len(own))
            if own:
                assert math.isclose(agent["average_resolution_seconds"], statistics.fmean(own), abs_tol=0.001)
        assert {who for _, _, who in resolved} - {None} <= {agent["id"] for agent in shown["agents"]}
        assert shown["status_counts"] == {name: self.status[name] for name in shown["status_counts"]}
        assert shown["priority_counts"] == {name: self.priority[name] for name in shown["priority_counts"]}
        assert shown["queue"]["waiting"] == self.waiting
        assert shown["lag_seconds"] == 0


def _same_times(shown: Json, right: list[float]) -> None:
    if not right:
        assert shown == {"average": None, "median": None, "p90": None}
        return
    assert math.isclose(shown["average"], statistics.fmean(right), abs_tol=0.001)
    ordered = sorted(right)
    for name, q in (("median", 0.5), ("p90", 0.9)):
        rank = q * (len(ordered) - 1)
        low, high = ordered[math.floor(rank)], ordered[math.ceil(rank)]
        exact = low + (high - low) * (rank - math.floor(rank))
        assert math.isclose(shown[name], exact, rel_tol=ERROR, abs_tol=0.001), name


def _day(stamp: str) -> date:
    return datetime.fromisoformat(stamp).astimezone(ZoneInfo(ZONE)).date()


def seconds(ticket: Json, until: str) -> float:
    begin, end = (datetime.fromisoformat(ticket[name]) for name in ("created_at", until))
    return round((end - begin).total_seconds(), 3)
