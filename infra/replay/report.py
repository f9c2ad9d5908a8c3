"""What was played and what the recount says, side by side: what is wrong, and the figures as text and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from infra.replay.play import Played
from infra.replay.recount import Recount

STATUSES = ("open", "in_progress", "resolved", "closed")


def mismatches(played: Played, counted: Recount) -> list[str]:
    """Everything that isn't as it should be: what could not be played, the recount, and what was played against what
    lists and histories tell of it."""
    return [*played.failures, *counted.mismatches, *_lost(played, counted), *_numbers(played)]


def figures(played: Played, counted: Recount, retries: Mapping[str, int], seconds: float) -> dict[str, Any]:
    """All the numbers, for a program."""
    statuses = Counter(ticket["status"] for ticket in counted.tickets)
    return {
        "seconds": round(seconds, 1),
        "played": dict(sorted(played.counts.items())),
        "retries": dict(retries),
        "tickets": {status: statuses[status] for status in STATUSES},
        "waiting": counted.waiting,
        "agents": [
            {
                "id": count.shown["id"],
                "name": count.shown["name"],
                "workload": count.shown["workload"],
                "active_tickets": count.shown["active_tickets"],
                "recounted_workload": count.workload,
                "recounted_active_tickets": count.tickets,
            }
            for count in counted.agents
        ],
        "mismatches": mismatches(played, counted),
    }


def text(told: Mapping[str, Any]) -> str:
    """The figures as two tables and a verdict, for a person."""
    rows = [
        (
            agent["name"],
            agent["workload"],
            agent["recounted_workload"],
            agent["active_tickets"],
            agent["recounted_active_tickets"],
        )
        for agent in told["agents"]
    ]
    wrong = told["mismatches"]
    parts = [
        *_table(("played", "times"), told["played"].items()),
        "",
        *_table(("agent", "workload", "recounted", "tickets", "recounted"), rows),
        "",
        "tickets: "
        + ", ".join(f"{count} {status}" for status, count in told["tickets"].items())
        + f"; {told['waiting']} waiting in the queue",
        f"seconds: {told['seconds']}"
        + "".join(f"; tried again after {reason}: {times}" for reason, times in told["retries"].items()),
        *([f"{len(wrong)} mismatches:", *wrong] if wrong else ["no mismatch"]),
    ]
    return "\n".join(parts)


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
