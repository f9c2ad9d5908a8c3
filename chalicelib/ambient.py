"""Time, ids and randomness: the only module that asks the system for them.

The local runner moves `clock` and the interleaving tests replace `sleep`; there is no other injection.
"""

import random
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from ulid import ULID, ULIDGenerator as _Generator

clock: Callable[[], float] = time.time
"""Seconds since the epoch. Replaced by the local runner, whose clock can be moved."""

sleep: Callable[[float], None] = time.sleep
"""Waits so many seconds between two attempts. Replaced by the interleaving scheduler."""


def _wait_for(_: str, seconds: float) -> None:
    sleep(seconds)


wait_for: Callable[[str, float], None] = _wait_for
"""Waits so many seconds for what somebody else may write to an item with this id. Replaced by the local runner, which
sees it written."""

# The generator is monotonic within a process: ids made in one millisecond still sort in the order they were made.
_ids = _Generator(clock=lambda: int(clock() * 1000))


def now() -> datetime:
    """The current time, UTC, whole milliseconds."""
    return datetime.fromtimestamp(int(clock() * 1000) / 1000, UTC)


def timestamp(moment: datetime | None = None) -> str:
    """RFC 3339 in UTC with milliseconds and `Z`, as stored and as answered; sorts like the moments do."""
    moment = (moment or now()).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def moment(stamp: str) -> datetime:
    """The reverse of `timestamp`."""
    return datetime.fromisoformat(stamp)


def later_than(stamp: str) -> str:
    """Now, but at least a millisecond after `stamp`: clocks of two instances may differ, a ticket's history may not."""
    return max(timestamp(), timestamp(moment(stamp) + timedelta(milliseconds=1)))


def new_id(at: str | None = None) -> str:
    """A ULID: 26 characters, sorts by creation. `at` fixes its time to a stored timestamp."""
    return str(_ids.generate(moment(at)) if at else _ids.generate())


def id_behind(ulid: str) -> str:
    """An id of the same millisecond that sorts after this one, and that `new_id` doesn't make."""
    return str(ULID.from_int(int(ULID.from_str(ulid)) + 1 + secrets.randbits(48)))


def time_of(ulid: str) -> str:
    """The timestamp at which an id was made."""
    return timestamp(ULID.from_str(ulid).datetime)


def lowest_id(at: datetime) -> str:
    """The smallest ULID of a millisecond, for key conditions on ids."""
    return str(ULID.from_bytes(int(at.timestamp() * 1000).to_bytes(6, "big") + bytes(10)))


def secret(size: int = 32) -> str:
    """`size` random bytes for a token, URL-safe."""
    return secrets.token_urlsafe(size)


def random_bytes(size: int) -> bytes:
    """For ciphers."""
    return secrets.token_bytes(size)


def entropy() -> int:
    """32 unpredictable bits."""
    return secrets.randbits(32)


def jitter(ceiling: float) -> float:
    """A random wait of up to `ceiling` seconds."""
    return random.uniform(0, ceiling)
