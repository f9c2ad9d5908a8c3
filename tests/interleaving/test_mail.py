"""Every order of the calls of two functions that mail the same event, with a death before each call, SES's among them:
each recipient has one mail; two only where the death came between SES's yes and our note of it. None is lost.
"""

from collections.abc import Callable, Iterator, Sequence

import pytest

from chalicelib import ambient
from chalicelib.notifications import deliveries, handlers
from chalicelib.notifications.models import Delivery
from chalicelib.tickets.models import Comment
from infra.local.engine.calls import Calls
from infra.local.engine.clock import Clock
from infra.local.engine.mail import Outbox
from infra.local.lambdesk.host import LAMBDESK
from tests.interleaving.scheduler import Crash, Run, explore
from tests.interleaving.world import Race, World, desk

SCHEDULES, CRASHES = 25, 2


@pytest.fixture(autouse=True)
def outbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outbox]:
    """What SES took. The clock stands still, but for jumps."""
    now = [ambient.clock()]
    monkeypatch.setattr(ambient, "clock", lambda: now[0])
    outbox = Outbox(Clock(LAMBDESK))
    started = Calls.install

    def with_outbox(calls: Calls) -> None:
        calls.post = outbox
        started(calls)

    monkeypatch.setattr(Calls, "install", with_outbox)
    outbox.later = lambda: now.__setitem__(0, now[0] + deliveries.LEASE + 1)  # type: ignore[attr-defined]
    with desk():
        yield outbox


class Mailing:
    """A ticket on which the agent has written; the functions that are told so."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.world = World([{"name": "ann"}])
        self.ticket = self.world.file()
        self.world.deliver()
        self.ann = self.world.assignee(self.ticket)
        self.world.comment(self.ann, self.ticket)
        self.world.deliver()
        [comment] = Comment.query(self.ticket, Comment.item.startswith("comment#"))
        self.item = comment.item
        self.seen = 0

    def tell(self) -> bool:
        """Whether the message is done; otherwise it comes again."""
        body = f'{{"ticket_id": "{self.ticket}", "item": "{self.item}"}}'
        return not handlers.told_to_mail({"Records": [{"messageId": "m", "body": body}]})["batchItemFailures"]

    def run(self, schedule: Sequence[int] = (), crash: Crash | None = None) -> Run:
        self.seen = len(self.outbox.messages)
        made = self._race.run(schedule, crash)
        for _ in range(5):  # the queue delivers until it is done
            if self.tell():
                return made
            self.outbox.later()  # type: ignore[attr-defined]
        raise AssertionError("the message is never done")

    def start(self) -> "Mailing":
        self._race = Race(self.world, [self.body, self.body])
        return self

    def body(self) -> None:
        self.tell()

    def sent(self) -> list[str]:
        return [address for mail in self.outbox.messages[self.seen :] for address in mail["to"]]


def died_after_sending(made: Run) -> bool:
    """Whether somebody had SES's yes and no time to note it."""
    sends = {step.actor for step in made.steps if step.touch.operation == "SendEmail"}
    killed = set(made.errors)
    return any(
        actor in sends and [step.touch.operation for step in made.steps if step.actor == actor][-1] == "SendEmail"
        for actor in killed
    )


def check(mailing: Mailing, limit: int, crashes: int) -> int:
    count = 0
    for number, made in enumerate(explore(mailing.run, limit)):
        assert mailing.sent() == ["client@example.com"], made.schedule
        count += 1
        if number >= crashes:
            continue
        for actor in range(2):
            for call in range(made.calls_of(actor)):
                after = mailing.run(made.schedule, Crash(actor, call))
                sent = mailing.sent()
                allowed = {1, 2} if died_after_sending(after) else {1}
                assert len(sent) in allowed, (made.schedule, actor, call, sent)
                assert set(sent) == {"client@example.com"}
                count += 1
    return count


def test_whatever_the_order_and_whoever_dies_nobody_gets_two_mails_or_none(outbox: Outbox) -> None:
    assert check(Mailing(outbox).start(), SCHEDULES, CRASHES) > SCHEDULES // 2


@pytest.mark.long
def test_in_a_great_many_orders_nobody_gets_two_mails_or_none(outbox: Outbox) -> None:
    assert check(Mailing(outbox).start(), 2_000, 60) > 20


def test_without_taking_the_delivery_first_some_order_sends_two(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = Mailing(outbox).start()

    def take_anyway(key: str) -> Delivery:
        mine = Delivery(key=key, holder=ambient.secret(12), held_until=0, expires_at=2**31)
        mine.save()
        return mine

    monkeypatch.setattr(deliveries, "_taken", take_anyway)
    monkeypatch.setattr(Mailing, "tell", _tolerant(Mailing.tell))
    assert any(len(mailing.sent()) > 1 for _ in explore(mailing.run, 20))


def _tolerant(tell: Callable[[Mailing], bool]) -> Callable[[Mailing], bool]:
    def told(mailing: Mailing) -> bool:
        return tell(mailing) or True

    return told
