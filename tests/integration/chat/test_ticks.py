"""The metrics go to who watches them at most once a second, and the last change is never left out."""

import json
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.chat import live
from chalicelib.listening import queue as live_queue
from tests.interleaving.world import desk


class Queue:
    """SQS as far as it is asked here: what was put there, and when it comes."""

    def __init__(self) -> None:
        self.due: list[float] = []
        self.bodies: list[dict[str, int]] = []

    def send_message_batch(self, **sent: Any) -> dict[str, Any]:
        for entry in sent["Entries"]:
            self.bodies.append(json.loads(entry["MessageBody"]))
            self.due.append(ambient.clock() + entry["DelaySeconds"])
        return {}


def test_asked_for_all_the_time_they_are_due_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    queue, begin = Queue(), 1_800_000_000.9
    monkeypatch.setattr(live_queue, "_sqs", queue)
    asked = [begin + number * 0.13 for number in range(40)]
    with desk():
        for now in asked:
            monkeypatch.setattr(ambient, "clock", lambda now=now: now)
            live.ask_for_metrics()
            assert queue.due[-1] > now, "what is due already may have been read before this change"
    gaps = [later - earlier for earlier, later in zip(queue.due, queue.due[1:], strict=False)]
    assert min(gaps) >= 1
    assert max(gaps) < 1.2
    assert len({body["metrics"] for body in queue.bodies}) == len(queue.bodies), "each is an event of its own"
