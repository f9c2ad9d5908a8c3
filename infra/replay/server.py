"""A server for the time of a replay or a test: the local runner as a process of its own, with data of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ADMIN_EMAIL = "admin@example.com"
ADMIN_PASSWORD = "demo-password-1"

READY_WITHIN = 120.0

_ROOT = Path(__file__).resolve().parents[2]


class NotReady(Exception):
    """The server ended, or did not get ready in time; says what it printed."""


@contextmanager
def running(engine: str, printed: Path | None = None, **environment: str) -> Iterator[str]:
    """The address of a server on a free port, ready; it is ended and its data forgotten afterwards. What it prints
    goes to the file `printed`."""
    with tempfile.TemporaryDirectory(prefix="lambdesk-") as directory:
        output = printed or Path(directory) / "output"
        port = _free_port()
        variables = {**os.environ, "ENGINE": engine, "PORT": str(port), "LOCAL_DIR": directory, **environment}
        with output.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "infra.local"], cwd=_ROOT, env=variables, stdout=file, stderr=subprocess.STDOUT
            )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process, output)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(url: str, process: "subprocess.Popen[bytes]", output: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/api/health", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    printed = output.read_text(errors="replace")[-4000:]
    raise NotReady(f"The server {'ended' if process.poll() is not None else 'is not ready'}:\n{printed}")
