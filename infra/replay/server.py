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

READY_WITHIN = 300.0

_ROOT = Path(__file__).resolve().parents[2]


class NotReady(Exception):
    """The server ended, or did not get ready in time; says what it printed."""


class Server:
    """The local runner as a process on a free port, with its data in `directory`; started, killed and started again as
    often as one likes. What it prints is appended to the file `printed`. It has the demo accounts and no web client,
    unless `environment` says otherwise."""

    def __init__(self, engine: str, directory: Path, printed: Path | None = None, **environment: str) -> None:
        self.printed = printed or directory / "output"
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._variables = {
            **os.environ,
            "ENGINE": engine,
            "PORT": str(port),
            "LOCAL_DIR": str(directory),
            "WEB": "0",
            "DEMO": "small",
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it is ready. Raises NotReady."""
        with self.printed.open("ab") as file:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "infra.local"],
                cwd=_ROOT,
                env=self._variables,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        _wait(self.url, self._process, self.printed)

    def kill(self) -> None:
        """As a power cut would, but for DynamoDB Local, which ends by itself a moment later."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def running(engine: str, printed: Path | None = None, **environment: str) -> Iterator[str]:
    """The address of a server on a free port, ready; it is ended and its data forgotten afterwards. What it prints
    goes to the file `printed`."""
    with tempfile.TemporaryDirectory(prefix="lambdesk-", ignore_cleanup_errors=True) as directory:
        server = Server(engine, Path(directory), printed, **environment)
        try:
            server.start()
            yield server.url
        finally:
            server.kill()  # nobody needs its data, and whoever still polls would keep it


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
