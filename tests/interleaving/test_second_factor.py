"""Every order of the AWS calls of signing in by two steps, removing the factor and starting another, and a death before
each call: a code is good once, no factor is in force that nobody confirmed, and nobody is locked out.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import pyotp
import pytest

from chalicelib import ambient, keys
from chalicelib.auth import factors, guessing, passwords, proofs, sealing, service
from chalicelib.auth.models import Factor
from chalicelib.auth.service import SecondStep
from chalicelib.auth.sessions import Opened
from chalicelib.caller import Caller
from chalicelib.dynamo import Transaction
from chalicelib.errors import Conflict, Invalid, NotFound, Unauthenticated
from chalicelib.origin import NOBODY
from chalicelib.people import account_status, service as people
from tests.interleaving import scheduler
from tests.interleaving.scheduler import Run, explore
from tests.interleaving.world import Race, World, desk, invoked

SCHEDULES = 60
CRASHES = 4
EMAIL, PASSWORD = "ann@example.com", "a long password"
NOW = 1_800_000_000.0


@pytest.fixture(autouse=True)
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords without the work, keys without SSM, no counting of guesses (threats/test_guessing.py has that), a clock
    that stands: a code of now stays one."""
    monkeypatch.setattr(ambient, "clock", lambda: NOW)
    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")
    monkeypatch.setattr(passwords, "is_right", lambda stored, password: stored == f"hash of {password}")
    monkeypatch.setattr(passwords, "is_outdated", lambda stored: False)
    monkeypatch.setattr(guessing, "guess", lambda *_, **__: nullcontext(guessing.Guess()))
    with desk():
        monkeypatch.setattr(keys, "signing_key", lambda purpose: ("kid", bytes(32)))
        monkeypatch.setattr(keys, "verifying_key", lambda kid, purpose: bytes(32))
        yield


@dataclass
class Desk(Race):
    """Somebody with a second factor (or without, `enrolled` False), whom two signed in as up to the second step."""

    world: World
    actors: Any = ()
    enrolled: bool = True
    answers: list[str] = field(default_factory=list)
    recovery: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        made = people.create_account(email=EMAIL, name="Ann", role="client", password=PASSWORD, email_verified=True)
        self.me = Caller(made.id, "client", None, "Ann", EMAIL, "session", "bearer")
        self.secret = factors.start(self.me)
        self.challenges: list[str] = []
        if self.enrolled:
            self.recovery = factors.confirm(self.me, self.code(-1), NOBODY)
            for _ in range(2):
                step = service.sign_in(EMAIL, PASSWORD, "bearer", NOBODY)[1]
                assert isinstance(step, SecondStep)
                self.challenges.append(step.mfa_token)
        super().__init__(self.world, self.actors)

    def code(self, steps: int = 0, secret: str | None = None) -> str:
        return pyotp.TOTP(secret or self.secret).at(int(NOW) + 30 * steps)

    def run(self, schedule: Any = (), crash: Any = None) -> Run:
        self.answers.clear()
        self.secrets.clear()
        with account_status.changing(self.me.id):
            pass
        self._start.restore(self.world)
        made = scheduler.run([invoked(actor) for actor in self.actors], schedule, crash)
        for error in made.errors.values():
            if not isinstance(error, scheduler.Killed):
                raise error
        return made

    # --- actors ---

    def sign_in(self, challenge: int, code: str) -> Callable[[], None]:
        def act() -> None:
            try:
                service.second_step(self.challenges[challenge], code, "bearer", NOBODY)
                self.answers.append("signed in")
            except Unauthenticated:
                self.answers.append("refused")

        return act

    def sign_in_from_the_start(self) -> None:
        step = service.sign_in(EMAIL, PASSWORD, "bearer", NOBODY)[1]
        self.answers.append("signed in" if isinstance(step, Opened) else "asked")

    def remove(self) -> None:
        try:
            factors.remove(self.me, PASSWORD, self.recovery[0], NOBODY)
            self.answers.append("removed")
        except (Invalid, NotFound):
            self.answers.append("not removed")

    def take_away(self) -> None:
        factors.take_away(self.me.id)
        self.answers.append("taken away")

    def start(self) -> None:
        try:
            self.secrets.append(factors.start(self.me))
        except Conflict:
            self.answers.append("on already")

    def confirm(self) -> None:
        try:
            self.recovery = factors.confirm(self.me, self.code(), NOBODY)
            self.answers.append("confirmed")
        except (Conflict, Invalid):
            self.answers.append("not confirmed")

    # --- at rest ---

    def wrong_now(self) -> list[str]:
        return list(self._wrong())

    def _wrong(self) -> Iterator[str]:
        account = people.account(self.me.id)
        assert account is not None
        found = [item for item in Factor.query(account.id) if isinstance(item, Factor)]
        if self.enrolled and self.answers.count("signed in") > 1:
            yield "one code signed two in"
        if "removed" in self.answers and (account.factor or found):
            yield "removed, and there still"
        if account.factor and [each.factor_id for each in found] != [account.factor]:
            yield "the account asks for a factor that isn't there: its owner is locked out"
        if account.factor and found[0].expires_at:
            yield "in force, and would be deleted in an hour"
        elif "confirmed" in self.answers and not self.gets_in():
            yield "the owner is locked out"

    def gets_in(self) -> bool:
        """Whether the owner signs in with the next code, or without one where none is asked for."""
        step = service.sign_in(EMAIL, PASSWORD, "bearer", NOBODY)[1]
        if isinstance(step, Opened):
            return True
        try:
            service.second_step(step.mfa_token, self.code(1), "bearer", NOBODY)
        except Unauthenticated:
            return False
        return True


def one_code_twice() -> Desk:
    race = Desk(World([]))
    race.actors = [race.sign_in(0, race.code()), race.sign_in(1, race.code())]
    return race


def one_recovery_code_twice() -> Desk:
    race = Desk(World([]))
    race.actors = [race.sign_in(0, race.recovery[0]), race.sign_in(1, race.recovery[0])]
    return race


def one_token_twice() -> Desk:
    """With another code each."""
    race = Desk(World([]))
    race.actors = [race.sign_in(0, race.code()), race.sign_in(0, race.recovery[0])]
    return race


def removing_while_signing_in() -> Desk:
    race = Desk(World([]))
    race.actors = [race.remove, race.sign_in(0, race.code())]
    return race


def taking_away_while_signing_in() -> Desk:
    race = Desk(World([]))
    race.actors = [race.take_away, race.sign_in(0, race.recovery[0])]
    return race


def removing_with_the_code_that_signs_in() -> Desk:
    race = Desk(World([]))
    race.actors = [race.remove, race.sign_in(0, race.recovery[0])]
    return race


def starting_again_while_confirming() -> Desk:
    race = Desk(World([]), enrolled=False)
    race.actors = [race.start, race.confirm]
    return race


def confirming_twice() -> Desk:
    race = Desk(World([]), enrolled=False)
    race.actors = [race.confirm, race.confirm]
    return race


def confirming_while_signing_in() -> Desk:
    race = Desk(World([]), enrolled=False)
    race.actors = [race.confirm, race.sign_in_from_the_start]
    return race


RACES = [
    one_code_twice,
    one_recovery_code_twice,
    one_token_twice,
    removing_while_signing_in,
    taking_away_while_signing_in,
    removing_with_the_code_that_signs_in,
    starting_again_while_confirming,
    confirming_twice,
    confirming_while_signing_in,
]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_whatever_the_order_and_whoever_dies_the_factor_is_right(race: Callable[[], Desk]) -> None:
    set_up = race()
    count = 0
    for schedule, crash in set_up.orders(SCHEDULES, CRASHES):
        assert set_up.wrong_now() == [], f"{schedule=} {crash=} {set_up.answers}"
        count += crash is None
    assert count > 1


def test_who_died_after_using_a_code_signs_in_with_the_next() -> None:
    set_up = Desk(World([]))
    set_up.actors = [set_up.sign_in(0, set_up.code())]
    made = set_up.run()
    for crash in set_up.crashes(made):
        set_up.run((), crash)
        assert set_up.gets_in(), crash


def without_the_factors_revision(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(factors, "_as_read", lambda factor: Factor.factor_id == factor.factor_id)


def without_asking_which_factor(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(factors, "_as_read", lambda factor: Factor.revision == factor.revision)


def without_using_the_token_up(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(proofs, "use_up", lambda *_: None)


def without_asking_the_account(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Transaction, "check", lambda *_, **__: None)


@pytest.mark.parametrize(
    ("mutation", "race"),
    [
        (without_the_factors_revision, one_code_twice),
        (without_the_factors_revision, one_recovery_code_twice),
        (without_asking_which_factor, starting_again_while_confirming),
        (without_using_the_token_up, one_token_twice),
        (without_asking_the_account, starting_again_while_confirming),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_some_order_ends_wrong(
    mutation: Callable[[pytest.MonkeyPatch], None], race: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up = race()
    mutation(monkeypatch)
    assert any(set_up.wrong_now() for _ in explore(set_up.run, 200)), "no order shows that this is needed"


def test_sealed_secrets_open_for_their_account_alone() -> None:
    sealed = sealing.seal("secret", "one")
    assert sealing.unseal(sealed, "one") == "secret"
    assert sealing.unseal(sealed, "other") is None
