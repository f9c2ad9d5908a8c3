"""The STOMP frames that the server sends unasked: MESSAGE, and ERROR before it closes. Pure."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.chat.session import Command, Commit, Send, Session, Step, Subscription, UnknownDestination
from chalicelib.chat.stomp.frames import Fault, Frame, Version, encode
from chalicelib.errors import Refused

AT = "@"
"""Separates message id and subscription in the `ack` id. It occurs in none of our message ids."""


def message(
    version: Version, subscription: Subscription, message_id: str, body: str, headers: Mapping[str, str] | None = None
) -> str:
    """MESSAGE for a subscription (MESSAGE; in 1.1 and 1.0 the message's own id is what is acknowledged). `body` is
    JSON; `headers` are added to the frame's own."""
    known = {
        "subscription": subscription.id,
        "message-id": message_id,
        "destination": subscription.destination,
        "content-type": "application/json;charset=utf-8",
    }
    if version == "1.2" and subscription.ack != "auto":
        known["ack"] = message_id + AT + subscription.id
    return encode(Frame("MESSAGE", known | dict(headers or {}), body.encode()), version).decode()


def closing(session: Session, fault: Fault, receipt: str | None, early: str | None) -> Step:
    more = "" if "version" in fault.headers else f"\nSee {fault.section}: {fault.url}\n"
    return replace(error(session, fault.detail, fault.detail + more, receipt, fault.headers), early=early)


def error(session: Session, short: str, body: str, receipt: str | None, more: Mapping[str, str]) -> Step:
    """ERROR, then close."""
    headers = {"message": " ".join(short.split()), "content-type": "text/plain", **more}
    if receipt is not None:
        headers["receipt-id"] = receipt
    answer = wire(session, Frame("ERROR", headers, body.encode(errors="replace")))
    return Step(replace(session, closed=True), replies=(answer,), asked=receipt, close=True)


def wire(session: Session, frame: Frame) -> str:
    return encode(frame, session.version).decode()


def is_told(command: Command, refusal: Refused) -> bool:
    """Whether the refusal goes to the user as an `error` event and leaves the connection open."""
    return isinstance(command, Send | Commit) and not isinstance(refusal, UnknownDestination)


def refusal(refusal: Refused, command: Command) -> str:
    """The body of that `error`."""
    return json.dumps({"type": "error", "status": refusal.status, "detail": refusal.detail} | naming(command))


def naming(command: Command) -> dict[str, Any]:
    """The client's own id of the message that was refused, so that it knows which one."""
    try:
        body = json.loads(command.body) if isinstance(command, Send) else None
    except (ValueError, RecursionError):
        return {}
    name = body.get("client_message_id") if isinstance(body, dict) else None
    return {"client_message_id": name} if isinstance(name, str) else {}
