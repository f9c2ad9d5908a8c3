"""An invocation: one run of a function, and how code finds out in which one it runs."""

import contextlib
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import uuid4


class Killed(BaseException):
    """The invocation died here, like a Lambda whose process ends. No handler may catch this."""


@dataclass(eq=False)
class Invocation:
    """One run of a function."""

    function: str
    request_id: str = field(default_factory=lambda: str(uuid4()))
    writes: int = 0
    """How many DynamoDB and S3 writes it has made."""
    dead: bool = False
    """Once true, every further AWS call of it raises Killed."""
    deadline: float = float("inf")
    """By the monotonic clock: when its time is up it is dead."""
    timed_out: bool = False
    variables: dict[str, str] | None = None
    """Its environment; None: the process's."""
    thread: int = 0
    """Where its handler runs."""
    sending: int = 0
    """AWS calls of it that are under way."""
    over: bool = False
    """Its handler has returned."""
    guard: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """Held to change `sending`, `over` and, from outside, `dead`."""


current: ContextVar[Invocation | None] = ContextVar("invocation", default=None)
"""Whose call it is. None: the runner's own, exempt from faults and recording."""


@contextlib.contextmanager
def sending(invocation: Invocation) -> Iterator[None]:
    """Around a call of it. Raises Killed when it is dead, or its time is up."""
    with invocation.guard:
        if time.monotonic() > invocation.deadline:
            invocation.dead = invocation.timed_out = True
        if invocation.dead:
            raise Killed
        invocation.sending += 1
    try:
        yield
    finally:
        with invocation.guard:
            invocation.sending -= 1


@contextlib.contextmanager
def invocation(function: str) -> Iterator[Invocation]:
    """Makes what runs inside count as a run of `function`."""
    run = Invocation(function)
    token = current.set(run)
    try:
        yield run
    finally:
        current.reset(token)
