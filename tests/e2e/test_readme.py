"""The README's lines, typed as they stand."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.replay.server import running

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_main_job_with_curl() -> None:
    [lines] = [block for block in re.findall(r"```sh\n(.*?)```", README.read_text(), re.DOTALL) if "sign_in" in block]
    with running("moto", DEMO="1") as url:
        typed = lines.replace("http://localhost:8000", url)
        said = subprocess.run(["sh", "-eu", "-c", typed], capture_output=True, text=True, check=False, timeout=60)
    assert said.returncode == 0, said.stderr
    assert re.search(r"assigned to Agent \d", said.stdout)
    history, agents = said.stdout.split('{"items":[')[1:]
    assert re.findall(r'"kind":"(\w+)"', history) == ["created", "assigned", "changed", "comment", "changed"]
    assert '"reason":"auto"' in history
    assert re.findall(r'"workload":(\d+)', agents) == ["0", "0", "0"], "the agent carries nothing: it is resolved"
