"""`python -m infra.local` as a process: what it says, when it refuses to start, what survives its end."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[3]


def started(folder: Path, *, at: Path = ROOT, **settings: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PORT": "0", "LOCAL_DIR": str(folder), "WEB": "0", **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "infra.local"],
        cwd=at,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def running(folder: Path, at: Path = ROOT, **settings: str) -> Iterator[tuple["subprocess.Popen[str]", str, str]]:
    """A process that is ready, its address, and the lines that it printed when it was."""
    process = started(folder, at=at, **settings)
    assert process.stdout is not None
    lines = ""
    try:
        for line in process.stdout:
            lines += line
            if "Password" in lines or "Accounts" in lines:
                break
        found = re.search(r"http://127\.0\.0\.1:\d+", lines)
        assert found, lines + (process.stderr.read() if process.stderr else "")
        yield process, found[0], lines
    finally:
        process.terminate() if "RELOAD" in settings else process.kill()
        process.communicate()


def refused(folder: Path, **settings: str) -> str:
    """What a process that can't start says, in one line."""
    process = started(folder, at=ROOT, **settings)
    out, said = process.communicate(timeout=240)
    assert process.returncode == 2, out + said
    (line,) = [line for line in said.splitlines() if line.startswith("Lambdesk")]
    assert "Traceback" not in said
    return line


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"ENGINE": "mysql"}, ["mysql", "moto", "dynamodb-local"]),
        ({"PORT": "http"}, ["PORT", "http"]),
        ({"PORT": "70000"}, ["PORT", "70000"]),
        ({"DEMO": "maybe"}, ["DEMO", "maybe"]),
        ({"RELOAD": "yes"}, ["RELOAD", "yes"]),
        ({"WEIGHT_LOW": "0"}, ["WEIGHT_LOW"]),
        ({"AUTO_CLOSE_DAYS": "soon"}, ["AUTO_CLOSE_DAYS", "soon"]),
        ({"DEMO": "0", "ADMIN_EMAIL": "nobody"}, ["ADMIN_EMAIL"]),
        ({"ENGINE": "dynamodb-local", "PATH": "/nowhere"}, ["Java", "moto"]),
    ],
)
def test_what_it_cant_run_with_it_refuses_in_one_sentence(
    tmp_path: Path, settings: dict[str, str], words: list[str]
) -> None:
    line = refused(tmp_path, **settings)

    assert all(word in line for word in words), line


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])

        assert f"Port {port}" in refused(tmp_path, PORT=port)


def listening(pid: int) -> set[str]:
    """The local addresses on which a process and its children listen."""
    family = {str(pid)}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parent = re.search(r"^PPid:\t(\d+)$", status.read_text(), re.M)
        except OSError:
            continue
        if parent and parent[1] in family:
            family.add(status.parent.name)
    sockets = set()
    for each in family:
        for handle in Path(f"/proc/{each}/fd").iterdir():
            try:
                sockets.add(str(handle.readlink()))
            except OSError:
                continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                found.add(fields[1].split(":")[0])
    return found


LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F"}


def test_it_says_where_it_is_and_who_may_sign_in_and_ends_when_told(tmp_path: Path) -> None:
    with running(tmp_path, DEMO="small") as (process, url, lines):
        assert httpx.get(f"{url}/api/health").json() == {"status": "ok"}
        assert f"{url}/api/docs" in lines
        for address in ("admin@example.com", "agent3@example.com", "client2@example.com"):
            assert address in lines
        assert listening(process.pid) == {"0100007F"}

        Person(url, "client1@example.com").post("/tickets", title="Printer", description="…")
        idle(url)
        process.send_signal(signal.SIGTERM)
        said, complaints = process.communicate(timeout=120)
        assert process.returncode == 0
        assert list(tmp_path.iterdir()) == []
    assigned = [line for line in said.splitlines() if "ticket assigned" in line]
    assert len(assigned) == 1, "a line is said once, and readably"
    assert assigned[0].startswith("on_ticket_change INFO")
    assert "ticket assigned" not in complaints


def test_without_demo_accounts_there_is_the_admin_alone(tmp_path: Path) -> None:
    with running(tmp_path, DEMO="0", ADMIN_EMAIL="boss@example.org", ADMIN_PASSWORD="a long password") as (
        _,
        url,
        lines,
    ):
        admin = Person(url, "boss@example.org", "a long password")

        assert [user["email"] for user in admin.get("/users")["items"]] == ["boss@example.org"]
        assert "a long password" not in lines


def test_a_small_demo_is_the_accounts_and_no_ticket(tmp_path: Path) -> None:
    with running(tmp_path, DEMO="small") as (_, url, _):
        idle(url)
        admin = Person(url, "admin@example.com")

        assert len(admin.get("/users")["items"]) == 6
        agents = admin.get("/agents")["items"]
        assert [(each["name"], each["team"], each["availability"]) for each in agents] == [
            (f"Agent {number}", "support", "available") for number in (1, 2, 3)
        ]
        assert admin.get("/tickets")["items"] == []


class Person:
    """Somebody who is signed in."""

    def __init__(self, url: str, email: str, password: str = "demo-password-1") -> None:
        self._api = f"{url}/api"
        self.headers: dict[str, str] = {}
        self.headers["Authorization"] = (
            f"Bearer {self.post('/auth/login', email=email, password=password)['access_token']}"
        )

    def get(self, path: str) -> Any:
        answer = httpx.get(self._api + path, headers=self.headers, timeout=120)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        answer = httpx.post(self._api + path, headers=self.headers, json=body, timeout=120)
        assert answer.is_success, answer.text
        return answer.json()


def idle(url: str) -> None:
    assert httpx.get(f"{url}/_local/idle?timeout=120", timeout=130).status_code == 200


def test_a_change_of_the_source_starts_it_anew_at_the_same_address(tmp_path: Path) -> None:
    """In a copy of the source, of which everything that isn't Python is linked to."""
    for name in (".chalice", "app.py", "chalicelib", "infra"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    with running(tmp_path / "kept", at=tmp_path, RELOAD="1", DEMO="0") as (process, url, _):
        assert process.stdout is not None
        assert process.stderr is not None
        (tmp_path / "chalicelib" / "log.py").write_text("this is no Python")
        for line in process.stderr:
            if "Waiting for the source to change" in line:
                break
        shutil.copy(ROOT / "chalicelib" / "log.py", tmp_path / "chalicelib" / "log.py")
        again = next(line for line in process.stdout if "is ready at" in line)

        assert url in again
        assert httpx.get(f"{url}/api/health").json() == {"status": "ok"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(120) == 0
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{url}/api/health")
