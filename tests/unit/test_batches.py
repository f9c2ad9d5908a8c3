"""What a consumer answers of a batch, of queues and of streams alike; every entry point writes what it measures."""

import json
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from typing import Any

import pytest

from chalicelib.batches import Failures, NotYet, body, consumer, requested
from chalicelib.log import request_id
from chalicelib.measures import count

CHALICELIB = Path(__file__).parents[2] / "chalicelib"
HANDLERS = sorted(
    ".".join(path.relative_to(CHALICELIB.parent).with_suffix("").parts) for path in CHALICELIB.rglob("handlers.py")
)


def queue(*said: object) -> dict[str, Any]:
    return {"Records": [{"messageId": f"m{number}", "body": json.dumps(each)} for number, each in enumerate(said)]}


def stream(*said: object) -> dict[str, Any]:
    """Sequence numbers that text would order otherwise than numbers."""
    records = enumerate(said, start=9)
    return {"Records": [{"dynamodb": {"SequenceNumber": str(number), "NewImage": each}} for number, each in records]}


def failed(answer: Failures) -> list[str]:
    assert answer.keys() == {"batchItemFailures"}
    assert all(each.keys() == {"itemIdentifier"} for each in answer["batchItemFailures"])
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def image(record: Any) -> Any:
    return record["dynamodb"]["NewImage"]


def test_of_a_queue_what_failed_comes_again_and_nothing_else() -> None:
    handled = []

    @consumer(body)
    def handle(said: list[dict[str, Any]]) -> None:
        handled.extend(said)
        if said[0]["n"] in (1, 3):
            raise ConnectionError

    assert failed(handle(queue({"n": 0}, {"n": 1}, {"n": 2}, {"n": 3}))) == ["m1", "m3"]
    assert [each["n"] for each in handled] == [0, 1, 2, 3]


def test_of_a_stream_the_earliest_that_failed_is_named_and_the_rest_is_handled() -> None:
    handled = []

    @consumer(image)
    def handle(said: list[str]) -> None:
        handled.extend(said)
        if said[0] in "bd":
            raise ConnectionError

    assert failed(handle(stream("a", "b", "c", "d"))) == ["10"]
    assert handled == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("batch", "again"), [(queue, ["m0", "m2"]), (stream, ["9"])])
def test_what_belongs_together_fails_together(batch: Any, again: list[str]) -> None:
    def said(record: Any) -> str:
        return str(json.loads(record["body"]) if "body" in record else image(record))

    @consumer(said, together=lambda each: each[0])
    def handle(together: list[str]) -> None:
        assert together in (["a1", "a2"], ["b1"])
        if len(together) == 2:
            raise ConnectionError

    assert failed(handle(batch("a1", "b1", "a2"))) == again


def test_a_handler_says_which_come_again() -> None:
    @consumer(image, together=lambda _: "all")
    def handle(said: list[str]) -> list[str]:
        return said[1:]

    assert failed(handle(stream("a", "b", "c"))) == ["10"]


def test_what_cannot_be_read_holds_nobody_up_and_comes_again() -> None:
    handled = []

    @consumer(body)
    def handle(said: list[dict[str, Any]]) -> None:
        handled.extend(said)

    batch = queue({"n": 0}, {"n": 1})
    batch["Records"][0]["body"] = "{"
    assert failed(handle(batch)) == ["m0"]
    assert handled == [{"n": 1}]


def test_what_concerns_nobody_is_passed_over() -> None:
    @consumer(lambda record: None)
    def handle(said: list[None]) -> None:
        raise AssertionError

    assert failed(handle(queue("a"))) == []


def test_what_comes_afterwards_fails_for_all_that_were_handled() -> None:
    def after(said: list[dict[str, Any]]) -> None:
        assert said == [{"n": 1}, {"n": 2}]
        raise ConnectionError

    @consumer(body, after=after)
    def handle(said: list[dict[str, Any]]) -> None:
        if said == [{"n": 0}]:
            raise ConnectionError

    assert failed(handle(queue({"n": 0}, {"n": 1}, {"n": 2}))) == ["m0", "m1", "m2"]


def test_what_is_done_follows_from_the_request_that_the_message_names() -> None:
    seen = []

    @consumer(body, request=requested)
    def handle(said: list[dict[str, Any]]) -> None:
        seen.append(request_id())

    handle(queue({"request_id": "r1"}, {}))
    assert seen == ["r1", None]


def test_what_somebody_else_is_at_comes_again_without_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    @consumer(body)
    def handle(said: list[dict[str, Any]]) -> None:
        raise NotYet

    assert failed(handle(queue({}))) == ["m0"]
    assert "ERROR" not in capsys.readouterr().out


def test_what_is_measured_is_written_though_it_failed_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    monkeypatch.setattr("chalicelib.measures._write", written.extend)

    @consumer(body)
    def handle(said: list[dict[str, Any]]) -> None:
        count("MailsKept")
        raise ConnectionError

    handle(queue({}))
    assert [figure for figure, _, _ in written] == ["MailsKept"]


@pytest.mark.parametrize("name", HANDLERS)
def test_every_entry_point_writes_what_it_measures(name: str) -> None:
    """Either as a `consumer` or as `collected`: four once dropped what they had measured."""
    module = import_module(name)
    entry_points = {
        function: getattr(module, function)
        for function in vars(module)
        if not function.startswith("_") and isfunction(getattr(module, function))
    }
    own = {function: each for function, each in entry_points.items() if each.__module__ == name}
    assert own
    assert not [function for function, each in own.items() if not hasattr(each, "__wrapped__")]
