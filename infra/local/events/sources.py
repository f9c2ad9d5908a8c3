"""Where the records of a stream come from: the DynamoDB Streams API, or, much cheaper, moto's own list of them."""

from collections.abc import Iterator
from typing import Any, Protocol

from botocore.exceptions import ClientError
from moto.dynamodb.models import dynamodb_backends

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.engines import Engine

_CLOSED = "closed"


class Source(Protocol):
    """A stream. `label` is the last part of its ARN."""

    label: str

    def read(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Everything that came since the last read, in order, each with the shard that it came from."""
        ...

    def look_again(self) -> None:
        """Asked now and then: what was assumed of the stream's shards may have changed."""
        ...


class MotoStream:
    """The stream of a table in this process. What was read is dropped: moto would keep it for ever."""

    def __init__(self, engine: Engine, table: str) -> None:
        self._engine = engine
        self._table = dynamodb_backends[ACCOUNT][REGION].tables[table]
        self._read: list[Any] = []
        self._next = 0
        self.label = str(self._table.latest_stream_label)

    def read(self) -> Iterator[tuple[str, dict[str, Any]]]:
        shard = self._table.stream_shard
        assert shard is not None
        while True:
            with self._engine.lock:
                if self._read is not shard.items:
                    self._read, self._next = shard.items, 0
                fresh: list[Any] = shard.items[self._next :]
                # The list keeps its length: sequence numbers follow from it.
                shard.items[self._next :] = [None] * len(fresh)  # type: ignore[list-item]
                self._next += len(fresh)
            if not fresh:
                return
            for record in fresh:
                yield shard.id, record.record

    def look_again(self) -> None:
        pass


class ApiStream:
    """A stream by DescribeStream, GetShardIterator and GetRecords. `position` is the last sequence number by shard."""

    def __init__(self, client: Any, arn: str, position: dict[str, str]) -> None:
        self._client = client
        self._arn = arn
        self._shards: list[str] = []
        self._iterators: dict[str, str] = {}
        self._read_to = dict(position)
        self.label = arn.rsplit("/", 1)[-1]

    def read(self) -> Iterator[tuple[str, dict[str, Any]]]:
        if not self._shards:
            self._shards = self._described()
        closed = self._closed()
        for shard in self._shards:
            for record in self._read_shard(shard):
                yield shard, record
        # A shard that ended is followed by others.
        if self._closed() != closed or len(closed) == len(self._shards):
            shards = self._described()
            if shards != self._shards:
                self._shards = shards
                yield from self.read()

    def look_again(self) -> None:
        self._shards = []

    def _closed(self) -> list[str]:
        return [shard for shard in self._shards if self._iterators.get(shard) == _CLOSED]

    def _described(self) -> list[str]:
        """The stream's shards, parents before children."""
        shards: list[str] = []
        more: dict[str, str] = {}
        while True:
            described = self._client.describe_stream(StreamArn=self._arn, **more)["StreamDescription"]
            shards += [shard["ShardId"] for shard in described["Shards"]]
            if "LastEvaluatedShardId" not in described:
                return shards
            more = {"ExclusiveStartShardId": described["LastEvaluatedShardId"]}

    def _read_shard(self, shard: str) -> Iterator[dict[str, Any]]:
        """Reads it to its end."""
        while True:
            iterator = self._iterators.pop(shard, None) or self._iterator(shard)
            if iterator == _CLOSED:
                self._iterators[shard] = iterator
                return
            try:
                answer = self._client.get_records(ShardIterator=iterator)
            except ClientError as error:
                if error.response["Error"]["Code"] in ("ExpiredIteratorException", "TrimmedDataAccessException"):
                    continue
                raise
            self._iterators[shard] = answer.get("NextShardIterator") or _CLOSED
            for record in answer["Records"]:
                self._read_to[shard] = record["dynamodb"]["SequenceNumber"]
                yield record
            if not answer["Records"]:
                return

    def _iterator(self, shard: str) -> str:
        after = self._read_to.get(shard)
        place = {"ShardIteratorType": "TRIM_HORIZON"}
        if after:
            place = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": after}
        try:
            answer = self._client.get_shard_iterator(StreamArn=self._arn, ShardId=shard, **place)
        except ClientError as error:
            if not after or error.response["Error"]["Code"] != "TrimmedDataAccessException":
                raise
            del self._read_to[shard]
            return self._iterator(shard)
        iterator: str = answer["ShardIterator"]
        return iterator
