"""Finds out which protocol a connection speaks and calls that protocol. Callers use only this module, never a
protocol's own. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.chat import json_protocol
from chalicelib.chat.session import Dialect, Session, Step, Stored, Subscription
from chalicelib.chat.stomp import answers as stomp_answers, session as stomp_session
from chalicelib.errors import Refused

SUB_PROTOCOLS = ("v12.stomp", "v11.stomp", "v10.stomp", "json")
"""In order of preference. CONNECT decides the version of STOMP; these only say that it is STOMP."""


def sub_protocol(offered: str | None) -> str | None:
    """The sub-protocol to echo, from what the client's `Sec-WebSocket-Protocol` offers. None: none fits, leave the
    header out (RFC 6455, 4.2.2; a browser that offered others then closes the connection itself)."""
    names = {name.strip() for name in (offered or "").split(",")}
    return next((name for name in SUB_PROTOCOLS if name in names), None)


def opened(session_id: str, chosen: str | None) -> Step:
    """The first step of a new connection whose handshake was answered with the sub-protocol `chosen`. `session_id` is
    the id that STOMP clients are told."""
    session = Session(id=session_id)
    if chosen == "json":
        return json_protocol.opened(session)
    return Step(replace(session, protocol="stomp") if chosen else session)


def receive(session: Session, text: str) -> Iterator[Step]:
    """The steps that a client's message asks for, in order; none once the session is closed."""
    protocol = session.protocol
    if protocol is None:
        beginning = text.lstrip(" \t\r\n")[:1]
        if not beginning:  # a heart-beat, or nothing
            return iter((Step(session),))
        protocol = "json" if beginning in "{[" else "stomp"
    return json_protocol.receive(session, text) if protocol == "json" else stomp_session.receive(session, text)


def done(step: Step, stored: Stored | None = None) -> tuple[str, ...]:
    """The texts to send once the step's commands are done. `stored` is the message that one of them stored."""
    return json_protocol.done(step, stored) if step.session.protocol == "json" else stomp_session.done(step, stored)


def refused(step: Step, refusal: Refused, message_id: str) -> Step:
    """The step to do instead of the rest, because one of its commands was refused. Its replies are sent as they are.
    `message_id` is a new id, because a STOMP client is told in a MESSAGE."""
    if step.session.protocol == "json":
        return json_protocol.refused(step, refusal, message_id)
    return stomp_session.refused(step, refusal, message_id)


def ended(session: Session, refusal: Refused) -> Step:
    """The step that tells the client why and closes: its sign-in session ended, or it sends too much."""
    return (
        json_protocol.ended(session, refusal) if session.protocol == "json" else stomp_session.ended(session, refusal)
    )


def event(dialect: Dialect, subscription: Subscription, message_id: str, body: str) -> str:
    """The text that a subscriber is sent: `body` (JSON) itself, or a MESSAGE with it. `message_id` is the event's own,
    the same when it is delivered again, and has no '@'."""
    return body if dialect == "json" else stomp_answers.message(dialect, subscription, message_id, body)
