"""The accounts of a replay: the log's resources are agents, its customers clients. A second run uses the same
accounts."""

import threading
from collections.abc import Callable
from typing import TypeVar

from infra.replay.desk import Account, Desk, Refused

T = TypeVar("T")

PASSWORD = "replay-password-1"


class Cast:
    """Creates accounts when they are first needed. Thread-safe."""

    def __init__(self, desk: Desk, admin: Account, run: str) -> None:
        self._desk, self._admin, self._run = desk, admin, run
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._known: dict[str, Account] = {}
        self._agents: dict[str, Account] = {}

    def client(self, customer: str) -> Account:
        """The customer's account, as a client."""
        return self._once(f"customer-{customer}", lambda name: self._person(name, f"Customer {customer}", "client"))

    def agent(self, resource: str) -> Account:
        """The resource's account: an available agent."""
        return self._once(f"resource-{resource}", lambda name: self._available(name, f"Resource {resource}"))

    def holder(self, account_id: str) -> Account:
        """The account that acts for an assignee: their own if they occur in this log, else the admin's."""
        return self._agents.get(account_id, self._admin)

    def _available(self, name: str, shown: str) -> Account:
        agent = self._person(name, shown, "agent")
        agent.put("/agents/me/availability", {"availability": "available"})
        self._agents[agent.id] = agent
        return agent

    def _person(self, name: str, shown: str, role: str) -> Account:
        email = f"{name}@replay.example.com"
        body = {"email": email, "name": shown, "role": role, "password": PASSWORD}
        try:
            self._admin.post("/users", body, key=f"{self._run}-{name}")
        except Refused as refused:
            if refused.status != 409:  # a second run: they are there already
                raise
        return self._desk.sign_in(email, PASSWORD)

    def _once(self, name: str, make: Callable[[str], Account]) -> Account:
        with self._lock:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            if name not in self._known:
                self._known[name] = make(name)
            return self._known[name]
