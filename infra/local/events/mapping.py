"""An event source mapping from a stream to a function, as Lambda runs it.

https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html

Ages and the batching window go by the application's clock. Quicker than AWS: the waits between two tries.
"""

import logging
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5

from infra.local.engine.clock import Clock
from infra.local.events import discarded, patterns
from infra.local.events.discarded import Destination
from infra.local.events.streams import SHARDS, Record, StreamReader
from infra.local.functions.runtime import Function, FunctionError, Functions, Throttled

_LARGEST_EVENT = 6 * 2**20
_FIRST_WAIT = 0.05
_LONGEST_WAIT = 1.0

log = logging.getLogger("infra.local")


class Drill(Protocol):
    """What may go wrong with a delivery (faults.py)."""

    def duplicates(self, function: str) -> bool: ...

    def swallows(self, function: str) -> bool: ...


@dataclass
class Batch:
    records: list[Record]
    failures: int = 0
    """How often it failed, splitting not counted."""


class StreamMapping:
    """Calls `function` with the stream's records that pass its filter."""

    def __init__(
        self,
        functions: Functions,
        function: Function,
        properties: dict[str, Any],
        reader: StreamReader,
        drill: Drill,
        destination: Destination | None,
        clock: Clock,
    ) -> None:
        self.function = function
        self.reader = reader
        self.clock = clock
        self.pending = 0
        """Records taken and not done."""
        self.batch_size = int(properties.get("BatchSize", 100))
        self.window = float(properties.get("MaximumBatchingWindowInSeconds", 0))
        """Seconds that a batch may wait for more records."""
        self.window_over = 0.0
        """Records that arrived until then wait no longer."""
        self.bisects = bool(properties.get("BisectBatchOnFunctionError", False))
        self.most_retries = int(properties.get("MaximumRetryAttempts", -1))
        self.oldest = float(properties.get("MaximumRecordAgeInSeconds", -1))
        self.reports_items = "ReportBatchItemFailures" in properties.get("FunctionResponseTypes", [])
        self._patterns = patterns.parse(properties.get("FilterCriteria"), numbers=False)
        self._functions = functions
        self._drill = drill
        self._destination = destination
        self._counting = threading.Lock()
        self.id = str(uuid5(NAMESPACE_URL, f"{reader.arn} {function.arn}"))
        self._parallel = int(properties.get("ParallelizationFactor", 1))
        self._lanes = [_Lane(self, shard, lane) for shard in range(SHARDS) for lane in range(self._parallel)]

    def start(self) -> None:
        self.reader.takers.append(self.take)
        for lane in self._lanes:
            lane.start()

    def stop(self) -> None:
        for lane in self._lanes:
            lane.stop()

    def wake(self) -> None:
        """The clock was moved: what waits by it looks again."""
        for lane in self._lanes:
            lane.wake()

    def end_window(self) -> None:
        """What has arrived is delivered now: nothing else is under way that could add to it."""
        self.window_over = self.clock.time()
        self.wake()

    def take(self, record: Record) -> None:
        if not patterns.matches(self._patterns, record.event) or self._drill.swallows(self.function.name):
            return
        record.taken()
        with self._counting:
            self.pending += 1
        # Parallel batches of a shard: an item's records keep their order, others' don't.
        self._lanes[record.shard * self._parallel + record.item % self._parallel].add(record)

    def done(self, records: Sequence[Record]) -> None:
        for record in records:
            record.finished()
        with self._counting:
            self.pending -= len(records)

    def failed_from(self, batch: Batch) -> int | None:
        """Runs the function. The index from which on the batch has to come again (its length: none); None: all of it,
        because the function itself failed. Raises Throttled."""
        try:
            answer = self._functions.invoke(self.function.name, discarded.event(batch.records))
            if self._drill.duplicates(self.function.name):
                answer = self._functions.invoke(self.function.name, discarded.event(batch.records))
        except Throttled:
            raise
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

    def give_up(self, batch: Batch, condition: str, shard: int, *, function_error: bool = False) -> None:
        """Records that failed for good go to the destination."""
        log.error("%s gives up on %d records: %s", self.function.name, len(batch.records), condition)
        now, shard_id = self.clock.time(), f"shardId-{shard:020d}"
        record = discarded.invocation_record(
            batch.records,
            condition=condition,
            invocations=batch.failures,
            function_error=function_error,
            function=self.function.arn,
            stream=self.reader.arn,
            shard=shard_id,
            now=now,
        )
        try:
            if self._destination:
                self._destination(discarded.key(self.id, shard_id, now), discarded.as_bytes(record))
        except Exception:
            log.exception("The on-failure destination of %s takes nothing", self.function.name)
        self.done(batch.records)


class _Lane(threading.Thread):
    """A shard, or with a parallelisation factor a part of one: at most one invocation at a time."""

    def __init__(self, mapping: StreamMapping, shard: int, lane: int) -> None:
        super().__init__(name=f"{mapping.function.name}-{shard}-{lane}", daemon=True)
        self._mapping = mapping
        self._shard = shard
        self._waiting: deque[Record] = deque()
        self._changed = threading.Condition()
        self._stopping = False

    def add(self, record: Record) -> None:
        with self._changed:
            self._waiting.append(record)
            self._changed.notify()

    def wake(self) -> None:
        with self._changed:
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
        """Waits for records, and for the batching window; takes as many as one event may hold. None: stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopping)
            while not self._stopping and (left := self._window_left()) > 0 and not self._full():
                self._changed.wait(left)
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

    def _window_left(self) -> float:
        """Seconds for which the records may wait for more."""
        arrived = self._waiting[0].arrived
        if arrived <= self._mapping.window_over:
            return 0
        return arrived + self._mapping.window - self._mapping.clock.time()

    def _full(self) -> bool:
        if len(self._waiting) >= self._mapping.batch_size:
            return True
        return sum(len(record.text) for record in self._waiting) > _LARGEST_EVENT

    def _deliver(self, work: list[Batch]) -> None:
        """Delivers the first batch of `work`, and puts in its place what has to come again."""
        mapping = self._mapping
        batch = self._young(work.pop(0))
        if not batch.records:
            return
        try:
            failed = mapping.failed_from(batch)
        except Throttled:
            # No failure of the batch: it is tried until it is too old.
            work.insert(0, batch)
            self._wait(_FIRST_WAIT)
            return
        if failed is None and mapping.bisects and len(batch.records) > 1:
            middle = len(batch.records) // 2
            halves = [batch.records[:middle], batch.records[middle:]]
            work[:0] = [Batch(half, batch.failures) for half in halves]
            return
        mapping.done(batch.records[: failed or 0])
        # Splitting, also where an answer says so, doesn't use up a retry.
        split = mapping.bisects and bool(failed)
        rest = Batch(batch.records[failed or 0 :], batch.failures + (not split))
        if not rest.records:
            return
        if 0 <= mapping.most_retries < rest.failures:
            mapping.give_up(rest, discarded.RETRIES, self._shard, function_error=failed is None)
            return
        work.insert(0, rest)
        self._wait(min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** max(0, rest.failures - 1)))

    def _young(self, batch: Batch) -> Batch:
        """The batch without its records that are too old: they are given up on."""
        oldest = self._mapping.oldest
        if oldest < 0:
            return batch
        since = self._mapping.clock.time() - oldest
        old = [record for record in batch.records if record.arrived < since]
        if old:
            self._mapping.give_up(Batch(old, batch.failures), discarded.AGE, self._shard)
        return Batch(batch.records[len(old) :], batch.failures)

    def _wait(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, seconds)
