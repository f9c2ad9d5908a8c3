"""An event source mapping from a stream to a function, as Lambda runs it: in order within a shard, a batch at a time,
partial failures, retries with back-off, bisecting, an on-failure destination."""

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import uuid4

from infra.local import patterns
from infra.local.functions import Function, FunctionError, Functions
from infra.local.streams import SHARDS, Record, StreamReader

_LARGEST_EVENT = 6 * 2**20
_FIRST_WAIT = 0.05
_LONGEST_WAIT = 1.0

log = logging.getLogger("infra.local")


class Duplicates(Protocol):
    def duplicates(self, function: str) -> bool: ...


Destination = Callable[[str, bytes], object]
"""Stores what failed for good under a key."""


@dataclass
class Batch:
    records: list[Record]
    attempts: int = 0

    def event(self) -> Any:
        return json.loads('{"Records":[' + ",".join(record.text for record in self.records) + "]}")


class StreamMapping:
    """Calls `function` with the stream's records that pass its filter."""

    def __init__(
        self,
        functions: Functions,
        function: Function,
        properties: dict[str, Any],
        reader: StreamReader,
        drill: Duplicates,
        destination: Destination | None,
    ) -> None:
        self.function = function
        self.reader = reader
        self.pending = 0
        """Records taken and not done."""
        self.batch_size = int(properties.get("BatchSize", 100))
        self.bisects = bool(properties.get("BisectBatchOnFunctionError", False))
        self.most_attempts = int(properties.get("MaximumRetryAttempts", -1))
        self.oldest = float(properties.get("MaximumRecordAgeInSeconds", -1))
        self.reports_items = "ReportBatchItemFailures" in properties.get("FunctionResponseTypes", [])
        self._patterns = patterns.parse(properties.get("FilterCriteria"))
        self._functions = functions
        self._drill = drill
        self._destination = destination
        self._counting = threading.Lock()
        self.id = str(uuid4())
        self._shards = [_Shard(self, number) for number in range(SHARDS)]

    def start(self) -> None:
        self.reader.takers.append(self.take)
        for shard in self._shards:
            shard.start()

    def stop(self) -> None:
        for shard in self._shards:
            shard.stop()

    def take(self, record: Record) -> None:
        if patterns.matches(self._patterns, record.event):
            record.taken()
            with self._counting:
                self.pending += 1
            self._shards[record.shard].add(record)

    def done(self, records: Sequence[Record]) -> None:
        for record in records:
            record.finished()
        with self._counting:
            self.pending -= len(records)

    def failed_from(self, batch: Batch) -> int | None:
        """Runs the function. The index from which on the batch has to come again (its length: none); None: all of it,
        because the function itself failed."""
        try:
            answer = self._functions.invoke(self.function.name, batch.event())
            if self._drill.duplicates(self.function.name):
                answer = self._functions.invoke(self.function.name, batch.event())
        except FunctionError:
            return None
        return self._reported(batch, answer) if self.reports_items else len(batch.records)

    def _reported(self, batch: Batch, answer: Any) -> int | None:
        failures = answer.get("batchItemFailures") if isinstance(answer, dict) else None
        if not failures:
            return len(batch.records)
        places = {record.sequence: at for at, record in enumerate(batch.records)}
        try:
            return min(places[failure["itemIdentifier"]] for failure in failures)
        except (KeyError, TypeError):
            # An identifier that isn't in the batch fails the whole batch.
            return None

    def give_up(self, batch: Batch, condition: str, shard: int) -> None:
        """Records that failed for good go to the destination, as Lambda writes them to S3."""
        log.error("%s gives up on %d records: %s", self.function.name, len(batch.records), condition)
        if self._destination:
            now = datetime.now(UTC)
            day, stamp = now.strftime("%Y/%m/%d"), now.strftime("%Y-%m-%dT%H.%M.%S")
            shard_id = f"shardId-{shard:020d}"
            key = f"aws/lambda/{self.id}/{shard_id}/{day}/{stamp}-{uuid4()}"
            self._destination(key, json.dumps(self._failure(batch, condition, shard_id, now)).encode())
        self.done(batch.records)

    def _failure(self, batch: Batch, condition: str, shard_id: str, now: datetime) -> dict[str, Any]:
        def stamp(moment: datetime) -> str:
            return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"

        def arrival(record: Record) -> str:
            return stamp(datetime.fromtimestamp(time.time() - (time.monotonic() - record.arrived), UTC))

        first, last = batch.records[0], batch.records[-1]
        return {
            "requestContext": {
                "requestId": str(uuid4()),
                "functionArn": self.function.arn,
                "condition": condition,
                "approximateInvokeCount": batch.attempts,
            },
            "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
            "version": "1.0",
            "timestamp": stamp(now),
            "DDBStreamBatchInfo": {
                "shardId": shard_id,
                "startSequenceNumber": first.sequence,
                "endSequenceNumber": last.sequence,
                "approximateArrivalOfFirstRecord": arrival(first),
                "approximateArrivalOfLastRecord": arrival(last),
                "batchSize": len(batch.records),
                "streamArn": self.reader.arn,
            },
            "payload": json.dumps(batch.event()),
        }


class _Shard(threading.Thread):
    """One shard of a mapping: at most one invocation at a time."""

    def __init__(self, mapping: StreamMapping, number: int) -> None:
        super().__init__(name=f"{mapping.function.name}-{number}", daemon=True)
        self._mapping = mapping
        self._number = number
        self._waiting: deque[Record] = deque()
        self._changed = threading.Condition()
        self._stopping = False

    def add(self, record: Record) -> None:
        with self._changed:
            self._waiting.append(record)
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self.join(timeout=10)

    def run(self) -> None:
        while batch := self._next():
            work = [batch]
            while work and not self._stopping:
                self._deliver(work)

    def _next(self) -> Batch | None:
        """Waits for records and takes as many as one event may hold; None: stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopping)
            if self._stopping:
                return None
            records = [self._waiting.popleft()]
            size = len(records[0].text)
            while self._waiting and len(records) < self._mapping.batch_size:
                size += len(self._waiting[0].text)
                if size > _LARGEST_EVENT:
                    break
                records.append(self._waiting.popleft())
            return Batch(records)

    def _deliver(self, work: list[Batch]) -> None:
        """Delivers the first batch of `work`, and puts in its place what has to come again."""
        mapping = self._mapping
        batch = work.pop(0)
        if mapping.oldest >= 0 and time.monotonic() - batch.records[0].arrived > mapping.oldest:
            mapping.give_up(batch, "MaximumRecordAgeExceeded", self._number)
            return
        failed = mapping.failed_from(batch)
        if failed is None and mapping.bisects and len(batch.records) > 1:
            middle = len(batch.records) // 2
            halves = [batch.records[:middle], batch.records[middle:]]
            work[:0] = [Batch(half, batch.attempts) for half in halves]
            return
        mapping.done(batch.records[: failed or 0])
        rest = Batch(batch.records[failed or 0 :], batch.attempts + 1 if not failed else 1)
        if not rest.records:
            return
        if 0 <= mapping.most_attempts < rest.attempts:
            mapping.give_up(rest, "RetryAttemptsExhausted", self._number)
            return
        work.insert(0, rest)
        with self._changed:
            wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (rest.attempts - 1))
            self._changed.wait_for(lambda: self._stopping, wait)
