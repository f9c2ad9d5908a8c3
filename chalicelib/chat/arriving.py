"""Rate limit on frames. They are counted by their time of arrival at the gateway, wherever and whenever they are
processed: each tenth of a second has its own counter, to which any instance adds without waiting for another. Pure.
"""

from collections.abc import Mapping

FRAMES_A_SECOND = 20
"""The most frames a connection may send in a second (contract §7)."""

_TENTHS = 10
_KEPT = 30
"""How many tenths of a second are kept: a frame may be processed this late."""


def tenth(at: int) -> str:
    """The key of the counter for an epoch millisecond, in the connection's item."""
    return str(at // 100)


def too_many(frames: Mapping[str, float], at: int, more: int = 0) -> bool:
    """Whether any second around `at` has more frames than allowed, once `more` frames are added at `at` (epoch
    milliseconds)."""
    here = at // 100
    counts = {int(name): int(number) for name, number in frames.items()}
    counts[here] = counts.get(here, 0) + more
    starts = range(here - _TENTHS + 1, here + 1)
    return any(sum(counts.get(start + each, 0) for each in range(_TENTHS)) > FRAMES_A_SECOND for start in starts)


def stale(frames: Mapping[str, float], at: int) -> list[str]:
    """Keys of the counters that may be deleted when something is counted at `at` (epoch milliseconds)."""
    newest = max([at // 100, *map(int, frames)])
    return [name for name in frames if int(name) < newest - _KEPT and name != tenth(at)]
