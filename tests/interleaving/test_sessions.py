"""Every order of the AWS calls of refreshing, resetting and signing out, and a death before each call: no session
outlives what ends it, no token is good twice, and nothing that was answered is lost.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.auth import families, one_time, passwords, recovery, service, sessions
from chalicelib.auth.models import OneTimeToken, RefreshFamily
from chalicelib.auth.sessions import Opened
from chalicelib.caller import Caller
from chalicelib.dynamo import Transaction
from chalicelib.errors import Invalid, Refused, Unauthenticated
from chalicelib.origin import NOBODY
from chalicelib.people import account_status, service as people
from tests.interleaving import scheduler
from tests.interleaving.scheduler import Run, explore
from tests.interleaving.world import Race, World, desk, invoked

SCHEDULES = 60
CRASHES = 4
PASSWORD = "a long password"


@pytest.fixture(autouse=True)
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords without the work, keys without SSM; a race may move the clock."""
    monkeypatch.setattr(ambient, "clock", ambient.clock)
    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")
    monkeypatch.setattr(passwords, "is_right", lambda stored, password: stored == f"hash of {password}")
    monkeypatch.setattr(passwords, "is_outdated", lambda stored: False)
    with desk():
        yield


@dataclass
class Session(Race):
    """Somebody signed in, with a reset asked for; what the actors were answered in the last run."""

    world: World
    actors: Any = ()
    answers: list[str] = field(default_factory=list)
    pairs: list[Opened] = field(default_factory=list)
    copied: str | None = None
    """A refresh token that followed from the owner's and that somebody else has."""

    def __post_init__(self) -> None:
        made = people.create_account(email="ann@example.com", name="Ann", role="client", password=PASSWORD)
        self.account_id = made.id
        opened = service.sign_in("ann@example.com", PASSWORD, "bearer", NOBODY)[1]
        assert isinstance(opened, Opened)
        self.opened = opened
        transaction = Transaction()
        self.token = one_time.add_by_hand(transaction, made, "reset")
        transaction.commit()
        super().__init__(self.world, self.actors)

    def run(self, schedule: Any = (), crash: Any = None) -> Run:
        self.answers.clear()
        self.pairs.clear()
        with account_status.changing(self.account_id):
            pass
        self._start.restore(self.world)
        made = scheduler.run([invoked(actor) for actor in self.actors], schedule, crash)
        for error in made.errors.values():
            if not isinstance(error, scheduler.Killed):
                raise error
        return made

    # --- actors ---

    def refresh(self) -> None:
        try:
            self.pairs.append(sessions.refresh(self.opened.refresh_token, "bearer")[1])
            self.answers.append("refreshed")
        except Unauthenticated:
            self.answers.append("refused")

    def refresh_with_the_copy(self) -> None:
        assert self.copied is not None
        try:
            self.pairs.append(sessions.refresh(self.copied, "bearer")[1])
            self.answers.append("thief refreshed")
        except Unauthenticated:
            self.answers.append("thief refused")

    def end_others(self) -> None:
        caller = Caller(self.account_id, "client", None, "Ann", "ann@example.com", "another", "bearer")
        sessions.end_others(caller, NOBODY)
        self.answers.append("ended the others")

    def reset(self, password: str) -> Callable[[], None]:
        def act() -> None:
            try:
                recovery.reset(self.token, password, NOBODY)
                self.answers.append(f"reset to {password}")
            except Invalid:
                self.answers.append("no good")

        return act

    def deactivate(self) -> None:
        people.change_account(self.account_id, {"active": False})
        self.answers.append("deactivated")

    def sign_out(self) -> None:
        caller = Caller(self.account_id, "client", None, "Ann", "ann@example.com", self._session_id(), "bearer")
        sessions.end(caller, [self.opened.refresh_token])
        self.answers.append("signed out")

    def _session_id(self) -> str:
        return self.opened.refresh_token.split(".")[1]

    # --- at rest ---

    def wrong_now(self) -> list[str]:
        return list(self._wrong())

    def _wrong(self) -> Iterator[str]:
        account = people.account(self.account_id)
        assert account is not None
        resets = [answer for answer in self.answers if answer.startswith("reset to")]
        if len(resets) > 1:
            yield f"the token was good twice: {resets}"
        if resets and account.password_hash != f"hash of {resets[0].removeprefix('reset to ')}":
            yield f"answered {resets}, stored {account.password_hash}"
        changed = account.password_hash != f"hash of {PASSWORD}"
        tokens = [item for item in OneTimeToken.query(account.id) if isinstance(item, OneTimeToken)]
        if changed == bool(tokens):
            yield "the token is used up, but the password is the old one, or the other way round"
        signed_out = self._session_id() in account.ended_sessions or "ended the others" in self.answers
        ended = changed or not account.active or signed_out
        if self.copied and not ended and len(self.answers) == len(self.actors):
            yield f"two go on from one token: {self.answers}"
        for pair in (self.opened, *self.pairs):
            if ended and _goes_on(pair):
                yield f"a session outlives {self.answers}"
        if not ended:
            yield from self._lost()

    def _lost(self) -> Iterator[str]:
        """What was given out has to be good for another refresh."""
        family = RefreshFamily.get(self.account_id, f"family#{self._session_id()}", consistent_read=True)
        for pair in self.pairs:
            presented = families.read(pair.refresh_token)
            known = {token.hash for token in families.unpacked(family.tokens) if not token.void}
            if presented is None or families.hashed(presented.secret) not in known:
                yield "a pair was answered whose refresh token the session doesn't know"


def _goes_on(pair: Opened) -> bool:
    """Whether the pair can still be used, for a request or for another pair; looked at without using it."""
    with account_status.changing(pair.refresh_token.split(".")[0]):
        pass
    try:
        sessions.authenticate({"Authorization": f"Bearer {pair.access_token}"})
    except Refused:
        return False
    return True


def refresh_twice() -> Session:
    race = Session(World([]))
    race.actors = [race.refresh, race.refresh]
    return race


def refresh_against_reset() -> Session:
    race = Session(World([]))
    race.actors = [race.refresh, race.reset("new password 1")]
    return race


def reset_twice() -> Session:
    race = Session(World([]))
    race.actors = [race.reset("new password 1"), race.reset("new password 2")]
    return race


def reset_against_deactivation() -> Session:
    race = Session(World([]))
    race.actors = [race.reset("new password 1"), race.deactivate]
    return race


def refresh_against_sign_out() -> Session:
    race = Session(World([]))
    race.actors = [race.refresh, race.sign_out]
    return race


def refresh_against_ending_the_others() -> Session:
    race = Session(World([]))
    race.actors = [race.refresh, race.end_others]
    return race


def refresh_against_the_thief() -> Session:
    """An answer went to a thief; long after, both come at once: whoever is first, the session ends."""
    race = Session(World([]))
    race.copied = sessions.refresh(race.opened.refresh_token, "bearer")[1].refresh_token
    race.actors = [race.refresh, race.refresh_with_the_copy]
    Race.__init__(race, race.world, race.actors)
    ambient.clock = _later(families.GRACE_SECONDS + 1)
    return race


def _later(seconds: float) -> Callable[[], float]:
    clock = ambient.clock
    return lambda: clock() + seconds


RACES = [
    refresh_twice,
    refresh_against_reset,
    reset_twice,
    reset_against_deactivation,
    refresh_against_sign_out,
    refresh_against_ending_the_others,
    refresh_against_the_thief,
]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_whatever_the_order_and_whoever_dies_sessions_are_right(race: Callable[[], Session]) -> None:
    set_up = race()
    count = 0
    for schedule, crash in set_up.orders(SCHEDULES, CRASHES):
        assert set_up.wrong_now() == [], f"{schedule=} {crash=} {set_up.answers}"
        count += crash is None
    assert count > 1


def without_using_the_token_up(patch: pytest.MonkeyPatch) -> None:
    """Judged, but not in the transaction; and the account's revision isn't looked at."""
    patch.setattr(Transaction, "delete", lambda *_, **__: None)


def without_the_familys_revision(patch: pytest.MonkeyPatch) -> None:
    put = Transaction.put

    def unconditional(transaction: Transaction, item: Any, condition: Any = None, label: str = "") -> None:
        put(transaction, item, None if label == "family" else condition, label)

    patch.setattr(Transaction, "put", unconditional)


@pytest.mark.parametrize(
    ("mutation", "race"),
    [
        (without_using_the_token_up, reset_twice),
        (without_the_familys_revision, refresh_twice),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_some_order_ends_wrong(
    mutation: Callable[[pytest.MonkeyPatch], None], race: Callable[[], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up = race()
    mutation(monkeypatch)
    assert any(set_up.wrong_now() for _ in explore(set_up.run, 200)), "no order shows that this is needed"
