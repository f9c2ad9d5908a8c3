"""What happens to tickets, to those who watch them; and the metrics, to admins who watch those."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import boto3
from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.chat import connections, delivery, destinations
from chalicelib.chat.delivery import Outgoing
from chalicelib.chat.models import Subscriber, Tick
from chalicelib.people import service as people
from chalicelib.settings import settings
from chalicelib.tickets import history, schemas, service as tickets
from chalicelib.tickets.models import Ticket

_sqs: Any = None


def ticket_changed(ticket_id: str, event_ids: Sequence[str]) -> None:
    """Tells who is subscribed to the ticket how it is now. Who may no longer see it is told that, once."""
    rows = delivery.subscribers(destinations.topic_key(ticket_id))
    if not rows or not history.shows(ticket_id, event_ids):
        return
    ticket = tickets.read(ticket_id)
    if ticket is None:
        return
    entitled = delivery.entitled(rows, ticket)
    outcome = delivery.send(entitled, _ticket(ticket))
    connections.end_gone(outcome.gone)
    kept = {row.item for row in entitled}
    for row in rows:
        if row.item not in kept:
            connections.lose(row)


def ask_for_metrics() -> None:
    """Has the metrics sent a second later; at most once a second, whoever asks. Who asks within a second of another
    is told what they want to tell by what that one asked for: it is not sent yet."""
    global _sqs
    now = int(ambient.clock() * 1000)
    tick = Tick(id="metrics-tick")
    actions: list[Action] = [Tick.asked_at.set(now), Tick.kind.set(Tick), Tick.expires_at.set(now // 1000 + 3600)]
    try:
        tick.update(actions=actions, condition=Tick.asked_at.does_not_exist() | (Tick.asked_at <= now - 1000))
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return
    if _sqs is None:
        _sqs = boto3.client("sqs")
    body = json.dumps({"metrics": now})
    _sqs.send_message(QueueUrl=settings.live_queue_url, MessageBody=body, DelaySeconds=1)


def watched() -> list[Subscriber]:
    """The subscriptions to the metrics."""
    return delivery.subscribers(destinations.METRICS_KEY)


def send_metrics(asked_at: int) -> None:
    """The metrics of the last 30 days, to those who watch them. The same `asked_at`: the same event again."""
    from chalicelib.metrics.latest import latest  # ticket events don't need it

    rows = watched()
    if not rows:
        return
    shown = latest()
    body: Mapping[str, object] = {"type": "metrics", "metrics": shown}
    connections.end_gone(delivery.send(rows, Outgoing(f"metrics-{asked_at}", delivery.written(body))).gone)
    if shown["lag_seconds"]:  # what is still to be counted changes them once more
        ask_for_metrics()


def _ticket(ticket: Ticket) -> Outgoing:
    shown = schemas.listed(ticket, people.names(schemas.people_in(ticket)))
    body = {"type": "ticket", "ticket": shown.model_dump(mode="json")}
    return Outgoing(f"{ticket.id}-{int(ticket.version)}", delivery.written(body))
