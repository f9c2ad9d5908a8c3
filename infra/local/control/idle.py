"""Whether anything is still under way."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from infra.local.engine.calls import Calls
from infra.local.events.schedules import Schedules
from infra.local.events.streams import StreamReader
from infra.local.functions.runtime import Functions


class Pending(Protocol):
    """A mapping: how much it has taken and not done."""

    @property
    def pending(self) -> int: ...


class Idle:
    """True only when it is: every write's records read and done, every message gone, no invocation, nothing due. A poll
    that is held is no work: it waits for some.

    The parts are looked at one after the other, so something could move from one that is still to be looked at to one
    that already was. Everything that moves is counted when it starts: if no count changed in the meantime, nothing did.
    """

    def __init__(
        self,
        calls: Calls,
        functions: Functions,
        readers: Iterable[StreamReader],
        mappings: Iterable[Pending],
        schedules: Schedules,
        requests: Callable[[], int],
        end_windows: Callable[[], None] = lambda: None,
        held: Callable[[], int] = lambda: 0,
        making: Callable[[], bool] = lambda: False,
    ) -> None:
        """`end_windows`: delivers what waits for more in a batching window. `making`: whether the demo desk is being
        made. It counts as work, but waits for idle itself, by `settle`."""
        self._calls = calls
        self._functions = functions
        self._readers = list(readers)
        self._mappings = list(mappings)
        self._schedules = schedules
        self._requests = requests
        self._end_windows = end_windows
        self._held = held
        self._making = making

    def now(self, *, due: bool = False) -> bool:
        """Two quiet looks, and nothing started from before the first to after the second. `due`: a schedule may be."""
        before = self._started()
        return self._quiet(due) and self._quiet(due) and self._started() == before

    async def wait(self, timeout: float) -> bool:
        """Whether it became idle within `timeout` seconds. When only batching windows are left, they end."""
        end = time.monotonic() + timeout
        for pause in _pauses():
            if not self._making() and self.now():
                return True
            if time.monotonic() >= end:
                return False
            self._hurry()
            await asyncio.sleep(pause)
        raise AssertionError

    def settle(self, timeout: float) -> bool:
        """The same, whatever is being made and whatever schedule is due."""
        end = time.monotonic() + timeout
        for pause in _pauses():
            if self.now(due=True):
                return True
            if time.monotonic() >= end:
                return False
            self._hurry()
            time.sleep(pause)
        raise AssertionError

    def _hurry(self) -> None:
        if self._nothing_runs():
            self._end_windows()

    def _started(self) -> tuple[int, ...]:
        return (self._calls.begun, self._functions.started, *(reader.written for reader in self._readers))

    def _quiet(self, due: bool) -> bool:
        return (
            (not self._schedules.under_way if due else self._schedules.quiet)
            and self._nothing_runs()
            and all(not mapping.pending for mapping in self._mappings)
        )

    def _nothing_runs(self) -> bool:
        """No request, call or invocation is under way, and every record was read."""
        return (
            self._requests() == self._held()
            and self._calls.begun == self._calls.ended
            and all(reader.caught_up for reader in self._readers)
            and self._functions.running == self._held()
        )


def _pauses() -> Iterator[float]:
    pause = 0.001
    while True:
        yield pause
        pause = min(0.02, pause * 1.5)
