"""Polls, sends and the session's end in every order of their AWS calls, with a death before each: a text that was
taken by the session reaches exactly one poll, in its place, and nobody waits on what has ended.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.chat.models import ConnectionsItem, SockjsSession
from chalicelib.chat.sockjs import codec, polls, sessions
from chalicelib.chat.sockjs.polls import Receiver, Service
from tests.interleaving import scheduler
from tests.interleaving.scheduler import Crash, Run, explore
from tests.interleaving.world import desk, invoked

SCHEDULES, CRASHES = 25, 2
ALL_SCHEDULES, ALL_CRASHES = 200, 12
NAME = "abcdefgh"


class Told:
    """An application that remembers what it was told."""

    def __init__(self) -> None:
        self.opened_ones: list[str] = []
        self.gone_ones: list[str] = []

    def admit(self, token: str | None, session_id: str, ip: str) -> None:
        pass

    def knows(self, connection_id: str) -> bool:
        return True

    def opened(self, connection_id: str, visitor: None) -> None:
        self.opened_ones.append(connection_id)

    def begun(self, connection_id: str) -> None:
        pass

    def arrived(self, connection_id: str, texts: Sequence[str], at: int) -> None:
        sessions.append_all(connection_id, texts)

    def gone(self, connection_id: str) -> None:
        self.gone_ones.append(connection_id)


@pytest.fixture(autouse=True)
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A poll looks twice, then gives up; slots are no race of this kind."""
    monkeypatch.setattr(polls, "pauses", lambda: iter([0.0, 0.0]))
    monkeypatch.setattr(polls, "_slot", lambda: nullcontext(True))
    with desk():
        monkeypatch.setattr(ambient, "wait_for", lambda *_: None)
        yield


class Race:
    """An open session (or none), what happens to it at once, and what everybody was answered."""

    def __init__(self, *actors: str, opened: bool = True, waiting: Sequence[str] = ()) -> None:
        self.actors = actors
        self.begins_open = opened
        self.waiting = list(waiting)
        self.application: Told
        self.polled: list[list[str]] = []
        self.kept: list[str] = []
        """Texts that the session took: whoever sent them was told so."""

    def run(self, schedule: Sequence[int] = (), crash: Crash | None = None) -> Run:
        for item in ConnectionsItem.scan():
            item.delete()
        self.application, self.polled, self.kept = Told(), [], []
        self.service = Service("/test", self.application)
        self.late = 0.0
        clock = ambient.clock
        ambient.clock = lambda: clock() + self.late
        try:
            if self.begins_open:
                assert polls.poll(self.service, NAME, None) == [codec.OPEN]
                for text in self.waiting:
                    self.send(text)
            bodies = [self.actor(each, number) for number, each in enumerate(self.actors)]
            made = scheduler.run([invoked(body) for body in bodies], schedule, crash)
            for error in made.errors.values():
                if not isinstance(error, scheduler.Killed):
                    raise error
            self.at_the_end()
            return made
        finally:
            ambient.clock = clock

    def actor(self, kind: str, number: int) -> Callable[[], None]:
        acts: dict[str, Callable[[], None]] = {
            "poll": lambda: self.polled.append(polls.poll(self.service, NAME, None)),
            "stream": self.stream,
            "send": lambda: self.send(f"sent by {number}"),
            "two": lambda: (self.send(f"first of {number}"), self.send(f"second of {number}"))[0],
            "close": self.close,
            "time": self.time,
        }
        return acts[kind]

    def send(self, text: str) -> None:
        try:
            polls.send(self.service, NAME, None, [text], 0)
        except (sessions.Missing, sessions.Closed):
            return
        self.kept.append(text)

    def stream(self) -> None:
        receiver = Receiver(self.service, NAME, None)
        frames = receiver.start(stay=True)
        for _ in range(2):
            if receiver.attached and receiver.waiting():
                frames += receiver.take(stay=True)
        self.polled.append(frames + receiver.detach())

    def close(self) -> None:
        try:
            sessions.close(sessions.connection_id(sessions.find(sessions.id_of("/test", NAME, None))))
        except (sessions.Missing, sessions.Closed):
            return

    def time(self) -> None:
        """Five seconds pass, between two calls of the others."""
        sessions.look(sessions.id_of("/test", NAME, None), "")
        self.late = 5.1
        sessions.look(sessions.id_of("/test", NAME, None), "")

    def at_the_end(self) -> None:
        """Whatever is left is fetched, unless it has ended."""
        for _ in range(2):
            try:
                session = sessions.find(sessions.id_of("/test", NAME, None))
            except sessions.Missing:
                return
            if session.receiver is None:
                self.polled.append(polls.poll(self.service, NAME, None))

    # --- what holds ---

    def wrong(self, made: Run) -> list[str]:
        return list(self._wrong(made))

    def _wrong(self, made: Run) -> Iterator[str]:
        received = [text for frames in self.polled for frame in frames if frame[0] == "a" for text in texts_of(frame)]
        if len(set(received)) < len(received):
            yield f"doubled: {received}"
        for number in range(len(self.actors)):
            own = [text for text in received if text.endswith(f"of {number}")]
            if own != sorted(own):
                yield f"out of order: {own}"
        opened = sum(frames.count(codec.OPEN) for frames in self.polled)
        ended = any(codec.GO_AWAY in frames for frames in self.polled) or self.late
        if not made.crashed and not self.late and any(codec.INTERRUPTED in frames for frames in self.polled):
            yield "interrupted by nothing"
        if opened > (0 if self.begins_open else 1) and not self.late:
            yield f"opened {opened} times"
        if not made.crashed and not ended and set(received) != {*self.kept}:
            yield f"lost: {set(self.kept) - set(received)}"
        if len(set(self.application.opened_ones) - set(self.application.gone_ones)) > 1 and not made.crashed:
            yield "two connections for one session"


def texts_of(frame: str) -> list[str]:
    return codec.received(frame[1:])


RACES: dict[str, Callable[[], Race]] = {
    "two polls against one send": lambda: Race("poll", "poll", "send"),
    "two polls for what waits": lambda: Race("poll", "poll", waiting=["one", "two"]),
    "a poll against two sends": lambda: Race("poll", "two", "send"),
    "a stream against a poll and a send": lambda: Race("stream", "poll", "send"),
    "two that open": lambda: Race("poll", "poll", opened=False),
    "a poll against the closing": lambda: Race("poll", "send", "close"),
    "a poll against the five seconds": lambda: Race("poll", "time", waiting=["one"]),
    "two polls after the five seconds": lambda: Race("poll", "poll", "time"),
}


@pytest.mark.parametrize("race", RACES)
def test_whatever_the_order_each_text_comes_once(race: str) -> None:
    judge(RACES[race](), SCHEDULES, CRASHES)


@pytest.mark.long
@pytest.mark.parametrize("race", RACES)
def test_in_many_more_orders(race: str) -> None:
    judge(RACES[race](), ALL_SCHEDULES, ALL_CRASHES)


def judge(race: Race, schedules: int, crashes: int) -> None:
    count = 0
    for number, made in enumerate(explore(race.run, schedules)):
        assert race.wrong(made) == [], f"schedule={made.schedule} {race.polled}"
        count += 1
        for actor in range(len(race.actors)) if number < crashes else ():
            for call in range(made.calls_of(actor) + 1):
                crashed = race.run(made.schedule, Crash(actor, call))
                assert race.wrong(crashed) == [], f"schedule={made.schedule} crash={actor, call} {race.polled}"
    assert count > 1


def without_the_one_receiver(patch: pytest.MonkeyPatch) -> None:
    """Whoever comes attaches."""
    update = sessions._update

    def careless(session_id: str, actions: Any, condition: Any, returned: str = "NONE") -> Any:
        if returned == "ALL_NEW":
            condition = SockjsSession.id.exists()
        return update(session_id, actions, condition, returned)

    patch.setattr(sessions, "_update", careless)


def taking_in_two_steps(patch: pytest.MonkeyPatch) -> None:
    """What waits is read, then thrown away."""
    taken = sessions._taken

    def in_steps(session_id: str, actions: Any, condition: Any) -> Any:
        before = sessions._read(session_id)
        assert before
        after = taken(session_id, actions, condition)
        return sessions.Taken([str(text) for text in before.queue or ()], after.over)

    patch.setattr(sessions, "_taken", in_steps)


def opening_without_looking(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sessions, "open_one", lambda session: bool(session.save()) or True)


@pytest.mark.parametrize(
    ("mutation", "race"),
    [
        (without_the_one_receiver, "two polls against one send"),
        (taking_in_two_steps, "a poll against two sends"),
        (opening_without_looking, "two that open"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_some_order_ends_wrong(
    mutation: Callable[[pytest.MonkeyPatch], None], race: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up = RACES[race]()
    mutation(monkeypatch)
    assert any(set_up.wrong(made) for made in explore(set_up.run, 200)), "no order shows that this is needed"
