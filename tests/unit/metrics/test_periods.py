"""Spans of days as sums and differences of blocks."""

from datetime import date, timedelta

from hypothesis import given, strategies as st

from chalicelib.metrics import periods

FIRST = date(2008, 2, 29)


@given(start=st.integers(0, 6000), length=st.integers(1, periods.LONGEST))
def test_a_span_is_made_up_of_its_days_by_at_most_13_blocks(start: int, length: int) -> None:
    first = FIRST + timedelta(days=start)
    last = first + timedelta(days=length - 1)
    cover = periods.cover(first, last)
    counted: dict[int, int] = {}
    for sign, block in cover:
        for day in range(block.number * block.size, (block.number + 1) * block.size):
            counted[day] = counted.get(day, 0) + sign
    assert {day for day, times in counted.items() if times} == set(range(first.toordinal(), last.toordinal() + 1))
    assert set(counted.values()) <= {0, 1}
    assert len(cover) <= 13


def test_a_day_is_in_one_block_of_each_size() -> None:
    blocks = list(periods.blocks_with(FIRST))
    assert [block.size for block in blocks] == list(periods.SIZES)
    for block in blocks:
        assert block.number * block.size <= FIRST.toordinal() < (block.number + 1) * block.size


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    assert periods.day_of("2026-03-28T22:59:59.999Z", "Europe/Rome") == date(2026, 3, 28)
    assert periods.day_of("2026-03-28T23:00:00.000Z", "Europe/Rome") == date(2026, 3, 29)
    assert periods.day_of("2026-03-29T22:00:00.000Z", "Europe/Rome") == date(2026, 3, 30), "summer time since 01:00"
    assert periods.day_of("2026-03-28T23:00:00.000Z", "UTC") == date(2026, 3, 28)
