"""Which reports a schedule is due when it wasn't run for a while."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from chalicelib.metrics.reading import Span
from chalicelib.reports.schedules import last_period, periods_due

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("every", "made_until", "day", "due"),
    [
        ("day", "2026-03-28", "2026-03-29", []),
        ("day", "2026-03-28", "2026-03-31", [("2026-03-29", "2026-03-29"), ("2026-03-30", "2026-03-30")]),
        ("week", "2026-03-22", "2026-03-29", []),
        ("week", "2026-03-22", "2026-04-06", [("2026-03-23", "2026-03-29"), ("2026-03-30", "2026-04-05")]),
        ("month", "2025-12-31", "2026-03-01", [("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28")]),
    ],
)
def test_what_is_due(every: str, made_until: str, day: str, due: list[tuple[str, str]]) -> None:
    wanted = [Span(date.fromisoformat(first), date.fromisoformat(last)) for first, last in due]
    assert periods_due(every, date.fromisoformat(made_until), date.fromisoformat(day)) == wanted


@given(st.sampled_from(["day", "week", "month"]), DAYS, st.integers(0, 400))
def test_every_day_that_is_over_is_in_one_report(every: str, created: date, later: int) -> None:
    made_until, day = last_period(every, created).last, created + timedelta(days=later)
    due = periods_due(every, made_until, day)
    days = [period.first + timedelta(days=n) for period in due for n in range((period.last - period.first).days + 1)]
    assert days == [made_until + timedelta(days=n + 1) for n in range(len(days))]
    assert not days or days[-1] < day
