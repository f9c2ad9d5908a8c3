"""Processes a client's message. It is read by its protocol and judged, then the new state is written on condition that
nobody changed it meanwhile; only after that is anything done. So a message that loses the race is read again from the
state as it is then, and if an instance dies, either nothing was done or the stored state says what was.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from chalicelib import ambient
from chalicelib.chat import arriving, connections, judging, ordering, performing, state
from chalicelib.chat.judging import Reading
from chalicelib.chat.models import Connection, HeldText
from chalicelib.chat.session import Session, Step, Subscription
from chalicelib.chat.transport import Address
from chalicelib.dynamo import LostRace, until_it_holds
from chalicelib.errors import Conflict, Refused, Unauthenticated

HEARD_EACH = 60_000
"""Milliseconds between two heart-beats that are stored."""

_POLL = 0.05
_LONGEST = 10.0
"""Seconds after which the instance that began with a message is considered dead. What it did stands, and the next
message's turn comes."""


def take(address: Address, texts: Sequence[str], at: int) -> None:
    """Does what the client asks for. `at`: when it arrived at the gateway, epoch milliseconds. Texts that arrived
    together keep their order. Errors of the client's are answered to the client, not raised."""
    mine: HeldText | None = None
    turn = at / 1000 + ordering.WINDOW
    while True:
        connection = connections.find(address.connection_id)
        if connection is None:
            connections.refuse(address, Session(closed=True), Unauthenticated("The connection has ended."))
            return
        if mine is not None and not _is_there(mine):
            return  # a message that arrived later has processed this one
        reading = judging.read(connection, texts, at)
        if reading.beats:
            _beat(connection, at)
            return
        in_order = ordering.depends(reading.before, reading.steps)
        known = connection.account_id is not None  # unidentified clients get no reordering
        if known and (in_order or ordering.early(reading.steps)):
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
    """Processes all held messages that arrived no later than `upto`, in order of arrival. Raises LostRace if another
    instance is doing so."""
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
        reading = judging.read(connection, tuple(json.loads(first.text)), int(first.at))
        if first.at <= connection.ordered_at:
            reading = judging.aside(reading) or judging.ended(
                reading, Conflict("A message came too late to be put in order.")
            )
        elif len(held) > 1 and held[1].at == first.at:
            reading = judging.ended(
                reading, Conflict("Two messages arrived at the same time: their order can't be told.")
            )
        _do(connection, reading, int(first.at), first)


def _beat(connection: Connection, at: int) -> None:
    """Records that the client is alive, at most once in HEARD_EACH."""
    if at >= connection.heard_at + HEARD_EACH:
        with suppress(LostRace):
            connections.update_alone(
                connection, [Connection.heard_at.set(at)], Connection.id.exists() & (Connection.heard_at < at)
            )


def _do(connection: Connection, reading: Reading, at: int, held: HeldText | None) -> None:
    """Writes the new state, then performs the steps. Raises LostRace before anything is done."""
    if reading.after == reading.before and not reading.identified and held is None:
        now = state.count(connection, reading, at)
        steps = reading.steps
        if arriving.too_many(now.frames.as_dict(), at):
            steps = judging.too_many(reading).steps
        current = Session.from_json(now.session).subscriptions
        performing.perform(connection, [_with(step, current) for step in steps], {}, [], at)
        return
    rows, gone = state.write(connection, reading, at, held)
    if reading.identified:
        try:
            connections.look_again(connection)
        except Refused as refusal:
            connections.refuse(connections.address_of(connection), reading.after, refusal)
            return
    performing.perform(connection, reading.steps, rows, gone, at)
    if held is not None:
        held.delete()


def _with(step: Step, subscriptions: Mapping[str, Subscription]) -> Step:
    return replace(step, session=replace(step.session, subscriptions=subscriptions))


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
