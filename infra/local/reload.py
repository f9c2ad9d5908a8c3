"""`RELOAD=1`: the runner as a child that is started anew whenever the source changes."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
WATCHED = (".chalice", "app.py", "chalicelib", "infra")
EVERY = 0.5
_LET_SETTLE = 0.3
"""Seconds after a change: an editor or git may still be writing."""

_IGNORED = frozenset({"__pycache__", ".mypy_cache"})


def run(port: int) -> int:
    """Runs until it is told to stop. A source that can't start is waited with, until it changes again."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    environment = {**os.environ, "RELOAD": "0", "PORT": str(port or _free_port())}
    while not stopped.is_set():
        seen = snapshot()
        # A session of its own: Ctrl-C reaches this process alone, which then ends the child.
        child = subprocess.Popen(
            [sys.executable, "-m", "infra.local"], cwd=ROOT, env=environment, start_new_session=True
        )
        said = False
        while not stopped.wait(EVERY) and (now := snapshot()) == seen:
            if child.poll() is not None and not said:
                print("Waiting for the source to change …", file=sys.stderr, flush=True)
                said = True
        if not stopped.is_set():
            changed = sorted({path for path, _ in now ^ seen})
            print(f"Changed: {', '.join(str(path.relative_to(ROOT)) for path in changed)}. Starting anew …", flush=True)
            stopped.wait(_LET_SETTLE)
        _end(child)
    return 0


def snapshot() -> frozenset[tuple[Path, int]]:
    """Every source file and when it was changed."""
    return frozenset(_files())


def _files() -> Iterator[tuple[Path, int]]:
    for name in WATCHED:
        start = ROOT / name
        for path in [start] if start.is_file() else start.rglob("*"):
            if _IGNORED.isdisjoint(path.parts):
                try:
                    found = path.stat()
                except OSError:  # it has just gone
                    continue
                if not path.is_dir():
                    yield path, found.st_mtime_ns


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    try:
        child.wait(20)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _free_port() -> int:
    """Chosen once, so that every restart serves the same address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
