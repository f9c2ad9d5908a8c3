"""An event source mapping from a queue to a function, as Lambda runs it.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html

One thing is quicker than AWS: a message whose function failed comes again after a short, growing wait and not after
the queue's visibility timeout, which would only make drills long. While the function has it, the timeout holds.
"""

import json
import logging
import threading
import time
from typing import Any

from moto.core.utils import unix_time_millis
from moto.sqs.models import Message, Queue

from infra.local.engine.account import REGION
from infra.local.engine.calls import Call
from infra.local.engine.clock import Clock
from infra.local.engine.engines import Engine
from infra.local.events import patterns
from infra.local.events.mapping import Drill
from infra.local.functions.runtime import Function, FunctionError, Functions, Throttled

_POLLERS = 5
"""How many batches Lambda has under way of a queue that just got its first messages."""
_SOON = 10
"""Seconds for which a delayed message is waited for, as for what is under way."""
_LARGEST_REQUEST = 10
"""Messages that one call receives or deletes at most."""
_FIRST_WAIT = 0.1
_LONGEST_WAIT = 2.0
_THROTTLED_WAIT = 0.05

log = logging.getLogger("infra.local")


class QueueMapping:
    """Calls `function` with the messages of the queue with this ARN. Raises ValueError for what Lambda would refuse."""

    def __init__(
        self,
        engine: Engine,
        client: Any,
        functions: Functions,
        function: Function,
        properties: dict[str, Any],
        drill: Drill,
        clock: Clock,
    ) -> None:
        self.function = function
        self.arn: str = properties["Queue"]
        self.queue_name = self.arn.rsplit(":", 1)[-1]
        self.batch_size = int(properties.get("BatchSize", 10))
        self.window = float(properties.get("MaximumBatchingWindowInSeconds", 0))
        """Seconds that a batch may wait for more messages, by the application's clock."""
        self.reports_items = "ReportBatchItemFailures" in properties.get("FunctionResponseTypes", [])
        self._patterns = patterns.parse(properties.get("FilterCriteria"))
        self._engine = engine
        self._client = client
        self._functions = functions
        self._drill = drill
        self._clock = clock
        self._url = client.get_queue_url(QueueName=self.queue_name)["QueueUrl"]
        self._changed = threading.Condition()
        self._gathering = threading.Lock()
        self._news = 0
        self._stopping = False
        self._check()
        most = int(properties.get("ScalingConfig", {}).get("MaximumConcurrency", _POLLERS))
        self._workers = [
            threading.Thread(target=self._run, name=f"{function.name}-{number}", daemon=True)
            for number in range(min(most, _POLLERS))
        ]

    def _check(self) -> None:
        if self.function.timeout > self._visibility:
            raise ValueError(
                f"{self.queue_name}: a visibility timeout of {self._visibility:g} seconds is shorter than the "
                f"{self.function.timeout:g} that {self.function.name} may take."
            )
        if self.batch_size > 10 and self.window < 1:
            raise ValueError(f"{self.queue_name}: more than 10 messages a batch need a batching window.")

    @property
    def _visibility(self) -> float:
        """Seconds for which a message that was received is hidden."""
        return float(self._queue().visibility_timeout)  # type: ignore[attr-defined]

    @property
    def pending(self) -> int:
        """Messages that are there, those under way included. Those that are delayed for long aren't due: the clock
        brings them forward."""
        due = (time.time() + _SOON) * 1000
        return sum(message.delayed_until < due for message in self._queue()._messages)

    def start(self) -> None:
        for worker in self._workers:
            worker.start()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        for worker in self._workers:
            worker.join(timeout=10)

    def notice(self, call: Call) -> None:
        """Told of every call that may have sent a message."""
        if call.service == "sqs" and call.names(self.queue_name):
            self.wake()

    def wake(self) -> None:
        with self._changed:
            self._news += 1
            self._changed.notify_all()

    def bring_forward(self, seconds: float) -> None:
        """The application's clock moved: so much less is left of every delay."""
        with self._engine.lock:
            for message in self._queue()._messages:
                message.delayed_until -= seconds * 1000
        self.wake()

    def _queue(self) -> Queue:
        return next(queue for queue in self._engine.queues() if queue.name == self.queue_name)

    def _run(self) -> None:
        while not self._stopping:
            news = self._news
            received = time.monotonic()
            with self._gathering:
                messages = self._gather() if self._until_next() == 0 else []
            if messages:
                try:
                    self._deliver(messages, received + self._visibility)
                except Exception:
                    log.exception("A batch of %s can't be delivered", self.queue_name)
                continue
            wait = self._until_next()
            with self._changed:
                if self._news == news and not self._stopping:
                    self._changed.wait(wait)

    def _gather(self) -> list[dict[str, Any]]:
        """A batch: what is there now, and with a batching window what comes until it ends."""
        ends = self._clock.time() + self.window
        messages = self._receive(self.batch_size)
        while messages and not self._stopping and len(messages) < self.batch_size:
            news = self._news
            more = self._receive(self.batch_size - len(messages))
            messages += more
            if (left := ends - self._clock.time()) <= 0:
                break
            with self._changed:
                if not more and self._news == news:
                    self._changed.wait(min(left, 1.0))
        return messages

    def _receive(self, most: int) -> list[dict[str, Any]]:
        answer = self._client.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=min(_LARGEST_REQUEST, most),
            WaitTimeSeconds=0,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        messages: list[dict[str, Any]] = answer.get("Messages", [])
        return messages

    def _until_next(self) -> float | None:
        """Seconds until a message that is there now can be received; None: there is none. To look costs next to
        nothing, a request that receives nothing as much as one that does."""
        with self._engine.lock:
            due = [max(message.delayed_until, message.visible_at) for message in self._queue()._messages]
        if not due:
            return None
        # Visible means later than the moment, by moto's clock of milliseconds.
        left = min(due) - time.time() * 1000
        return 0 if left < 0 else left / 1000 + 0.002

    def _deliver(self, messages: list[dict[str, Any]], visible_at: float) -> None:
        """`visible_at`: monotonic time at which the queue shows the first of them again."""
        records = [self._record(message) for message in messages]
        passed = [record for record in records if patterns.matches(self._patterns, _parsed(record))]
        if self._drill.swallows(self.function.name):
            passed = []
        failed = self._failed(passed, visible_at) if passed else set()
        for record in records:
            if record["messageId"] in failed:
                self._again(record["messageId"], int(record["attributes"]["ApproximateReceiveCount"]))
        # What the filter left out is deleted too.
        self._delete([record["receiptHandle"] for record in records if record["messageId"] not in failed])

    def _delete(self, handles: list[str]) -> None:
        entries = [{"Id": str(number), "ReceiptHandle": handle} for number, handle in enumerate(handles)]
        for first in range(0, len(entries), _LARGEST_REQUEST):
            self._client.delete_message_batch(QueueUrl=self._url, Entries=entries[first : first + _LARGEST_REQUEST])

    def _failed(self, records: list[dict[str, Any]], visible_at: float) -> set[str]:
        """Runs the function. The ids of the messages that have to come again."""
        everything = {record["messageId"] for record in records}
        event = json.dumps({"Records": records})
        try:
            answer = self._invoke(event, visible_at)
            if self._drill.duplicates(self.function.name):
                answer = self._invoke(event, visible_at)
        except FunctionError:
            return everything
        failures = answer.get("batchItemFailures") if isinstance(answer, dict) and self.reports_items else None
        try:
            failed = {failure["itemIdentifier"] for failure in failures or ()}
        except (KeyError, TypeError):
            return everything
        return failed if failed <= everything else everything

    def _invoke(self, event: str, visible_at: float) -> Any:
        """Lambda tries a throttled function again until the messages are visible anyway: then raises Throttled."""
        while True:
            try:
                return self._functions.invoke(self.function.name, json.loads(event))
            except Throttled:
                if self._stopping or time.monotonic() > visible_at:
                    raise
            with self._changed:
                self._changed.wait_for(lambda: self._stopping, _THROTTLED_WAIT)

    def _again(self, message_id: str, received: int) -> None:
        wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (received - 1))
        with self._engine.lock:
            message: Message | None = next((each for each in self._queue()._messages if each.id == message_id), None)
            if message is not None:
                message.visible_at = unix_time_millis() + wait * 1000
        self.wake()

    def _record(self, message: dict[str, Any]) -> dict[str, Any]:
        attributes = {
            name: {
                "stringValue": value.get("StringValue"),
                "stringListValues": [],
                "binaryListValues": [],
                "dataType": value["DataType"],
            }
            for name, value in message.get("MessageAttributes", {}).items()
        }
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": attributes,
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self.arn,
            "awsRegion": REGION,
        }


def _parsed(record: dict[str, Any]) -> dict[str, Any]:
    """As a filter sees it: with the body's JSON, if it is JSON."""
    try:
        return {**record, "body": json.loads(record["body"])}
    except ValueError:
        return record
