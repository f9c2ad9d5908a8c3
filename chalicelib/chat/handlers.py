"""Lambda entry points of the chat: events of API Gateway, streams and queues, passed on to the chat's services."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.batches import LambdaEvent, Record, consumer, new_image
from chalicelib.chat import connections, protocols, saying, service, tokens, unread
from chalicelib.chat.tokens import Visitor
from chalicelib.chat.transport import Address
from chalicelib.errors import Refused, Unauthenticated
from chalicelib.log import about
from chalicelib.measures import collected
from chalicelib.people.models import Account
from chalicelib.settings import settings


@collected()
def connect(event: LambdaEvent) -> dict[str, Any]:
    """`$connect`: returns the handshake's answer. The client identifies itself by `?token=<chat token>` or
    `Authorization: Bearer <access token>`. Where the local runner carries SockJS over a WebSocket, CONNECT may identify
    it later (`anonymous`, which the host sets and no client can)."""
    context = event["requestContext"]
    headers = {name.lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    chosen = protocols.sub_protocol(headers.get("sec-websocket-protocol"))
    with about(context["requestId"]):
        try:
            anonymous = settings.sockjs_websocket and context.get("anonymous")
            visitor = None if anonymous else _visitor(event, headers, context["connectionId"])
            service.opened(_address(context), visitor, chosen)
        except Refused as refusal:
            body = json.dumps({"title": refusal.title, "status": refusal.status, "detail": refusal.detail})
            return {"statusCode": refusal.status, "headers": refusal.headers, "body": body}
    return {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": chosen} if chosen else {}}


@collected()
def message(event: LambdaEvent) -> dict[str, Any]:
    """`$default`: a message of the client's."""
    context = event["requestContext"]
    with about(context["requestId"]):
        service.arrived(_address(context), [event.get("body") or ""], int(context["requestTimeEpoch"]))
    return {"statusCode": 200}


@collected()
def disconnect(event: LambdaEvent) -> dict[str, Any]:
    """`$disconnect`. API Gateway doesn't always send it."""
    context = event["requestContext"]
    with about(context["requestId"]):
        service.gone(_address(context))
    return {"statusCode": 200}


def _key(record: Record) -> tuple[str, int]:
    keys = record["dynamodb"]["Keys"]
    return keys["conversation"]["S"], int(keys["seq"]["N"])


@consumer(_key, together=lambda _: "all")
def stored(keys: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """New messages from the `chat` stream: delivers those that nobody has delivered."""
    return saying.deliver_pending(keys)


def _account(record: Record) -> Account:
    return Account.from_raw_data(new_image(record))


@consumer(_account)
def accounts_changed(accounts: list[Account]) -> None:
    """Changed accounts from the `accounts` stream: closes connections whose right has ended."""
    for account in accounts:
        connections.account_changed(account)


@collected()
def look_for_unread() -> dict[str, int]:
    """Scheduled: mails people about messages they haven't read. Returns how many were mailed."""
    return {"told": unread.tell_due()}


def _visitor(event: LambdaEvent, headers: Mapping[str, str], connection_id: str) -> Visitor:
    token = (event.get("queryStringParameters") or {}).get("token")
    if token:
        return tokens.redeem(token, connection_id)
    kind, _, access_token = headers.get("authorization", "").strip().partition(" ")
    if kind.lower() != "bearer" or not access_token.strip():
        raise Unauthenticated("Open with ?token=<chat token> or 'Authorization: Bearer <access token>'.")
    return tokens.by_access_token(access_token.strip())


def _address(context: Mapping[str, Any]) -> Address:
    return Address("websocket", context["connectionId"])
