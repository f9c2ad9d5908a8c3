"""Frames are counted by when they arrived, whatever order they are dealt with in (contract §7, Limits)."""

import random

import pytest

from chalicelib.chat import arriving


def counted(arrivals: list[int]) -> int:
    """How many of these are taken, in this order."""
    frames: dict[str, float] = {}
    taken = 0
    for at in arrivals:
        for name in arriving.stale(frames, at):
            del frames[name]
        frames[arriving.tenth(at)] = frames.get(arriving.tenth(at), 0) + 1
        taken += not arriving.too_many(frames, at)
    return taken


@pytest.mark.parametrize("seed", range(20))
def test_fifteen_a_second_are_taken_however_late_they_are(seed: int) -> None:
    begin, chance = 1_800_000_000_123, random.Random(seed)
    arrivals = [begin + number * 67 for number in range(150)]
    late = sorted(arrivals, key=lambda at: at + chance.uniform(0, 3_000))
    assert counted(late) == len(arrivals)


@pytest.mark.parametrize("begin", [1_800_000_000_000, 1_800_000_000_950])
def test_twenty_at_once_are_taken_and_no_more(begin: int) -> None:
    assert counted([begin + number for number in range(60)]) == 20


def test_forty_in_a_second_are_too_many_wherever_the_second_begins() -> None:
    assert counted([1_800_000_000_777 + number * 25 for number in range(40)]) < 25


def test_old_tenths_go() -> None:
    frames = {arriving.tenth(1_800_000_000_000 + number * 100): 1.0 for number in range(300)}
    assert len(arriving.stale(frames, 1_800_000_030_000)) == 270
