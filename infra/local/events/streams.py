"""Reads DynamoDB Streams: one reader a table, which spreads the records over virtual shards for the mappings."""

import base64
import json
import logging
import threading
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.calls import Call
from infra.local.engine.clock import Clock
from infra.local.engine.resources import TableInfo
from infra.local.events.sources import Source

SHARDS = 4
"""Virtual shards of a stream. A real table's partitions have a shard each: order is kept for an item, not beyond."""

_HEARTBEAT = 5.0
"""Seconds after which a reader looks without having been woken."""

log = logging.getLogger("infra.local")


@dataclass
class Record:
    """A change of an item."""

    sequence: str
    event: dict[str, Any]
    """What filters look at. Several mappings share it."""
    text: str
    """The same as JSON: what functions get."""
    shard: int
    item: int
    """A number for its item, the same for all its records."""
    arrived: float
    """Epoch seconds, by the application's clock."""
    _takers: int = 0
    _counting: ClassVar[threading.Lock] = threading.Lock()

    @property
    def done(self) -> bool:
        return not self._takers

    def taken(self) -> None:
        """One more mapping has work to do with it."""
        with self._counting:
            self._takers += 1

    def finished(self) -> None:
        """That mapping has done it."""
        with self._counting:
            self._takers -= 1


Taker = Callable[[Record], object]
"""Offered each record in order."""


class StreamReader:
    """Reads the stream of `table`, woken by each write to it; `position` is where it was read to before."""

    def __init__(self, source: Source, table: TableInfo, position: dict[str, str], clock: Clock) -> None:
        self._clock = clock
        self.table = table
        self.takers: list[Taker] = []
        self.arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table.name}/stream/{source.label}"
        self.written = 0
        """Writes to the table of which this reader was told."""
        self.seen = 0
        """Of these, how many came before the last time it found the stream's end."""
        self.expired_keys: set[str] = set()
        """Keys (JSON) of items that are deleted because they expired: their records say so."""
        self._source = source
        self._woken = threading.Event()
        self._reading = threading.Lock()
        self._counting = threading.Lock()
        self._stopping = False
        self._open: deque[tuple[str, Record]] = deque()
        self._done_to = dict(position)
        self._thread = threading.Thread(target=self._run, name=f"stream-{table.name}", daemon=True)

    @property
    def caught_up(self) -> bool:
        return self.seen == self.written

    @property
    def position(self) -> dict[str, str]:
        """Sequence number by shard up to which every mapping has done with everything."""
        with self._reading:
            self._move_on()
            return dict(self._done_to)

    def start(self) -> None:
        self._thread.start()
        self._woken.set()

    def stop(self) -> None:
        self._stopping = True
        self._woken.set()
        self._thread.join(timeout=10)

    def notice(self, call: Call) -> None:
        """Told of every call that may have written something."""
        if call.service == "dynamodb" and call.names(self.table.name):
            with self._counting:
                self.written += 1
            self._woken.set()

    def read(self) -> None:
        """Takes everything that is there now."""
        with self._reading:
            upto = self.written
            for shard, raw in self._source.read():
                self._take(shard, raw)
            self._move_on()
            self.seen = upto

    def _move_on(self) -> None:
        while self._open and self._open[0][1].done:
            shard, record = self._open.popleft()
            self._done_to[shard] = record.sequence

    def _run(self) -> None:
        while not self._stopping:
            if not self._woken.wait(_HEARTBEAT):
                self._source.look_again()
            self._woken.clear()
            try:
                self.read()
            except Exception:
                log.exception("The stream of %s can't be read", self.table.name)

    def _take(self, shard: str, raw: dict[str, Any]) -> None:
        change = raw["dynamodb"]
        if raw["eventName"] == "MODIFY" and change.get("OldImage") == change.get("NewImage"):
            return
        arrived = self._clock.time()
        change["ApproximateCreationDateTime"] = int(arrived)
        event = {**raw, "eventVersion": "1.1", "awsRegion": REGION, "eventSourceARN": self.arn}
        keys = as_json(change["Keys"])
        by_itself = bool(raw.get("userIdentity")) or keys in self.expired_keys
        if raw["eventName"] == "REMOVE" and by_itself:
            self.expired_keys.discard(keys)
            event["userIdentity"] = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
        else:
            event.pop("userIdentity", None)
        partition = as_json(change["Keys"][self.table.hash_key])
        shard_of_ours, item = zlib.crc32(partition.encode()) % SHARDS, zlib.crc32(keys.encode())
        record = Record(change["SequenceNumber"], event, as_json(event), shard_of_ours, item, arrived)
        for taker in self.takers:
            taker(record)
        self._open.append((shard, record))


def as_json(value: Any) -> str:
    """As DynamoDB writes it: binary in base64. Equal values give equal texts."""
    return json.dumps(value, sort_keys=True, default=_encoded)


def _encoded(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in a stream record")
