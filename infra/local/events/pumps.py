"""Everything that calls functions by itself: streams, queues, schedules and expiry, wired as the template says."""

from typing import Any

from infra.local.engine.account import client
from infra.local.engine.calls import Calls
from infra.local.engine.clock import Clock
from infra.local.engine.faults import Faults
from infra.local.engine.keeping import Keeper
from infra.local.engine.resources import Resources
from infra.local.events.discarded import Destination
from infra.local.events.expiry import Expiry
from infra.local.events.lagging import LaggingIndexes
from infra.local.events.mapping import StreamMapping
from infra.local.events.queues import QueueMapping
from infra.local.events.schedules import Schedules
from infra.local.events.sources import ApiStream, MotoStream, Source
from infra.local.events.streams import StreamReader
from infra.local.functions.runtime import Function, Functions
from infra.local.s3.notifications import Notifications


class Pumps:
    """Reads `functions`' event sources and runs them from `start` to `stop`."""

    def __init__(
        self,
        resources: Resources,
        functions: Functions,
        calls: Calls,
        faults: Faults,
        clock: Clock,
        keeper: Keeper | None = None,
    ) -> None:
        self._resources = resources
        self._functions = functions
        self._calls = calls
        self._faults = faults
        self._clock = clock
        self._keeper = keeper
        self.readers = self._stream_readers()
        self.streams: list[StreamMapping] = []
        self.queues: list[QueueMapping] = []
        self._sqs = client("sqs")
        for function in functions.by_name.values():
            if function.source and function.source.kind == "stream":
                self.streams.append(self._stream_mapping(function, function.source.properties))
            elif function.source and function.source.kind == "queue":
                properties = function.source.properties
                engine = resources.engine
                self.queues.append(QueueMapping(engine, self._sqs, functions, function, properties, faults, clock))
        self._notifications = Notifications(resources.template, clock)
        self.schedules = Schedules(clock, functions, keeper.due() if keeper else {})
        self._expiry = Expiry(resources.engine, resources.dynamodb, clock, resources.tables.values(), self.readers)
        indexes = LaggingIndexes(resources.engine, resources.dynamodb, resources.tables.values(), self.readers)
        faults.on_delay = indexes.set_delay
        faults.delayed = indexes.answer

    def start(self) -> None:
        for mapping in self.streams:
            mapping.start()
        for queue in self.queues:
            queue.start()
        for reader in self.readers.values():
            self._calls.on_work.append(reader.notice)
            reader.start()
        self._calls.on_work += [queue.notice for queue in self.queues]
        self._calls.stored = self._notifications.stored
        self.schedules.start()
        self._expiry.start()
        if self._keeper:
            readers = self.readers.items()
            self._keeper.follow(lambda: {name: each.position for name, each in readers}, lambda: self.schedules.due)

    def stop(self) -> None:
        self._expiry.stop()
        self.schedules.stop()
        for queue in self.queues:
            queue.stop()
        for reader in self.readers.values():
            reader.stop()
        for mapping in self.streams:
            mapping.stop()
        self._calls.stored = None
        self._calls.on_work.clear()

    def advance(self, seconds: float) -> list[str]:
        """Moves the application's clock. Once what became due is started: the names of the functions."""
        self.glide(seconds)
        return self.schedules.start_due()

    def end_windows(self) -> None:
        """Streams' records that wait for more in a batching window are delivered now."""
        for mapping in self.streams:
            if mapping.window:
                mapping.end_window()

    def glide(self, seconds: float) -> None:
        """Moves the application's clock, and starts no schedule for it."""
        self._clock.advance(seconds)
        for queue in self.queues:
            queue.bring_forward(seconds)
        if self._keeper:
            self._keeper.keep_delays()
        for mapping in self.streams:
            mapping.wake()
        self._expiry.delete_expired()

    def _stream_readers(self) -> dict[str, StreamReader]:
        kept = self._keeper.positions() if self._keeper else {}
        return {
            name: StreamReader(self._source(name, kept.get(name, {})), table, kept.get(name, {}), self._clock)
            for name, table in self._resources.tables.items()
            if table.stream
        }

    def _source(self, table: str, position: dict[str, str]) -> Source:
        engine = self._resources.engine
        if engine.keeps is None:
            return MotoStream(engine, table)
        return ApiStream(client("dynamodbstreams"), self._resources.stream_arn(table), position)

    def _stream_mapping(self, function: Function, properties: dict[str, Any]) -> StreamMapping:
        table = properties["Stream"].split("/")[1]
        if table not in self.readers:
            raise ValueError(f"{function.name} reads {properties['Stream']!r}, which is no table's stream.")
        reader = self.readers[table]
        destination = properties.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        store = _bucket(destination) if destination else None
        return StreamMapping(self._functions, function, properties, reader, self._faults, store, self._clock)


def _bucket(arn: str) -> Destination:
    s3 = client("s3")
    name = arn.rsplit(":", 1)[-1]

    def store(key: str, content: bytes) -> None:
        s3.put_object(Bucket=name, Key=key, Body=content, ContentType="application/json")

    return store
