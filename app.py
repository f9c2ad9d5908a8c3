"""The table of contents: every Lambda function with its trigger. The work is done in `chalicelib/<feature>`.

What Chalice can't declare (streams, filters, retries, roles) is in infra/resources.yaml under the function's name.
"""

import gc
from typing import Any

from chalice.app import Chalice, CloudWatchEvent, DynamoDBEvent, Rate, SQSEvent, WebsocketEvent

from chalicelib.process import serves

app = Chalice(app_name="lambdesk")
app.experimental_feature_flags.update(["WEBSOCKETS"])

# What is imported stays: to look through it for garbage, again and again, is an eighth of a cold start.
gc.disable()

# Each function loads its own feature's entry points, and nothing else (docs/decisions/0009).
if serves("app"):
    # /api/… (chalicelib/edge/endpoint.py says how a route is declared)
    from chalicelib.attachments.api import routes as attachments
    from chalicelib.audit.api import routes as audit
    from chalicelib.auth.api import routes as auth
    from chalicelib.auth.factors_api import routes as factors
    from chalicelib.auth.own_account_api import routes as account
    from chalicelib.auth.sessions import authenticate
    from chalicelib.chat.api import routes as chat
    from chalicelib.config.api import routes as config
    from chalicelib.crashes.api import routes as crashes
    from chalicelib.edge.api import routes as meta
    from chalicelib.edge.mount import mount
    from chalicelib.inbox.api import routes as inbox
    from chalicelib.mail_in.api import routes as kept_mail
    from chalicelib.metrics.api import routes as metrics
    from chalicelib.notifications.api import routes as mail
    from chalicelib.overview.api import routes as overview
    from chalicelib.people.api import routes as people
    from chalicelib.reports.api import routes as reports
    from chalicelib.tickets.api import routes as tickets
    from chalicelib.timeline.api import routes as timeline

    who = [auth, factors, account, people, audit]
    what = [tickets, overview, timeline, attachments, chat, inbox, metrics, reports, mail, kept_mail]
    mount(app, authenticate, meta, config, crashes, *who, *what)

if serves("on_ticket_change", "on_roster_change", "on_requeue", "sweep"):
    from chalicelib.assignment import handlers as assignment_handlers

if serves("on_upload"):
    from chalicelib.attachments import handlers as attachment_handlers

if serves("fan_out", "close_resolved"):
    from chalicelib.tickets import handlers as ticket_handlers

if serves("on_search"):
    from chalicelib.search import handlers as search_handlers

if serves("on_metrics", "check_metrics"):
    from chalicelib.metrics import handlers as metrics_handlers

if serves("on_mail", "on_account_change", "on_mail_event"):
    from chalicelib.notifications import handlers as mail_handlers

if serves("on_mail_in"):
    from chalicelib.mail_in import handlers as mail_in_handlers

if serves("on_report_request", "schedule_reports"):
    from chalicelib.reports import handlers as report_handlers

if serves(
    "websocket_connect",
    "websocket_message",
    "websocket_disconnect",
    "on_chat_message",
    "on_account_status_change",
    "tell_unread",
):
    from chalicelib.chat import handlers as chat_handlers

if serves("on_live", "on_team_change"):
    from chalicelib.live import handlers as live_handlers

if serves("sockjs", "end_silent"):
    from chalicelib.chat.sockjs import handlers as sockjs_handlers

gc.freeze()
gc.enable()


@app.lambda_function()
def sockjs(event: dict[str, Any], _context: Any) -> Any:
    """Requests below /ws-chat-sockjs: the chat for clients without WebSocket."""
    return sockjs_handlers.respond(event)


@app.schedule(Rate(1, unit=Rate.MINUTES))
def end_silent(_event: CloudWatchEvent) -> Any:
    """Ends SockJS sessions whose client is gone without having closed them, so that others see them leave."""
    return sockjs_handlers.end_silent()


@app.on_ws_connect(name="websocket_connect")
def websocket_connect(event: WebsocketEvent) -> Any:
    """Somebody opens the chat. The handshake is answered with 200 or 401."""
    return chat_handlers.connect(event.to_dict())


@app.on_ws_message(name="websocket_message")
def websocket_message(event: WebsocketEvent) -> Any:
    """A message from a client of the chat: STOMP or JSON."""
    return chat_handlers.message(event.to_dict())


@app.on_ws_disconnect(name="websocket_disconnect")
def websocket_disconnect(event: WebsocketEvent) -> Any:
    """A connection of the chat is closed."""
    return chat_handlers.disconnect(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/chat/stream/in-resources-yaml")
def on_chat_message(event: DynamoDBEvent) -> Any:
    """A chat message was stored. If the instance that stored it hasn't delivered it, it is delivered."""
    return chat_handlers.stored(event.to_dict())


@app.on_sqs_message(queue_arn="arn:aws:sqs:::live-in-resources-yaml")
def on_live(event: SQSEvent) -> Any:
    """Something happened to a ticket. Its watchers get the event."""
    return live_handlers.happened(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/roster/stream/in-resources-yaml")
def on_team_change(event: DynamoDBEvent) -> Any:
    """A team's agents or its queue changed. The team's watchers get the event."""
    return live_handlers.roster_changed(event.to_dict())


@app.schedule(Rate(1, unit=Rate.MINUTES))
def tell_unread(_event: CloudWatchEvent) -> Any:
    """Mails people about chat messages that they haven't read for ten minutes."""
    return chat_handlers.look_for_unread()


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/accounts/stream/in-resources-yaml")
def on_account_status_change(event: DynamoDBEvent) -> Any:
    """An account changed. If it has lost its right to them, its chat connections are closed."""
    return chat_handlers.accounts_changed(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/tickets/stream/in-resources-yaml")
def on_ticket_change(event: DynamoDBEvent) -> Any:
    """Assignment and workload: a ticket's status, priority, assignee or team changed."""
    return assignment_handlers.ticket_changes(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/tickets/stream/in-resources-yaml")
def fan_out(event: DynamoDBEvent) -> Any:
    """A ticket's history has a new event. It is put on the queue of each consumer."""
    return ticket_handlers.ticket_events(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/roster/stream/in-resources-yaml")
def on_roster_change(event: DynamoDBEvent) -> Any:
    """An agent became available or away, left, or got room. Waiting tickets are assigned; those of an agent who left
    go back to the queue."""
    return assignment_handlers.roster_changes(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/accounts/stream/in-resources-yaml")
def on_account_change(event: DynamoDBEvent) -> Any:
    """An account changed (registration, invitation, reset, password). The person gets a mail."""
    return mail_handlers.account_changes(event.to_dict())


@app.on_sqs_message(queue_arn="arn:aws:sqs:::requeue-in-resources-yaml")
def on_requeue(event: SQSEvent) -> Any:
    """Puts the tickets of an agent who left back on the queue, some at a time."""
    return assignment_handlers.requeue_requests(event.to_dict())


@app.on_sqs_message(queue_arn="arn:aws:sqs:::metrics-in-resources-yaml")
def on_metrics(event: SQSEvent) -> Any:
    """Updates the metrics of tickets to which something happened."""
    return metrics_handlers.told_to_metrics(event.to_dict())


@app.on_sqs_message(queue_arn="arn:aws:sqs:::mail-in-resources-yaml")
def on_mail(event: SQSEvent) -> Any:
    """Sends a mail about a ticket."""
    return mail_handlers.told_to_mail(event.to_dict())


@app.on_sqs_message(queue_arn="arn:aws:sqs:::mail-events-in-resources-yaml")
def on_mail_event(event: SQSEvent) -> Any:
    """SES reports that a mail bounced, or that somebody complained."""
    return mail_handlers.mail_events(event.to_dict())


@app.lambda_function()
def on_mail_in(event: Any, _context: Any) -> Any:
    """SES has received a mail. It becomes a comment or a ticket."""
    return mail_in_handlers.mail_in(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:::search-in-resources-yaml")
def on_search(event: SQSEvent) -> Any:
    """Indexes the new words of tickets, so that search finds them."""
    return search_handlers.told_to_search(event.to_dict())


@app.schedule(Rate(10, unit=Rate.MINUTES))
def close_resolved(_event: CloudWatchEvent) -> Any:
    """Closes tickets that were resolved long enough ago, and warns their clients before."""
    return ticket_handlers.closed()


@app.on_sqs_message(queue_arn="arn:aws:sqs:::uploads-in-resources-yaml")
def on_upload(event: SQSEvent) -> Any:
    """S3 has stored an uploaded file. It becomes an attachment of the ticket."""
    return attachment_handlers.stored(event.to_dict())


@app.schedule(Rate(1, unit=Rate.DAYS))
def check_metrics(_event: CloudWatchEvent) -> Any:
    """Compares the metrics of some tickets with their histories."""
    return metrics_handlers.checked()


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/reports/stream/in-resources-yaml")
def on_report_request(event: DynamoDBEvent) -> Any:
    """A report was requested. It is made and stored."""
    return report_handlers.report_requests(event.to_dict())


@app.schedule(Rate(1, unit=Rate.HOURS))
def schedule_reports(_event: CloudWatchEvent) -> Any:
    """Requests the scheduled reports of a day, week or month that is over."""
    return report_handlers.scheduled_reports()


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(_event: CloudWatchEvent) -> Any:
    """Finds and counts what the streams' consumers have left undone, which should be nothing, and does it."""
    return assignment_handlers.swept()
