"""The table of contents: which function answers to what. Everything is done in `chalicelib/<feature>`.

What Chalice can't say of a function (its stream, filters, retries, role) stands in infra/resources.yaml under its name.
"""

import os
from typing import Any

from chalice.app import Chalice, CloudWatchEvent, DynamoDBEvent, Rate, SQSEvent

app = Chalice(app_name="lambdesk")

# Lambda says which handler a process is for: it loads that one's part alone (docs/decisions/0009). Elsewhere, all.
handler = os.environ.get("_HANDLER")

if handler in (None, "app.app"):
    # /api/… (chalicelib/edge/endpoint.py says how a route is declared)
    from chalicelib.audit.api import routes as audit
    from chalicelib.auth.api import routes as auth
    from chalicelib.edge.api import routes as meta
    from chalicelib.edge.mount import mount
    from chalicelib.people.api import routes as people
    from chalicelib.tickets.api import routes as tickets

    mount(app, meta, auth, people, audit, tickets)

if handler != "app.app":
    from chalicelib import streams


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/tickets/stream/in-resources-yaml")
def on_ticket_change(event: DynamoDBEvent) -> Any:
    """Assignment and workload: a ticket's status, priority, assignee or team changed."""
    return streams.ticket_changes(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/roster/stream/in-resources-yaml")
def on_roster_change(event: DynamoDBEvent) -> Any:
    """An agent came, went, left or got room: the queue drains, the tickets of who left go back to it."""
    return streams.roster_changes(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/accounts/stream/in-resources-yaml")
def on_account_change(event: DynamoDBEvent) -> Any:
    """Registration, invitation, reset, changed password: the person is told by mail."""
    return streams.account_changes(event.to_dict())


@app.on_sqs_message(queue_arn="arn:aws:sqs:::requeue-in-resources-yaml")
def on_requeue(event: SQSEvent) -> Any:
    """The tickets of an agent who left are queued, some at a time."""
    return streams.requeue_requests(event.to_dict())


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(_event: CloudWatchEvent) -> Any:
    """What the streams left undone, though they never should: mended and counted."""
    return streams.swept()
