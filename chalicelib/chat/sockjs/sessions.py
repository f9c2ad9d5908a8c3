"""SockJS sessions in DynamoDB, so that any instance answers any poll.

A session is one item: the texts that wait for the client, who is receiving, how long it lives. What decides anything is
one conditional UpdateItem: a receiver attaches if there is no other; it takes all that waits and detaches in the same
write; a text is appended at the end, in the order of commits. So no text is lost between two polls or given to two.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pynamodb.exceptions import DoesNotExist, PutError, PynamoDBException, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.chat.models import KEPT, LIFETIME, SockjsSession
from chalicelib.chat.sockjs import codec
from chalicelib.settings import settings

ALONE_SECONDS = 5
"""For how many seconds a session lives without a receiver (sockjs-protocol-0.3.3, Protocol)."""

_GRACE_SECONDS = 10
"""After its announced end plus these seconds a receiver counts as dead."""

_MOST_QUEUED = 140 * 1024
"""Octets that may wait when another text comes: with the largest text, 100 KB, it fits DynamoDB's 400 KB, and what
moto takes for them."""

_MINUTES = 10
"""How many minutes back ended sessions are looked for: the schedule may be down that long."""

_TOO_SLOW = codec.close(1008, "Too slow")


class Missing(Exception):
    """The session doesn't exist: it was never opened, or has ended. `last` is the id of the connection that it was."""

    def __init__(self, last: str | None = None) -> None:
        super().__init__(last)
        self.last = last


class Busy(Exception):
    """Another receiver is attached."""


class Lost(Exception):
    """The receiver is no longer attached: another one is, or the session has ended."""


class Closed(Exception):
    """Nothing more can be appended: the session has ended, or is being closed."""


class Taken(NamedTuple):
    """What was waiting: texts, encoded as JSON strings, in order, and the closing frame if there is one."""

    texts: list[str]
    over: str | None


def id_of(service: str, name: str, token: str | None) -> str:
    """The session's id here. The client chose `name`, eight letters, so it is no secret: the token is part of the id,
    and with another token it is another session."""
    digest = hashlib.sha256(json.dumps([service, name, token]).encode()).hexdigest()
    return f"sockjs.{digest[:40]}"


def connection_id(session: SockjsSession) -> str:
    """The id by which the application knows it. A session that is opened again after its end is another connection."""
    return f"{session.id}.{session.life}"


def prepared(session_id: str, receiver: str | None, alone: float = ALONE_SECONDS) -> SockjsSession:
    """A new session, to be opened by `open_one`. With a `receiver` (a poll that waits) it is attached to it; without
    one it ends after `alone` seconds unless a poll comes."""
    now = ambient.clock()
    return SockjsSession(
        id=session_id,
        life=ambient.new_id().lower(),
        opened_at=now,
        receiver=receiver,
        alive_until=now + (_held() if receiver else alone),
        ends_in=_minute(now + (_held() if receiver else alone)),
        expires_at=int(now) + KEPT,
    )


def open_one(session: SockjsSession) -> bool:
    """Opens the session; False if it is open already."""
    now = ambient.clock()
    ended = (SockjsSession.alive_until <= now) | (SockjsSession.opened_at <= now - LIFETIME)
    try:
        session.save(SockjsSession.id.does_not_exist() | ended)
    except PutError as error:
        return only_the_condition(error)
    return True


def find(session_id: str) -> SockjsSession:
    """Raises Missing."""
    session = _read(session_id)
    if session is None:
        raise Missing
    now = ambient.clock()
    if session.alive_until <= now or session.opened_at + LIFETIME <= now:
        raise Missing(connection_id(session))
    return session


def attach(session_id: str, receiver: str) -> SockjsSession:
    """Makes `receiver` the one that receives. A session that was closed says so in `over`, and takes no receiver.
    Raises Missing, Busy."""
    for _ in range(8):
        free = SockjsSession.receiver.does_not_exist() & SockjsSession.over.does_not_exist()
        now = ambient.clock()
        actions = [
            SockjsSession.receiver.set(receiver),
            SockjsSession.polled_at.set(int(now * 1000)),
            SockjsSession.alive_until.set(now + _held()),
            SockjsSession.ends_in.set(_minute(now + _held())),
        ]
        if (attributes := _update(session_id, actions, free & _alive(now), "ALL_NEW")) is not None:
            return SockjsSession.from_raw_data(attributes)
        session = find(session_id)
        if session.over is not None:
            return session
        if session.receiver is not None:
            raise Busy
    raise Busy


def look(session_id: str, receiver: str) -> bool:
    """Whether something waits for the receiver. Eventually consistent, which costs half."""
    session = _read(session_id, consistent=False)
    return session is not None and (bool(session.queue) or session.over is not None or session.receiver != receiver)


def take(session_id: str, receiver: str, *, stay: bool = False) -> Taken:
    """Takes what waits, and detaches unless it is to stay attached. Raises Lost."""
    actions: list[Action] = [SockjsSession.queue.remove(), SockjsSession.queued.remove()]
    actions.append(SockjsSession.alive_until.set(ambient.clock() + (_held() if stay else ALONE_SECONDS)))
    if not stay:
        actions.append(SockjsSession.receiver.remove())
    return _taken(session_id, actions, SockjsSession.receiver == receiver)


def take_last(session_id: str) -> Taken:
    """Takes what still waits in a closed session. Whoever comes later gets the closing frame alone. Raises Lost."""
    actions = [SockjsSession.queue.remove(), SockjsSession.queued.remove()]
    return _taken(session_id, actions, SockjsSession.over.exists())


def interrupt(session_id: str, receiver: str) -> bool:
    """Closes the session because its client went away while receiving. False if `receiver` was detached by then."""
    actions = [
        SockjsSession.over.set(codec.INTERRUPTED),
        SockjsSession.receiver.remove(),
        SockjsSession.alive_until.set(ambient.clock() + ALONE_SECONDS),
    ]
    return _update(session_id, actions, SockjsSession.receiver == receiver) is not None


def ended() -> Iterator[str]:
    """Connections whose client went away without a word, in the last minutes. Each comes until `told` of."""
    now = int(_minute(ambient.clock())) - 1
    for minute in range(now, now - _MINUTES, -1):
        for key in SockjsSession.ending.query(str(minute)):
            try:
                find(key.id)
            except Missing as missing:
                if missing.last is not None:
                    yield missing.last


def told(connection: str) -> None:
    """Records that the chat knows of the session's end."""
    session_id, _, life = connection.rpartition(".")
    _update(session_id, [SockjsSession.ends_in.remove()], SockjsSession.life == life)


def _minute(moment: float) -> str:
    """The first whole minute after the moment."""
    return str(int(moment // 60) + 1)


# What the application calls


def append(connection: str, text: str) -> None:
    """Puts a text at the end of what waits for the client. Raises Closed."""
    append_all(connection, [text])


def append_all(connection: str, texts: Sequence[str]) -> None:
    """The same for several, which stay together."""
    session_id, _, life = connection.rpartition(".")
    written = [codec.quote(text) for text in texts]
    queue, queued = SockjsSession.queue, SockjsSession.queued
    room = queued.does_not_exist() | (queued < _MOST_QUEUED)
    actions = [queue.set((queue | []).append(written)), queued.add(sum(len(text.encode()) for text in written))]
    try:
        if _update(session_id, actions, _open(life) & room) is not None:
            return
    except UpdateError as error:
        if error.cause_response_code != "ValidationException":  # larger than an item may be: escapes take their octets
            raise
    if _update(session_id, [SockjsSession.over.set(_TOO_SLOW)], _open(life)) is not None:
        raise Closed("Nobody fetches what waits.")
    raise Closed("The session has ended.")


def close(connection: str, code: int = 3000, reason: str = "Go away!") -> None:
    """Closes the session: what waits is still fetched, then comes the closing frame. Raises Closed."""
    session_id, _, life = connection.rpartition(".")
    actions = [
        SockjsSession.over.set(codec.close(code, reason)),
        SockjsSession.alive_until.set(ambient.clock() + ALONE_SECONDS),
    ]
    if _update(session_id, actions, _open(life)) is None:
        raise Closed("The session has ended.")


def is_open(connection: str) -> bool:
    """Whether texts can be appended."""
    session = _of(connection)
    now = ambient.clock()
    return session is not None and session.over is None and session.alive_until > now < session.opened_at + LIFETIME


def polled_at(connection: str) -> int:
    """When (epoch milliseconds) the client last began to receive; 0: never, or the session is gone."""
    session = _of(connection)
    return int(session.polled_at or 0) if session is not None else 0


def _of(connection: str) -> SockjsSession | None:
    session_id, _, life = connection.rpartition(".")
    session = _read(session_id)
    return session if session is not None and session.life == life else None


def _open(life: str) -> Condition:
    open_: Condition = (SockjsSession.life == life) & SockjsSession.over.does_not_exist() & _alive(ambient.clock())
    return open_


def _alive(now: float) -> Condition:
    alive: Condition = (SockjsSession.alive_until > now) & (SockjsSession.opened_at > now - LIFETIME)
    return alive


def _held() -> float:
    return settings.sockjs_hold_seconds + _GRACE_SECONDS


def _taken(session_id: str, actions: Sequence[Action], condition: Condition) -> Taken:
    attributes = _update(session_id, actions, condition, "ALL_OLD")
    if attributes is None:
        raise Lost
    before = SockjsSession.from_raw_data(attributes)
    return Taken([str(text) for text in before.queue or ()], before.over)


def _read(session_id: str, *, consistent: bool = True) -> SockjsSession | None:
    try:
        return SockjsSession.get(session_id, "sockjs", consistent_read=consistent)
    except DoesNotExist:
        return None


def _update(
    session_id: str, actions: Sequence[Action], condition: Condition, returned: str = "NONE"
) -> dict[str, Any] | None:
    """The attributes that the write returns; None: the condition didn't hold."""
    try:
        answer = SockjsSession._get_connection().update_item(
            session_id, range_key="sockjs", actions=actions, condition=condition, return_values=returned
        )
    except UpdateError as error:
        only_the_condition(error)
        return None
    attributes: dict[str, Any] = answer.get("Attributes", {})
    return attributes


def only_the_condition(error: PynamoDBException) -> bool:
    """False, if it was the condition that failed; raises the error otherwise."""
    if error.cause_response_code != "ConditionalCheckFailedException":
        raise error
    return False
