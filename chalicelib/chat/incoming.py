"""What a client sent: read by its protocol, judged, and the new state written on condition that nobody else changed it
meanwhile; only then is anything done. So a message that loses the race is read again from the state as it is, and one
that dies has either done nothing or stands as it was told.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import access, connections, ordering, performing, protocols, tokens
from chalicelib.chat.models import Connection, HeldText, Subscriber
from chalicelib.chat.session import Authenticate, Session, Step, Subscribe
from chalicelib.chat.transport import Address
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.errors import Conflict, Refused, TooLarge, TooManyRequests, Unauthenticated

LARGEST = 32 * 1024
"""Octets of a message (contract §7)."""
FRAMES_A_SECOND = 20

_POLL = 0.05
_LONGEST = 10.0
"""Seconds after which whoever began with a message is taken for dead: what they did stands, the next goes on."""


@dataclass
class Reading:
    """What a client's message comes to: a step a frame. `identified`: CONNECT said who the client is."""

    before: Session
    steps: list[Step] = field(default_factory=list)
    identified: bool = False

    @property
    def after(self) -> Session:
        return self.steps[-1].session if self.steps else self.before


def take(address: Address, texts: Sequence[str], at: int) -> None:
    """Does what the client asks for. `at`: when it arrived at the gateway, epoch milliseconds. Texts of
    one arrival keep their order. What the client did wrong it is told itself."""
    mine: HeldText | None = None
    turn = at / 1000 + ordering.WINDOW
    while True:
        connection = connections.find(address.connection_id)
        if connection is None:
            connections.refuse(address, Session(closed=True), Unauthenticated("The connection has ended."))
            return
        if mine is not None and not _is_there(mine):
            return  # who arrived later has done it already
        reading = _read_and_judge(connection, texts, at)
        in_order = ordering.depends(reading.before, reading.steps)
        if in_order or ordering.early(reading.steps):
            mine = mine or _hold(connection, texts, at)
            pause = min(turn - ambient.clock(), ordering.WINDOW)
            if pause <= 0:
                until_it_holds(lambda: _take_in_order(address, at))
                return
            ambient.sleep(pause if in_order else min(pause, _POLL))
            continue
        try:
            _do(connection, reading, at, mine)
        except LostRace:
            ambient.sleep(ambient.jitter(0.02))
        else:
            return


def _take_in_order(address: Address, upto: int) -> None:
    """All that is held and arrived no later, in the order of arrival. Raises LostRace: somebody else is at it."""
    while True:
        held = _held(address.connection_id)
        if not held or held[0].at > upto:
            return
        connection = connections.find(address.connection_id)
        if connection is None:
            return
        first = held[0]
        if first.begun_at is not None:
            if ambient.clock() < first.begun_at + _LONGEST:
                ambient.sleep(_POLL)
            else:
                first.delete()
            continue
        reading = _read_and_judge(connection, tuple(json.loads(first.text)), int(first.at))
        if first.at <= connection.ordered_at:
            reading = _aside(reading) or _ended(reading, Conflict("A message came too late to be put in order."))
        elif len(held) > 1 and held[1].at == first.at:
            reading = _ended(reading, Conflict("Two messages arrived at the same time: their order can't be told."))
        _do(connection, reading, int(first.at), first)


def _read_and_judge(connection: Connection, texts: Sequence[str], at: int) -> Reading:
    """Reads and judges; writes nothing but into `connection`, whose account CONNECT may tell."""
    session = Session.from_json(connection.session)
    reading = Reading(session)
    if sum(len(text.encode(errors="replace")) for text in texts) > LARGEST:
        return _ended(reading, TooLarge("A message has at most 32 KiB."))
    caller: Caller | None = None
    try:
        if connection.account_id is not None:
            caller = connections.caller_of(connection)
    except Unauthenticated as refusal:
        return _ended(reading, refusal)
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
    if caller is None and reading.after.dialect is not None and not reading.after.closed:
        return _ended(reading, Unauthenticated("Open the connection with a chat token."))
    frames = connection.frames if at < connection.window + 1000 else 0
    if frames + len(reading.steps) > FRAMES_A_SECOND:
        return _ended(reading, TooManyRequests(f"At most {FRAMES_A_SECOND} frames a second.", retry_after=1))
    return reading


def _read_together(session: Session, texts: Sequence[str]) -> Iterator[str]:
    """STOMP is a stream, however it comes in pieces; JSON's texts are a frame each."""
    beginning = "".join(texts).lstrip()[:1]
    if session.protocol == "json" or (session.protocol is None and beginning in ("{", "[")):
        yield from texts
    else:
        yield "".join(texts)


def _judge(connection: Connection, caller: Caller | None, step: Step, reading: Reading) -> Caller | None:
    """What has to be known before the state is written: who it is, and whether they may listen. Raises Refused."""
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
    """What a connection that closes asked for last is not to be written down."""
    if step.session.protocol == "stomp":
        step = replace(step, session=replace(step.session, subscriptions=reading.after.subscriptions))
    return protocols.refused(step, refusal, ambient.new_id())


def _aside(reading: Reading) -> Reading | None:
    """The reading of a message that came late, if it doesn't depend on what has been put in order without it."""
    if reading.steps and not ordering.depends(reading.before, reading.steps) and not ordering.early(reading.steps):
        return reading
    return None


def _ended(reading: Reading, refusal: Refused) -> Reading:
    return Reading(reading.before, [protocols.ended(reading.before, refusal)])


def _do(connection: Connection, reading: Reading, at: int, held: HeldText | None) -> None:
    """Writes the new state, then does the steps. Raises LostRace, having done nothing."""
    rows, gone = _write(connection, reading, at, held)
    if reading.identified:
        try:
            connections.look_again(connection)
        except Unauthenticated as refusal:
            connections.refuse(connections.address_of(connection), reading.after, refusal)
            return
    performing.perform(connection, reading.steps, rows, gone)
    if held is not None:
        held.delete()


def _write(
    connection: Connection, reading: Reading, at: int, held: HeldText | None
) -> tuple[dict[str, Subscriber], list[Subscriber]]:
    """In one write. Answers the rows of new subscriptions (by the subscription's id), and those taken away."""
    before, after = reading.before, reading.after
    fresh = [each for name, each in after.subscriptions.items() if before.subscriptions.get(name) != each]
    ended = [each for name, each in before.subscriptions.items() if after.subscriptions.get(name) != each]
    rows = {each.id: row for each in fresh if (row := connections.row_of(connection, after, each))}
    gone = [row for each in ended if (row := connections.row_of(connection, before, each))]
    gone = [row for row in gone if row.item not in {new.item for new in rows.values() if new.id == row.id}]
    actions, condition = _counted(connection, len(reading.steps), at)
    if after.closed:
        actions, condition = [], Connection.id.exists()
    if after != before or reading.identified or held is not None:
        condition &= Connection.revision == connection.revision
        actions += [Connection.session.set(replace(after, closed=False).to_json()), Connection.revision.add(1)]
    if reading.identified:
        names = ("account_id", "session_id", "generation", "role", "team", "name")
        actions += [
            getattr(Connection, name).set(value) for name in names if (value := getattr(connection, name)) is not None
        ]
    if held is not None and ordering.depends(before, reading.steps):
        actions.append(Connection.ordered_at.set(max(held.at, connection.ordered_at)))
    condition &= Connection.closed.does_not_exist()
    transaction = Transaction()
    transaction.update(Connection(id=connection.id), actions, condition, label="connection")
    for row in rows.values():
        transaction.put(row)
    for row in gone:
        transaction.delete(row)
    if reading.identified:
        connections.add_own(transaction, connection)
    if held is not None:
        free = HeldText.id.exists() & HeldText.begun_at.does_not_exist()
        transaction.update(held, [HeldText.begun_at.set(ambient.clock())], free, label="held")
    if len(transaction) == 1:
        connections.update_alone(connection, actions, condition)
    else:
        transaction.commit()
    return rows, gone


def _counted(connection: Connection, frames: int, at: int) -> tuple[list[Action], Condition]:
    """Counts frames in the second that the first of them began."""
    if at < connection.window + 1000:
        room = (Connection.window == connection.window) & (Connection.frames <= max(0, FRAMES_A_SECOND - frames))
        return [Connection.frames.add(frames)], room
    return [Connection.window.set(at), Connection.frames.set(frames)], Connection.window == connection.window


def _hold(connection: Connection, texts: Sequence[str], at: int) -> HeldText:
    held = HeldText(
        id=connection.id,
        item=f"held#{at:015d}#{ambient.new_id()}",
        text=json.dumps(list(texts)),
        at=at,
        expires_at=connection.expires_at,
    )
    held.save()
    return held


def _held(connection_id: str) -> list[HeldText]:
    return list(HeldText.query(connection_id, HeldText.item.startswith("held#"), consistent_read=True))


def _is_there(held: HeldText) -> bool:
    return any(each.item == held.item and each.begun_at is None for each in _held(held.id))
