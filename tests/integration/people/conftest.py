"""The HTTP function over tables as they are deployed, called as API Gateway calls it; time is set by hand."""

import json
import os
import re
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
from infra.local.engine.account import client as aws
from infra.local.events import patterns
from infra.local.events.sources import ApiStream, MotoStream
from infra.local.events.streams import as_json
from infra.local.gateway import proxy
from infra.local.stack import HOME, Stack

PASSWORD = "a long password"
_MAILS, _SOURCE = "OnAccountChange", "OnAccountChangeDynamodbEventSource"


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
    cookies: tuple[str, ...] = ()
    """The values of `Set-Cookie`, in their order."""

    @property
    def fields(self) -> list[str]:
        """The fields that a problem names."""
        return [error["field"] for error in self.body["errors"]]


class Http:
    """`http("POST", "/teams", {"id": …}, as_=session)`."""

    def __init__(self) -> None:
        from app import app

        self._app = app
        self._routes = proxy.RouteTable.of(app)

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        as_: "Session | str | None" = None,
        headers: Mapping[str, str] | None = None,
        raw: bytes | None = None,
    ) -> Answer:
        """`raw` is a body as it stands, said to be JSON."""
        token = as_.access if isinstance(as_, Session) else as_
        sent = [("authorization", f"Bearer {token}")] if token else []
        sent += [(name.lower(), value) for name, value in (headers or {}).items()]
        content = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        if content:
            sent.append(("content-type", "application/json"))
        where, _, query = path.partition("?")
        match = self._routes.match(where)
        assert match is not None
        event = proxy.event(match, method, where, query, sent, content, "192.0.2.1", "request", ambient.clock())
        status, answered, text = proxy.response(self._app(event, SimpleNamespace(aws_request_id="invocation")))
        told = {name.lower(): value for name, value in answered}
        cookies = tuple(value for name, value in answered if name.lower() == "set-cookie")
        body = json.loads(text) if text and "json" in told["content-type"] else text or None
        return Answer(status, body, told, cookies)

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


class Mailbox:
    """What people get by mail. `mailbox()` answers what came since it was last asked."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._patterns = patterns.parse(
            stack.resources.template.function(_MAILS)["Events"][_SOURCE]["Properties"]["FilterCriteria"]
        )
        self.records: list[Any] = []
        """Every record of the stream of `accounts` that the function was given."""
        self._seen = len(stack.outbox.messages)
        self._stream = self._source()
        self.take()
        self.records.clear()

    def __call__(self) -> list[dict[str, Any]]:
        if fresh := self.take():
            assert self.deliver(fresh) == {"batchItemFailures": []}
        sent = self._stack.outbox.messages[self._seen :]
        self._seen += len(sent)
        return sent

    def take(self) -> list[Any]:
        """The records that have come since, and are for the function."""
        seen = [json.loads(as_json(record)) for _, record in self._stream.read()]
        fresh = [record for record in seen if patterns.matches(self._patterns, record)]
        self.records += fresh
        return fresh

    def deliver(self, records: list[Any]) -> Any:
        """Hands records to the function, as the stream would."""
        return self._stack.functions.invoke("on_account_change", {"Records": records})

    def _source(self) -> Any:
        table = "lambdesk-accounts"
        if self._stack.engine.keeps is None:
            return MotoStream(self._stack.engine, table)
        return ApiStream(aws("dynamodbstreams"), self._stack.resources.stream_arn(table), {})


def token_in(message: Mapping[str, Any]) -> str:
    """The token of the link in a mail."""
    [found] = set(re.findall(r"#token=([\w.-]+)", message["text"] + message["html"]))
    return str(found)


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
def mailbox(http: Http, _stack: Stack) -> Mailbox:
    return Mailbox(_stack)


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


__all__ = ["PASSWORD", "Clock", "Http", "Mailbox", "Session", "SignIn", "in_between", "token_in"]
