"""The queue of what is told live: what happened to tickets, who came or left, what couldn't be posted at once. The
function `on_live` reads it (live.handlers).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import boto3

from chalicelib.errors import Unavailable
from chalicelib.log import log
from chalicelib.settings import settings

_MOST = 10
"""Messages in one call of SQS."""
_LARGEST = 240_000
"""Octets in one call of SQS, which takes 256 KiB."""

_sqs: Any = None


def hand(bodies: Sequence[Mapping[str, Any]], delay: int = 0) -> None:
    """Puts messages on the queue; they come after `delay` seconds. Raises Unavailable when they weren't taken."""
    for together in _calls([json.dumps(body, ensure_ascii=False) for body in bodies]):
        entries = [
            {"Id": str(place), "MessageBody": body, "DelaySeconds": delay} for place, body in enumerate(together)
        ]
        refused = _client().send_message_batch(QueueUrl=settings.live_queue_url, Entries=entries).get("Failed", [])
        if refused:
            log.warning("live events were not queued", extra={"codes": [each["Code"] for each in refused]})
            raise Unavailable


def _calls(bodies: Sequence[str]) -> list[list[str]]:
    calls: list[list[str]] = []
    octets = 0
    for body in bodies:
        size = len(body.encode())
        if not calls or len(calls[-1]) == _MOST or octets + size > _LARGEST:
            calls.append([])
            octets = 0
        calls[-1].append(body)
        octets += size
    return calls


def _client() -> Any:
    global _sqs
    if _sqs is None:
        _sqs = boto3.client("sqs")
    return _sqs
