"""The log: a CSV (or csv.gz) of what happened at a help desk, one activity a line, oldest first.

Columns: timestamp, case, activity, resource, seriousness (1-4), customer, product; others are ignored. Format and
meaning are those of the University of Padova's help-desk log, doi 10.4121/uuid:0c60edf1-6f83-4e75-9367-4c63b3e9d5bb.
"""

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PRIORITIES = {"1": "medium", "2": "low", "3": "urgent", "4": "high"}
"""By how often each seriousness occurs."""

_COLUMNS = ("timestamp", "case", "activity", "resource", "seriousness", "customer", "product")


class BadLog(Exception):
    """The file can't be played; says which line and why."""


@dataclass(frozen=True)
class Entry:
    """One line: what somebody did with a case. `resource` did it, `customer` reported the case."""

    line: int
    timestamp: str
    case: str
    activity: str
    resource: str
    priority: str
    customer: str
    product: str


def read(path: Path, limit: int | None = None) -> list[Entry]:
    """All that happened to the first `limit` cases (None: to all), in the log's order. Raises BadLog."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            return list(_of_first(limit, _entries(csv.DictReader(file))))
    except (OSError, EOFError, UnicodeDecodeError, zlib.error, csv.Error) as error:
        raise BadLog(f"{path}: {error}") from None


def _of_first(limit: int | None, entries: Iterator[Entry]) -> Iterator[Entry]:
    cases: set[str] = set()
    for entry in entries:
        if limit is None or len(cases) < limit:
            cases.add(entry.case)
        if entry.case in cases:
            yield entry


def _entries(rows: "csv.DictReader[str]") -> Iterator[Entry]:
    if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
        raise BadLog(f"The log has no column {', '.join(missing)}.")
    for row in rows:
        # A line that is too short has None in the columns it lacks.
        told = {name: (row[name] or "").strip() for name in _COLUMNS}
        if empty := [name for name in _COLUMNS if not told[name]]:
            raise BadLog(f"Line {rows.line_num}: {', '.join(empty)} is empty.")
        seriousness = told.pop("seriousness")
        if seriousness not in PRIORITIES:
            raise BadLog(f"Line {rows.line_num}: seriousness {seriousness!r} is none of {', '.join(PRIORITIES)}.")
        yield Entry(line=rows.line_num, priority=PRIORITIES[seriousness], **told)
