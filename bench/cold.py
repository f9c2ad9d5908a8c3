"""Cold starts: the CPU time in which a process imports app.py for one handler, beside one that makes a DynamoDB client
with boto3 alone, in turns; and what each import costs."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from infra.local.engine.account import ENVIRONMENT

ROOT = Path(__file__).parents[1]
BARE = "import boto3; boto3.client('dynamodb')"
_DEPLOYED = "import sys; sys.modules['cryptography'] = None; import app"
"""jwt imports cryptography where it is, which the tests' moto brings; the package doesn't have it, nor need it."""
MOST = 1.6
"""How many times the bare one a cold start may cost."""


def handlers() -> list[str]:
    """As the template has them: app.app and every function."""
    import app

    views = {entry.view_name for methods in app.app.routes.values() for entry in methods.values()}
    return ["app.app", *(f"app.{name}" for name in app.app.handler_map if name not in views)]


def ratios(pairs: int = 5) -> dict[str, float]:
    """CPU time of each handler's start over that of the bare one: the median of so many pairs."""
    found = {}
    for handler in handlers():
        seconds(_DEPLOYED, handler)  # compiles what isn't
        found[handler] = median(seconds(_DEPLOYED, handler) / seconds(BARE) for _ in range(pairs))
    return found


def seconds(code: str, handler: str | None = None) -> float:
    """CPU seconds of a process that runs this, beyond those of one that runs nothing."""
    return _cpu(code, handler) - _cpu("pass")


PACKAGES = (
    "botocore", "boto3", "urllib3", "pynamodb", "pydantic", "aws_lambda_powertools", "chalice", "jwt", "chalicelib",
)  # fmt: skip


def imports(handler: str, packages: Sequence[str] = PACKAGES) -> dict[str, float]:
    """Milliseconds that the modules of each package take themselves when app.py is imported for a handler."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", _DEPLOYED],
        cwd=ROOT,
        env=_environment(handler),
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    rows = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", told)
    own: dict[str, float] = dict.fromkeys(packages, 0.0)
    for microseconds, module in rows:
        name = next((each for each in packages if module == each or module.startswith(f"{each}.")), None)
        if name:
            own[name] += int(microseconds) / 1000
    return own


def _cpu(code: str, handler: str | None = None) -> float:
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=_environment(handler))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, code
    return usage.ru_utime + usage.ru_stime


def _environment(handler: str | None) -> Mapping[str, str]:
    return {"PATH": os.environ["PATH"], **ENVIRONMENT, **({"_HANDLER": handler} if handler else {})}
