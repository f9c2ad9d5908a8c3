"""The README's lines, typed as they stand."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infra.replay.server import running
from tests.e2e.client import Api
from tests.integration.people.conftest import token_in

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_main_job_with_curl() -> None:
    [lines] = [block for block in re.findall(r"```sh\n(.*?)```", README.read_text(), re.DOTALL) if "sign_in" in block]
    with running("moto", DEMO="small") as url:
        typed = lines.replace("http://localhost:8000", url)
        said = subprocess.run(["sh", "-eu", "-c", typed], capture_output=True, text=True, check=False, timeout=60)
    assert said.returncode == 0, said.stderr
    assert re.search(r"assigned to Agent \d", said.stdout)
    history, agents = said.stdout.split('{"items":[')[1:]
    assert re.findall(r'"kind":"(\w+)"', history) == ["created", "assigned", "changed", "comment", "changed"]
    assert '"reason":"auto"' in history
    assert re.findall(r'"workload":(\d+)', agents) == ["0", "0", "0"], "the agent carries nothing: it is resolved"


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_an_admin_is_made_and_invites_somebody(api: Api) -> None:
    [lines] = [block for block in re.findall(r"```sh\n(.*?)```", README.read_text(), re.DOTALL) if "ann@" in block]
    typed = lines.replace("http://127.0.0.1:8000", api.url).replace("localhost:8000", api.url.removeprefix("http://"))
    typed = typed.replace(".venv/bin/python", sys.executable)
    said = subprocess.run(
        ["sh", "-eu", "-c", typed], cwd=README.parent, capture_output=True, text=True, check=False, timeout=120
    )
    assert said.returncode == 0, said.stderr
    assert '"role":"agent"' in said.stdout
    api.wait_idle()
    assert "You are invited" in api.http.get("/_local/").text
    messages = api.http.get("/_local/mail").json()["messages"]
    [invitation] = [message for message in messages if message["to"] == ["ann@example.com"]]
    body = {"token": token_in(invitation), "new_password": "a password of ann's"}
    api.anyone.post("/auth/password/reset", body, expect=204)
    api.anyone.post("/auth/login", {"email": "ann@example.com", "password": body["new_password"]}, expect=200)
