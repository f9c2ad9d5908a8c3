"""Batches as Lambda delivers them, and the answer that names what of a batch failed (`ReportBatchItemFailures`).

Lambda delivers at least once and stops a shard's batch at the first failure that an answer names: so a failure is
named by the earliest record that it concerns, and everything behind it comes again. The consumers reconcile, and a
record seen twice finds nothing to do.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from chalicelib.log import about, log

Record = Mapping[str, Any]
Failures = dict[str, list[dict[str, str]]]
T = TypeVar("T")


def each_group(
    seen: Iterable[tuple[Record, T]],
    key: Callable[[T], str],
    request: Callable[[T], str | None],
    handle: Callable[[list[T]], None],
) -> Failures:
    """Handles records group by group; a group that fails takes its earliest record, and all behind it, along."""
    groups: dict[str, list[tuple[Record, T]]] = {}
    for record, change in seen:
        groups.setdefault(key(change), []).append((record, change))
    failed = []
    for name, members in groups.items():
        changes = [change for _, change in members]
        with about(*map(request, changes)):
            try:
                handle(changes)
            except Exception:
                log.exception("records failed", extra={"group": name, "records": len(members)})
                failed.append(members[0][0]["dynamodb"]["SequenceNumber"])
    first = min(failed, key=int, default=None)
    return {"batchItemFailures": [{"itemIdentifier": first}] if first else []}


def new_image(record: Record) -> dict[str, Any]:
    image: dict[str, Any] = record["dynamodb"]["NewImage"]
    return image
