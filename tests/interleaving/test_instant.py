"""A SEND that arrived right after a SUBSCRIBE of the same connection, dealt with by two instances in every order of
their calls: whatever it asks for comes to that subscription (contract §7, Order). And who is there: whoever stays
ends up knowing it, whatever comes between.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.chat import asking, conversations, live, performing, presence, saying, service
from chalicelib.chat.stomp.decoder import Decoder
from chalicelib.chat.stomp.frames import Frame, encode
from chalicelib.chat.transport import Address
from chalicelib.listening import queue as live_queue
from tests.interleaving.scheduler import Crash, explore
from tests.interleaving.test_chat import Chat
from tests.interleaving.world import desk

SCHEDULES = 30


@pytest.fixture(autouse=True)
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(conversations, "GRACE", 0.0)
    with desk():
        yield


@dataclass
class Instant(Chat):
    """`c` speaks STOMP: it subscribes to a destination and sends `body` to another in the same instant."""

    to: str = ""
    subscribes: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    came: list[dict[str, Any]] = field(default_factory=list)

    def _post(self, address: Address, text: str) -> None:
        if text.startswith("{"):
            super()._post(address, text)
            return
        decoder = Decoder("1.2")
        decoder.feed(text)
        self.came += [json.loads(frame.body) for frame in decoder.frames() if frame.command == "MESSAGE"]

    def connected(self) -> "Instant":
        self.at = int(ambient.clock() * 1000)
        service.opened(Address("websocket", "s"), self._visitor(), "v12.stomp")
        self.open_ones.add("s")
        self._frame("CONNECT", {"accept-version": "1.2", "host": "desk"}, at=self.at)
        self.from_start = frozenset(self.open_ones)
        return self

    def _visitor(self) -> Any:
        from chalicelib.chat.tokens import Visitor

        return Visitor(self.client.id, self.client.session_id, 1, "bearer")

    def _frame(self, command: str, headers: dict[str, str], body: bytes = b"", *, at: int) -> None:
        service.arrived(Address("websocket", "s"), [encode(Frame(command, headers, body), "1.2").decode()], at)

    def subscribe(self) -> None:
        self._frame("SUBSCRIBE", {"id": "0", "destination": self.subscribes}, at=self.at + 1)

    def send_it(self) -> None:
        self._frame("SEND", {"destination": self.to}, json.dumps(self.body).encode(), at=self.at + 2)

    def run(self, schedule: Any = (), crash: Crash | None = None) -> Any:
        self.came.clear()
        return super().run(schedule, crash)

    def _wrong(self) -> Iterator[str]:
        yield from super()._wrong()
        kind = {"/app/load-history": "history", "/app/seen": "error"}.get(self.to, "message")
        if not [body for body in self.came if body["type"] == kind]:
            yield f"no {kind} came"


def instant(patch: pytest.MonkeyPatch, subscribes: str, to: str, **body: Any) -> Instant:
    chat = Instant(patch, to=to)
    chat.subscribes = subscribes.format(chat.ticket_id)
    recipient = {"recipient_id": chat.ann.id} if to == "/app/private-chat" else {}
    chat.body = {"ticket_id": chat.ticket_id, **recipient, **body}
    chat.connected()
    chat.start(chat.subscribe, chat.send_it)
    return chat


RACES: dict[str, Callable[[pytest.MonkeyPatch], Instant]] = {
    "a message": lambda patch: instant(patch, "/topic/ticket/{}", "/app/chat", content="x"),
    "a private message": lambda patch: instant(patch, "/user/queue/private-messages", "/app/private-chat", content="x"),
    "the history": lambda patch: instant(patch, "/user/queue/chat-history", "/app/load-history"),
    "an error": lambda patch: instant(patch, "/user/queue/errors", "/app/seen", seq=0),
}


@pytest.mark.parametrize("race", RACES)
def test_what_is_sent_in_the_same_instant_is_answered(race: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = RACES[race](monkeypatch)
    count = 0
    for made in explore(chat.run, SCHEDULES):
        assert chat.wrong_now() == [], f"schedule={made.schedule}"
        count += 1
    assert count > 1


def without_looking_at_the_latest(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(saying, "missed", lambda *_: None)


def without_the_notes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(asking, "notes", lambda *_: [])


def without_noting_errors(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(performing, "_noted", lambda connection, session, note: session)


@pytest.mark.parametrize(
    ("mutation", "race"),
    [
        (without_looking_at_the_latest, "a message"),
        (without_the_notes, "a private message"),
        (without_the_notes, "the history"),
        (without_noting_errors, "an error"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_some_order_misses_it(
    mutation: Callable[[pytest.MonkeyPatch], None], race: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = RACES[race](monkeypatch)
    mutation(monkeypatch)
    assert any(chat.wrong_now() for _ in explore(chat.run, 200)), "no order shows that this is needed"


# --- who is there ---


@dataclass
class Coming(Chat):
    """`a` watches; `c` leaves and comes back on another connection, while the live queue's consumer is at work."""

    queued: list[dict[str, Any]] = field(default_factory=list)

    def handed(self, bodies: Any, delay: int = 0) -> None:
        self.queued += [dict(each) for each in bodies]

    def consumes(self) -> None:
        """Everything that is queued, until nothing is."""
        while self.queued:
            told = self.queued.pop(0)
            if "presence" in told:
                live.presence_changed(**told["presence"])

    def leaves(self) -> None:
        service.gone(Address("websocket", "c"))
        self.consumes()

    def comes_back(self) -> None:
        self.send("d", "subscribe", destination=f"/topic/ticket/{self.ticket_id}")
        self.consumes()

    def run(self, schedule: Any = (), crash: Crash | None = None) -> Any:
        self.queued.clear()
        made = super().run(schedule, crash)
        self.consumes()
        return made

    def _wrong(self) -> Iterator[str]:
        yield from super()._wrong()
        told = [each for each in self.posted.get("a", []) if each["type"] == "presence"]
        about = [each["online"] for each in told if each["user_id"] == self.client.id]
        if about and not about[-1]:
            yield f"a thinks that they are gone: {about}"


def coming(patch: pytest.MonkeyPatch) -> Coming:
    chat = Coming(patch)
    patch.setattr(live_queue, "hand", chat.handed)
    chat.open("d", chat.client)
    topic = f"/topic/ticket/{chat.ticket_id}"
    for name in ("a", "c"):
        chat.send(name, "subscribe", destination=topic)
    chat.consumes()
    chat.from_start = frozenset(chat.open_ones)
    chat.start(chat.leaves, chat.comes_back)
    return chat


def test_who_leaves_and_comes_back_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = coming(monkeypatch)
    for made in explore(chat.run, SCHEDULES):
        assert chat.wrong_now() == [], f"schedule={made.schedule}"


def test_without_the_stamp_some_order_ends_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = coming(monkeypatch)
    monkeypatch.setattr(presence, "_taken_away", lambda present, _: present.delete() is not None)
    monkeypatch.setattr(
        presence, "_noted", lambda present, _, *, told: bool(present.update([type(present).told.set(told)]))
    )
    assert any(chat.wrong_now() for _ in explore(chat.run, 300)), "no order shows that this is needed"
