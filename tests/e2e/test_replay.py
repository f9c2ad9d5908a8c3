"""The real log of a help desk, played through each engine and recounted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.replay.__main__ import DEFAULT_LOG
from tests.e2e.client import Api

ROOT = Path(__file__).parents[2]
LOG = ROOT / os.environ.get("LAMBDESK_LOG", DEFAULT_LOG)
FEW, MANY = 60, 150


@pytest.mark.skipif(not LOG.exists(), reason=f"there is no log at {LOG}: name one with LAMBDESK_LOG=…")
@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
@pytest.mark.parametrize("tickets", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_a_real_help_desks_log_leaves_no_mismatch(api: Api, tmp_path: Path, tickets: int) -> None:
    figures = tmp_path / "figures.json"
    command = [
        sys.executable,
        "-m",
        "infra.replay",
        str(LOG),
        "--limit",
        str(tickets),
        "--url",
        api.url,
        "--json",
        str(figures),
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = json.loads(figures.read_text())
    assert told["played"]["created"] == tickets
    assert told["played"]["resolved"] >= told["played"]["closed"] > 0
    assert any(agent["workload"] for agent in told["checks"][0]["agents"]), "half-way there is something to recount"
    assert "no mismatch" in ended.stdout


def test_a_log_that_cannot_be_read_is_refused_by_line_and_column(api: Api, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    head = "timestamp,case,activity,resource,seriousness,customer,product\n"
    for text, why in (
        ("when,what\n1,2\n", "no column timestamp, case"),
        (f"{head}2010-01-13T08:40:25Z,1,Closed,2,5,63,3\n", "Line 2: seriousness '5'"),
        (f"{head}2010-01-13T08:40:25Z,1,Closed,2,1,63\n", "Line 2: product is empty"),
    ):
        log.write_text(text)
        command = [sys.executable, "-m", "infra.replay", str(log), "--url", api.url]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert why in ended.stderr
