"""The chat's JSON protocol, for clients without STOMP: objects in, objects out, with the same commands as STOMP
(contract §7). Pure.

An `ack` answers each frame that has a `request_id`, and every `ping`. An `error` answers whatever can't be done. Both
leave the connection open.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from chalicelib.chat import destinations
from chalicelib.chat.session import Command, Send, Session, Step, Stored, Subscribe, Subscription, Unsubscribe
from chalicelib.chat.stomp.frames import LIMITS
from chalicelib.chat.stomp.session import MAX_NAME, MAX_SUBSCRIPTIONS
from chalicelib.errors import BadRequest, Conflict, Invalid, NotFound, Refused, TooLarge

_ACTIONS = ("subscribe", "unsubscribe", *destinations.SENDS, "ping")
_MAX_REQUEST_ID = 128


def opened(session: Session) -> Step:
    """The first step of a JSON connection: subscribes it to its user's own queues."""
    own = [Subscription(destination, destination) for destination in destinations.OWN_QUEUES]
    session = replace(session, protocol="json", subscriptions={each.id: each for each in own})
    return Step(session, tuple(Subscribe(each) for each in own))


def receive(session: Session, text: str) -> Iterator[Step]:
    """Reads one message, which is one frame. If the user's own queues aren't subscribed yet, that comes first."""
    if session.closed:
        return
    if session.protocol != "json":
        step = opened(session)
        session = step.session
        yield step
    asked: str | int | None = None
    try:
        fields = _fields(text)
        asked = fields.pop("request_id", None)
        if not isinstance(asked, str | int | None) or len(str(asked)) > _MAX_REQUEST_ID:
            asked = None
            raise Invalid.field(
                "request_id", f"A string of at most {_MAX_REQUEST_ID} characters, or a number.", "bad_type"
            )
        session, commands = _frame(session, fields)
        yield Step(session, commands, (_ack(asked),) if asked is not None or not commands else (), asked)
    except Refused as refusal:
        early = text if isinstance(refusal, NotFound) else None
        yield Step(session, replies=(_error(refusal, asked),), asked=asked, early=early)


def done(step: Step, stored: Stored | None = None) -> tuple[str, ...]:
    """The texts to send once the step's commands are done: its `ack`, with the id and `seq` of a stored message."""
    if stored is None or not step.replies:
        return step.replies
    return (_ack(step.asked, {"message_id": stored.message_id, "seq": stored.seq}),)


def refused(step: Step, refusal: Refused, message_id: str) -> Step:  # noqa: ARG001 (STOMP's error is a MESSAGE)
    """The step to do instead, if one of the step's commands was refused."""
    subscriptions = dict(step.session.subscriptions)
    for command in step.commands:
        if isinstance(command, Subscribe):
            del subscriptions[command.subscription.id]
    session = replace(step.session, subscriptions=subscriptions)
    return Step(session, replies=(_error(refusal, step.asked),), asked=step.asked)


def ended(session: Session, refusal: Refused) -> Step:
    """Sends an `error` and closes, for a reason unrelated to a frame."""
    return Step(replace(session, closed=True), replies=(_error(refusal, None),), close=True)


def _fields(text: str) -> dict[str, Any]:
    if len(text) > LIMITS.frame:
        raise TooLarge(f"A frame has at most {LIMITS.frame} characters.")
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise BadRequest("The frame is not valid JSON.") from None
    if not isinstance(fields, dict):
        raise BadRequest("The frame is not a JSON object.")
    return fields


def _frame(session: Session, fields: dict[str, Any]) -> tuple[Session, tuple[Command, ...]]:
    action = fields.pop("action", None)
    if action not in _ACTIONS:
        raise Invalid.field("action", f"One of {', '.join(_ACTIONS)}.", "bad_action", allowed=[*_ACTIONS])
    if action in destinations.SENDS:
        # Half characters stay escapes: the body is validated where it is used.
        return session, (Send(destinations.SENDS[action], json.dumps(fields).encode(), {}),)
    destination = fields.pop("destination", None) if action != "ping" else ""
    if not isinstance(destination, str) or len(json.dumps(destination)) > MAX_NAME:
        raise Invalid.field("destination", f"A string of at most {MAX_NAME} octets.", "too_many_bytes", max=MAX_NAME)
    if fields:
        raise Invalid.field(next(iter(fields)), "There is no such field.", "unknown_field")
    subscriptions = dict(session.subscriptions)
    if action == "subscribe" and destination not in subscriptions:
        if len(subscriptions) - len(subscriptions.keys() & destinations.OWN_QUEUES) >= MAX_SUBSCRIPTIONS:
            raise Conflict(f"A connection has at most {MAX_SUBSCRIPTIONS} subscriptions.")
        subscription = subscriptions[destination] = Subscription(destination, destination)
        return replace(session, subscriptions=subscriptions), (Subscribe(subscription),)
    if action == "unsubscribe":
        if destination not in subscriptions:
            raise NotFound(f"You are not subscribed to {destination}.")
        gone = subscriptions.pop(destination)
        return replace(session, subscriptions=subscriptions), (Unsubscribe(gone),)
    return session, ()


def _ack(asked: str | int | None, more: dict[str, Any] | None = None) -> str:
    return json.dumps({"type": "ack", "request_id": asked} | (more or {}))


def _error(refusal: Refused, asked: str | int | None) -> str:
    return json.dumps({"type": "error", "request_id": asked, "status": refusal.status, "detail": refusal.detail})
