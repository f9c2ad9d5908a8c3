"""Finding out who has an account: by status, body, headers, work and time."""

from collections.abc import Callable
from typing import Any

import pytest

from bench.accounts import ratio
from chalicelib.auth import passwords
from chalicelib.people import service as people
from chalicelib.settings import settings
from infra.local.stack import Stack
from tests.integration.people.conftest import PASSWORD, Clock, Http, Session

ABSENT = "nobody@example.com"
KINDS = ("wrong password", "unknown", "deactivated", "invited", "opened by mail")


@pytest.fixture
def addresses(http: Http, client: Session) -> dict[str, str]:
    gone = people.create_account(email="gone@example.com", name="G", role="client", password=PASSWORD)
    people.change_account(gone.id, {"active": False})
    people.create_account(email="invited@example.com", name="I", role="client")
    people.create_account(email="mail@example.com", name="M", role="client", by_mail=True)
    found = (client.email, ABSENT, gone.email, "invited@example.com", "mail@example.com")
    return dict(zip(KINDS, found, strict=True))


def login(http: Http, email: str, password: str = "not their password") -> Any:
    return http("POST", "/auth/login", {"email": email, "password": password})


def test_a_sign_in_that_fails_says_the_same_whatever_is_wrong(http: Http, addresses: dict[str, str]) -> None:
    answers = [login(http, email) for email in addresses.values()]
    answers.append(login(http, addresses["deactivated"], PASSWORD))
    assert {answer.status for answer in answers} == {401}
    assert all(answer == answers[0] for answer in answers), "body and headers too"


def test_a_forgotten_password_says_the_same(http: Http, addresses: dict[str, str]) -> None:
    answers = [http("POST", "/auth/password/forgot", {"email": email}) for email in addresses.values()]
    assert {answer.status for answer in answers} == {202}
    assert all(answer == answers[0] for answer in answers)


def test_a_made_up_token_says_the_same_of_an_account_that_is_there(http: Http, client: Session) -> None:
    def answers(account_id: str) -> list[Any]:
        token = f"{account_id}.{client.id}.{'x' * 43}"
        return [
            http("POST", "/auth/password/reset", {"token": token, "new_password": "a new password"}),
            http("POST", "/auth/email/verify", {"token": token}),
            http("POST", "/auth/refresh", {"refresh_token": f"{token}.{'x' * 22}"}),
        ]

    assert answers(client.id) == answers("01ARZ3NDEKTSV4RRFFQ69G5FAV")


def test_every_failing_sign_in_checks_one_hash(
    http: Http, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    verify = passwords._hasher.verify

    def counted(stored: Any, password: Any) -> Any:
        verified.append(str(stored).rsplit("$", 2)[0])
        return verify(stored, password)

    monkeypatch.setattr(type(passwords._hasher), "verify", lambda _, stored, password: counted(stored, password))
    for email in addresses.values():
        login(http, email)
    assert len(verified) == len(addresses)
    assert len(set(verified)) == 1, "with the same parameters"


class Recorded:
    """Passes calls on, and remembers which they were."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self.operations: list[str] = []

    def send(self, call: Any) -> Any:
        self.operations.append(call.name)
        return self._engine.send(call)


@pytest.fixture
def calls_of(_stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], list[str]]:
    def calls_of(act: Callable[[], None]) -> list[str]:
        recorded = Recorded(_stack.calls.engine)
        with monkeypatch.context() as patch:
            patch.setattr(_stack.calls, "engine", recorded)
            act()
        return recorded.operations

    return calls_of


@pytest.mark.parametrize("path", ["/auth/login", "/auth/password/forgot"])
def test_every_answer_costs_the_same_calls(
    http: Http, addresses: dict[str, str], calls_of: Callable[[Callable[[], None]], list[str]], path: str, clock: Clock
) -> None:
    """But for the limits' windows, which begin with the first try at an address, whether or not it has an account."""
    clock.advance(901)
    _ask(http, path, "first@example.com")  # later ones find the window of this address begun
    costs = {kind: calls_of(lambda: _ask(http, path, email)) for kind, email in addresses.items()}  # noqa: B023
    assert all(cost == costs["unknown"] for cost in costs.values()), costs
    assert costs["unknown"]


@pytest.mark.long
@pytest.mark.parametrize("path", ["/auth/login", "/auth/password/forgot"])
def test_the_time_tells_nothing(http: Http, client: Session, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """CPU time, over many tries taken in turns; bench/accounts.py measures the same and prints it."""
    for limit in ("login_failures_per_address", "login_failures_per_account", "forgotten_passwords_per_hour"):
        monkeypatch.setitem(vars(settings), limit, 1_000_000)
    assert 0.85 < ratio(lambda email: _ask(http, path, email), client.email, ABSENT) < 1.15


def _ask(http: Http, path: str, email: str) -> None:
    body = {"email": email} | ({"password": "not their password"} if path == "/auth/login" else {})
    assert http("POST", path, body).status in (401, 202)
