"""Queue messages reach a function as Lambda's event source mapping would bring them. Written from
https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html, …/services-sqs-errorhandling.html,
…/services-sqs-scaling.html and …/with-sqs-filtering.html.
"""

import dataclasses
import json
import os
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from infra.local.events.queues import QueueMapping
from infra.local.stack import Stack
from tests.integration.local.conftest import Does, until
from tests.integration.local.small_app import client

Event = dict[str, Any]


def send(body: str, **more: Any) -> None:
    client("sqs").send_message(QueueUrl=os.environ["JOBS_QUEUE_URL"], MessageBody=body, **more)


@pytest.fixture
def seen(does: Does) -> list[str]:
    """The bodies that the function got."""
    bodies: list[str] = []
    does("on_job", lambda event: bodies.extend(record["body"] for record in event["Records"]))
    return bodies


def dead_letters() -> list[str]:
    sqs = client("sqs")
    url = sqs.get_queue_url(QueueName="lambdesk-dead-jobs")["QueueUrl"]
    return [
        message["Body"] for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    ]


def test_a_message_looks_like_lambdas(stack: Stack, does: Does) -> None:
    events: list[Event] = []
    does("on_job", events.append)
    send("{}", MessageAttributes={"kind": {"DataType": "String", "StringValue": "test"}})
    stack.wait_idle()

    (event,) = events
    (record,) = event["Records"]
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"] == "arn:aws:sqs:eu-central-1:123456789012:lambdesk-jobs"
    assert record["body"] == "{}"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert record["messageAttributes"]["kind"]["stringValue"] == "test"
    assert record["messageId"]
    assert record["receiptHandle"]


def test_every_message_is_done_once(stack: Stack, seen: list[str]) -> None:
    for number in range(12):
        send(str(number))
    stack.wait_idle()

    assert sorted(seen, key=int) == [str(number) for number in range(12)]


def test_a_named_failure_comes_again_and_the_others_dont(stack: Stack, does: Does) -> None:
    seen: list[str] = []

    def fails_twice(event: Event) -> Any:
        seen.extend(record["body"] for record in event["Records"])
        bad = [record["messageId"] for record in event["Records"] if record["body"] == "bad"]
        return {"batchItemFailures": [{"itemIdentifier": each} for each in bad] if seen.count("bad") < 3 else []}

    does("on_job", fails_twice)
    send("good")
    send("bad")
    stack.wait_idle()

    assert sorted(seen) == ["bad", "bad", "bad", "good"]
    assert dead_letters() == []


def test_what_keeps_failing_goes_to_the_dead_letters(stack: Stack, does: Does) -> None:
    tries: list[str] = []

    def fails(event: Event) -> None:
        tries.append(event["Records"][0]["body"])
        raise ValueError("no")

    does("on_job", fails)
    send("poison")
    stack.wait_idle()

    assert tries == ["poison"] * 3
    assert dead_letters() == ["poison"]


def test_a_delayed_message_waits_for_the_clock_and_is_under_way_once_it_is_due(
    stack: Stack, http: httpx.Client, seen: list[str]
) -> None:
    send("later", DelaySeconds=600)

    stack.wait_idle()
    assert seen == []
    http.post("/_local/clock", json={"advance_seconds": 300})
    stack.wait_idle()
    assert seen == []
    http.post("/_local/clock", json={"advance_seconds": 301})
    stack.wait_idle()
    assert seen == ["later"]


def test_a_message_that_is_delayed_for_seconds_is_waited_for(stack: Stack, http: httpx.Client, seen: list[str]) -> None:
    send("soon", DelaySeconds=2)

    assert http.get("/_local/idle?timeout=0.05").status_code == 504
    assert seen == []
    stack.wait_idle()
    assert seen == ["soon"]


def test_a_failed_message_of_a_dying_function_is_not_lost(
    stack: Stack, does: Does, killed_once: Callable[[Event], None]
) -> None:
    does("on_job", killed_once)
    stack.faults.add({"function": "consumers", "crash_after_writes": 1})
    send("precious")
    until(lambda: stack.faults.in_force == [])
    stack.wait_idle()

    found = client("dynamodb").get_item(TableName="things", Key={"id": {"S": "precious"}, "item": {"S": "2"}})
    assert "Item" in found


@pytest.fixture
def killed_once() -> Callable[[Event], None]:
    """A function that writes two items for a message."""
    from tests.integration.local.small_app import put

    def writes(event: Event) -> None:
        for record in event["Records"]:
            put("1", id=record["body"])
            put("2", id=record["body"])

    return writes


def bulk(*sizes: object) -> None:
    sqs = client("sqs")
    url = sqs.get_queue_url(QueueName="lambdesk-bulk")["QueueUrl"]
    for number in range(0, len(sizes), 10):
        entries = [
            {"Id": str(at), "MessageBody": json.dumps({"size": size}) if isinstance(size, int) else str(size)}
            for at, size in enumerate(sizes[number : number + 10])
        ]
        sqs.send_message_batch(QueueUrl=url, Entries=entries)


def until_received(stack: Stack) -> None:
    """Until a poller has them, and waits for more."""
    (queue,) = [queue for queue in stack.engine.queues() if queue.name == "lambdesk-bulk"]
    until(lambda: all(message.approximate_receive_count for message in queue._messages), 60)


def test_a_batching_window_gathers_more_than_one_receive_gives(stack: Stack, http: httpx.Client, does: Does) -> None:
    """services-sqs-configure.html: a batch over 10 needs a window; it goes when it is full, or the window ends."""
    sizes: list[int] = []
    does("on_bulk", lambda event: sizes.append(len(event["Records"])))
    bulk(*range(11, 36))
    stack.wait_idle()
    assert sum(sizes) == 25
    assert max(sizes) > 10

    sizes.clear()
    bulk(11, 12)
    until_received(stack)
    assert http.get("/_local/idle?timeout=0.1").status_code == 504
    assert sizes == []
    http.post("/_local/clock", json={"advance_seconds": 61})
    stack.wait_idle()
    assert sum(sizes) == 2


def test_what_the_filter_leaves_out_is_deleted_from_the_queue(stack: Stack, http: httpx.Client, does: Does) -> None:
    """with-sqs-filtering.html: what doesn't match is deleted; a body that isn't JSON doesn't match one that is."""
    bodies: list[str] = []
    does("on_bulk", lambda event: bodies.extend(record["body"] for record in event["Records"]))
    bulk(5, 50, "no JSON")
    until_received(stack)
    http.post("/_local/clock", json={"advance_seconds": 61})
    stack.wait_idle()

    assert bodies == ['{"size": 50}']
    (queue,) = [queue for queue in stack.engine.queues() if queue.name == "lambdesk-bulk"]
    assert queue._messages == []


def test_no_more_invocations_at_a_time_than_the_mapping_allows(stack: Stack, does: Does) -> None:
    """services-sqs-scaling.html, MaximumConcurrency."""
    running: list[int] = []
    most: list[int] = []
    two = threading.Event()

    def counts(_: Event) -> None:
        running.append(1)
        most.append(len(running))
        if len(running) > 1:
            two.set()
        two.wait(20)
        running.pop()

    does("on_bulk", counts)
    bulk(*range(11, 211))
    stack.wait_idle(120)

    assert max(most) == 2


def test_a_message_in_a_functions_hands_is_hidden_and_comes_again_when_its_time_is_over(
    stack: Stack, does: Does
) -> None:
    """AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html. The function holds it longer than the
    timeout, as after the death of a poller: it is delivered a second time."""
    sqs = client("sqs")
    url = os.environ["JOBS_QUEUE_URL"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "1"})
    seen: list[str] = []
    twice = threading.Event()

    def holds(event: Event) -> None:
        seen.extend(record["attributes"]["ApproximateReceiveCount"] for record in event["Records"])
        if len(seen) == 1:
            twice.wait(20)
        else:
            twice.set()

    does("on_job", holds)
    try:
        send("held")
        assert twice.wait(20)
        stack.wait_idle()
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "60"})

    assert seen == ["1", "2"]


def test_a_visibility_timeout_shorter_than_the_functions_is_refused(stack: Stack) -> None:
    """services-sqs-configure.html: "will return an error if the function timeout exceeds the queue's visibility
    timeout"."""
    job = stack.pumps.queues[-1]
    slow = dataclasses.replace(job.function, timeout=61)
    with pytest.raises(ValueError, match="visibility timeout of 60"):
        QueueMapping(stack.engine, client("sqs"), stack.functions, slow, {"Queue": job.arn}, stack.faults, stack.clock)
