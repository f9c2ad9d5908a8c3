"""docs/deploy.md and docs/operations.md against the template: nothing an operator needs is left out or out of date."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra import package
from infra.deploy import idle
from tests.unit.deployed import of_type

DOCS = Path(__file__).parents[3] / "docs"
DEPLOY, OPERATIONS = ((DOCS / name).read_text() for name in ("deploy.md", "operations.md"))


def test_every_parameter_is_explained() -> None:
    parameters = yaml.safe_load(package.RESOURCES.read_text())["Parameters"]
    rows = dict(re.findall(r"^\| `([A-Z]\w+)` \| .* \| (.*) \|$", DEPLOY, re.MULTILINE))
    assert rows == {name: each["Description"] for name, each in parameters.items()}


def test_what_it_costs_is_computed() -> None:
    resources = package.transformed(package.template())["Resources"]
    for line in idle.monthly(resources):
        assert f"| {line.what} ({line.amount:,.0f}) | {line.dollars:.2f} |" in DEPLOY
    assert f"| **together** | **{idle.total(resources):.2f}** |" in DEPLOY


def test_every_alarm_has_a_runbook_and_links_to_it(deployed: dict[str, Any]) -> None:
    alarms = of_type(deployed, "AWS::CloudWatch::Alarm")
    headings = re.findall(r"^### (\w+)$", OPERATIONS, re.MULTILINE)
    assert sorted(headings) == sorted(alarms)
    for name, alarm in alarms.items():
        assert alarm["AlarmDescription"].endswith(f"docs/operations.md#{name.lower()}")
        assert len(alarm["AlarmDescription"]) <= 1024


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python -m (infra[.\w]+)", DEPLOY + OPERATIONS))))
def test_every_command_of_ours_exists(command: str) -> None:
    folder = DOCS.parent.joinpath(*command.split("."))
    assert folder.with_suffix(".py").is_file() or (folder / "__main__.py").is_file()
