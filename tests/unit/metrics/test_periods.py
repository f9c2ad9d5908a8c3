"""Spans of days, made up of blocks."""

from datetime import date, timedelta

from hypothesis import given, strategies as st

from chalicelib.metrics import periods

FIRST = date(2008, 2, 29)


@given(start=st.integers(0, 6000), length=st.integers(1, periods.LONGEST))
def test_a_span_is_made_up_of_its_days_in_three_stretches(start: int, length: int) -> None:
    first = FIRST + timedelta(days=start)
    last = first + timedelta(days=length - 1)
    days: list[date] = []
    stretches = list(periods.stretches(first, last))
    for size, low, high in stretches:
        beginnings = [low + timedelta(days=n) for n in range(0, (high - low).days + 1, size)]
        assert all(
            block in periods.blocks_with(block.first) for block in (periods.Block(size, day) for day in beginnings)
        )
        days += [day + timedelta(days=n) for day in beginnings for n in range(size)]
    assert days == [first + timedelta(days=n) for n in range(length)]
    assert len(stretches) <= (3 if any(size == periods.LONG for size, *_ in stretches) else 1)
    assert all(low <= high for _, low, high in stretches), "an empty one is a read for nothing"
    assert sum((high - low).days // size + 1 for size, low, high in stretches) <= 2 * periods.LONG + 16


@given(start=st.integers(0, 6000))
def test_a_day_is_in_one_block_of_each_size(start: int) -> None:
    day = FIRST + timedelta(days=start)
    short, long = periods.blocks_with(day)
    assert short == (1, day)
    assert long.size == periods.LONG
    assert long.first <= day < long.first + timedelta(days=periods.LONG)
    assert periods.row_of(day) <= day < periods.row_of(day) + timedelta(days=periods.ROW)


def test_where_the_stored_blocks_and_rows_begin() -> None:
    """Figures lie under these dates: another size would not find them."""
    assert periods.block_of(date(2026, 3, 20)) == date(2026, 2, 1)
    assert periods.row_of(date(2026, 3, 20)) == date(2026, 3, 5)
    assert periods.block_of(date(2026, 12, 31)) == periods.row_of(date(2026, 12, 31)) == date(2026, 12, 18)


def test_thirty_days_are_shown_and_three_years_can_be() -> None:
    assert date(2026, 1, 30) - date(2026, 1, 1) == periods.USUAL
    assert timedelta(days=periods.LONGEST) == date(2029, 1, 1) - date(2026, 1, 1)


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    assert periods.day_of("2026-03-28T22:59:59.999Z", "Europe/Rome") == date(2026, 3, 28)
    assert periods.day_of("2026-03-28T23:00:00.000Z", "Europe/Rome") == date(2026, 3, 29)
    assert periods.day_of("2026-03-29T22:00:00.000Z", "Europe/Rome") == date(2026, 3, 30), "summer time since 01:00"
    assert periods.day_of("2026-03-28T23:00:00.000Z", "UTC") == date(2026, 3, 28)
