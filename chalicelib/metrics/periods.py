"""Days, and the blocks of days in which figures are kept. Pure.

What is asked about a span of days (durations, agents) is kept for aligned blocks of 1, 2, 4 … 256 days. Counts can be
subtracted as well as added, so any span of up to three years is the sum and difference of at most 13 blocks: it costs
about the same as a month. What is shown for each day (volume) is kept day by day, SERIES days to an item.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from chalicelib import ambient
from chalicelib.metrics.zones import zone

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
SERIES = 64
USUAL = timedelta(days=29)
"""From the first to the last of the days that are shown unless others are asked for."""
LONGEST = 1096
"""Days in three years, a leap day included."""


class Block(NamedTuple):
    """Days `number * size` up to before `(number + 1) * size`, days counted as `date.toordinal` does."""

    size: int
    number: int


def day_of(stamp: str, time_zone: str) -> date:
    """The day of a timestamp, as cut in a time zone."""
    return ambient.moment(stamp).astimezone(zone(time_zone)).date()


def blocks_with(day: date) -> Iterator[Block]:
    """Every block that a day is in, one of each size."""
    return (Block(size, day.toordinal() // size) for size in SIZES)


def place_in_series(day: date) -> tuple[int, int]:
    """The item that holds a day's volume, and the day's place in it."""
    return divmod(day.toordinal(), SERIES)


def series(first: date, last: date) -> range:
    """The items that hold the volume of these days, both included."""
    return range(place_in_series(first)[0], place_in_series(last)[0] + 1)


def cover(first: date, last: date) -> list[tuple[int, Block]]:
    """The fewest blocks that make up these days, both included, each with +1 or -1: to be added or taken away."""
    _, pieces = _cover(first.toordinal(), last.toordinal() + 1, 0)
    return list(pieces)


_Cover = tuple[int, tuple[tuple[int, Block], ...]]


@lru_cache(maxsize=4096)
def _cover(begin: int, end: int, level: int) -> _Cover:
    """The cheapest way to make up [begin, end) from blocks of SIZES[level:]. Both are multiples of the first of them,
    and `end` may come before `begin`: then all of it is taken away."""
    size = SIZES[level]
    best = _row(begin, end, size)
    if begin == end or level == len(SIZES) - 1:
        return best
    double = 2 * size
    for left in {begin // double * double, -(-begin // double) * double}:
        for right in {end // double * double, -(-end // double) * double}:
            edges = _row(begin, left, size)[1] + _row(right, end, size)[1]
            inner = _cover(left, right, level + 1)
            if len(edges) + inner[0] < best[0]:
                best = len(edges) + inner[0], edges + inner[1]
    return best


def _row(begin: int, end: int, size: int) -> _Cover:
    sign, low, high = (1, begin, end) if begin <= end else (-1, end, begin)
    pieces = tuple((sign, Block(size, place)) for place in range(low // size, high // size))
    return len(pieces), pieces
