"""The table of contents: which function answers to what. Everything is done in `chalicelib/<feature>`.

What Chalice can't say of a function (its stream, filters, retries, role) stands in infra/resources.yaml under its name.
"""

from typing import Any

from chalice.app import Chalice, CloudWatchEvent, DynamoDBEvent, Rate, SQSEvent
from chalicelib.auth.api import routes as auth
from chalicelib.edge.api import routes as meta
from chalicelib.edge.mount import mount
from chalicelib.metrics.api import routes as metrics
from chalicelib.people.api import routes as people
from chalicelib.reports.api import routes as reports

from chalicelib import streams
from chalicelib.tickets.api import routes as tickets

app = Chalice(app_name="lambdesk")

# /api/… (docs/: chalicelib/edge/endpoint.py says how a route is declared)
mount(app, meta, auth, people, tickets, metrics, reports)


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/tickets/stream/in-resources-yaml")
def on_ticket_change(event: DynamoDBEvent) -> Any:
    """Assignment and workload: a ticket's status, priority, assignee or team changed."""
    return streams.ticket_changes(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/tickets/stream/in-resources-yaml")
def fan_out(event: DynamoDBEvent) -> Any:
    """A ticket's history has a new event: it goes on a queue for each of those who want to know."""
    return streams.ticket_events(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/roster/stream/in-resources-yaml")
def on_roster_change(event: DynamoDBEvent) -> Any:
    """An agent came, went, left or got room: the queue drains, the tickets of who left go back to it."""
    return streams.roster_changes(event.to_dict())


@app.on_sqs_message(queue_arn="arn:aws:sqs:::requeue-in-resources-yaml")
def on_requeue(event: SQSEvent) -> Any:
    """The tickets of an agent who left are queued, some at a time."""
    return streams.requeue_requests(event.to_dict())


@app.on_sqs_message(queue_arn="arn:aws:sqs:::metrics-in-resources-yaml")
def on_metrics(event: SQSEvent) -> Any:
    """Tickets to which something happened are counted."""
    return streams.told_to_metrics(event.to_dict())


@app.schedule(Rate(1, unit=Rate.DAYS))
def check_metrics(_event: CloudWatchEvent) -> Any:
    """Some tickets' figures are compared with their histories."""
    return streams.checked()


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/reports/stream/in-resources-yaml")
def on_report_request(event: DynamoDBEvent) -> Any:
    """A report is asked for: it is made and stored."""
    return streams.report_requests(event.to_dict())


@app.schedule(Rate(1, unit=Rate.HOURS))
def schedule_reports(_event: CloudWatchEvent) -> Any:
    """A day, week or month is over: its reports are asked for."""
    return streams.scheduled_reports()


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(_event: CloudWatchEvent) -> Any:
    """What the streams left undone, though they never should: mended and counted."""
    return streams.swept()
