"""What the calls of functions cost in DynamoDB's units, measured where they are answered.

    meter = Meter(stack)
    with meter.measuring() as calls:
        ...
    Cost.of(calls)

Before and after each write it reads what is written, and reads again whole what a call reads in part. These reads are
its own and count nowhere. It holds a lock meanwhile: for measuring, not for load.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from botocore.awsrequest import AWSResponse

from infra.local.engine import units
from infra.local.engine.account import client
from infra.local.engine.calls import Call, Engine
from infra.local.engine.invocations import Invocation, current
from infra.local.stack import Stack

UNMETERED = frozenset({"ending"})
"""Indexes whose writes are up to chance, left out so that a cost is a number; what reading them costs is counted.
`ending` finds SockJS sessions by the minute of their end: add two to each minute of one."""

_WRITES = {"Put": "Item", "Update": "Key", "Delete": "Key", "ConditionCheck": "Key"}
"""What a transaction does to an item, and where it says to which."""

_PLACEHOLDER = re.compile(r"[#:]\w+")


@dataclass(frozen=True)
class Metered:
    """A call that was answered."""

    invocation: Invocation
    operation: str
    """`dynamodb:Query`."""
    params: Mapping[str, Any]
    ok: bool
    read: float = 0
    """Read units."""
    written: int = 0
    """Write units."""


@dataclass(frozen=True)
class Cost:
    """Calls by kind (`GetItem`; other services' with their name, `sqs:SendMessage`), read units, write units."""

    calls: Mapping[str, int] = field(default_factory=dict)
    read: float = 0
    written: int = 0

    @classmethod
    def of(cls, metered: Iterable[Metered]) -> "Cost":
        metered = list(metered)
        calls = Counter(call.operation.removeprefix("dynamodb:") for call in metered)
        read, written = sum(call.read for call in metered), sum(call.written for call in metered)
        return cls(dict(sorted(calls.items())), read, written)

    def __str__(self) -> str:
        calls = ", ".join(f"{count} {name}" for name, count in self.calls.items()) or "no call"
        return f"{calls}; {self.read:g} read, {self.written} written"


class Meter:
    """Stands before the engine of a Stack that was started, until `remove`."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._engine: Engine = stack.calls.engine
        self._read = units.tables(stack.resources.template)
        self._tables = {
            name: replace(table, indexes=tuple(index for index in table.indexes if index.name not in UNMETERED))
            for name, table in self._read.items()
        }
        self._client: Any = client("dynamodb")
        self._lock = threading.RLock()
        self._taking: list[list[Metered]] = []
        stack.calls.engine = self

    def remove(self) -> None:
        self._stack.calls.engine = self._engine

    @contextmanager
    def measuring(self) -> Iterator[list[Metered]]:
        """The calls that functions make meanwhile."""
        seen: list[Metered] = []
        self._taking.append(seen)
        try:
            yield seen
        finally:
            self._taking.remove(seen)

    def send(self, call: Call) -> AWSResponse:
        if call.invocation is None or not self._taking:
            return self._engine.send(call)
        if call.service != "dynamodb":
            answer = self._engine.send(call)
            self._note(call, call.invocation, answer)
            return answer
        with self._lock:
            touched = _touched(call.operation, call.params)
            read = self._read_units(call)
            before = [self._item(table, key) for table, key in self._keys(touched)]
            answer = self._engine.send(call)
            after = [self._item(table, key) for table, key in self._keys(touched)]
            written = sum(
                units.write_units(self._tables[table], old, new, transactional=call.operation == "TransactWriteItems")
                for (table, _), old, new in zip(touched, before, after, strict=True)
            )
            self._note(call, call.invocation, answer, read, written)
            return answer

    def _note(self, call: Call, invocation: Invocation, answer: AWSResponse, read: float = 0, written: int = 0) -> None:
        metered = Metered(invocation, call.name, call.params, answer.status_code < 300, read, written)
        for seen in self._taking:
            seen.append(metered)

    def _keys(self, touched: Iterable[tuple[str, units.Item]]) -> Iterator[tuple[units.Table, units.Item]]:
        for name, item in touched:
            table = self._tables[name]
            yield table, {key: item[key] for key in table.keys}

    def _item(self, table: units.Table, key: units.Item) -> units.Item | None:
        item: units.Item | None = self._own("get_item", TableName=table.name, Key=key, ConsistentRead=True).get("Item")
        return item

    def _read_units(self, call: Call) -> float:
        params = call.params
        if call.operation == "GetItem":
            item = self._item(self._tables[params["TableName"]], params["Key"])
            return units.read_units(units.item_size(item), consistent=params.get("ConsistentRead", False))
        if call.operation == "BatchGetItem":
            return sum(
                units.read_units(
                    units.item_size(self._item(self._tables[name], key)), consistent=asked.get("ConsistentRead", False)
                )
                for name, asked in params["RequestItems"].items()
                for key in asked["Keys"]
            )
        if call.operation == "Query":
            return self._query_units(params)
        return 0

    def _query_units(self, params: Mapping[str, Any]) -> float:
        """Of everything that the query goes through, whatever a filter or a projection leaves of it."""
        table = self._read[params["TableName"]]
        whole = ("TableName", "IndexName", "KeyConditionExpression", "Limit", "ExclusiveStartKey", "ScanIndexForward")
        asked = {name: params[name] for name in whole if name in params}
        used = set(_PLACEHOLDER.findall(params["KeyConditionExpression"]))
        for names in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
            if kept := {name: value for name, value in params.get(names, {}).items() if name in used}:
                asked[names] = kept
        items = self._own("query", **asked)["Items"]
        if "IndexName" in params:
            index = self._read[table.name].index(params["IndexName"])
            items = [index.entry(item) for item in items]
        size = sum(units.item_size(item) for item in items)
        return units.read_units(size, consistent=params.get("ConsistentRead", False))

    def _own(self, operation: str, **params: Any) -> Any:
        token = current.set(None)
        try:
            return getattr(self._client, operation)(**params)
        finally:
            current.reset(token)


def _touched(operation: str, params: Mapping[str, Any]) -> list[tuple[str, units.Item]]:
    """Table and key (or whole item) of everything that a call writes or checks."""
    if operation == "TransactWriteItems":
        entries = [next(iter(entry.items())) for entry in params["TransactItems"]]
        return [(write["TableName"], write[_WRITES[kind]]) for kind, write in entries]
    if operation == "BatchWriteItem":
        asked = [(table, next(iter(each.values()))) for table, some in params["RequestItems"].items() for each in some]
        return [(table, write.get("Item") or write["Key"]) for table, write in asked]
    if operation in ("PutItem", "UpdateItem", "DeleteItem"):
        return [(params["TableName"], params["Item" if operation == "PutItem" else "Key"])]
    return []
