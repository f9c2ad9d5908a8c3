"""One stream, many who want to know: each event of a ticket's history is put on a queue for each consumer.

A table's stream bears two readers; queues fail, wait and are retried apart. A further consumer is a further queue: a
line in `queues`, the queue in infra/resources.yaml, its function in app.py.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import boto3

from chalicelib.log import log
from chalicelib.settings import settings

_MOST = 10
"""Messages in one call of SQS."""

_sqs: Any = None


def queues() -> dict[str, str]:
    """Who wants to know of events, and the address of their queue."""
    return {
        "metrics": settings.metrics_queue_url,
        "live": settings.live_queue_url,
        "mail": settings.mail_queue_url,
    }


def tell(events: Sequence[Mapping[str, str]]) -> int | None:
    """Puts each event (`ticket_id`, `event_id`, and the `request_id` that it follows from, if known) on every queue.
    Answers the place of the first that did not reach all of them, None when all did. Those behind it may have: a
    repeat tells them twice."""
    messages = [json.dumps(event) for event in events]
    failed: list[int] = []
    for consumer, address in queues().items():
        for start in range(0, len(messages), _MOST):
            chunk = messages[start : start + _MOST]
            failed += _send(consumer, address, dict(enumerate(chunk, start)))
    return min(failed, default=None)


def _send(consumer: str, address: str, messages: Mapping[int, str]) -> list[int]:
    """Sends messages by their places; answers the places of those that were not taken."""
    global _sqs
    if _sqs is None:
        _sqs = boto3.client("sqs")
    entries = [{"Id": str(place), "MessageBody": body} for place, body in messages.items()]
    try:
        refused = _sqs.send_message_batch(QueueUrl=address, Entries=entries).get("Failed", [])
    except Exception:
        log.exception("events were not told", extra={"consumer": consumer, "events": len(entries)})
        return list(messages)
    if refused:
        log.warning("events were not told", extra={"consumer": consumer, "codes": [each["Code"] for each in refused]})
    return [int(each["Id"]) for each in refused]
