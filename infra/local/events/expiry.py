"""What DynamoDB's time to live does: deletes what has expired, by the application's clock, as its own service."""

import logging
import threading
from collections.abc import Iterable
from typing import Any

from botocore.exceptions import ClientError

from infra.local.engine.clock import Clock
from infra.local.engine.engines import Engine
from infra.local.engine.resources import TableInfo
from infra.local.events.streams import StreamReader, as_json

_EVERY = 60.0

log = logging.getLogger("infra.local")


class Expiry:
    """Looks once a minute, and when the clock was moved."""

    def __init__(
        self,
        engine: Engine,
        client: Any,
        clock: Clock,
        tables: Iterable[TableInfo],
        readers: dict[str, StreamReader],
    ) -> None:
        self._engine = engine
        self._client = client
        self._clock = clock
        self._tables = [table for table in tables if table.expires_by]
        self._readers = readers
        self._woken = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="expiry", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._woken.set()
        self._thread.join(timeout=10)

    def delete_expired(self) -> None:
        now = int(self._clock.time())
        for table in self._tables:
            self._expire(table, now)

    def _run(self) -> None:
        while not self._woken.wait(_EVERY) and not self._stopping:
            try:
                self.delete_expired()
            except Exception:
                log.exception("Expired items can't be deleted")

    def _expire(self, table: TableInfo, now: int) -> None:
        assert table.expires_by is not None
        for key, expires in self._engine.expired(table.name, table.expires_by, now):
            self._delete(table, key, expires)

    def _delete(self, table: TableInfo, key: dict[str, Any], expires: dict[str, str]) -> None:
        reader = self._readers.get(table.name)
        text = as_json(key)
        if reader:
            reader.expired_keys.add(text)
        try:
            self._client.delete_item(
                TableName=table.name,
                Key=key,
                ConditionExpression="#at = :seen",
                ExpressionAttributeNames={"#at": table.expires_by},
                ExpressionAttributeValues={":seen": expires},
            )
        except ClientError as error:
            if reader:
                reader.expired_keys.discard(text)
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
