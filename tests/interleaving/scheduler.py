"""Steps invocations AWS call by AWS call, in every order that can make a difference.

Each actor runs in a thread that stops before each of its DynamoDB calls until it is its turn; a call is one atomic
step. A schedule is the list of actors in the order of their steps; where the list ends, the first actor that can go on
does. `explore` runs a race again and again: after each run it looks for pairs of calls that touch the same items, and
for each such pair a schedule in which they come the other way round (dynamic partial-order reduction, Flanagan and
Godefroid 2005). Orders that differ only in calls on different items therefore count once.

A crash kills an actor before one of its calls (which is also right after the call before it).
"""

import contextvars
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.interleaving.touches import Touch, depend

current: contextvars.ContextVar["_Actor | None"] = contextvars.ContextVar("actor", default=None)


class Killed(BaseException):
    """The invocation dies. Not an Exception: no handler may catch it."""


@dataclass(frozen=True)
class Crash:
    """Actor `actor` dies before its call number `call` (from 0)."""

    actor: int
    call: int


@dataclass
class Step:
    actor: int
    touch: Touch
    enabled: tuple[int, ...]


@dataclass
class Run:
    """What one schedule came to."""

    steps: list[Step] = field(default_factory=list)
    errors: dict[int, BaseException] = field(default_factory=dict)
    crashed: bool = False

    @property
    def schedule(self) -> list[int]:
        return [step.actor for step in self.steps]

    def calls_of(self, actor: int) -> int:
        return sum(step.actor == actor for step in self.steps)


class _Actor:
    def __init__(self, number: int, body: Callable[[], None], crash_at: int | None) -> None:
        self.number = number
        self.calls = 0
        self.crash_at = crash_at
        self.touch: Touch | None = None
        self.error: BaseException | None = None
        self.finished = False
        self._turn = threading.Semaphore(0)
        self._arrived = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, args=(body,), daemon=True)
        self._thread.start()
        self._arrived.acquire()

    def _run(self, body: Callable[[], None]) -> None:
        current.set(self)
        try:
            body()
        except BaseException as error:
            self.error = error
        self.finished = True
        self._arrived.release()

    def before_call(self, touch: Touch) -> None:
        """In the actor's thread: stop here until it is this actor's turn."""
        if self.crash_at is not None and self.calls >= self.crash_at:
            raise Killed
        self.touch = touch
        self._arrived.release()
        self._turn.acquire()
        self.calls += 1

    def step(self) -> None:
        """In the scheduler's thread: let it make its call and run on to the next."""
        self._turn.release()
        self._arrived.acquire()


def run(actors: Sequence[Callable[[], None]], schedule: Sequence[int] = (), crash: Crash | None = None) -> Run:
    """Runs the actors by the schedule. A scheduled actor that has finished is passed over."""
    threads = [
        _Actor(number, body, crash.call if crash and crash.actor == number else None)
        for number, body in enumerate(actors)
    ]
    done = Run()
    wanted = iter(schedule)
    while enabled := tuple(actor.number for actor in threads if not actor.finished):
        choice = next((number for number in wanted if number in enabled), enabled[0])
        touch = threads[choice].touch
        assert touch is not None
        done.steps.append(Step(choice, touch, enabled))
        threads[choice].step()
    done.errors = {actor.number: actor.error for actor in threads if actor.error is not None}
    done.crashed = any(isinstance(error, Killed) for error in done.errors.values())
    return done


def explore(race: Callable[[Sequence[int], Crash | None], Run], limit: int) -> Iterator[Run]:
    """Runs `race` in each order that matters, at most `limit` times; the caller checks what holds after each."""
    pending: list[tuple[int, ...]] = [()]
    seen: set[tuple[int, ...]] = set(pending)
    ran: set[tuple[int, ...]] = set()
    while pending and limit:
        made = race(pending.pop(), None)
        if tuple(made.schedule) in ran:
            continue
        ran.add(tuple(made.schedule))
        limit -= 1
        yield made
        for prefix in _reversals(made):
            if prefix not in seen:
                seen.add(prefix)
                pending.append(prefix)


def _reversals(made: Run) -> Iterator[tuple[int, ...]]:
    """Beginnings of schedules in which a call comes before the last earlier one that it depends on."""
    schedule = made.schedule
    for later, step in enumerate(made.steps):
        for earlier in range(later - 1, -1, -1):
            before = made.steps[earlier]
            if before.actor != step.actor and depend(before.touch, step.touch):
                if step.actor in before.enabled:
                    yield (*schedule[:earlier], step.actor)
                else:
                    yield from ((*schedule[:earlier], other) for other in before.enabled if other != before.actor)
                break
