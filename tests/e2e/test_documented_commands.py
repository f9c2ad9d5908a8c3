"""What docs/operations.md and docs/deploy.md tell an operator to type: our commands run against the local desk, AWS's
are held against botocore's models of its APIs, and called where moto has them."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import boto3
import botocore.session
import httpx
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError, ParamValidationError
from moto import mock_aws

from infra import destroy
from infra.deploy import __main__ as deploy
from infra.replay.server import running
from tests.aws_client import OF_THE_CLI
from tests.e2e.client import Api

ROOT = Path(__file__).parents[2]
TEXT = "\n".join((ROOT / "docs" / name).read_text() for name in ("deploy.md", "operations.md"))
OURS = sorted(
    {
        each.split("#")[0].strip()
        for each in re.findall(r"^(?:\.venv/bin/)?python -m (infra\.[^\n]+)$", TEXT, re.MULTILINE)
        + re.findall(r"`(?:\.venv/bin/)?python -m (infra\.[^`\n]+)`", TEXT)
    }
)
AWS = sorted(set(re.findall(r"(?:`|^)aws ([a-z0-9-]+ [a-z-]+[^`\n]*)", TEXT, re.MULTILINE)))
HIGH_LEVEL = {"logs tail": "logs filter-log-events"}
"""The command line's own commands -> what they call."""
PASSWORD = "a-good-password-1"
NOTHING_TO_DO = {"totp": "", "mail": ""}
"""Commands of infra.admin that say so, in a sentence, where there is nothing to undo."""
MEANT = {"…": "rules", "GROUP": "/aws/lambda/x", "NAME": "desk", "STACK": "desk"}
"""What stands for something in the documents -> an example of it."""


def test_there_are_commands() -> None:
    assert len(OURS) >= 9
    assert len(AWS) >= 5


@pytest.fixture(scope="module")
def desk() -> Iterator[Api]:
    """A desk of one's own: one of the commands voids every token."""
    with running("moto", DEMO="small") as url:
        api = Api(url)
        yield api
        api.http.close()


@pytest.mark.parametrize("command", OURS)
def test_our_command_does_its_work(command: str, desk: Api) -> None:
    email = f"{uuid4().hex[:8]}@example.com"
    body = {"email": email, "password": PASSWORD, "name": "Ann"}
    httpx.post(f"{desk.url}/api/auth/register", json=body, timeout=30).raise_for_status()
    words = [email if each in ("EMAIL", "a@example.com") else each for each in shlex.split(command)]
    local = [] if words[0] == "infra.deploy.idle" else ["--local", desk.url]
    said = subprocess.run(
        [sys.executable, "-m", *words, *local],
        cwd=ROOT,
        env={**os.environ, "ADMIN_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert "Traceback" not in said.stderr
    assert said.returncode == 0 or said.stderr.startswith(NOTHING_TO_DO.get(words[1], "-")), said.stdout + said.stderr


@pytest.mark.parametrize("command", AWS)
def test_awss_command_exists_with_these_options(command: str) -> None:
    words = [MEANT.get(each, each) for each in shlex.split(command)]
    service, name = HIGH_LEVEL.get(" ".join(words[:2]), " ".join(words[:2])).split()
    model = botocore.session.get_session().get_service_model(service)
    [operation] = [each for each in model.operation_names if xform_name(each, "-") == name]
    if " ".join(words[:2]) in HIGH_LEVEL:
        return
    shape = model.operation_model(operation).input_shape
    known = {xform_name(each, "-") for each in shape.members} if shape else set()
    given = [each.removeprefix("--") for each in words[2:] if each.startswith("--")]
    assert set(given) - OF_THE_CLI <= known
    with mock_aws():
        client = boto3.client(service, region_name="eu-central-1")  # type: ignore[call-overload]
        values = dict(zip(given, [each for each in words[2:] if not each.startswith("--")], strict=False))
        arguments = {
            member: _typed(described.type_name, values[option])
            for member, described in (shape.members if shape else {}).items()
            if (option := xform_name(member, "-")) in values
        }
        said = ""
        try:
            getattr(client, xform_name(operation))(**arguments)
        except (ClientError, NotImplementedError, ParamValidationError) as error:
            said = f"{type(error).__name__} {error}"
    # The account here is empty, moto doesn't know one of them, and the text leaves out what depends.
    absent = "NotFound|DoesNotExist|does not exist"
    assert not said or re.search(f"{absent}|not been implemented|Missing required parameter", said)


def _typed(kind: str, written: str) -> object:
    return [written] if kind == "list" else int(written) if kind == "integer" else written


def test_make_takes_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make deploy|destroy ARGS=…`: the arguments parse, shell quoting included."""
    written = re.findall(r"make (deploy|destroy) ARGS='([^']*)'", TEXT + (ROOT / "README.md").read_text())
    assert {target for target, _ in written} == {"deploy", "destroy"}
    for target, arguments in written:
        parsed = subprocess.run(
            ["make", "-n", target, f"ARGS={arguments}"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        typed = shlex.split(parsed.splitlines()[-1])
        module, given = typed[typed.index("-m") + 1], typed[typed.index("-m") + 2 :]
        assert module == f"infra.{target}"
        monkeypatch.setattr(sys, "argv", [module, *given])
        {"deploy": deploy, "destroy": destroy}[target].arguments()  # ends the process where one is wrong
