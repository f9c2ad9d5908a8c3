"""Global secondary indexes that lag (`gsi_delay_seconds`).

While the fault is in force, queries of a global index are answered from a second copy of the table, kept by moto in a
region of its own, to which each change comes as late as the fault says. Every other call sees the table as it is.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Iterable
from typing import Any

from botocore.awsrequest import AWSResponse
from moto.dynamodb.models import dynamodb_backends

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.calls import Call
from infra.local.engine.engines import Engine
from infra.local.engine.resources import TableInfo
from infra.local.events.streams import Record, StreamReader, as_json

_PAST = "us-west-2"
"""The region in which the copies stand."""


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
        self._changes: deque[tuple[float, Record]] = deque()
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
        return self._engine.moto(call, _PAST)

    def _take(self, record: Record) -> None:
        if self._delay:
            with self._lock:
                self._changes.append((time.monotonic(), record))

    def _copy(self, table: TableInfo) -> None:
        past = dynamodb_backends[ACCOUNT][_PAST]
        description = self._client.describe_table(TableName=table.name)["Table"]
        with self._engine.lock:
            past.create_table(
                table.name,
                schema=description["KeySchema"],
                throughput=None,
                attr=description["AttributeDefinitions"],
                global_indexes=description["GlobalSecondaryIndexes"],
                indexes=description.get("LocalSecondaryIndexes", []),
                streams=None,
                billing_mode="PAY_PER_REQUEST",
                sse_specification=None,
                tags=[],
                deletion_protection_enabled=False,
                warm_throughput=None,
            )
        for page in self._client.get_paginator("scan").paginate(TableName=table.name, ConsistentRead=True):
            with self._engine.lock:
                for item in page["Items"]:
                    past.put_item(table.name, json.loads(as_json(item)))

    def _apply(self) -> None:
        """Brings the copies to what was so long ago."""
        past = dynamodb_backends[ACCOUNT][_PAST]
        until = time.monotonic() - self._delay
        with self._lock, self._engine.lock:
            while self._changes and self._changes[0][0] <= until:
                change = json.loads(self._changes.popleft()[1].text)
                table = change["eventSourceARN"].split("/")[1]
                if "NewImage" in change["dynamodb"]:
                    past.put_item(table, change["dynamodb"]["NewImage"])
                else:
                    past.delete_item(table, change["dynamodb"]["Keys"])
