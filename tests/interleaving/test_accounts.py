"""Every order of the AWS calls of those who make an account, or who would leave nobody to administer, at the same time;
and a death before each call.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib import keys
from chalicelib.auth import by_mail, one_time, passwords, recovery
from chalicelib.dynamo import Transaction
from chalicelib.errors import Conflict, Refused
from chalicelib.origin import NOBODY
from chalicelib.people import credentials, placement, service as people
from chalicelib.people.models import Account, AccountsItem, AdminCount
from tests.interleaving.scheduler import explore
from tests.interleaving.world import Race, World, desk

SCHEDULES = 60
CRASHES = 4
PASSWORD = "a long password"
ADDRESS = "ann@example.com"


@pytest.fixture(autouse=True)
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords without the work, keys without SSM."""
    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")
    monkeypatch.setattr(keys, "lasting_key", lambda purpose: b"k" * 32)
    with desk():
        yield


def accounts() -> list[Account]:
    return [item for item in AccountsItem.scan(consistent_read=True) if isinstance(item, Account)]


@dataclass
class Arrival(Race):
    """Somebody writes a first mail; somebody, who may be somebody else, registers with the address."""

    world: World
    actors: Any = ()
    answers: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(self.world, self.actors)

    def run(self, *how: Any) -> Any:
        self.answers.clear()
        return super().run(*how)

    def mail(self) -> None:
        found = by_mail.sender(ADDRESS, "Ann")
        self.answers["mail"] = found.id if found else None

    def mail_again(self) -> None:
        found = by_mail.sender(ADDRESS.upper(), "Ann")
        self.answers["mail again"] = found.id if found else None

    def register(self) -> None:
        try:
            made = people.create_account(email=ADDRESS, name="Ann", role="client", password=PASSWORD)
            self.answers["registered"] = made.id
        except people.EmailTaken:
            self.answers["registered"] = None

    def wrong_now(self) -> list[str]:
        made = [account for account in accounts() if account.email_key == ADDRESS]
        if len(made) > 1:
            return [f"{len(made)} accounts"]
        wrong = []
        for name, answer in self.answers.items():
            if answer and (not made or answer != made[0].id):
                wrong.append(f"{name} was answered an account that isn't there")
            if answer and name.startswith("mail") and not (made[0].by_mail or made[0].email_verified):
                wrong.append("a mail was attached to an account that somebody registered")
        if made and made[0].by_mail and made[0].password_hash:
            wrong.append("an account that mail opened has a password")
        return wrong


def a_mail_against_a_registration() -> Arrival:
    race = Arrival(World([]))
    race.actors = [race.mail, race.register]
    return race


def two_first_mails() -> Arrival:
    race = Arrival(World([]))
    race.actors = [race.mail, race.mail_again]
    return race


@dataclass
class Leaving(Race):
    """Two admins, the second of whom was invited and has, or hasn't, come yet."""

    world: World
    came: bool = True
    actors: Any = ()

    def __post_init__(self) -> None:
        self.first, self.second = (
            people.create_account(email=f"{name}@example.com", name=name, role="admin", password=password)
            for name, password in (("first", PASSWORD), ("second", PASSWORD if self.came else None))
        )
        transaction = Transaction()
        self.token = one_time.add_by_hand(transaction, self.second, "invitation")
        transaction.commit()
        super().__init__(self.world, self.actors)

    def demote(self, who: Account) -> Callable[[], None]:
        def act() -> None:
            try:
                people.change_account(who.id, {"role": "client"})
            except Conflict:
                return

        return act

    def deactivate(self, who: Account) -> Callable[[], None]:
        def act() -> None:
            try:
                people.change_account(who.id, {"active": False})
            except Conflict:
                return

        return act

    def accept(self) -> None:
        try:
            recovery.reset(self.token, PASSWORD, NOBODY)
        except Refused:
            return

    def wrong_now(self) -> list[str]:
        able = [each for each in accounts() if each.role == "admin" and each.active and each.password_hash]
        counted = AdminCount.get("admins", "count", consistent_read=True).active
        wrong = [] if able else ["nobody is left to administer"]
        return wrong + ([f"{counted} are counted, {len(able)} there"] if counted != len(able) else [])


def two_who_demote_each_other() -> Leaving:
    race = Leaving(World([]))
    race.actors = [race.demote(race.first), race.demote(race.second)]
    return race


def one_goes_while_the_other_comes() -> Leaving:
    race = Leaving(World([]), came=False)
    race.actors = [race.deactivate(race.first), race.accept]
    return race


def one_is_demoted_while_coming() -> Leaving:
    race = Leaving(World([]), came=False)
    race.actors = [race.demote(race.second), race.accept]
    return race


RACES: list[Callable[[], Any]] = [
    a_mail_against_a_registration,
    two_first_mails,
    two_who_demote_each_other,
    one_goes_while_the_other_comes,
    one_is_demoted_while_coming,
]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_whatever_the_order_and_whoever_dies_accounts_are_right(race: Callable[[], Any]) -> None:
    set_up = race()
    count = 0
    for schedule, crash in set_up.orders(SCHEDULES, CRASHES):
        assert set_up.wrong_now() == [], f"{schedule=} {crash=}"
        count += crash is None
    assert count > 1


def without_reserving_the_address(patch: pytest.MonkeyPatch) -> None:
    put = Transaction.put

    def unconditional(transaction: Transaction, item: Any, condition: Any = None, label: str = "") -> None:
        put(transaction, item, None if label == "email" else condition, label)

    patch.setattr(Transaction, "put", unconditional)


def without_keeping_one(patch: pytest.MonkeyPatch) -> None:
    add = placement.add_admins

    def careless(transaction: Transaction, before: Any, after: Any, **_: Any) -> None:
        add(transaction, before, after, leave_one=False)

    patch.setattr(placement, "add_admins", careless)


def without_counting_who_comes(patch: pytest.MonkeyPatch) -> None:
    uncounted = SimpleNamespace(post_of=placement.post_of, add_admins=lambda *_, **__: None)
    patch.setattr(credentials, "placement", uncounted)


@pytest.mark.parametrize(
    ("mutation", "race"),
    [
        (without_reserving_the_address, a_mail_against_a_registration),
        (without_keeping_one, two_who_demote_each_other),
        (without_counting_who_comes, one_goes_while_the_other_comes),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_some_order_ends_wrong(
    mutation: Callable[[pytest.MonkeyPatch], None], race: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up = race()
    mutation(monkeypatch)
    assert any(set_up.wrong_now() for _ in explore(set_up.run, 200)), "no order shows that this is needed"
