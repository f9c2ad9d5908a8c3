"""Formats days, periods and durations as text. Pure."""

from datetime import date

TITLES = {"overview": "Help desk overview", "agents": "Agents' report"}

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def day_text(day: date) -> str:
    """24 November 2026: a form that can't be read as another date."""
    return f"{day.day} {day:%B %Y}"


def period_text(first: date, last: date) -> str:
    """24 November 2026 to 30 November 2026, or the one day."""
    return day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"


def number_text(number: int) -> str:
    return f"{max(0, number):,}"


def seconds_text(seconds: float) -> str:
    """Seconds with up to three decimals, without trailing zeros, as in the API."""
    return f"{round(seconds, 3):,.3f}".rstrip("0").rstrip(".") + " s"


def duration_text(milliseconds: float | None) -> str:
    """The two largest units: 3 d 4 h, 5 min 6 s, 0.7 s."""
    if milliseconds is None:
        return "–"
    if milliseconds < 9_950:
        return f"{milliseconds / 1000:.1f} s"
    left = round(milliseconds / 1000)
    first = next(place for place, (_, size) in enumerate(_UNITS) if left >= size)
    if first + 1 < len(_UNITS):  # rounded to the second unit
        size = _UNITS[first + 1][1]
        left = (left + size // 2) // size * size
        first = next(place for place, (_, size) in enumerate(_UNITS) if left >= size)
    told = []
    for unit, size in _UNITS[first : first + 2]:
        if left >= size:
            told.append(f"{left // size} {unit}")
            left %= size
    return " ".join(told)
