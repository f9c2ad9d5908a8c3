"""What signing in and being signed in cost: `python -m bench.accounts`.

Password: CPU of one hash, here and on the HTTP function's share of a processor. Sessions: CPU of knowing who asks, with
the account read at each request and with what is known of it kept for half a minute. Finding accounts: how much longer
an answer takes about an address that has an account than about one that hasn't (1.00: it tells nothing).
Engine and network are not in any of it: the calls of AWS are answered from memory.
"""

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from infra.local.engine.calls import Call, Engine
from infra.local.stack import Stack

FULL_PROCESSOR_MB = 1769
"""The memory at which a function has one processor; below, its share is in proportion (AWS Lambda's guide)."""

PASSWORD = "a long password"
KNOWN, UNKNOWN = "known@example.com", "unknown@example.com"


def cpu(act: Callable[[], object], times: int) -> float:
    """Median CPU milliseconds of `act`, in this process."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        act()
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken)


def ratio(ask: Callable[[str], object], known: str, unknown: str, times: int = 40) -> float:
    """Median CPU time of asking about `known` over that about `unknown`, asked in turns."""
    taken: dict[str, list[float]] = {known: [], unknown: []}
    for turn in range(times + 2):
        for email in (known, unknown) if turn % 2 else (unknown, known):
            began = time.process_time()
            ask(email)
            if turn > 1:
                taken[email].append(time.process_time() - began)
    return statistics.median(taken[known]) / statistics.median(taken[unknown])


class Remembered:
    """Answers each kind of call as the engine did the first time: what is left is the caller's own work."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._answers: dict[str, Any] = {}
        self.calls = 0

    def send(self, call: Call) -> Any:
        self.calls += 1
        if call.name not in self._answers:
            self._answers[call.name] = self._engine.send(call)
        return self._answers[call.name]


@contextmanager
def _stack() -> Any:
    generous = dict.fromkeys(("LOGIN_FAILURES_PER_ADDRESS", "LOGIN_FAILURES_PER_ACCOUNT"), "1000000")
    with Stack(settings=generous, demo=None, pumps=False) as stack:
        yield stack


def _cached(seconds: int) -> AbstractContextManager[Any]:
    from chalicelib.settings import settings

    return patch.dict(vars(settings), session_cache_seconds=seconds)


def main() -> int:
    with _stack() as stack:
        from chalicelib.auth import passwords, recovery, service, sessions
        from chalicelib.errors import Unauthenticated
        from chalicelib.origin import NOBODY
        from chalicelib.people import account_status, service as people

        memory = stack.resources.template.function("APIHandler")["MemorySize"]
        hashing = cpu(lambda: passwords.hashed(PASSWORD), 40)
        print(f"one hash                          {hashing:6.1f} ms CPU")
        share = memory / FULL_PROCESSOR_MB
        print(f"  at {memory} MB ({share:.2f} of a processor) {hashing / share:6.1f} ms")

        people.create_account(email=KNOWN, name="N", role="client", password=PASSWORD)
        opened = service.sign_in(KNOWN, PASSWORD, "bearer", NOBODY)[1]
        assert isinstance(opened, sessions.Opened)
        headers = {"Authorization": f"Bearer {opened.access_token}"}
        with account_status.changing(opened.access_token):
            pass
        sessions.authenticate(headers)
        engine = stack.calls.engine
        for about, seconds in (("the account read at each request", 0), ("kept for half a minute", 30)):
            remembered = Remembered(engine)
            stack.calls.engine = remembered
            with _cached(seconds):
                taken = cpu(lambda: sessions.authenticate(headers), 500)
            print(f"who asks, {about}: {taken:.3f} ms CPU, {remembered.calls} reads in 500 requests")
        stack.calls.engine = engine

        def sign_in(email: str) -> None:
            try:
                service.sign_in(email, "not the password", "bearer", NOBODY)
            except Unauthenticated:
                return

        print(f"sign-in, known over unknown       {ratio(sign_in, KNOWN, UNKNOWN):6.2f}")
        forgot = ratio(lambda email: recovery.forgot(email, NOBODY), KNOWN, UNKNOWN)
        print(f"forgotten password, the same      {forgot:6.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
