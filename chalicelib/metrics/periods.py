"""Days, and the blocks of days in which figures are stored. Pure.

Durations are stored by day and by aligned blocks of LONG days: a month is read day by day, three years as 16 blocks and
the days at both ends. Counts, of a team and of each agent, are stored day by day in rows of ROW days.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from chalicelib import ambient
from chalicelib.metrics.zones import zone

LONG = 64
"""Days of the longer blocks, counted from `date.min`."""
ROW = 32
"""Days in one item: it stays below a kilobyte, so that a write costs one unit."""
USUAL = timedelta(days=29)
"""Time from the first to the last day that is shown by default."""
LONGEST = 1096
"""Days in three years, a leap day included."""


class Block(NamedTuple):
    """`size` days from `first` on."""

    size: int
    first: date


class Stretch(NamedTuple):
    """Consecutive blocks of one size, from the one that begins on `first` to the one that begins on `last`."""

    size: int
    first: date
    last: date


def day_of(stamp: str, time_zone: str) -> date:
    """The day of a timestamp, as cut in a time zone."""
    return ambient.moment(stamp).astimezone(zone(time_zone)).date()


def blocks_with(day: date) -> tuple[Block, Block]:
    """The blocks that a day is in, one of each size."""
    return Block(1, day), Block(LONG, block_of(day))


def block_of(day: date) -> date:
    """The first day of the longer block that a day is in."""
    return date.fromordinal(day.toordinal() // LONG * LONG)


def row_of(day: date) -> date:
    """The first day of the row that has this day."""
    return date.fromordinal(day.toordinal() // ROW * ROW)


def stretches(first: date, last: date) -> Iterator[Stretch]:
    """The blocks that make up these days, both included: at most three stretches, in order."""
    low, high = first.toordinal(), last.toordinal() + 1
    begin, end = -(-low // LONG) * LONG, high // LONG * LONG
    if begin >= end:
        begin = end = high
    for size, start, stop in ((1, low, begin), (LONG, begin, end), (1, end, high)):
        if start < stop:
            yield Stretch(size, date.fromordinal(start), date.fromordinal(stop - size))
