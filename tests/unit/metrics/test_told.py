"""A batch of messages that tell of events, some of which can't be counted just now."""

import json

import pytest

from chalicelib.chat import live
from chalicelib.metrics import handlers, late, service


def test_of_a_batch_only_what_failed_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []

    def count(ticket_id: str) -> None:
        if ticket_id == "bad":
            raise RuntimeError("not now")
        counted.append(ticket_id)

    late_ones: set[late.Change] = set()
    monkeypatch.setattr(service, "count", count)
    monkeypatch.setattr(late, "note", late_ones.update)
    monkeypatch.setattr(live, "watched", list)
    tickets = ("good", "bad", "good", "other", "bad")
    records = [
        {"messageId": f"m{n}", "body": json.dumps({"ticket_id": each, "item": f"event#{n}"})}
        for n, each in enumerate(tickets)
    ]
    answer = handlers.told_to_metrics({"Records": records})
    assert counted == ["good", "other"], "each ticket once"
    assert [failure["itemIdentifier"] for failure in answer["batchItemFailures"]] == ["m1", "m4"]
    assert late_ones == {late.Change("bad", "event#1"), late.Change("bad", "event#4")}
