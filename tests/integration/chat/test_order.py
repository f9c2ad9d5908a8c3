"""Messages of one connection that arrive here in another order than at the gateway (contract §7, Order): each handed
over by a thread of its own, in many orders. They arrived "in a moment", so that it doesn't matter how slow this machine
is: they are taken then."""

import json
import random
import threading
import time
from collections.abc import Iterator, Sequence

import pytest

from chalicelib import ambient
from chalicelib.chat import conversations, service, transport
from chalicelib.chat.models import Message
from chalicelib.chat.stomp.frames import Frame, encode
from chalicelib.chat.tokens import Visitor
from chalicelib.chat.transport import Address
from tests.interleaving.world import World, desk

AHEAD = 1_500
"""Milliseconds by which the messages arrive later than they are handed over."""

HERE = Address("websocket", "here")


class Talk:
    """A ticket and a STOMP connection of its agent's."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        world = World([{"name": "ann"}])
        self.ticket_id = world.file()
        self.posted: list[str] = []
        patch.setattr(transport, "post", lambda _, text: self.posted.append(text))
        patch.setattr(transport, "close", lambda *_: None)
        service.opened(HERE, Visitor(world.agents["ann"].id, "session", 1, "bearer"), "v12.stomp")
        service.arrived(HERE, [frame("CONNECT", {"accept-version": "1.2", "host": "x"})], self.now() - 5_000)

    @staticmethod
    def now() -> int:
        return int(ambient.clock() * 1000)

    def said(self, content: str, **headers: str) -> str:
        body = json.dumps({"ticket_id": self.ticket_id, "content": content})
        return frame("SEND", {"destination": "/app/chat", **headers}, body)

    def arrive(self, texts: Sequence[str], order: Sequence[int], at: Sequence[int] | None = None) -> None:
        """`texts` arrived one after the other, and are handed over in this order."""
        base = self.now() + AHEAD
        stamps = [base + number for number in (at or range(len(texts)))]
        threads = []
        for number in order:
            thread = threading.Thread(target=service.arrived, args=(HERE, [texts[number]], stamps[number]))
            thread.start()
            threads.append(thread)
            time.sleep(0.005)
        for thread in threads:
            thread.join(30)

    def stored(self) -> list[str]:
        return [each.content for each in Message.query(self.ticket_id)]

    def errors(self) -> list[str]:
        return [text for text in self.posted if text.startswith("ERROR")]


def frame(command: str, headers: dict[str, str], body: str = "") -> str:
    return encode(Frame(command, headers, body.encode()), "1.2").decode()


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    monkeypatch.setattr(conversations, "GRACE", 0.0)
    with desk():
        monkeypatch.setattr(ambient, "sleep", time.sleep)
        yield Talk(monkeypatch)


@pytest.mark.parametrize("seed", range(4))
def test_a_frame_in_pieces(talk: Talk, seed: int) -> None:
    text = talk.said("abcdefghij" * 12, receipt="done")
    pieces = [text[start : start + 37] for start in range(0, len(text), 37)]
    talk.arrive(pieces, shuffled(len(pieces), seed))
    assert talk.stored() == ["abcdefghij" * 12]
    assert any("receipt-id:done" in posted for posted in talk.posted)


@pytest.mark.parametrize("seed", range(4))
def test_a_transaction_and_the_end(talk: Talk, seed: int) -> None:
    texts = [
        frame("SUBSCRIBE", {"id": "0", "destination": f"/topic/ticket/{talk.ticket_id}"}),
        frame("BEGIN", {"transaction": "t"}),
        *(talk.said(f"{number}", transaction="t") for number in range(5)),
        frame("COMMIT", {"transaction": "t", "receipt": "committed"}),
        frame("UNSUBSCRIBE", {"id": "0"}),
        frame("DISCONNECT", {"receipt": "bye"}),
    ]
    talk.arrive(texts, shuffled(len(texts), seed))
    assert talk.stored() == ["0", "1", "2", "3", "4"]
    assert talk.errors() == []
    assert [text for text in talk.posted if text.startswith("RECEIPT")] == [
        frame("RECEIPT", {"receipt-id": receipt}) for receipt in ("committed", "bye")
    ]


def test_what_cant_be_sorted_is_an_error(talk: Talk) -> None:
    text = talk.said("abcdefghij" * 12)
    pieces = [text[start : start + 60] for start in range(0, len(text), 60)]
    talk.arrive(pieces, range(len(pieces)), at=[0] * len(pieces))
    assert talk.stored() == []
    assert len(talk.errors()) == 1


def shuffled(length: int, seed: int) -> list[int]:
    order = list(range(length))
    random.Random(seed).shuffle(order)
    return order
