"""Reading a log, plain or compressed, whole or its first cases."""

import gzip
from pathlib import Path

import pytest

from infra.replay import log

LINES = """timestamp,case,activity,resource,seriousness,customer,product
2010-01-13T08:40:25Z,7,Assign seriousness,2,1,63,3
2010-01-13T12:26:04Z,8,Assign seriousness,2,3,52,3
2010-01-13T12:30:37Z,7,Closed,2,2,63,3
2010-01-13T13:09:31Z,9,Assign seriousness,2,4,176,3
"""


def test_the_first_cases_with_all_that_happened_to_them(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(LINES)
    entries = log.read(path, 1)
    assert [(entry.line, entry.case, entry.activity) for entry in entries] == [
        (2, "7", "Assign seriousness"),
        (4, "7", "Closed"),
    ]


def test_seriousness_is_priority_by_how_often_it_occurs(tmp_path: Path) -> None:
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(LINES.encode()))
    assert [entry.priority for entry in log.read(path)] == ["medium", "urgent", "low", "high"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe,\n", b"\x1f\x8bnot really"], ids=["empty", "latin", "gzip"])
@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz"])
def test_what_is_no_log_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(log.BadLog):
        log.read(path)


def test_a_log_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(log.BadLog):
        log.read(tmp_path / "nothing.csv")
