"""Reads and judges what a client sent. Writes nothing to the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import access, arriving, connections, ordering, protocols, tokens
from chalicelib.chat.models import Connection
from chalicelib.chat.session import Authenticate, Session, Step, Subscribe
from chalicelib.errors import Refused, TooLarge, TooManyRequests, Unauthenticated

LARGEST = 32 * 1024
"""The most octets in a client's message (contract §7)."""


@dataclass
class Reading:
    """The result of reading a client's message: one step for each frame. `identified`: CONNECT said who the client is.
    `beats`: it is only a heart-beat."""

    before: Session
    steps: list[Step] = field(default_factory=list)
    identified: bool = False
    beats: bool = False

    @property
    def after(self) -> Session:
        return self.steps[-1].session if self.steps else self.before


def read(connection: Connection, texts: Sequence[str], at: int) -> Reading:
    """Reads texts that arrived together and judges them. Changes nothing but `connection` in memory: CONNECT may set
    its account."""
    session = Session.from_json(connection.session)
    reading = Reading(session)
    if sum(len(text.encode(errors="replace")) for text in texts) > LARGEST:
        return ended(reading, TooLarge("A message has at most 32 KiB."))
    caller: Caller | None = None
    try:
        if connection.account_id is not None:
            caller = connections.caller_of(connection)
    except Unauthenticated as refusal:
        return ended(reading, refusal)
    for text in _read_together(session, texts):
        for step in protocols.receive(session, text):
            try:
                caller = _judge(connection, caller, step, reading)
            except Refused as refusal:
                step = _refused(step, refusal, reading)
            reading.steps.append(step)
            if step.close:
                break
        session = reading.after
        if session.closed:
            break
    reading.steps = reading.steps or [Step(session)]
    reading.beats = session == reading.before and session.protocol != "json" and not "".join(texts).strip("\r\n")
    if caller is None and reading.after.dialect is not None and not reading.after.closed:
        return ended(reading, Unauthenticated("Open the connection with a chat token."))
    if not reading.beats and arriving.too_many(connection.frames.as_dict(), at, len(reading.steps)):
        return too_many(reading)
    return reading


def _read_together(session: Session, texts: Sequence[str]) -> Iterator[str]:
    """Joins STOMP's texts, which are a stream in pieces; leaves JSON's apart, which are a frame each."""
    beginning = "".join(texts).lstrip()[:1]
    if session.protocol == "json" or (session.protocol is None and beginning in ("{", "[")):
        yield from texts
    else:
        yield "".join(texts)


def _judge(connection: Connection, caller: Caller | None, step: Step, reading: Reading) -> Caller | None:
    """Checks what must be settled before the state is written: who the client is, and whether they may listen. Raises
    Refused."""
    for command in step.commands:
        if isinstance(command, Authenticate):
            caller = _authenticated(connection, caller, command.token, reading)
        elif caller is None:
            raise Unauthenticated
        elif isinstance(command, Subscribe):
            access.may_listen(caller, command.subscription.destination)
    return caller


def _authenticated(connection: Connection, caller: Caller | None, token: str | None, reading: Reading) -> Caller:
    if token is None:
        if caller is None:
            raise Unauthenticated("CONNECT with 'Authorization: Bearer <access token>', or open with a chat token.")
        return caller
    visitor = tokens.by_access_token(token)
    if caller is None:
        reading.identified = True
        return connections.identify(connection, visitor)
    if visitor.account_id != caller.id:
        raise Unauthenticated("This connection was opened by somebody else.")
    tokens.caller(visitor)
    return caller


def _refused(step: Step, refusal: Refused, reading: Reading) -> Step:
    """The step for a refusal. If it closes the connection, what the frame would have changed is not stored."""
    if step.session.protocol == "stomp":
        step = replace(step, session=replace(step.session, subscriptions=reading.after.subscriptions))
    return protocols.refused(step, refusal, ambient.new_id())


def aside(reading: Reading) -> Reading | None:
    """The reading of a late message, if it doesn't depend on frames that were put in order without it; otherwise
    None."""
    if reading.steps and not ordering.depends(reading.before, reading.steps) and not ordering.early(reading.steps):
        return reading
    return None


def ended(reading: Reading, refusal: Refused) -> Reading:
    return Reading(reading.before, [protocols.ended(reading.before, refusal)])


def too_many(reading: Reading) -> Reading:
    """The reading to use instead, if the client sends too much."""
    detail = f"At most {arriving.FRAMES_A_SECOND} frames a second."
    return ended(reading, TooManyRequests(detail, retry_after=1))
