"""The races can fail: take away one thing that makes the protocol right, and some order of calls ends wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib.assignment import commit, service
from chalicelib.dynamo import Transaction
from chalicelib.people.models import AgentRow
from chalicelib.tickets.models import Ticket
from tests.interleaving import test_races as races
from tests.interleaving.at_rest import mismatches
from tests.interleaving.scheduler import explore
from tests.interleaving.world import Race, desk


@pytest.fixture(autouse=True)
def moto() -> Iterator[None]:
    with desk():
        yield


def without_the_second_look(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(service, "drain", lambda team: 0)


def without_the_condition_on_the_workload(patch: pytest.MonkeyPatch) -> None:
    update = Transaction.update

    def unconditional(
        transaction: Transaction, item: Any, actions: Any, condition: Any = None, label: str = ""
    ) -> None:
        update(transaction, item, actions, None if isinstance(item, AgentRow) else condition, label)

    patch.setattr(Transaction, "update", unconditional)


def without_the_mark(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(commit, "_unchanged", lambda facts: Ticket.id.exists())


def without_looking_when_somebody_else_settled(patch: pytest.MonkeyPatch) -> None:
    seen_anew = service._Batch._seen_anew

    def forgetful(batch: service._Batch, *args: Any) -> Any:
        look_again = set(batch.look_again)
        found = seen_anew(batch, *args)
        batch.look_again = look_again
        return found

    patch.setattr(service._Batch, "_seen_anew", forgetful)


@pytest.mark.parametrize(
    ("mutation", "race", "crashes"),
    [
        (without_the_second_look, races.creation_against_coming_back, False),
        (without_the_second_look, races.creation_against_room, False),
        (without_the_condition_on_the_workload, races.two_creations, False),
        (without_the_mark, races.one_record_twice, False),
        (without_looking_when_somebody_else_settled, races.creation_against_room, True),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_some_order_ends_wrong(
    mutation: Callable[[pytest.MonkeyPatch], None],
    race: Callable[[], Race],
    crashes: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_up = race()
    mutation(monkeypatch)
    assert any(_wrong_orders(set_up, crashes)), "no order of calls shows that this is needed"


def _wrong_orders(race: Race, crashes: bool) -> Iterator[list[str]]:
    for made in explore(race.run, 300):
        yield mismatches()
        if crashes:
            for crash in race.crashes(made):
                yield race.wrong(made.schedule, crash)
