"""What an event source mapping does with a batch that fails, is old, or has to wait. Each test names the page of AWS's
documentation that it is written from, under https://docs.aws.amazon.com/lambda/latest/dg/.
"""

import json
import threading
from typing import Any

import httpx
import pytest

from infra.local.events.streams import SHARDS
from infra.local.stack import Stack
from tests.integration.local.conftest import Does, until
from tests.integration.local.small_app import put
from tests.integration.local.test_streams import Event, Seen, failures

pytestmark = pytest.mark.usefixtures("stack")


def names(event: Event) -> list[str]:
    return [record["dynamodb"]["Keys"]["item"]["S"] for record in event["Records"]]


def sequence(event: Event, at: int) -> str:
    return str(event["Records"][at]["dynamodb"]["SequenceNumber"])


class Gathered:
    """Holds the first batch back until `release`: what is written meanwhile comes as one batch."""

    def __init__(self, stack: Stack, does: Does, then: Any) -> None:
        self.stack, self._then = stack, then
        self._started, self._release = threading.Event(), threading.Event()
        does("on_thing", self._handle)
        put("seen-first")
        assert self._started.wait(20)

    def _handle(self, event: Event) -> Any:
        if not self._release.is_set():
            self._started.set()
            self._release.wait(20)
            return None
        return self._then(event)

    def release(self, count: int) -> None:
        """Lets go once `count` records have come behind the first; returns when all is done."""
        until(lambda: self.stack.pumps.streams[0].pending == count + 1)
        self._release.set()
        self.stack.wait_idle()


def test_a_poison_record_is_isolated_and_splitting_uses_up_no_retry(stack: Stack, does: Does) -> None:
    """services-dynamodb-errors.html: "Splitting batches doesn't consume the retry quota"."""
    tried: list[list[str]] = []

    def hates_poison(event: Event) -> None:
        tried.append(names(event))
        if "seen-poison" in tried[-1]:
            raise ValueError("poison")

    gathered = Gathered(stack, does, hates_poison)
    for item in ("seen-1", "seen-2", "seen-poison", "seen-3"):
        put(item)
    gathered.release(4)

    assert tried[0] == ["seen-1", "seen-2", "seen-poison", "seen-3"]
    assert tried[1:3] == [["seen-1", "seen-2"], ["seen-poison", "seen-3"]]
    assert tried[3:] == [["seen-poison"]] * 3 + [["seen-3"]], "once and MaximumRetryAttempts (2) times again"
    (kept,) = failures()
    assert kept["requestContext"]["approximateInvokeCount"] == 3
    assert kept["responseContext"]["functionError"] == "Unhandled"


def test_half_a_batch_failed_is_tried_again_from_there_and_discarded_from_there(stack: Stack, does: Does) -> None:
    """services-ddb-batchfailurereporting.html: the lowest sequence number is the checkpoint; "the batch is bisected at
    the returned sequence number and Lambda retries only the remaining records"."""
    tried: list[list[str]] = []

    def cant_do_the_third(event: Event) -> Any:
        tried.append(names(event))
        bad = tried[-1].index("seen-3") if "seen-3" in tried[-1] else None
        if bad is None:
            return {"batchItemFailures": []}
        last = len(tried[-1]) - 1
        return {"batchItemFailures": [{"itemIdentifier": sequence(event, at)} for at in {last, bad}]}

    gathered = Gathered(stack, does, cant_do_the_third)
    for number in range(1, 5):
        put(f"seen-{number}")
    gathered.release(4)

    assert tried == [["seen-1", "seen-2", "seen-3", "seen-4"], *[["seen-3", "seen-4"]] * 3]
    (kept,) = failures()
    assert names(json.loads(kept["payload"])) == ["seen-3", "seen-4"]
    assert "functionError" not in kept["responseContext"]


@pytest.mark.parametrize("answer", [None, {}, {"batchItemFailures": []}, {"batchItemFailures": None}])
def test_an_answer_that_names_nothing_is_success(stack: Stack, does: Does, answer: Any) -> None:
    """services-ddb-batchfailurereporting.html, "Success and failure conditions"."""
    seen = Seen()
    does("on_thing", lambda event: (seen(event), answer)[1])
    put("seen")
    stack.wait_idle()

    assert seen.items == ["seen"]


@pytest.mark.parametrize("failure", [{"itemIdentifier": ""}, {"itemIdentifier": None}, {"wrongKey": "1"}])
def test_an_answer_that_names_nothing_known_fails_the_batch(stack: Stack, does: Does, failure: Any) -> None:
    """services-ddb-batchfailurereporting.html, "Success and failure conditions"."""
    seen = Seen()

    def once(event: Event) -> Any:
        seen(event)
        return {"batchItemFailures": [failure]} if len(seen.events) == 1 else None

    does("on_thing", once)
    put("seen")
    stack.wait_idle()

    assert seen.items == ["seen", "seen"]


def test_what_is_discarded_is_kept_as_aws_writes_it(stack: Stack, does: Does) -> None:
    """services-dynamodb-errors.html, the example of an invocation record."""

    def fails(_: Event) -> None:
        raise ValueError("no")

    does("on_thing", fails)
    put("seen", colour="red")
    stack.wait_idle()

    (kept,) = failures()
    assert kept.keys() == {
        *("requestContext", "responseContext", "version", "timestamp", "DDBStreamBatchInfo", "payload")
    }
    assert kept["requestContext"].keys() == {"requestId", "functionArn", "condition", "approximateInvokeCount"}
    assert kept["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert kept["responseContext"] == {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"}
    batch = kept["DDBStreamBatchInfo"]
    (record,) = json.loads(kept["payload"])["Records"]
    assert batch["startSequenceNumber"] == batch["endSequenceNumber"] == record["dynamodb"]["SequenceNumber"]
    assert batch["batchSize"] == 1
    assert batch["streamArn"] == record["eventSourceARN"]
    assert len(batch["approximateArrivalOfFirstRecord"]) == len("2019-11-14T00:13:19Z")
    assert len(kept["timestamp"]) == len("2019-11-14T00:13:49.717Z")
    assert record["dynamodb"]["NewImage"]["colour"] == {"S": "red"}


def test_a_record_older_than_the_maximum_age_is_discarded_and_what_is_behind_it_is_not(
    stack: Stack, does: Does, http: httpx.Client
) -> None:
    """services-ddb-params.html, MaximumRecordAgeInSeconds; services-dynamodb-errors.html, "Before invocation"."""
    tried: list[list[str]] = []

    def cant_do_the_old(event: Event) -> None:
        tried.append(names(event))
        if "aged-old" in tried[-1]:
            raise ValueError("no")

    does("on_aged", cant_do_the_old)
    put("aged-old")
    until(lambda: len(tried) >= 2)
    http.post("/_local/clock", json={"advance_seconds": 30})
    put("aged-young")
    until(lambda: stack.pumps.streams[1].pending == 2)
    http.post("/_local/clock", json={"advance_seconds": 31})
    stack.wait_idle()

    assert tried[-1] == ["aged-young"]
    (kept,) = failures()
    assert kept["requestContext"]["condition"] == "RecordAgeExceeded"
    assert names(json.loads(kept["payload"])) == ["aged-old"]
    assert kept["requestContext"]["approximateInvokeCount"] >= 2


def test_a_record_that_only_waited_is_as_old_as_one_that_failed(stack: Stack, does: Does, http: httpx.Client) -> None:
    """services-dynamodb-errors.html, "Before invocation": records expire while the function can't be invoked, too."""
    started, release = threading.Event(), threading.Event()
    tried: list[str] = []

    def slow(event: Event) -> None:
        tried.extend(names(event))
        started.set()
        release.wait(20)

    does("on_aged", slow)
    put("aged-1")
    assert started.wait(20)
    put("aged-2")
    until(lambda: stack.pumps.streams[1].pending == 2)
    http.post("/_local/clock", json={"advance_seconds": 61})
    release.set()
    stack.wait_idle()

    assert tried == ["aged-1"]
    (kept,) = failures()
    assert kept["requestContext"]["condition"] == "RecordAgeExceeded"
    assert names(json.loads(kept["payload"])) == ["aged-2"]


def test_a_batch_waits_for_more_until_it_is_full(stack: Stack, does: Does) -> None:
    """invocation-eventsourcemapping.html#invocation-eventsourcemapping-batching: until the window ends, the batch is
    full, or 6 MB."""
    seen = Seen()
    does("on_windowed", seen)
    for number in range(3):
        put(f"windowed-{number}")
    stack.wait_idle()

    assert seen.batches == [["windowed-0", "windowed-1", "windowed-2"]]


def test_a_batch_waits_for_more_until_its_window_ends(stack: Stack, does: Does, http: httpx.Client) -> None:
    """invocation-eventsourcemapping.html#invocation-eventsourcemapping-batching."""
    seen, arrived = Seen(), threading.Event()

    def sees(event: Event) -> None:
        seen(event)
        arrived.set()

    does("on_windowed", sees)
    put("windowed-0")
    assert not arrived.wait(0.3)
    http.post("/_local/clock", json={"advance_seconds": 301})
    assert arrived.wait(20)

    assert seen.batches == [["windowed-0"]]


def test_a_window_ends_when_somebody_waits_until_nothing_is_under_way(stack: Stack, does: Does) -> None:
    seen = Seen()
    does("on_windowed", seen)
    put("windowed-0")
    stack.wait_idle()

    assert seen.batches == [["windowed-0"]]


def test_parallel_batches_of_a_shard_keep_the_order_of_each_item(stack: Stack, does: Does) -> None:
    """services-ddb-params.html, ParallelizationFactor; with-ddb.html, "Polling and batching streams": "in-order
    processing at the item (partition and sort key) level"."""
    together = threading.Barrier(2, timeout=20)
    order: dict[str, list[str]] = {}
    met: list[str] = []

    def meets(event: Event) -> None:
        (record,) = event["Records"]
        order.setdefault(names(event)[0], []).append(record["eventName"])
        if not met:
            together.wait()
            met.append("two at a time, of one partition")

    does("on_parallel", meets)
    for number in range(12):
        put(f"parallel-{number}")
    stack.wait_idle()

    assert met
    assert set(order) == {f"parallel-{number}" for number in range(12)}


def test_items_are_spread_over_shards_and_an_items_records_stay_in_one(stack: Stack, does: Does) -> None:
    """amazondynamodb/latest/developerguide/Streams.html#Streams.Processing: a shard a partition; order holds for an
    item."""
    seen: dict[str, set[int]] = {}
    reader = stack.pumps.readers["things"]

    def note(record: Any) -> None:
        seen.setdefault(record.event["dynamodb"]["Keys"]["id"]["S"], set()).add(record.shard)

    reader.takers.append(note)
    for number in range(40):
        put("seen", id=f"t{number}", colour="red")
        put("seen", id=f"t{number}", colour="blue")
    stack.wait_idle()
    reader.takers.remove(note)

    assert all(len(shards) == 1 for shards in seen.values())
    assert set.union(*seen.values()) == set(range(SHARDS))


def test_a_batch_comes_twice_and_late_when_a_drill_says_so(stack: Stack, does: Does) -> None:
    """with-ddb.html: each event at least once, "and duplicate processing of records can occur"."""
    seen = Seen()
    does("on_thing", seen)
    stack.faults.add({"function": "on_thing", "duplicate": 1.0})
    put("seen")
    stack.wait_idle()

    assert seen.items == ["seen", "seen"]


def test_a_swallowed_record_reaches_nobody(stack: Stack, does: Does) -> None:
    seen = Seen()
    does("on_thing", seen)
    stack.faults.add({"function": "on_thing", "swallow": 1.0})
    put("seen-lost")
    stack.wait_idle()
    stack.faults.clear()
    put("seen-found")
    stack.wait_idle()

    assert seen.items == ["seen-found"]
