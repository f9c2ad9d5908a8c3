"""Decides what a poll or a stream of a SockJS session gets, and when. The caller writes it to the client: the
gateway once, the local runner as long as the stream goes on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from pynamodb.exceptions import DeleteError, PutError

from chalicelib import ambient
from chalicelib.chat.models import PollSlot
from chalicelib.chat.sockjs import codec, sessions
from chalicelib.errors import TooManyConnections
from chalicelib.settings import settings

CONNECT_SECONDS = 10
"""For how many seconds a session lives without anybody identifying themselves (contract §7)."""
_LONGEST_PAUSE = 1.0
_SLOT_TRIES = 2
_HELD_SHARE = 0.8
"""The share of the function's concurrency that waiting polls may take. The rest is for sending and for polls that don't
wait."""


class Application(Protocol):
    """What sessions are connected to."""

    def admit(self, token: str | None, session_id: str, ip: str) -> Any:
        """Who opens the session: the same each time that this session asks; None: nobody yet. Raises Unauthenticated,
        TooManyRequests."""

    def opened(self, connection_id: str, visitor: Any) -> None:
        """A session is about to open. Raises Unauthenticated, TooManyRequests."""

    def knows(self, connection_id: str) -> bool:
        """Whether the client has identified itself by now."""

    def begun(self, connection_id: str) -> None:
        """The session is open: texts can be appended."""

    def arrived(self, connection_id: str, texts: Sequence[str], at: int) -> None:
        """The client sent texts, which the gateway had at this epoch millisecond."""

    def gone(self, connection_id: str) -> None:
        """The session has ended. This may be called twice, or late."""


@dataclass(frozen=True)
class Service:
    """A SockJS service. `base` is its path, `limit` the most characters of a stream. `guarded`: a session belongs to
    the token or cookie with which it was opened, and polls of clients that haven't identified themselves never wait."""

    base: str
    application: Application
    websocket: bool = False
    cookie_needed: bool = False
    guarded: bool = False
    limit: int = codec.RESPONSE_LIMIT


class Receiver:
    """One receiving request, from `start` to its end."""

    def __init__(
        self, service: Service, name: str, token: str | None, *, cookie: str | None = None, ip: str = ""
    ) -> None:
        self.session_id = id_of(service, name, token, cookie)
        self.attached = False
        """Whether this request is the session's receiver: then `take`, `detach` or `interrupt` must end it."""
        self.new_cookie: str | None = None
        """To be set: the session that was opened is bound to it."""
        self._service = service
        self._application = service.application
        self._name, self._token, self._cookie, self._ip = name, token, cookie, ip
        self._receiver = ambient.secret(12)
        self._connection_id = ""

    def start(self, *, stay: bool = False) -> list[str]:
        """The frames to write at once; none if the request should wait. `stay`: more may follow on the same request.
        Raises Unauthenticated, TooManyRequests."""
        if self._is_nobodys_yet():
            return [codec.HEARTBEAT]
        for _ in range(4):
            try:
                session = sessions.attach(self.session_id, self._receiver)
            except sessions.Busy:
                return [codec.STILL_OPEN]
            except sessions.Missing as missing:
                if missing.last is not None:
                    self._application.gone(missing.last)
                    if self._token is not None or self._service.guarded:  # which were good for that session alone
                        return [codec.INTERRUPTED]
                try:
                    if self._open(stay):
                        return [codec.OPEN]
                except TooManyConnections as refusal:
                    return [codec.close(3000, refusal.detail)]
                continue
            self._connection_id = sessions.connection_id(session)
            if session.over is not None:
                return self._last(session.over)
            self.attached = True
            return self.take(stay=stay) if session.queue else []
        return [codec.INTERRUPTED]

    def waiting(self) -> bool:
        """Whether `take` would return something. Costs one read."""
        return sessions.look(self.session_id, self._receiver)

    def take(self, *, stay: bool = False) -> list[str]:
        """The frames of what waits. Detaches afterwards, unless `stay` was said and no closing frame is among them."""
        try:
            taken = sessions.take(self.session_id, self._receiver, stay=stay)
        except sessions.Lost:
            self.attached = False
            return [codec.INTERRUPTED]
        frames = [_array(taken.texts)] if taken.texts else []
        if taken.over is not None and (stay or not frames):
            frames.append(taken.over)
        self.attached = stay and taken.over is None
        return frames

    def detach(self) -> list[str]:
        """Ends the request. The frames that it returns came meanwhile and have to be written."""
        return self.take() if self.attached else []

    def interrupt(self) -> None:
        """The client is gone and nobody knows what it has received: the session ends."""
        if self.attached and sessions.interrupt(self.session_id, self._receiver):
            self._application.gone(self._connection_id)
        self.attached = False

    def poll(self) -> list[str]:
        """One frame or more for a request that is answered once: at once if there is something or no slot free, else
        as soon as there is, a heart-beat if nothing comes. Raises Unauthenticated, TooManyRequests."""
        frames = self.start()
        if frames or not self.attached:
            return frames
        with _slot() as held:
            if held:
                _wait(self)
            return self.take() or [codec.HEARTBEAT]

    def _is_nobodys_yet(self) -> bool:
        """Whether it is a session in which nobody has said who they are, and which has nothing to tell them. It lives
        as long as it was opened for: looking doesn't prolong it."""
        if not self._service.guarded or self._token is not None or self._cookie is None:
            return False
        try:
            session = sessions.find(self.session_id)
        except sessions.Missing:
            return False
        waits = bool(session.queue) or session.over is not None
        return not waits and not self._application.knows(sessions.connection_id(session))

    def _open(self, stay: bool) -> bool:
        """Opens the session. False if somebody else has just opened it."""
        nobody = self._service.guarded and self._token is None
        if nobody:
            self.new_cookie = ambient.secret()
            self.session_id = id_of(self._service, self._name, None, self.new_cookie)
        visitor = self._application.admit(self._token, self.session_id, self._ip)
        alone = CONNECT_SECONDS if nobody else sessions.ALONE_SECONDS
        session = sessions.prepared(self.session_id, self._receiver if stay else None, alone)
        self._connection_id = sessions.connection_id(session)
        self._application.opened(self._connection_id, visitor)
        if not sessions.open_one(session):
            self._application.gone(self._connection_id)
            return False
        self.attached = stay
        self._application.begun(self._connection_id)
        return True

    def _last(self, over: str) -> list[str]:
        """Of a session that is closed: what still waited for it, then, whenever asked, why."""
        try:
            texts = sessions.take_last(self.session_id).texts
        except sessions.Lost:
            texts = []
        return [_array(texts)] if texts else [over]


def poll(service: Service, name: str, token: str | None) -> list[str]:
    """As `Receiver.poll`, for a request without a cookie."""
    return Receiver(service, name, token).poll()


def pauses() -> Iterator[float]:
    """The pauses between two looks, in seconds: short at first, then a second each, so that the reads of a poll are
    bounded."""
    left, pause = float(settings.sockjs_hold_seconds), 0.05
    while left > 0:
        yield min(pause, left)
        left -= pause
        pause = min(_LONGEST_PAUSE, pause * 2)


def id_of(service: Service, name: str, token: str | None, cookie: str | None = None) -> str:
    """The session's id: of a guarded service its cookie is part of it, where there is no token."""
    bound = f"cookie {cookie}" if service.guarded and token is None else token
    return sessions.id_of(service.base, name, bound)


def send(
    service: Service, name: str, token: str | None, texts: Sequence[str], at: int, *, cookie: str | None = None
) -> None:
    """Takes texts from the client. Raises Missing when the session doesn't exist or is closed."""
    session = sessions.find(id_of(service, name, token, cookie))
    if session.over is not None:
        raise sessions.Missing
    if texts:
        service.application.arrived(sessions.connection_id(session), texts, at)


def _wait(receiver: Receiver) -> None:
    for pause in pauses():
        ambient.wait_for(receiver.session_id, pause)
        if receiver.waiting():
            return


@contextmanager
def _slot() -> Iterator[bool]:
    """Takes one of the places for waiting polls, if one is free. It tries two random places: usually one write,
    likely to succeed while many are free, and no counter that a crash could leave wrong."""
    holder = ambient.secret(12)
    for _ in range(_SLOT_TRIES):
        number = int(ambient.jitter(settings.sockjs_concurrency * _HELD_SHARE))
        now = ambient.clock()
        slot = PollSlot(
            id=f"sockjs-slot#{number}", holder=holder, expires_at=int(now) + settings.sockjs_hold_seconds + 5
        )
        try:
            slot.save(PollSlot.id.does_not_exist() | (PollSlot.expires_at < now))
        except PutError as error:
            sessions.only_the_condition(error)
            continue
        try:
            yield True
        finally:
            try:
                slot.delete(PollSlot.holder == holder)
            except DeleteError as error:
                sessions.only_the_condition(error)
        return
    yield False


def _array(quoted: Sequence[str]) -> str:
    return f"a[{','.join(quoted)}]"
