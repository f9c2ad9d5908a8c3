"""CSV as Python's reader and a spreadsheet see it."""

import csv
import io
import tracemalloc
from tempfile import TemporaryFile

import pytest

from bench.samples import NAMES, figures
from chalicelib.metrics.reading import Figures
from chalicelib.reports import csv as report
from chalicelib.reports.csv import lines


def written(about: str, found: Figures) -> bytes:
    file = io.BytesIO()
    report.write(about, found, file)
    return file.getvalue()


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_the_overview_has_a_line_a_day() -> None:
    found = figures(30, 0)
    head, *rows = read(written("overview", found))
    assert head == ["date", "created", "resolved", "closed", "reopened"]
    assert [row[0] for row in rows] == [day.isoformat() for day in found.volume]
    assert sum(int(row[1]) for row in rows) == found.volumes()["created"]


def test_agents_have_a_line_each_whatever_their_name() -> None:
    head, *rows = read(written("agents", figures(30, 8)))
    assert ",".join(head) == "id,name,assigned,resolved,active,workload,average_resolution_seconds"
    assert [row[1] for row in rows] == list(NAMES)


def test_ten_thousand_lines_take_the_memory_of_a_few() -> None:
    found = figures(1, 10_000)
    with TemporaryFile() as file:
        written("agents", figures(1, 10))  # what is made once
        tracemalloc.start()
        try:
            report.write("agents", found, file)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert file.tell() > 500_000
    assert peak < 250_000


def test_nothing_at_all_is_a_head() -> None:
    assert written("agents", figures(1, 0, busy=0)).count(b"\r\n") == 1


@pytest.mark.parametrize("name", ["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("x")'])
def test_no_name_is_a_formula(name: str) -> None:
    [[cell]] = csv.reader(io.StringIO(b"".join(lines([[name]])).decode(), newline=""))
    assert cell == "'" + name


@pytest.mark.parametrize("name", ['Ann "the bug" Smith', "Smith, Ann", "two\nlines", "O'Neil", "3 = three"])
def test_every_other_name_is_as_it_is(name: str) -> None:
    [[cell]] = csv.reader(io.StringIO(b"".join(lines([[name]])).decode(), newline=""))
    assert cell == name
