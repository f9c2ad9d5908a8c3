"""Plays a log: each line becomes what the same person would do over HTTP.

The first line of a case files the ticket, and does what else it says. "Take in charge" starts it (by whoever the
system assigned it to), waiting and escalating become notes, "Resolve ticket" and "Closed" what they say. Where the log
does what the lifecycle doesn't know, the step between is made: a ticket is started before it is resolved, reopened
before it is resolved again. What comes after "Closed" is counted and skipped.
"""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from infra.replay.cast import Cast
from infra.replay.desk import Account, Refused
from infra.replay.log import Entry

ASSIGNED_WITHIN = 10.0
"""For how many seconds a replayed agent waits for a ticket's assignment before taking it."""

_FILED = ("Assign seriousness", "Insert ticket")
_ATTEMPTS = 5


@dataclass
class Case:
    """A ticket as it was last seen."""

    client: str
    ticket: dict[str, Any]

    @property
    def path(self) -> str:
        return f"/tickets/{self.ticket['id']}"


@dataclass
class Played:
    """What was done, in numbers; the tickets by case; what went wrong, in words; each writer's ticket numbers in the
    order in which they got them."""

    counts: Counter[str] = field(default_factory=Counter)
    cases: dict[str, Case] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    numbers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


class Player:
    """Plays entries with `workers` threads: what belongs to one case in the log's order, cases side by side. `run`
    tells this run's idempotency keys from those of another."""

    def __init__(self, admin: Account, cast: Cast, run: str, workers: int) -> None:
        self._admin, self._cast, self._run, self._workers = admin, cast, run, workers
        self._lock = threading.Lock()
        self.played = Played()
        self._last: dict[str, Future[None]] = {}

    def play(self, entries: Iterable[Entry], tick: Callable[[], object]) -> Played:
        """Plays all of them, after those of an earlier call; `tick` is called after each. A case that fails is given
        up, the others go on."""
        # A window, so that no case runs far ahead of the log. A task waits only for one that was started earlier.
        window = threading.Semaphore(self._workers * 4)

        def done(_: Future[None]) -> None:
            window.release()
            tick()

        with ThreadPoolExecutor(self._workers) as pool:
            for entry in entries:
                window.acquire()
                task = pool.submit(self._after, self._last.get(entry.case), entry)
                task.add_done_callback(done)
                self._last[entry.case] = task
        for task in self._last.values():
            if not isinstance(error := task.exception(), Refused | httpx.TransportError | None):
                raise error
        return self.played

    def _after(self, earlier: "Future[None] | None", entry: Entry) -> None:
        try:
            if earlier is not None:
                earlier.result()
            self._play(entry)
        except (Refused, httpx.TransportError) as error:
            with self._lock:
                if earlier is None or earlier.exception() is not error:
                    self.played.failures.append(f"line {entry.line} ({entry.activity}), case {entry.case}: {error}")
            raise

    def _play(self, entry: Entry) -> None:
        agent = self._cast.agent(entry.resource)
        case = self.played.cases.get(entry.case)
        if case is None:
            case = self._file(entry)
        elif case.ticket["status"] == "closed":
            self._count("skipped after Closed")
            return
        elif entry.priority != case.ticket["priority"]:
            case.ticket = agent.patch(case.path, {"priority": entry.priority})
            self._count("priority changed")
        elif entry.activity in _FILED:
            self._count("told again, nothing new")
        match entry.activity:
            case activity if activity in _FILED:
                pass
            case "Take in charge ticket":
                self._take(case, entry)
            case "Resolve ticket":
                self._resolve(case, entry)
            case "Closed":
                if case.ticket["status"] != "resolved":
                    self._count("closed unresolved: resolved first")
                    self._resolve(case, entry)
                self._move(case, entry, "closed")
            case _:
                self._note(case, entry)

    def _file(self, entry: Entry) -> Case:
        filing = {
            "title": f"Case {entry.case}: product {entry.product}",
            "description": f"Reported by customer {entry.customer} at {entry.timestamp}.",
            "priority": entry.priority,
        }
        client = self._cast.client(entry.customer)
        ticket = client.post("/tickets", filing, key=f"{self._run}-case-{entry.case}")
        case = Case(client.id, ticket)
        with self._lock:
            self.played.cases[entry.case] = case
            self.played.numbers[threading.get_ident()].append(ticket["number"])
        self._count("created")
        return case

    def _take(self, case: Case, entry: Entry) -> None:
        if case.ticket["status"] == "in_progress":
            self._count("taken in charge again")
            return
        self._count("reopened" if case.ticket["status"] == "resolved" else "taken in charge")
        self._move(case, entry, "in_progress")

    def _resolve(self, case: Case, entry: Entry) -> None:
        if case.ticket["status"] == "open":
            self._count("resolved while open: started first")
            self._move(case, entry, "in_progress")
        elif case.ticket["status"] == "resolved":
            self._count("resolved again: reopened first")
            self._count("reopened")
            self._move(case, entry, "in_progress")
        self._count("resolved")
        self._move(case, entry, "resolved")

    def _move(self, case: Case, entry: Entry, status: str) -> None:
        """The assignee moves it. Somebody else's change may come between reading who that is and acting: then again."""
        for attempt in range(_ATTEMPTS):
            try:
                case.ticket = self._holder(case, entry).patch(case.path, {"status": status})
                break
            except Refused as refused:
                if refused.status not in (403, 404, 409) or attempt == _ATTEMPTS - 1:
                    raise
                case.ticket = self._admin.get(case.path)
        if status == "closed":
            self._count("closed")

    def _note(self, case: Case, entry: Entry) -> None:
        body = {"body": f"{entry.activity} ({entry.timestamp})"}
        self._holder(case, entry).post(f"{case.path}/notes", body, key=f"{self._run}-line-{entry.line}")
        self._count("notes")

    def _holder(self, case: Case, entry: Entry) -> Account:
        """Who has the ticket. Nobody yet: the machine gets a moment to find somebody, then the entry's agent takes it.
        What is resolved and nobody's is the admin's to move on."""
        deadline = time.monotonic() + ASSIGNED_WITHIN
        wait = 0.02
        while case.ticket["assignee_id"] is None and case.ticket["status"] != "resolved":
            case.ticket = self._admin.get(case.path)
            if case.ticket["assignee_id"] is None and time.monotonic() > deadline:
                agent = self._cast.agent(entry.resource)
                case.ticket = agent.patch(case.path, {"assignee_id": agent.id})
                self._count("taken by hand")
            time.sleep(wait)
            wait = min(wait * 1.5, 1)
        return self._cast.holder(case.ticket["assignee_id"] or "")

    def _count(self, what: str) -> None:
        with self._lock:
            self.played.counts[what] += 1
