"""Every order of the AWS calls about a ticket's files, a death before each: places are exact, a file arrives once."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from chalicelib import ambient, storage
from chalicelib.attachments import places, service
from chalicelib.attachments.models import Places
from chalicelib.dynamo import Transaction
from chalicelib.errors import Conflict
from chalicelib.settings import settings
from chalicelib.tickets import history, service as tickets
from tests.interleaving.at_rest import mismatches
from tests.interleaving.scheduler import explore
from tests.interleaving.world import Race, World, desk

SCHEDULES = 20
CRASHES = 2


@pytest.fixture(autouse=True)
def moto() -> Iterator[None]:
    with desk():
        yield


class Files:
    """A ticket whose last place is free, and a file of it that was sent but isn't confirmed."""

    def __init__(self) -> None:
        self.world = World([{"name": "ann"}])
        self.ann = self.world.agents["ann"]
        self.ticket = self.world.file()
        self.world.deliver()
        for status in ("in_progress", "resolved"):
            self.world.change(self.ann, self.ticket, status=status)
        self.world.deliver()
        self.sent = ambient.new_id()
        self.ask(self.sent)
        for _ in range(places.MOST - 2):
            self.ask(ambient.new_id())
        file = service.visible(self.ann, tickets.visible(self.ann, self.ticket), self.sent)
        self.version = storage.put(settings.attachments_bucket, service.key(file, service.PENDING), b"a")
        self.at = ambient.timestamp()

    def ask(self, id_: str) -> None:
        with suppress(Conflict):
            found = tickets.visible(self.ann, self.ticket)
            service.ask(self.ann, found, id_, filename="a", content_type="text/plain", size=1)

    def add_received(self, id_: str) -> None:
        found = tickets.visible(self.ann, self.ticket)
        with suppress(Conflict):
            service.add_received(found, history.Actor(self.ann.id, "ann"), "a", "text/plain", b"a", id_)

    def confirm(self) -> Callable[[], None]:
        return self.world.until_done(lambda: service.confirm(self.ticket, self.sent, self.version, self.at))

    def asking(self) -> Callable[[], None]:
        id_ = ambient.new_id()
        return lambda: self.ask(id_)

    def receiving(self) -> Callable[[], None]:
        id_ = ambient.new_id()
        return self.world.until_done(lambda: self.add_received(id_))


def one_message_twice() -> Race:
    files = Files()
    return Race(files.world, [files.confirm(), files.confirm()])


def two_for_the_last_place() -> Race:
    files = Files()
    return Race(files.world, [files.asking(), files.asking()])


def a_mail_and_a_form_for_the_last_place() -> Race:
    files = Files()
    return Race(files.world, [files.receiving(), files.asking()])


def arriving_against_asking() -> Race:
    files = Files()
    return Race(files.world, [files.confirm(), files.asking()])


def arriving_against_closing() -> Race:
    files = Files()
    close = files.world.then_deliver(lambda: files.world.close(files.ann, files.ticket))
    return Race(files.world, [files.confirm(), close])


RACES = [
    one_message_twice,
    two_for_the_last_place,
    a_mail_and_a_form_for_the_last_place,
    arriving_against_asking,
    arriving_against_closing,
]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_whatever_the_order_places_are_exact_and_a_file_arrives_once(race: Callable[[], Race]) -> None:
    assert race().check(SCHEDULES, CRASHES) > 1


@pytest.mark.long
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_so_it_is_in_every_order(race: Callable[[], Race]) -> None:
    assert race().check(1_000, 100) > 1


def test_without_the_condition_on_the_places_some_order_ends_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    put = Transaction.put

    def unconditional(transaction: Transaction, item: Any, condition: Any = None, label: str = "") -> None:
        put(transaction, item, None if isinstance(item, Places) else condition, label)

    set_up = two_for_the_last_place()
    monkeypatch.setattr(Transaction, "put", unconditional)
    assert any(mismatches() for _ in explore(set_up.run, SCHEDULES))


def test_without_the_condition_on_its_state_some_file_arrives_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    update = Transaction.update

    def unconditional(
        transaction: Transaction, item: Any, actions: Any, condition: Any = None, label: str = ""
    ) -> None:
        update(transaction, item, actions, None if label == "attachment" else condition, label)

    put = Transaction.put

    def places_unconditional(transaction: Transaction, item: Any, condition: Any = None, label: str = "") -> None:
        put(transaction, item, None if isinstance(item, Places) else condition, label)

    set_up = one_message_twice()
    monkeypatch.setattr(Transaction, "update", unconditional)
    monkeypatch.setattr(Transaction, "put", places_unconditional)
    assert any(mismatches() for _ in explore(set_up.run, SCHEDULES))
