"""docs/deploy.md and docs/operations.md against the template: nothing an operator needs is left out or out of date."""

import re
import shlex
from pathlib import Path
from typing import Any

import botocore.session
import pytest
import yaml
from botocore import xform_name

from infra import package
from infra.deploy import idle
from tests.aws_client import OF_THE_CLI
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


SHELLS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", DEPLOY + OPERATIONS, re.DOTALL)
    for line in re.sub(r"\\\n\s*", "", block).splitlines()
]
AWS = sorted(
    {line.strip() for line in SHELLS if line.strip().startswith("aws ")}
    | {each for each in re.findall(r"`(aws [^`]+)`", DEPLOY + OPERATIONS) if not each.startswith("aws logs tail")}
)
"""The commands for AWS's own client. `logs tail` is no operation of the service but made of several."""


@pytest.mark.parametrize("line", AWS)
def test_every_command_of_awss_is_one_with_all_that_it_needs(line: str) -> None:
    """Against botocore's models, of which the client makes its commands."""
    _, service, operation, *rest = shlex.split(line.replace("…", "x"))
    model = botocore.session.get_session().get_service_model(service)
    [shape] = [model.operation_model(name).input_shape for name in model.operation_names if _cli(name) == operation]
    members = {_cli(name): name for name in shape.members} if shape else {}
    given = {each.removeprefix("--") for each in rest if each.startswith("--")} - OF_THE_CLI
    assert given <= members.keys()
    required = set(shape.required_members if shape else ())
    assert required <= {members[each] for each in given}


def _cli(name: str) -> str:
    return xform_name(name, "-")


def test_there_are_commands_of_awss_to_look_at() -> None:
    assert len(AWS) > 12
