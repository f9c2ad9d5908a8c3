"""The help desk as a test sees it: people who send requests, teams that work on tickets. Nothing but HTTP."""

import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal
from uuid import uuid4

import httpx

from infra.replay.recount import recount
from infra.replay.server import ADMIN_EMAIL, ADMIN_PASSWORD

PASSWORD = "a-good-password-1"

Json = dict[str, Any]
Role = Literal["client", "agent", "admin"]


class Api:
    """A server. `anyone` asks without a token, `admin` is the one who was there first."""

    found_on_purpose: Counter[str] = Counter()
    """How much the sweep of each server found, by address, because a test had broken something."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=60, limits=httpx.Limits(max_connections=None))
        self.anyone = Person(self, "", "", None)
        self.admin = Person(self, ADMIN_EMAIL, ADMIN_PASSWORD, "admin")

    def make(self, role: Role, **more: Any) -> "Person":
        """A new account, made by the admin. Names tell apart who is who in a failing test."""
        email = f"{role}-{uuid4().hex[:12]}@example.com"
        body = {"email": email, "name": f"{role.capitalize()} {email[-20:-12]}", "password": PASSWORD, "role": role}
        user = self.admin.post("/users", body | more, expect=201)
        return Person(self, email, PASSWORD, role, user)

    def confirm(self, *people: "Person") -> None:
        """They follow the link that their mail brought, with their password beside it."""
        self.wait_idle()
        mails = self.http.get("/_local/mail").json()["messages"]
        for person in people:
            asks = [each for each in mails if each["to"] == [person.email] and "#token=" in each["text"]]
            token = asks[-1]["text"].partition("#token=")[2].split()[0]
            self.anyone.post("/auth/email/verify", {"token": token, "password": person.password}, expect=204)
        self.wait_idle()

    def make_team(self) -> "Team":
        return Team(self, f"team-{uuid4().hex[:12]}")

    def wait_idle(self) -> None:
        """Until every consequence has happened. How long that takes says more of the machine than of the code."""
        for _ in range(10):
            response = self.http.get("/_local/idle", params={"timeout": "50"})
            if response.status_code == 200:
                return
        raise AssertionError(response.text)

    def advance(self, seconds: float) -> None:
        """Moves the application's clock."""
        response = self.http.post("/_local/clock", json={"advance_seconds": seconds})
        assert response.status_code == 200, response.text

    def figures(self) -> dict[str, float]:
        """What each business figure adds up to since the server started."""
        response = self.http.get("/_local/figures")
        assert response.status_code == 200, response.text
        return dict(response.json()["figures"])

    def fault(self, **fault: Any) -> None:
        response = self.http.post("/_local/faults", json=fault)
        assert response.is_success, response.text

    def clear_faults(self) -> None:
        assert self.http.delete("/_local/faults").is_success


class Person:
    """Somebody who asks. Signs in when a token is first needed, and again when it has expired."""

    def __init__(self, api: Api, email: str, password: str, role: Role | None, user: Json | None = None) -> None:
        self.api, self.email, self.password, self.role = api, email, password, role
        self._user = user
        self._token: str | None = None
        self._signing_in = threading.Lock()

    def __repr__(self) -> str:
        return f"<{self.role} {self.email}>"

    @property
    def id(self) -> str:
        if self._user is None:
            self._user = self.get("/auth/me", expect=200)
        return str(self._user["id"])

    @property
    def name(self) -> str:
        assert self.id
        assert self._user is not None
        return str(self._user["name"])

    @property
    def token(self) -> str:
        """An access token."""
        with self._signing_in:
            if self._token is None:
                credentials = {"email": self.email, "password": self.password}
                response = self.api.http.post("/api/auth/login", json=credentials)
                assert response.status_code == 200, response.text
                self._token = response.json()["access_token"]
            return str(self._token)

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """The bare answer. `path` is what follows /api."""
        headers = dict(request.pop("headers", {}))
        if self.role is None:
            return self.api.http.request(method, f"/api{path}", headers=headers, **request)
        signed = {"Authorization": f"Bearer {self.token}"}
        response = self.api.http.request(method, f"/api{path}", headers=signed | headers, **request)
        if response.status_code == 401 and "Authorization" not in headers:
            self._token = None
            signed = {"Authorization": f"Bearer {self.token}"}
            response = self.api.http.request(method, f"/api{path}", headers=signed | headers, **request)
        return response

    def get(self, path: str, *, expect: int = 200, **params: Any) -> Any:
        """The answer's body; its status must be `expect`."""
        return _body(self.send("GET", path, params=params), expect)

    def post(self, path: str, body: Any, *, expect: int = 201) -> Any:
        return _body(self.send("POST", path, json=body), expect)

    def patch(self, path: str, body: Any, *, expect: int = 200) -> Any:
        return _body(self.send("PATCH", path, json=body), expect)

    def put(self, path: str, body: Any, *, expect: int = 200) -> Any:
        return _body(self.send("PUT", path, json=body), expect)

    def all(self, path: str, **filters: str) -> Iterator[Json]:
        """Every item of a list."""
        asked = {"limit": "100", **filters}
        while True:
            page = _body(self.send("GET", path, params=asked), 200)
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            asked["cursor"] = page["next_cursor"]

    def change(self, ticket: Json, *, expect: int = 200, **fields: Any) -> Any:
        """The ticket with these fields changed, or the problem that says why not."""
        return self.patch(f"/tickets/{ticket['id']}", fields, expect=expect)

    def comes(self) -> None:
        """The agent becomes available, by the admin's hand, which spares signing in."""
        self.api.admin.put(f"/agents/{self.id}/availability", {"availability": "available"})

    def leaves(self) -> None:
        self.api.admin.put(f"/agents/{self.id}/availability", {"availability": "away"})


class Team:
    """A team of its own for a test, and what is filed with it."""

    _serial = itertools.count(1)

    def __init__(self, api: Api, team_id: str) -> None:
        self.api, self.id = api, team_id
        api.admin.post("/teams", {"id": team_id, "name": team_id.capitalize()})

    def agent(self, *, available: bool = True, **more: Any) -> Person:
        """A new agent of the team."""
        agent = self.api.make("agent", team=self.id, **more)
        if available:
            agent.comes()
        return agent

    def file(
        self, priority: str = "medium", *, client: Person | None = None, by: Person | None = None, **more: Any
    ) -> Json:
        """A new ticket of the team, filed by the admin (for a client). A consequence may still be under way."""
        body = {
            "title": f"Ticket {next(self._serial)}",
            "description": "It doesn't work.",
            "priority": priority,
            "team": self.id,
            **({"client_id": client.id} if client else {}),
            **more,
        }
        ticket: Json = (by or self.api.admin).post("/tickets", body)
        return ticket

    def file_settled(self, priority: str = "medium", **more: Any) -> Json:
        """A new ticket as it is once the machine has dealt with it."""
        return self.settled(self.file(priority, **more))

    def settled(self, ticket: Json) -> Json:
        """The ticket as it is at rest."""
        self.api.wait_idle()
        shown: Json = self.api.admin.get(f"/tickets/{ticket['id']}")
        return shown

    def history(self, ticket: Json) -> list[Json]:
        """As the admin reads it."""
        return list(self.api.admin.all(f"/tickets/{ticket['id']}/history"))

    def waiting(self) -> list[str]:
        """Ids of the tickets in the queue at rest."""
        self.api.wait_idle()
        waiting = self.api.admin.all("/tickets", team=self.id, assignee_id="none", status="open,in_progress")
        return [ticket["id"] for ticket in waiting]

    def workload(self, agent: Person) -> int:
        """What the agent is said to carry, at rest."""
        self.api.wait_idle()
        shown = {agent["id"]: agent for agent in self.api.admin.all("/agents", team=self.id)}
        return int(shown[agent.id]["workload"])

    def mismatches(self) -> list[str]:
        """What doesn't hold at rest, recounted from the public interface (contract §5)."""
        self.api.wait_idle()
        return recount(self.api.admin, [self.id]).mismatches


def _body(response: httpx.Response, expect: int) -> Any:
    asked = f"{response.request.method} {response.request.url} {response.request.content!r}"
    assert response.status_code == expect, f"{asked}: {response.status_code} {response.text}"
    return response.json() if response.content else None
