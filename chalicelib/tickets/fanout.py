"""Puts each event of a ticket's history on the queue of every consumer that wants it. A table's stream takes two
readers at most, while any number of queues can fail, wait and be retried independently.

A new consumer is a new queue: a line in `queues`, the queue in infra/resources.yaml, a function in app.py, and a column
in `tickets.kinds` that says which events it gets.

    failed = tell(events)  # new events; those in `failed` did not reach everybody and come again
    hand("mail", ticket.id, f"closing#{ticket.resolved_at}")  # no event of a history, for one consumer alone
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
    """An event of a ticket's history: its ticket, its key, what consumers are chosen by, and the id of the request that
    caused it (None: unknown)."""

    ticket_id: str
    item: str
    change: str
    field: str | None = None
    answers: str | None = None
    request_id: str | None = None


def queues() -> dict[str, str]:
    """The consumers of events, and the URL of each one's queue."""
    return {
        "metrics": settings.metrics_queue_url,
        "live": settings.live_queue_url,
        "search": settings.search_queue_url,
        "mail": settings.mail_queue_url,
    }


def tell(events: Sequence[FanoutEvent]) -> list[FanoutEvent]:
    """Queues events for every consumer that wants them. Returns those that didn't reach
    all their consumers: telling them again may reach some consumers twice."""
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
    """Queues a message that isn't an event of a history for one consumer. Raises KeyError for an unknown consumer,
    Unavailable when SQS didn't take it."""
    address = queues()[consumer]
    if _send(consumer, address, {0: _message(ticket_id, item)}):
        raise Unavailable


def _message(ticket_id: str, item: str, request: str | None = None) -> str:
    told = {"ticket_id": ticket_id, "item": item}
    return json.dumps(told | {"request_id": request} if request else told)


def _send(consumer: str, address: str, messages: Mapping[int, str]) -> list[int]:
    """Sends messages, given by their place in the batch; returns the places of those that SQS didn't take."""
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
