"""What was played and what the recount says, side by side: what is wrong, and the figures as text and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from infra.replay.play import Played
from infra.replay.recount import Recount

STATUSES = ("open", "in_progress", "resolved", "closed")


def checked(when: str, played: Played, counted: Recount) -> dict[str, Any]:
    """The figures at rest at one moment of a replay, with everything that isn't as it should be: the recount's
    findings, and what was played against what lists and histories tell of it."""
    statuses = Counter(ticket["status"] for ticket in counted.tickets)
    return {
        "when": when,
        "tickets": {status: statuses[status] for status in STATUSES},
        "waiting": counted.waiting,
        "histories": len(counted.histories),
        "events": sum(map(len, counted.histories.values())),
        "agents": [
            {
                "id": count.shown["id"],
                "name": count.shown["name"],
                "workload": count.shown["workload"],
                "recounted_workload": count.workload,
                "active_tickets": count.shown["active_tickets"],
                "recounted_active_tickets": count.tickets,
            }
            for count in counted.agents
        ],
        "mismatches": [*counted.mismatches, *_lost(played, counted), *_numbers(played)],
    }


def figures(
    played: Played, checks: Sequence[Mapping[str, Any]], retries: Mapping[str, int], seconds: float
) -> dict[str, Any]:
    """Everything, for a program."""
    return {
        "seconds": round(seconds, 1),
        "played": dict(sorted(played.counts.items())),
        "retries": dict(retries),
        "failures": played.failures,
        "checks": [*checks],
    }


def wrong(told: Mapping[str, Any]) -> list[str]:
    """Everything in the figures that isn't as it should be, in words."""
    found = [f"{check['when']}: {mismatch}" for check in told["checks"] for mismatch in check["mismatches"]]
    return [*told["failures"], *found]


def text(told: Mapping[str, Any]) -> str:
    """The figures as tables and a verdict, for a person."""
    lines = [*_table(("played", "times"), told["played"].items())]
    for check in told["checks"]:
        rows = [tuple(agent.values())[1:] for agent in check["agents"]]
        lines += ["", *_table((check["when"], "workload", "recounted", "tickets", "recounted"), rows)]
        statuses = ", ".join(f"{count} {status}" for status, count in check["tickets"].items())
        lines.append(
            f"{statuses}; {check['waiting']} waiting; {check['events']} events in {check['histories']} histories"
        )
    retries = "".join(f"; tried again after {reason}: {times}" for reason, times in told["retries"].items())
    mismatches = wrong(told)
    verdict = [f"{len(mismatches)} mismatches:", *mismatches] if mismatches else ["no mismatch"]
    return "\n".join([*lines, "", f"{told['seconds']} seconds{retries}", *verdict])


def _table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    lines = [head, *(tuple(str(cell) for cell in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        first, *rest = zip(line, widths, strict=True)
        yield "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])


def _lost(played: Played, counted: Recount) -> Iterator[str]:
    listed = {ticket["id"]: ticket for ticket in counted.tickets}
    ours = {case.ticket["id"]: case for case in played.cases.values()}
    if len(ours) != played.counts["created"]:
        yield f"{played.counts['created']} tickets were filed under {len(ours)} ids"
    for id_, case in ours.items():
        shown = listed.get(id_)
        if shown is None:
            yield f"ticket {case.ticket['number']} is in no list"
            continue
        for name in ("number", "status", "priority", "client_id"):
            if shown[name] != case.ticket[name]:
                yield f"ticket {shown['number']}: {name} was left {case.ticket[name]}, listed is {shown[name]}"
    told = Counter(
        (event["field"], event["from"], event["to"]) if event["field"] == "status" else event["kind"]
        for id_ in ours
        for event in counted.histories.get(id_, [])
    )
    for what, recounted in (
        ("created", told["created"]),
        ("notes", told["note"]),
        ("resolved", told["status", "in_progress", "resolved"]),
        ("reopened", told["status", "resolved", "in_progress"]),
        ("closed", told["status", "resolved", "closed"]),
    ):
        if played.counts[what] != recounted:
            yield f"{what}: {played.counts[what]} played, the histories tell of {recounted}"


def _numbers(played: Played) -> Iterator[str]:
    for numbers in played.numbers.values():
        for one, following in pairwise(numbers):
            if following <= one:
                yield f"number {following} was given after {one} to the same writer"
