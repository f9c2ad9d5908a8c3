"""How STOMP frames change a session, and which frames answer them
(https://stomp.github.io/stomp-specification-1.2.html; faults name its headings). Pure.

An ACK changes nothing here: a message is stored before it is delivered and stays in the ticket's history, so nothing
has to be sent to somebody else when it is not acknowledged, which the specification leaves to the server. Therefore
nobody has to remember what was delivered; the id to acknowledge names message and subscription.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from chalicelib.chat import destinations
from chalicelib.chat.session import (
    Ack,
    Acknowledge,
    Authenticate,
    Command,
    Commit,
    Disconnect,
    Held,
    Send,
    Session,
    Step,
    Stored,
    Subscribe,
    Subscription,
    Unsubscribe,
    written,
)
from chalicelib.chat.stomp import answers
from chalicelib.chat.stomp.answers import AT, closing, error, message, wire
from chalicelib.chat.stomp.decoder import Decoder
from chalicelib.chat.stomp.frames import VERSIONS, Fault, Frame
from chalicelib.errors import Refused

HEART_BEAT = (0, 240_000)
"""The heart-beats offered, in milliseconds: sent, wanted. No Lambda runs between two frames that could send any, so
none are promised. One from the client every 4 minutes keeps API Gateway from closing the connection after 10 idle
minutes."""

SERVER = "Lambdesk"
MAX_SUBSCRIPTIONS = 50
"""The most subscriptions of a connection (contract §7)."""
MAX_TRANSACTIONS = 8
MAX_HELD = 25
"""The most frames in a transaction: they become one transaction of DynamoDB."""
MAX_HELD_OCTETS = 96 * 1024
MAX_NAME = 256
"""Of what is remembered: a subscription's id and destination, a transaction's name. Both as they stand in the session's
JSON, so that the largest session fits DynamoDB's 400 KB."""


def receive(session: Session, chunk: str) -> Iterator[Step]:
    """Reads one WebSocket (or SockJS) message: a step for each frame that it completes, and at least one, whose session
    is to be kept. Each goes out from the session of the one before: take the next when the last was done. After a step
    that closes there is none."""
    if session.closed:
        return
    decoder = Decoder(session.version, session.partial)
    decoder.feed(chunk)
    pieced = bool(session.partial)
    session = replace(session, protocol="stomp", partial=b"")
    frames = decoder.frames()
    taken = 0
    while True:
        frame: Frame | None = None
        try:
            frame = next(frames, None)
            if frame is None:
                break
            step = _step(session, frame)
        except Fault as fault:
            receipt = frame.headers.get("receipt") if frame and session.version else fault.receipt
            early = chunk if not taken else decoder.again.decode(errors="replace")
            yield closing(session, fault, receipt, early if fault.early or (pieced and not taken) else None)
            return
        session, decoder.version = step.session, step.session.version
        taken += 1
        yield step
        if step.close:
            return
    if decoder.partial or not taken:
        yield Step(replace(session, partial=decoder.partial))


def done(step: Step, stored: Stored | None = None) -> tuple[str, ...]:  # noqa: ARG001 (JSON tells it)
    """The frames to send once the step's commands are done: CONNECTED, or the RECEIPT if one was requested."""
    return step.replies


def refused(step: Step, refusal: Refused, message_id: str) -> Step:
    """The step that replaces `step` because one of its commands was refused. A SEND that is not valid or not allowed
    becomes an `error` on the user's queue, without a RECEIPT, and the connection stays (contract §7); everything else
    is ERROR."""
    command = step.commands[0]
    if not answers.is_told(command, refusal):
        return ended(step.session, refusal, None if step.asked is None else str(step.asked))
    body = answers.refusal(refusal, command)
    more = {} if step.asked is None else {"receipt-id": str(step.asked)}
    listening = [each for each in step.session.subscriptions.values() if each.destination == destinations.ERRORS]
    version = step.session.version
    assert version
    return Step(step.session, replies=tuple(message(version, each, message_id, body, more) for each in listening))


def ended(session: Session, refusal: Refused, receipt: str | None = None) -> Step:
    """Sends ERROR and closes, for a reason outside STOMP."""
    return error(session, refusal.detail, f"{refusal.title} ({refusal.status})\n", receipt, {})


def _step(session: Session, frame: Frame) -> Step:
    if session.version is None:
        return _connect(session, frame)
    if frame.body and frame.command != "SEND" and session.version != "1.0":
        raise Fault(f"{frame.command} must not have a body.", "Body")
    session, commands = _frame(session, frame)
    receipt = frame.headers.get("receipt")
    replies = () if receipt is None else (wire(session, Frame("RECEIPT", {"receipt-id": receipt})),)
    return Step(session, commands, replies, receipt, close=session.closed)


def _connect(session: Session, frame: Frame) -> Step:
    if frame.command not in ("CONNECT", "STOMP"):
        raise Fault("The first frame must be CONNECT or STOMP.", "Connecting", early=True)
    # 1.0's examples pad; none of these headers means anything by its spaces.
    headers = {name.lower(): value.strip() for name, value in frame.headers.items()}
    accepted = [each.strip() for each in headers.get("accept-version", "1.0").split(",")]
    common = [version for version in VERSIONS if version in accepted]
    if not common:
        detail = f"Supported protocol versions are {' '.join(VERSIONS)}"
        raise Fault(detail, "Protocol Negotiation", headers={"version": ",".join(VERSIONS)})
    session = replace(session, version=common[-1])
    answer = {"version": common[-1], "server": SERVER}
    if session.id:
        answer["session"] = session.id
    if common[-1] != "1.0":
        beats = headers.get("heart-beat", "0,0").split(",")
        if len(beats) != 2 or not all(each.strip().isascii() and each.strip().isdigit() for each in beats):
            raise Fault("heart-beat must be two numbers of milliseconds, as in '0,240000'.", "Heart-beating")
        answer["heart-beat"] = "{},{}".format(*HEART_BEAT)
    kind, _, token = headers.get("authorization", "").partition(" ")
    authenticate = Authenticate(token.strip() if kind.lower() == "bearer" and token.strip() else None)
    return Step(session, (authenticate,), (wire(session, Frame("CONNECTED", answer)),))


def _frame(session: Session, frame: Frame) -> tuple[Session, tuple[Command, ...]]:
    match frame.command:
        case "SEND":
            return _now_or_held(session, frame, Send(_needed(frame, "destination"), frame.body, frame.headers))
        case "ACK" | "NACK":
            return _now_or_held(session, frame, _acknowledge(session, frame))
        case "SUBSCRIBE":
            return _subscribe(session, frame)
        case "UNSUBSCRIBE":
            return _unsubscribe(session, frame)
        case "BEGIN":
            return _begin(session, frame), ()
        case "COMMIT":
            session, held = _transaction(session, frame)
            return session, (Commit(held),) if held else ()
        case "ABORT":
            return _transaction(session, frame)[0], ()
        case "DISCONNECT":
            return replace(session, subscriptions={}, transactions={}, closed=True), (Disconnect(),)
        case "CONNECT" | "STOMP":
            raise Fault("This connection is connected already.", "Connecting")
        case _:
            raise Fault(f"{frame.command} is for the server to send.", "Client Frames")


def _subscribe(session: Session, frame: Frame) -> tuple[Session, tuple[Command, ...]]:
    destination = _needed(frame, "destination", MAX_NAME)
    name = _needed(frame, "id", MAX_NAME) if session.version != "1.0" else _named(frame, "id", destination)
    ack = frame.headers.get("ack", "auto")
    if ack not in get_args(Ack):
        raise Fault(f"ack must be auto, client or client-individual, not {ack[:40]!r}.", "SUBSCRIBE ack Header")
    if name in session.subscriptions:
        raise Fault(f"There is a subscription {name!r} already.", "SUBSCRIBE id Header", early=True)
    if len(session.subscriptions) >= MAX_SUBSCRIPTIONS:
        raise Fault(f"A connection has at most {MAX_SUBSCRIPTIONS} subscriptions.", "SUBSCRIBE")
    subscription = Subscription(name, destination, ack)  # type: ignore[arg-type]
    return replace(session, subscriptions={**session.subscriptions, name: subscription}), (Subscribe(subscription),)


def _unsubscribe(session: Session, frame: Frame) -> tuple[Session, tuple[Command, ...]]:
    """In 1.0 the destination serves as the id, as in `_subscribe`."""
    by_destination = session.version == "1.0" and "id" not in frame.headers
    name = _needed(frame, "destination" if by_destination else "id")
    if name not in session.subscriptions:
        raise Fault(f"There is no subscription {name[:MAX_NAME]!r}.", "UNSUBSCRIBE", early=True)
    rest = dict(session.subscriptions)
    return replace(session, subscriptions=rest), (Unsubscribe(rest.pop(name)),)


def _acknowledge(session: Session, frame: Frame) -> Acknowledge:
    consumed = frame.command == "ACK"
    if session.version == "1.0":
        if not consumed:
            raise Fault("There is no NACK in STOMP 1.0.", "Client Commands", version="1.0")
        return Acknowledge(_needed(frame, "message-id", MAX_NAME), None)
    if session.version == "1.1":
        message_id, name = _needed(frame, "message-id", MAX_NAME), _needed(frame, "subscription")
    else:
        message_id, _, name = _needed(frame, "id").partition(AT)
    subscription = session.subscriptions.get(name)
    if subscription is None or subscription.ack == "auto" or not message_id:
        raise Fault("There is no such message to acknowledge.", frame.command, version=session.version or "1.2")
    return Acknowledge(message_id[:MAX_NAME], subscription, consumed)


def _begin(session: Session, frame: Frame) -> Session:
    name = _needed(frame, "transaction", MAX_NAME)
    if name in session.transactions:
        raise Fault(f"There is a transaction {name!r} already.", "BEGIN", early=True)
    if len(session.transactions) >= MAX_TRANSACTIONS:
        raise Fault(f"A connection has at most {MAX_TRANSACTIONS} transactions open.", "BEGIN")
    return replace(session, transactions={**session.transactions, name: ()})


def _transaction(session: Session, frame: Frame) -> tuple[Session, tuple[Held, ...]]:
    """What the transaction held, and the session without it."""
    name = _needed(frame, "transaction")
    if name not in session.transactions:
        raise Fault(f"There is no transaction {name[:MAX_NAME]!r}.", frame.command, early=True)
    rest = dict(session.transactions)
    held = rest.pop(name)
    return replace(session, transactions=rest), held


def _now_or_held(session: Session, frame: Frame, command: Held) -> tuple[Session, tuple[Command, ...]]:
    if "transaction" not in frame.headers:
        return session, (command,)
    without, held = _transaction(session, frame)
    held = (*held, command)
    octets = sum(_octets(each) for other in without.transactions.values() for each in other) + sum(map(_octets, held))
    if len(held) > MAX_HELD or octets > MAX_HELD_OCTETS:
        raise Fault(f"Transactions hold at most {MAX_HELD} frames and {MAX_HELD_OCTETS} octets.", "BEGIN")
    return replace(session, transactions={**session.transactions, frame.headers["transaction"]: held}), ()


def _octets(held: Held) -> int:
    return len(json.dumps(written(held)))


def _needed(frame: Frame, header: str, longest: int | None = None) -> str:
    if header not in frame.headers:
        raise Fault(f"{frame.command} must have the header {header!r}.", frame.command)
    return _named(frame, header, "", longest)


def _named(frame: Frame, header: str, missing: str, longest: int | None = MAX_NAME) -> str:
    value = frame.headers.get(header, missing)
    if longest is not None and len(json.dumps(value)) > longest:
        raise Fault(f"{header} may have {longest} octets.", "Size Limits")
    return value
