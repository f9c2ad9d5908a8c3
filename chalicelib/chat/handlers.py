"""The chat's functions: what API Gateway, streams and queues deliver, as the chat understands it."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.batches import Failures, new_image
from chalicelib.chat import connections, live, protocols, saying, service, tokens, unread
from chalicelib.chat.tokens import Visitor
from chalicelib.chat.transport import Address
from chalicelib.errors import Refused, Unauthenticated
from chalicelib.log import about, log
from chalicelib.people.models import Account

Event = Mapping[str, Any]


def connect(event: Event) -> dict[str, Any]:
    """`$connect`: the handshake is answered with what this answers. By `?token=<chat token>`, or `Authorization: Bearer
    <access token>`."""
    context = event["requestContext"]
    headers = {name.lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    chosen = protocols.sub_protocol(headers.get("sec-websocket-protocol"))
    with about(context["requestId"]):
        try:
            visitor = _visitor(event, headers, context["connectionId"])
            service.opened(_address(context), visitor, chosen)
        except Refused as refusal:
            body = json.dumps({"title": refusal.title, "status": refusal.status, "detail": refusal.detail})
            return {"statusCode": refusal.status, "headers": refusal.headers, "body": body}
    return {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": chosen} if chosen else {}}


def message(event: Event) -> dict[str, Any]:
    """`$default`: a message of the client's."""
    context = event["requestContext"]
    with about(context["requestId"]):
        service.arrived(_address(context), [event.get("body") or ""], int(context["requestTimeEpoch"]))
    return {"statusCode": 200}


def disconnect(event: Event) -> dict[str, Any]:
    """`$disconnect`, if API Gateway comes to it."""
    context = event["requestContext"]
    with about(context["requestId"]):
        service.gone(_address(context))
    return {"statusCode": 200}


def stored(event: Event) -> Failures:
    """Records of the `chat` stream with a new message: those are delivered that nobody has delivered."""
    records = {}
    for record in event["Records"]:
        keys = record["dynamodb"]["Keys"]
        records[keys["conversation"]["S"], int(keys["seq"]["N"])] = record["dynamodb"]["SequenceNumber"]
    failed = {records[key] for key in saying.deliver_pending(records)}
    first = min(failed, key=int, default=None)
    return {"batchItemFailures": [{"itemIdentifier": first}] if first else []}


def happened(event: Event) -> Failures:
    """Messages that tell of an event of a ticket's history, or that the metrics are due."""
    by_ticket: dict[str, dict[str, str]] = {}
    ticks: dict[int, str] = {}
    for each in event["Records"]:
        told = json.loads(each["body"])
        if "metrics" in told:
            ticks[int(told["metrics"])] = each["messageId"]
        else:
            by_ticket.setdefault(told["ticket_id"], {})[each["messageId"]] = told["event_id"]
    failures: list[str] = []
    for ticket_id, messages in by_ticket.items():
        try:
            live.ticket_changed(ticket_id, list(messages.values()))
        except Exception:
            log.exception("a ticket's change was not told", extra={"ticket_id": ticket_id})
            failures += messages
    try:
        if ticks:
            live.send_metrics(max(ticks))
        if by_ticket and live.watched():
            live.ask_for_metrics()
    except Exception:
        log.exception("the metrics were not sent")
        failures += [*ticks.values(), *(id_ for messages in by_ticket.values() for id_ in messages)]
    return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in dict.fromkeys(failures)]}


def accounts_changed(event: Event) -> Failures:
    """Records of the `accounts` stream with a changed account: connections whose right has ended are closed."""
    for record in event["Records"]:
        try:
            connections.account_changed(Account.from_raw_data(new_image(record)))
        except Exception:
            log.exception("connections were not closed")
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def look_for_unread() -> dict[str, int]:
    """The scheduled look: how many were told of what they haven't read."""
    return {"told": unread.tell_due()}


def _visitor(event: Event, headers: Mapping[str, str], connection_id: str) -> Visitor:
    token = (event.get("queryStringParameters") or {}).get("token")
    if token:
        return tokens.redeem(token, connection_id)
    kind, _, access_token = headers.get("authorization", "").strip().partition(" ")
    if kind.lower() != "bearer" or not access_token.strip():
        raise Unauthenticated("Open with ?token=<chat token> or 'Authorization: Bearer <access token>'.")
    return tokens.by_access_token(access_token.strip())


def _address(context: Mapping[str, Any]) -> Address:
    return Address("websocket", context["connectionId"])
