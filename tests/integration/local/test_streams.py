"""Stream records reach a function as Lambda's event source mapping would bring them."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.stack import Stack
from tests.integration.local.conftest import Does, until
from tests.integration.local.small_app import client, put

Event = dict[str, Any]


class Seen:
    """The batches that a function got, as lists of range keys."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    @property
    def batches(self) -> list[list[str]]:
        return [[record["dynamodb"]["Keys"]["item"]["S"] for record in event["Records"]] for event in self.events]

    @property
    def items(self) -> list[str]:
        return [item for batch in self.batches for item in batch]


@pytest.fixture
def seen(does: Does) -> Seen:
    seen = Seen()
    does("on_thing", seen)
    return seen


@pytest.fixture
def held(does: Does) -> Iterator[threading.Event]:
    """The function waits with its first batch until this is set, so that what comes next is one batch."""
    release = threading.Event()
    yield release
    release.set()


def taken(stack: Stack) -> int:
    """How many records wait for the function or are with it."""
    return stack.pumps.streams[0].pending


def test_a_record_looks_like_lambdas(stack: Stack, seen: Seen) -> None:
    put("seen", colour="red")
    put("seen", colour="blue")
    client("dynamodb").delete_item(TableName="things", Key={"id": {"S": "a"}, "item": {"S": "seen"}})
    stack.wait_idle()

    records = [record for event in seen.events for record in event["Records"]]
    assert [record["eventName"] for record in records] == ["INSERT", "MODIFY", "REMOVE"]
    changed = records[1]
    assert changed["eventSource"] == "aws:dynamodb"
    assert changed["awsRegion"] == "eu-central-1"
    assert changed["eventSourceARN"].startswith("arn:aws:dynamodb:eu-central-1:123456789012:table/things/stream/")
    assert changed["dynamodb"]["OldImage"]["colour"] == {"S": "red"}
    assert changed["dynamodb"]["NewImage"]["colour"] == {"S": "blue"}
    assert changed["dynamodb"]["Keys"] == {"id": {"S": "a"}, "item": {"S": "seen"}}
    assert changed["dynamodb"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert isinstance(changed["dynamodb"]["ApproximateCreationDateTime"], int)
    numbers = [int(record["dynamodb"]["SequenceNumber"]) for record in records]
    assert numbers == sorted(numbers)
    assert "NewImage" not in records[2]["dynamodb"]
    assert "userIdentity" not in records[2]


def test_an_update_that_changes_nothing_is_not_reported(stack: Stack, seen: Seen) -> None:
    put("seen-same", colour="red")
    put("seen-same", colour="red")
    stack.wait_idle()

    assert seen.items == ["seen-same"]


def test_an_update_that_makes_an_item_is_reported_once_and_whole(stack: Stack, seen: Seen) -> None:
    client("dynamodb").update_item(
        TableName="things",
        Key={"id": {"S": "a"}, "item": {"S": "seen-made"}},
        UpdateExpression="SET #c = :c",
        ExpressionAttributeNames={"#c": "colour"},
        ExpressionAttributeValues={":c": {"S": "red"}},
    )
    stack.wait_idle()

    (event,) = seen.events
    (record,) = event["Records"]
    assert record["eventName"] == "INSERT"
    assert record["dynamodb"]["NewImage"]["colour"] == {"S": "red"}


def test_what_the_filter_leaves_out_wakes_nobody(stack: Stack, seen: Seen) -> None:
    put("unseen")
    stack.wait_idle()

    assert seen.events == []


def test_records_of_one_key_keep_their_order_and_come_in_batches(
    stack: Stack, does: Does, held: threading.Event
) -> None:
    seen = Seen()
    started = threading.Event()

    def slow(event: Event) -> None:
        seen(event)
        started.set()
        held.wait(10)

    does("on_thing", slow)
    put("seen-0")
    started.wait(10)
    for number in range(1, 25):
        put(f"seen-{number}")
    until(lambda: taken(stack) == number + 1)
    held.set()
    stack.wait_idle()

    assert seen.items == [f"seen-{number}" for number in range(25)]
    assert [len(batch) for batch in seen.batches] == [1, 10, 10, 4]


def test_a_named_failure_comes_again_with_all_behind_it(stack: Stack, does: Does, held: threading.Event) -> None:
    seen = Seen()
    started = threading.Event()

    def fails_once(event: Event) -> Any:
        seen(event)
        started.set()
        held.wait(10)
        if len(seen.events) == 2:
            return {"batchItemFailures": [{"itemIdentifier": event["Records"][2]["dynamodb"]["SequenceNumber"]}]}
        return None

    does("on_thing", fails_once)
    put("seen-0")
    started.wait(10)
    for number in range(1, 6):
        put(f"seen-{number}")
    until(lambda: taken(stack) == number + 1)
    held.set()
    stack.wait_idle()

    every = [f"seen-{number}" for number in range(1, 6)]
    assert seen.batches == [["seen-0"], every, every[2:]]


def test_a_batch_that_fails_is_halved_until_the_bad_record_is_alone_and_kept(
    stack: Stack, does: Does, held: threading.Event
) -> None:
    done: list[str] = []
    tried: list[str] = []
    started = threading.Event()

    def hates_three(event: Event) -> None:
        started.set()
        held.wait(10)
        items = [record["dynamodb"]["Keys"]["item"]["S"] for record in event["Records"]]
        if "seen-bad" in items:
            if len(items) == 1:
                tried.extend(items)
            raise ValueError("seen-bad")
        done.extend(items)

    does("on_thing", hates_three)
    put("seen-0", id="b")
    started.wait(10)
    for number in range(1, 4):
        put(f"seen-{number}", id="b")
    put("seen-bad", id="b")
    for number in range(4, 7):
        put(f"seen-{number}", id="b")
    until(lambda: taken(stack) == 8)
    held.set()
    stack.wait_idle()

    assert done == [f"seen-{number}" for number in range(7)]
    assert tried == ["seen-bad"] * 3, "once, and MaximumRetryAttempts times again"
    (kept,) = failures()
    assert kept["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert kept["requestContext"]["functionArn"].endswith(":function:lambdesk-on_thing")
    assert kept["DDBStreamBatchInfo"]["batchSize"] == 1
    assert kept["DDBStreamBatchInfo"]["streamArn"].startswith(
        "arn:aws:dynamodb:eu-central-1:123456789012:table/things/"
    )
    (record,) = json.loads(kept["payload"])["Records"]
    assert record["dynamodb"]["Keys"]["item"] == {"S": "seen-bad"}


def failures() -> list[dict[str, Any]]:
    """What stands in the on-failure bucket; empties it."""
    s3 = client("s3")
    found = []
    for entry in s3.list_objects_v2(Bucket="lambdesk-failed-records").get("Contents", []):
        assert entry["Key"].startswith("aws/lambda/")
        found.append(json.loads(s3.get_object(Bucket="lambdesk-failed-records", Key=entry["Key"])["Body"].read()))
        s3.delete_object(Bucket="lambdesk-failed-records", Key=entry["Key"])
    return found


def test_a_cancelled_transaction_reports_nothing_and_undoes_nothing_else(stack: Stack, seen: Seen) -> None:
    dynamodb = client("dynamodb")
    put("seen-there", colour="red")
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as refused:
        dynamodb.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": "things", "Item": {"id": {"S": "a"}, "item": {"S": "seen-new"}}}},
                {
                    "Update": {
                        "TableName": "things",
                        "Key": {"id": {"S": "a"}, "item": {"S": "seen-there"}},
                        "UpdateExpression": "SET #c = :c",
                        "ConditionExpression": "#c = :old",
                        "ExpressionAttributeNames": {"#c": "colour"},
                        "ExpressionAttributeValues": {":c": {"S": "green"}, ":old": {"S": "blue"}},
                    }
                },
            ]
        )
    stack.wait_idle()

    assert [reason["Code"] for reason in refused.value.response["CancellationReasons"]] == [
        "None",
        "ConditionalCheckFailed",
    ]
    assert seen.items == ["seen-there"]
    found = dynamodb.query(
        TableName="things", KeyConditionExpression="id = :a", ExpressionAttributeValues={":a": {"S": "a"}}
    )["Items"]
    assert "seen-new" not in [item["item"]["S"] for item in found]
    assert {"S": "red"} in [item.get("colour") for item in found]
