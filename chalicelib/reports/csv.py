"""Reports as CSV (RFC 4180), UTF-8 with a byte order mark so that spreadsheets read any name right."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from chalicelib.metrics.reading import Figures
from chalicelib.metrics.schemas import agent

HEADERS: dict[str, Sequence[str]] = {
    "overview": ("date", "created", "resolved", "closed", "reopened"),
    "agents": ("id", "name", "assigned", "resolved", "active", "workload", "average_resolution_seconds"),
}

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet run a text as a formula (OWASP: CSV injection), full-width forms
included."""


def write(about: str, found: Figures, file: BinaryIO) -> None:
    """Writes line by line, so that a file of any length needs the memory of one line."""
    rows = _days(found) if about == "overview" else _agents(found)
    file.write(codecs.BOM_UTF8)
    file.writelines(lines(chain([HEADERS[about]], rows)))


def lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The lines one by one, each with CRLF at its end."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _cell(value: object) -> object:
    """The value as text. If a spreadsheet would run it as a formula, it gets an apostrophe in front."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value


def _days(found: Figures) -> Iterator[Sequence[object]]:
    for day, volume in found.volume.items():
        yield (day.isoformat(), *(max(0, volume[name]) for name in HEADERS["overview"][1:]))


def _agents(found: Figures) -> Iterator[Sequence[object]]:
    for each in found.agents:
        shown = agent(each)
        yield [getattr(shown, name) for name in HEADERS["agents"]]
