"""The HTTP function over tables as they are deployed, called as API Gateway calls it; time is set by hand."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.edge.models import OperationsItem
from chalicelib.people import service as people
from chalicelib.people.models import AccountsItem, RosterItem
from chalicelib.settings import settings
from infra.local import proxy
from infra.local.stack import HOME, Stack

PASSWORD = "a long password"


@dataclass
class Clock:
    now: float = field(default_factory=ambient.clock)

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: dict[str, str]

    @property
    def fields(self) -> list[str]:
        """The fields that a problem names."""
        return [error["field"] for error in self.body["errors"]]


class Http:
    """`http("POST", "/teams", {"id": …}, as_=session)`."""

    def __init__(self) -> None:
        from app import app

        self._app = app
        self._routes = proxy.RouteTable(app)

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        as_: "Session | str | None" = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        token = as_.access if isinstance(as_, Session) else as_
        sent = [("authorization", f"Bearer {token}")] if token else []
        sent += [(name.lower(), value) for name, value in (headers or {}).items()]
        content = b""
        if body is not None:
            content = json.dumps(body).encode()
            sent.append(("content-type", "application/json"))
        where, _, query = path.partition("?")
        match = self._routes.match(where)
        assert match is not None
        event = proxy.event(match, method, where, query, sent, content, "192.0.2.1", "request")
        status, answered, text = proxy.response(self._app(event, SimpleNamespace(aws_request_id="invocation")))
        return Answer(status, json.loads(text) if text else None, {name.lower(): value for name, value in answered})

    def all(self, path: str, as_: "Session", limit: int = 100) -> list[Any]:
        """Every item of a list, page by page."""
        items: list[Any] = []
        cursor = ""
        while True:
            answer = self("GET", f"{path}{'&' if '?' in path else '?'}limit={limit}{cursor}", as_=as_)
            assert answer.status == 200, answer.body
            assert len(answer.body["items"]) <= limit
            items += answer.body["items"]
            if answer.body["next_cursor"] is None:
                return items
            cursor = f"&cursor={answer.body['next_cursor']}"


@dataclass(frozen=True)
class Session:
    id: str
    email: str
    access: str
    refresh: str


@pytest.fixture(scope="package")
def _stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """`ENGINE=dynamodb-local pytest tests/integration/people` runs them on the other engine."""
    home = tmp_path_factory.mktemp("home")
    if (HOME / "dynamodb-local").exists():
        (home / "dynamodb-local").symlink_to(HOME / "dynamodb-local")
    with Stack(os.environ.get("ENGINE", "moto"), demo=None, pumps=False, home=home) as stack:
        yield stack


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(ambient, "clock", lambda: clock.now)
    return clock


@pytest.fixture
def http(_stack: Stack, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Http:
    _stack.engine.clear()
    if _stack.engine.keeps:
        for item in (*AccountsItem.scan(), *RosterItem.scan(), *OperationsItem.scan()):
            item.delete()
    deployed = {"secure_cookies": True, "public_url": "http://127.0.0.1:8000", "allowed_origins": ()}
    for name, value in deployed.items():
        monkeypatch.setitem(vars(settings), name, value)
    people.ensure_first_team()
    return Http()


SignIn = Callable[..., Session]


@pytest.fixture
def sign_in(http: Http) -> SignIn:
    """Signs somebody in; by `role` their account is made first."""

    def sign_in(email: str, role: Any = None, **more: Any) -> Session:
        if role:
            people.create_account(email=email, name=email.partition("@")[0], role=role, password=PASSWORD, **more)
        answer = http("POST", "/auth/login", {"email": email, "password": PASSWORD})
        assert answer.status == 200, answer.body
        body = answer.body
        return Session(body["user"]["id"], email, body["access_token"], body["refresh_token"])

    return sign_in


@pytest.fixture
def admin(sign_in: SignIn) -> Session:
    return sign_in("admin@example.com", "admin")


@pytest.fixture
def agent(sign_in: SignIn) -> Session:
    return sign_in("agent@example.com", "agent")


@pytest.fixture
def client(sign_in: SignIn) -> Session:
    return sign_in("client@example.com", "client")


def in_between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Lets `act` happen once, between what the next transaction was made from and its commit."""
    from chalicelib.dynamo import Transaction

    commit = Transaction.commit

    def acting_first(transaction: Transaction) -> None:
        monkeypatch.setattr(Transaction, "commit", commit)
        act()
        commit(transaction)

    monkeypatch.setattr(Transaction, "commit", acting_first)


__all__ = ["PASSWORD", "Clock", "Http", "Session", "SignIn", "in_between"]
