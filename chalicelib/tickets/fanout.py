"""One stream, many who want to know: each event of a ticket's history is put on a queue for each consumer.

A table's stream bears two readers; queues fail, wait and are retried apart. A further consumer is a further queue: a
line in `queues`, the queue in infra/resources.yaml, its function in app.py. Which events it wants: a column of
`tickets.kinds`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import boto3

from chalicelib.errors import Unavailable
from chalicelib.log import log
from chalicelib.settings import settings
from chalicelib.tickets.kinds import wanted_by

_MOST = 10
"""Messages in one call of SQS."""

_sqs: Any = None


class FanoutEvent(NamedTuple):
    """An event: its ticket, its key under it, by what it is chosen, and the request that it follows from (None: not
    known)."""

    ticket_id: str
    item: str
    change: str
    field: str | None = None
    answers: str | None = None
    request_id: str | None = None


def queues() -> dict[str, str]:
    """Who wants to know of events, and the address of their queue."""
    return {
        "metrics": settings.metrics_queue_url,
        "live": settings.live_queue_url,
        "search": settings.search_queue_url,
        "mail": settings.mail_queue_url,
    }


def tell(events: Sequence[FanoutEvent]) -> list[FanoutEvent]:
    """Puts (ticket id, item) of each event on the queue of everybody who wants it. Answers those that did not reach
    all of them, to be told again: twice, then, to those whom they did reach."""
    failed: list[int] = []
    for consumer, address in queues().items():
        wanted = {
            place: _message(event.ticket_id, event.item, event.request_id)
            for place, event in enumerate(events)
            if wanted_by(consumer, event.change, event.field, event.answers)
        }
        for start in range(0, len(wanted), _MOST):
            failed += _send(consumer, address, dict(list(wanted.items())[start : start + _MOST]))
    return [events[place] for place in sorted(set(failed))]


def hand(consumer: str, ticket_id: str, item: str) -> None:
    """Puts a message that is no event of a history on one consumer's queue. Raises KeyError for a consumer that there
    isn't, Unavailable when the queue didn't take it."""
    address = queues()[consumer]
    if _send(consumer, address, {0: _message(ticket_id, item)}):
        raise Unavailable


def _message(ticket_id: str, item: str, request: str | None = None) -> str:
    told = {"ticket_id": ticket_id, "item": item}
    return json.dumps(told | {"request_id": request} if request else told)


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
