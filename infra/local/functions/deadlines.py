"""Ends invocations whose time is up, as Lambda does.

A thread can't be ended from outside, but it can be made to raise: the handler's thread gets `Killed` at its next
instruction of Python, or before its next AWS call. What it can't be torn from is one long call into C (`time.sleep`):
it dies when that returns.
"""

import ctypes
import threading
import time

from infra.local.engine.invocations import Invocation, Killed

_EVERY = 0.1


class Deadlines:
    """Watches over the invocations that run, from `start` to `stop`."""

    def __init__(self) -> None:
        self._runs: set[Invocation] = set()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=10)

    def begin(self, run: Invocation) -> None:
        """Called in the thread that runs the handler."""
        run.thread = threading.get_ident()
        self._runs.add(run)

    def end(self, run: Invocation) -> None:
        """From now on the thread does other work: nothing is raised in it any more."""
        with run.guard:
            run.over = True
        self._runs.discard(run)

    def _run(self) -> None:
        while not self._stopping.wait(_EVERY):
            now = time.monotonic()
            for run in [run for run in self._runs.copy() if now > run.deadline]:
                _expire(run)
                if run.timed_out:
                    self._runs.discard(run)


def _expire(run: Invocation) -> None:
    with run.guard:
        # An AWS call that was sent is done: only what comes after it isn't.
        if run.over or run.timed_out or run.sending:
            return
        run.dead = run.timed_out = True
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(run.thread), ctypes.py_object(Killed))
