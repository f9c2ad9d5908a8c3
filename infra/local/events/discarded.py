"""What an event source mapping writes to its on-failure destination about records that it gives up on: to S3 with the
records themselves, as `payload`.

https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from infra.local.events.streams import Record

RETRIES, AGE = "RetryAttemptsExhausted", "RecordAgeExceeded"
"""Why."""

Destination = Callable[[str, bytes], object]
"""Stores it under a key."""


def key(mapping: str, shard: str, now: float) -> str:
    """The object's, of the mapping with this UUID."""
    moment = datetime.fromtimestamp(now, UTC)
    return f"aws/lambda/{mapping}/{shard}/{moment:%Y/%m/%d}/{moment:%Y-%m-%dT%H.%M.%S}-{uuid4()}"


def invocation_record(
    records: Sequence[Record],
    *,
    condition: str,
    invocations: int,
    function_error: bool,
    function: str,
    stream: str,
    shard: str,
    now: float,
) -> dict[str, Any]:
    """`function` and `stream` are ARNs; `function_error`: the last invocation failed as a whole."""
    response = {"statusCode": 200, "executedVersion": "$LATEST"}
    return {
        "requestContext": {
            "requestId": str(uuid4()),
            "functionArn": function,
            "condition": condition,
            "approximateInvokeCount": invocations,
        },
        "responseContext": {**response, "functionError": "Unhandled"} if function_error else response,
        "version": "1.0",
        "timestamp": _moment(now),
        "DDBStreamBatchInfo": {
            "shardId": shard,
            "startSequenceNumber": records[0].sequence,
            "endSequenceNumber": records[-1].sequence,
            "approximateArrivalOfFirstRecord": _second(records[0].arrived),
            "approximateArrivalOfLastRecord": _second(records[-1].arrived),
            "batchSize": len(records),
            "streamArn": stream,
        },
        "payload": json.dumps(event(records)),
    }


def event(records: Sequence[Record]) -> dict[str, Any]:
    """What a function gets."""
    made: dict[str, Any] = json.loads('{"Records":[' + ",".join(record.text for record in records) + "]}")
    return made


def as_bytes(record: dict[str, Any]) -> bytes:
    return json.dumps(record).encode()


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _second(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
