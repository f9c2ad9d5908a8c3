"""Frames are counted by when they arrived at the gateway, whenever and wherever they are dealt with: each tenth of a
second has a number of its own, to which any instance adds without waiting for another. Pure.
"""

from collections.abc import Mapping

FRAMES_A_SECOND = 20
"""Of a connection (contract §7)."""

_TENTHS = 10
_KEPT = 30
"""Tenths of a second that are remembered: a message may be so late."""


def tenth(at: int) -> str:
    """The tenth of a second of an epoch millisecond, as it is named in the connection's item."""
    return str(at // 100)


def too_many(frames: Mapping[str, float], at: int, more: int = 0) -> bool:
    """Whether some second around `at` has more frames than it may; `more` are to be added at `at`."""
    here = at // 100
    counts = {int(name): int(number) for name, number in frames.items()}
    counts[here] = counts.get(here, 0) + more
    starts = range(here - _TENTHS + 1, here + 1)
    return any(sum(counts.get(start + each, 0) for each in range(_TENTHS)) > FRAMES_A_SECOND for start in starts)


def stale(frames: Mapping[str, float], at: int) -> list[str]:
    """Names that can go when something is counted at `at`."""
    newest = max([at // 100, *map(int, frames)])
    return [name for name in frames if int(name) < newest - _KEPT and name != tenth(at)]
