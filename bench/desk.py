"""A help desk in this process, whose every request and consequence is measured."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from infra.local.functions.runtime import HTTP
from infra.local.lambdesk.demo import ADMIN, PASSWORD
from infra.local.meter import Cost, Meter, Metered
from infra.local.stack import Stack

Json = dict[str, Any]
T = TypeVar("T")
Costs = dict[str, dict[str, Cost]]
"""By route or function, then by case."""

SWEEP = "sweep"
MAIL_IN = "on_mail_in"
SCHEDULED = frozenset({SWEEP, "check_metrics", "schedule_reports", "tell_unread", "close_resolved", "end_silent"})
SAMPLING = frozenset({"check_metrics"})
"""Functions whose cost varies by chance, within bounds."""
BATCHED = frozenset(
    {
        "fan_out",
        "on_metrics",
        "on_search",
        "on_live",
        "on_chat_message",
        "on_account_status_change",
        "on_team_change",
        "on_mail",
        "on_mail_event",
    }
)
"""Functions whose cost depends on how many events arrive together: they are measured by `told` alone."""
CHAT = frozenset({"websocket_connect", "websocket_message", "websocket_disconnect", "sockjs"})


@dataclass
class Person:
    """Somebody who asks."""

    id: str
    email: str
    headers: dict[str, str] = field(default_factory=dict)


class Desk:
    """The help desk of `stack`. `costs` holds the cost of each step, `calls` every AWS call by function."""

    def __init__(self, stack: Stack, meter: Meter) -> None:
        from chalicelib.edge.mount import mounted

        self.stack = stack
        self.meter = meter
        self.http = httpx.Client(base_url=f"{stack.url}/api", timeout=60)
        self.costs: Costs = {}
        self.calls: list[Metered] = []
        self.anyone = Person("", "")
        self._patterns = [
            (endpoint.method, re.compile(re.sub(r"{\w+}", "[^/]+", endpoint.path)), str(endpoint))
            # "/agents/me/availability" before "/agents/{agent_id}/availability"
            for endpoint in sorted(mounted, key=lambda endpoint: endpoint.path.count("{"))
        ]
        self.admin = self.signed_in(ADMIN)

    def signed_in(self, email: str, password: str = PASSWORD) -> Person:
        answer = self.send("POST", "/auth/login", self.anyone, json={"email": email, "password": password}).json()
        return Person(answer["user"]["id"], email, {"Authorization": f"Bearer {answer['access_token']}"})

    def make(self, email: str, role: str, **more: Any) -> Person:
        """A new account with a confirmed address, signed in."""
        from chalicelib.people import service as people

        body = {"email": email, "name": email.partition("@")[0], "role": role, "password": PASSWORD, **more}
        made = self.send("POST", "/users", self.admin, json=body).json()
        people.changed(made["id"], lambda *_: {"email_verified": True})
        return self.signed_in(email)

    def send(self, method: str, path: str, person: Person, **request: Any) -> httpx.Response:
        """A request that isn't measured; its consequences have happened when it returns."""
        headers = {**person.headers, **request.pop("headers", {})}
        answer = self.http.request(method, path, headers=headers, **request)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        self.stack.wait_idle()
        return answer

    def ask(self, case: str, method: str, path: str, person: Person, body: Json | None = None, **request: Any) -> Any:
        """A request whose cost, and whose consequences' cost, is noted under `case`. Answers the body. The process
        doesn't remember the caller, as one that has just started."""
        from chalicelib.people import account_status

        route = self.route(method, path.partition("?")[0])
        if body is not None:
            request["json"] = body
        with account_status.changing(person.id):
            pass
        with self.meter.measuring() as calls:
            answer = self.send(method, path, person, **request)
        own = [call for call in calls if call.invocation.function == HTTP]
        self._note(route, case, own)
        self._note_consequences(f"{route}, {case}" if case else route, calls)
        return answer.json() if answer.text.startswith("{") else answer.text

    def sweep(self, case: str) -> None:
        """The scheduled sweep, a minute later."""
        self.scheduled(SWEEP, case)

    def scheduled(self, function: str, case: str, seconds: float = 60) -> None:
        """A scheduled function, so much later, and what follows from it."""
        with self.meter.measuring() as calls:
            self.stack.pumps.advance(seconds)
            self.stack.wait_idle()
        self._note(function, case, [call for call in calls if call.invocation.function == function])
        self._note_consequences(f"{function}, {case}", calls)

    def receives(self, case: str, raw: bytes, sender: str, to: str) -> None:
        """A mail that comes in; what it costs is noted under `case`."""
        with self.meter.measuring() as calls:
            self.stack.receiving.receive(raw, sender, [to], {})
            self.stack.wait_idle()
        self._note(MAIL_IN, case, [call for call in calls if call.invocation.function == MAIL_IN])

    def sends(self, case: str, asked: Json, content: bytes) -> None:
        """A file's content, to where `asked` says; what follows from it is noted under `case`."""
        with self.meter.measuring() as calls:
            upload = asked["upload"]
            answer = httpx.post(upload["url"], data=upload["fields"], files={"file": content}, timeout=60)
            assert answer.is_success, answer.text
            self.stack.wait_idle()
        self._note("on_upload", case, [call for call in calls if call.invocation.function == "on_upload"])

    def told(self, function: str, case: str, event: Json) -> None:
        """Invokes a function with one event and notes its cost."""
        with self.meter.measuring() as calls:
            self.stack.functions.invoke(function, event)
            self.stack.wait_idle()
        self._note(function, case, [call for call in calls if call.invocation.function == function])

    def sent(self, function: str, case: str, person: Person, act: Callable[[], T]) -> T:
        """Measures something that runs `function` once and isn't an HTTP request. The process doesn't remember the
        person."""
        from chalicelib.people import account_status

        with account_status.changing(person.id):
            pass
        with self.meter.measuring() as calls:
            done = act()
            self.stack.wait_idle()
        self._note(function, case, [call for call in calls if call.invocation.function == function])
        return done

    def route(self, method: str, path: str) -> str:
        """`PATCH /tickets/{ticket_id}`, as it is declared."""
        return next(name for verb, pattern, name in self._patterns if verb == method and pattern.fullmatch(path))

    def _note_consequences(self, cause: str, calls: list[Metered]) -> None:
        runs: dict[str, list[Metered]] = {}
        for call in calls:
            # What is scheduled may run at any time.
            if call.invocation.function not in {HTTP} | SCHEDULED | BATCHED | CHAT:
                runs.setdefault(call.invocation.request_id, []).append(call)
        numbers: dict[str, int] = {}
        for run in runs.values():
            function = run[0].invocation.function
            number = numbers[function] = numbers.get(function, 0) + 1
            self._note(function, cause if number == 1 else f"{cause} ({number})", run)

    def _note(self, row: str, case: str, calls: list[Metered]) -> None:
        """The keys are read from SSM once a minute a process: no request's own cost."""
        cases = self.costs.setdefault(row, {})
        assert case not in cases, f"{row}, {case!r}: noted twice"
        cases[case] = Cost.of(call for call in calls if not call.operation.startswith("ssm:"))
        self.calls += calls


@contextmanager
def desk(engine: str = "moto", settings: Mapping[str, str] | None = None) -> Iterator[Desk]:
    """A desk with the admin alone."""
    with Stack(engine, demo="0", settings=settings) as stack:
        meter = Meter(stack)
        made = Desk(stack, meter)
        try:
            yield made
        finally:
            made.http.close()
            meter.remove()
