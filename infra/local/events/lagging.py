"""Global secondary indexes that lag (`gsi_delay_seconds`).

While the fault is in force, queries of a global index are answered from a copy of the table, one for each index, kept
by moto in a region of its own, to which each change comes as late as the fault says. Every other call sees the table as
it is. Where a change moves an item's entry to another key, the entry is gone from half the delay on and there again at
its end: AWS deletes and inserts, one after the other.
"""

import heapq
import itertools
import json
import threading
import time
from collections.abc import Iterable
from itertools import product
from typing import Any, NamedTuple

from botocore.awsrequest import AWSResponse
from moto.dynamodb.models import dynamodb_backends

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.calls import Call
from infra.local.engine.engines import Engine
from infra.local.engine.resources import TableInfo
from infra.local.events.streams import Record, StreamReader, as_json

_PAST = "us-west-2"
"""The region in which the copies stand."""


class _Change(NamedTuple):
    """What comes to a copy, and when: key and item as JSON; without an item it goes."""

    due: float
    number: int
    copy: str
    key: str
    item: str | None


class LaggingIndexes:
    """Takes the records of the streams of tables that have global indexes."""

    def __init__(
        self, engine: Engine, client: Any, tables: Iterable[TableInfo], readers: dict[str, StreamReader]
    ) -> None:
        self._engine = engine
        self._client = client
        self._indexes = {table.name: table for table in tables if table.global_indexes and table.name in readers}
        self._readers = readers
        self._delay = 0.0
        self._changes: list[_Change] = []
        self._due: dict[tuple[str, str], float] = {}
        """When the last change of an item comes to a copy: its changes come in their order."""
        self._keys: dict[str, dict[str, list[str]]] = {}
        """Table -> index -> the index's keys."""
        self._numbers = itertools.count()
        self._lock = threading.RLock()
        for name in self._indexes:
            readers[name].takers.append(self._take)

    def set_delay(self, seconds: float) -> None:
        """From now on; 0: no lag, nothing is kept."""
        with self._lock:
            if seconds == self._delay:
                return
            if not self._delay:
                self._delay = seconds
                for table in self._indexes.values():
                    self._copy(table)
            self._delay = seconds
            if not seconds:
                self._changes.clear()
                self._due.clear()
                dynamodb_backends[ACCOUNT][_PAST].reset()

    def answer(self, call: Call) -> AWSResponse | None:
        """The answer as of then, if `call` asks a global index of a table that is copied."""
        if not self._delay or call.service != "dynamodb" or call.operation not in ("Query", "Scan"):
            return None
        table = self._indexes.get(call.params.get("TableName", ""))
        if table is None or call.params.get("IndexName") not in table.global_indexes:
            return None
        self._apply()
        request = call.request
        request.url = f"https://dynamodb.{_PAST}.amazonaws.com/"
        authorization = request.headers["Authorization"]
        text = authorization.decode() if isinstance(authorization, bytes) else authorization
        del request.headers["Authorization"]
        request.headers["Authorization"] = text.replace(f"/{REGION}/", f"/{_PAST}/")
        asked = {**call.params, "TableName": _copy_of(table.name, call.params["IndexName"])}
        request.body = as_json(asked).encode()
        return self._engine.moto(Call(request, call.operation_model, call.invocation), _PAST)

    def _take(self, record: Record) -> None:
        if not self._delay:
            return
        written = json.loads(record.text)
        table, change = written["eventSourceARN"].split("/")[1], written["dynamodb"]
        old, new, key = change.get("OldImage"), change.get("NewImage"), change["Keys"]
        now = time.monotonic()
        with self._lock:
            for index, names in self._keys.get(table, {}).items():
                copy = _copy_of(table, index)
                if old and new and _moves(names, old, new):
                    self._later(now + self._delay / 2, copy, key, None)
                self._later(now + self._delay, copy, key, new)

    def _later(self, due: float, copy: str, key: dict[str, Any], item: dict[str, Any] | None) -> None:
        of_item = copy, json.dumps(key, sort_keys=True)
        self._due[of_item] = due = max(due, self._due.get(of_item, 0.0))
        written = json.dumps(item) if item else None  # each copy its own: moto keeps what it is given
        heapq.heappush(self._changes, _Change(due, next(self._numbers), copy, json.dumps(key), written))

    def _copy(self, table: TableInfo) -> None:
        past = dynamodb_backends[ACCOUNT][_PAST]
        description = self._client.describe_table(TableName=table.name)["Table"]
        indexes = description["GlobalSecondaryIndexes"]
        self._keys[table.name] = {
            index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]] for index in indexes
        }
        with self._engine.lock:
            for index in indexes:
                past.create_table(
                    _copy_of(table.name, index["IndexName"]),
                    schema=description["KeySchema"],
                    throughput=None,
                    attr=description["AttributeDefinitions"],
                    global_indexes=[index],
                    indexes=[],
                    streams=None,
                    billing_mode="PAY_PER_REQUEST",
                    sse_specification=None,
                    tags=[],
                    deletion_protection_enabled=False,
                    warm_throughput=None,
                )
        for page in self._client.get_paginator("scan").paginate(TableName=table.name, ConsistentRead=True):
            with self._engine.lock:
                for item, index in product(page["Items"], indexes):
                    past.put_item(_copy_of(table.name, index["IndexName"]), json.loads(as_json(item)))

    def _apply(self) -> None:
        """Brings the copies to what was so long ago."""
        past = dynamodb_backends[ACCOUNT][_PAST]
        now = time.monotonic()
        with self._lock, self._engine.lock:
            while self._changes and self._changes[0].due <= now:
                change = heapq.heappop(self._changes)
                if change.item is not None:
                    past.put_item(change.copy, json.loads(change.item))
                else:
                    past.delete_item(change.copy, json.loads(change.key))


def _copy_of(table: str, index: str) -> str:
    return f"{table}.{index}"


def _moves(names: list[str], old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether an index with these keys holds both, under different ones."""
    return all(name in old and name in new for name in names) and any(old[name] != new[name] for name in names)
