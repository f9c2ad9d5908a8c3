"""Events on their way to the queues: each reaches every consumer, and what didn't is told again."""

from typing import Any

import pytest

from chalicelib.tickets import fanout, handlers


class Sqs:
    """Takes messages, but for those whose body holds `refused`."""

    def __init__(self, refused: str = "nothing") -> None:
        self.refused = refused
        self.taken: dict[str, list[str]] = {}

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803
        if self.refused == "all":
            raise ConnectionError
        assert 1 <= len(Entries) <= 10
        bad = [each["Id"] for each in Entries if self.refused in each["MessageBody"]]
        self.taken.setdefault(QueueUrl, []).extend(e["MessageBody"] for e in Entries if e["Id"] not in bad)
        return {"Failed": [{"Id": id_, "Code": "InternalError", "SenderFault": False} for id_ in bad]}


def record(number: int, event: dict[str, str]) -> dict[str, Any]:
    image = {name: {"S": value} for name, value in event.items()}
    keys = {"id": {"S": f"t{number}"}, "item": {"S": f"event#e{number}"}}
    return {"dynamodb": {"SequenceNumber": str(number), "Keys": keys, "NewImage": image}}


def records(count: int) -> dict[str, Any]:
    return {"Records": [record(number, {"change": "created"}) for number in range(count)]}


@pytest.fixture
def two_consumers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "queues", lambda: {"metrics": "m", "mail": "n"})


@pytest.mark.usefixtures("two_consumers")
def test_every_consumer_is_told_of_every_event(monkeypatch: pytest.MonkeyPatch) -> None:
    sqs = Sqs()
    monkeypatch.setattr(fanout, "_sqs", sqs)
    assert handlers.ticket_events(records(23)) == {"batchItemFailures": []}
    assert sqs.taken["m"] == sqs.taken["n"]
    assert sqs.taken["m"][22] == '{"ticket_id": "t22", "item": "event#e22"}'
    assert len(sqs.taken["m"]) == 23


@pytest.mark.usefixtures("two_consumers")
@pytest.mark.parametrize(("refused", "first"), [('"t17"', "17"), ("all", "0")])
def test_what_was_not_taken_comes_again(refused: str, first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "_sqs", Sqs(refused))
    assert handlers.ticket_events(records(23)) == {"batchItemFailures": [{"itemIdentifier": first}]}


@pytest.mark.parametrize(
    ("event", "consumers"),
    [
        ({"change": "created"}, {"metrics", "search", "mail"}),
        ({"change": "assigned", "field": "assignee_id"}, {"metrics", "mail"}),
        ({"change": "changed", "field": "status"}, {"metrics", "mail"}),
        ({"change": "changed", "field": "title"}, {"search"}),
        ({"change": "changed", "field": "tags"}, set()),
        ({"change": "comment"}, {"search", "mail"}),
        ({"change": "comment", "answers": "first"}, {"metrics", "search", "mail"}),
        ({"change": "note"}, set()),
        ({"change": "attachment"}, set()),
    ],
)
def test_who_does_not_want_all_is_told_of_what_they_want(
    event: dict[str, str], consumers: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "queues", lambda: {name: name for name in ("metrics", "search", "mail", "live")})
    sqs = Sqs()
    monkeypatch.setattr(fanout, "_sqs", sqs)
    assert handlers.ticket_events({"Records": [record(0, event)]}) == {"batchItemFailures": []}
    assert sqs.taken.keys() == consumers | {"live"}, "which may show each kind to somebody"
