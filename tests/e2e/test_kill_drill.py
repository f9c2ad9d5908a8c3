"""Killed in the middle of load, again and again, on DynamoDB Local: what was answered is there, each thing once, and
everything adds up."""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.assignment import sweep
from infra.replay import desk
from infra.replay.desk import Account, Desk, Refused
from infra.replay.recount import recount
from infra.replay.server import ADMIN_EMAIL, ADMIN_PASSWORD, READY_WITHIN, Server

PASSWORD = "a-good-password-1"
TEAM = "support"
ROOT = Path(__file__).parents[2]


class Load:
    """People who file tickets, work on them and write, each patiently; `answered` is what the server has promised."""

    def __init__(self, patient: Desk, seed: int) -> None:
        self.desk = patient
        self.admin = self.desk.sign_in(ADMIN_EMAIL, ADMIN_PASSWORD)
        self.titles: dict[str, str] = {}
        """Of each ticket whose creation was answered."""
        self.numbers: dict[str, int] = {}
        self.versions: Counter[str] = Counter()
        """The highest that was answered for each ticket."""
        self.comments: dict[str, set[str]] = {}
        self.failures: list[str] = []
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._ends = threading.Event()
        self._agents = [self._person("agent", number) for number in range(3)]
        self._clients = [self._person("client", number) for number in range(3)]
        for agent in self._agents:
            self.admin.put(f"/agents/{agent.id}/availability", {"availability": "available"})

    def _person(self, role: str, number: int) -> Account:
        email = f"{role}-{number}@example.com"
        body = {"email": email, "name": f"{role} {number}", "role": role, "password": PASSWORD}
        self.admin.post("/users", body, uuid4().hex)
        return self.desk.sign_in(email, PASSWORD)

    def start(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._go_on, args=(self._files, client)) for client in self._clients]
        threads += [threading.Thread(target=self._go_on, args=(self._works, agent)) for agent in self._agents]
        for thread in threads:
            thread.start()
        return threads

    def end(self, threads: list[threading.Thread]) -> None:
        self._ends.set()
        for thread in threads:
            thread.join(180)
            assert not thread.is_alive()

    def _go_on(self, once: Any, person: Account) -> None:
        while not self._ends.is_set():
            try:
                once(person)
            except Refused as refused:
                # A move that somebody else has made, or that an answer got lost of: no promise.
                if refused.status not in (403, 409):
                    self.failures.append(str(refused))
            except Exception as error:
                self.failures.append(repr(error))

    def _files(self, client: Account) -> None:
        title = f"Ticket {uuid4().hex}"
        body = {"title": title, "description": "…", "priority": self._random.choice(["low", "high", "urgent"])}
        ticket = client.post("/tickets", body, uuid4().hex)
        with self._lock:
            self.titles[ticket["id"]] = title
            self.numbers[ticket["id"]] = ticket["number"]
            self.versions[ticket["id"]] = max(self.versions[ticket["id"]], ticket["version"])

    def _works(self, agent: Account) -> None:
        page = agent.get("/tickets", assignee_id="me", status="open,in_progress", limit="5")["items"]
        if not page:
            time.sleep(0.05)
        for ticket in page:
            comment = agent.post(f"/tickets/{ticket['id']}/comments", {"body": "On my way."}, uuid4().hex)
            with self._lock:
                self.comments.setdefault(ticket["id"], set()).add(comment["id"])
            status = {"open": "in_progress", "in_progress": "resolved"}[ticket["status"]]
            changed = agent.patch(f"/tickets/{ticket['id']}", {"status": status})
            with self._lock:
                self.versions[ticket["id"]] = max(self.versions[ticket["id"]], changed["version"])

    # --- afterwards ---

    def lost(self) -> list[str]:
        """Everything that was answered and isn't so."""
        shown = {ticket["id"]: ticket for ticket in self.admin.all("/tickets", team=TEAM)}
        lost = [f"ticket {each}" for each in self.titles.keys() - shown.keys()]
        for ticket_id, ticket in shown.items():
            if ticket["version"] < self.versions[ticket_id]:
                lost.append(f"version {self.versions[ticket_id]} of {ticket_id}, which has {ticket['version']}")
            if ticket_id in self.numbers and ticket["number"] != self.numbers[ticket_id]:
                lost.append(f"number of {ticket_id}")
        for ticket_id, promised in self.comments.items():
            there = {comment["id"] for comment in self.admin.all(f"/tickets/{ticket_id}/comments")}
            lost += [f"comment {each} of {ticket_id}" for each in promised - there]
        twice = [title for title, count in Counter(each["title"] for each in shown.values()).items() if count > 1]
        return lost + [f"{title!r} is there twice" for title in twice]


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks waits as long as a restart may take."""
    monkeypatch.setattr(desk, "PATIENCE", READY_WITHIN + 60)


def drill(directory: Path, *, seconds: float, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    server = Server("dynamodb-local", directory, DEMO="0")
    server.start()
    try:
        with Desk(server.url) as patient:
            _under_load(server, Load(patient, seed), seconds, kills, chance)
    finally:
        server.stop()


def _under_load(server: Server, load: Load, seconds: float, kills: int, chance: random.Random) -> None:
    threads = load.start()
    # Random moments, none of them before the one before has its server back.
    pauses = [chance.uniform(0.5, 1.5) * seconds / kills for _ in range(kills)]
    away = 0.0
    for pause in pauses:
        time.sleep(pause)
        began = time.monotonic()
        server.kill()
        server.start()
        away = max(away, time.monotonic() - began)
    time.sleep(seconds / kills / 2)
    load.end(threads)
    print(f"{len(load.titles)} tickets, {sum(map(len, load.comments.values()))} comments, {load.desk.retries}")
    assert load.failures == []
    assert load.desk.wait_idle(120), "it never came to rest"
    assert load.lost() == []
    assert recount(load.admin, [TEAM]).mismatches == []
    assert metrics_differ(server.url) == ""
    if away < sweep.GRACE.total_seconds():  # else what had to wait for the server is rightly called late
        assert load.desk.request("GET", "/_local/figures").json()["figures"].get("SweepFindings", 0) == 0
    assert len(load.titles) >= kills


def metrics_differ(url: str) -> str:
    """What an independent count of all tickets says of the metrics."""
    command = [sys.executable, "-m", "infra.metrics", "verify", "--local", url]
    said = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=120, check=False)
    return "" if said.returncode == 0 else said.stdout + said.stderr


def test_killed_twice_in_the_middle_of_load_nothing_answered_is_lost(tmp_path: Path) -> None:
    drill(tmp_path, seconds=6, kills=2, seed=1)


@pytest.mark.long
def test_killed_ten_times_in_two_minutes_of_load_nothing_answered_is_lost(tmp_path: Path) -> None:
    drill(tmp_path, seconds=120, kills=10, seed=2)
