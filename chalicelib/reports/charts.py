"""Charts, drawn as vectors."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from statistics import fmean
from typing import NamedTuple

from chalicelib.metrics import sketch
from chalicelib.metrics.reading import AgentCounts, Durations
from chalicelib.reports.paper import FAINT, INK, MARGIN, MUTED, Color, Paper
from chalicelib.reports.words import number_text

CREATED: Color = (37, 84, 199)
RESOLVED: Color = (22, 148, 96)
WORKLOAD: Color = (217, 130, 30)
STATUS_COLORS: Mapping[str, Color] = {
    "open": (217, 130, 30),
    "in progress": (37, 84, 199),
    "resolved": (22, 148, 96),
    "closed": (130, 138, 150),
}
PRIORITY_COLORS: Mapping[str, Color] = {
    "urgent": (196, 43, 43),
    "high": (217, 130, 30),
    "medium": (37, 84, 199),
    "low": (130, 138, 150),
}

BAR = 9.0
AGENT_BAR = 8.0
MOST_AGENTS = 12
_AS_BARS = 45
"""Up to so many days each day has its own bars; more days are drawn as lines."""

_HOUR, _DAY = 3_600_000, 86_400_000
_LENGTHS = (
    ("< 1 h", _HOUR),
    ("1–4 h", 4 * _HOUR),
    ("4–8 h", 8 * _HOUR),
    ("8–24 h", _DAY),
    ("1–3 d", 3 * _DAY),
    ("3–7 d", 7 * _DAY),
    ("7–30 d", 30 * _DAY),
    ("> 30 d", math.inf),
)


class Day(NamedTuple):
    day: date
    created: int
    resolved: int


def volume(paper: Paper, days: Sequence[Day]) -> None:
    """Created and resolved, day by day."""
    left, top, width, height = MARGIN + 10, paper.get_y() + 7, paper.epw - 10, 50.0
    few = len(days) <= _AS_BARS
    _legend(paper, [("created", CREATED), ("resolved", RESOLVED)], "" if few else "bold: mean of seven days")
    highest = _axis(paper, left, top, width, height, max(max(day.created, day.resolved) for day in days))
    step = width / len(days)
    lines = ((0, CREATED, [day.created for day in days]), (1, RESOLVED, [day.resolved for day in days]))
    if few:
        for side, color, counts in lines:
            _bars_of(paper, left, top + height, step, side, color, [height * count / highest for count in counts])
    else:
        for thick in (False, True):
            for _, color, counts in lines:
                shown = _means(counts) if thick else counts
                paper.set_draw_color(*(color if thick else _paler(color)))
                paper.set_line_width(0.6 if thick else 0.15)
                paper.polyline(
                    [
                        (left + (place + 0.5) * step, top + height - height * count / highest)
                        for place, count in enumerate(shown)
                    ]
                )
    _days_below(paper, left, top + height, step, days)
    paper.set_xy(MARGIN, top + height + 7)


def _bars_of(
    paper: Paper, left: float, foot: float, step: float, side: int, color: Color, heights: Sequence[float]
) -> None:
    """One bar a day; `side`: 0 left of the day's middle, 1 right of it."""
    paper.set_fill_color(*color)
    bar = min(step * 0.4, 8.0)
    for place, tall in enumerate(heights):
        if tall:
            paper.rect(left + place * step + step / 2 + (side - 1) * bar, foot - tall, bar, tall, style="F")


def _days_below(paper: Paper, left: float, foot: float, step: float, days: Sequence[Day]) -> None:
    paper.pen(7.5, MUTED)
    for place in range(0, len(days), math.ceil(len(days) / 8)):
        day = days[place].day
        x = min(left + (place + 0.5) * step - 10, paper.w - MARGIN - 15)
        paper.set_xy(x, foot + 1)
        paper.cell(20, 4, f"{day.day} {day:%b}" if len(days) <= 300 else f"{day:%b %Y}", align="C")


def _means(counts: Sequence[int]) -> list[float]:
    """The mean of each day with the three days before and after it, as far as there are any."""
    return [fmean(counts[max(0, place - 3) : place + 4]) for place in range(len(counts))]


def _paler(color: Color) -> Color:
    red, green, blue = (255 - (255 - part) * 2 // 5 for part in color)
    return red, green, blue


def bars(
    paper: Paper,
    left: float,
    top: float,
    width: float,
    counts: Sequence[tuple[str, int]],
    colors: Mapping[str, Color],
    title: str,
) -> None:
    """Horizontal bars, one below the other, each with its name and its value."""
    paper.set_xy(left, top)
    paper.pen(9, MUTED)
    paper.cell(width, 5, title)
    most = max(1, *(count for _, count in counts))
    for place, (name, count) in enumerate(counts):
        y = top + 7 + place * BAR
        paper.set_xy(left, y)
        paper.pen(9)
        paper.cell(22, BAR - 3, name)
        long = max(0.4, (width - 40) * max(0, count) / most)
        paper.set_fill_color(*colors[name])
        paper.rect(left + 22, y + 0.5, long, BAR - 4, style="F")
        paper.set_xy(left + 22 + long + 1, y)
        paper.cell(18, BAR - 3, number_text(count))


def distribution(paper: Paper, times: Durations) -> None:
    """How many resolutions took how long."""
    left, top, width, height = MARGIN + 10, paper.get_y() + 7, paper.epw - 10, 34.0
    paper.pen(9, MUTED)
    paper.cell(paper.epw, 5, "Tickets by resolution time")
    counts = list(_by_length(times))
    highest = _axis(paper, left, top, width, height, max(counts))
    step = width / len(counts)
    for place, ((name, _), count) in enumerate(zip(_LENGTHS, counts, strict=True)):
        tall = height * count / highest
        paper.set_fill_color(*RESOLVED)
        if tall:
            paper.rect(left + (place + 0.2) * step, top + height - tall, step * 0.6, tall, style="F")
        paper.pen(7.5, MUTED)
        paper.set_xy(left + place * step, top + height + 1)
        paper.cell(step, 4, name, align="C")
        if count:
            paper.pen(7.5, INK)
            paper.set_xy(left + place * step, top + height - tall - 4)
            paper.cell(step, 4, number_text(count), align="C")
    paper.set_xy(MARGIN, top + height + 7)


def agents(paper: Paper, shown: Sequence[AgentCounts]) -> None:
    """For each agent: tickets resolved in these days, and the workload now."""
    _legend(paper, [("resolved", RESOLVED), ("workload now", WORKLOAD)])
    top, names = paper.get_y() + 7, 48.0
    most = max(1, *(max(agent.resolved, agent.workload) for agent in shown))
    for place, agent in enumerate(shown):
        y = top + place * AGENT_BAR
        paper.pen(8.5)
        paper.set_xy(MARGIN, y)
        paper.cell(names, AGENT_BAR - 1, paper.fitting(agent.name, names))
        for row, (value, color) in enumerate(((agent.resolved, RESOLVED), (agent.workload, WORKLOAD))):
            long = max(0.3, (paper.epw - names - 16) * value / most)
            paper.set_fill_color(*color)
            paper.rect(MARGIN + names, y + 0.5 + row * 3.2, long, 2.8, style="F")
            paper.pen(7, MUTED)
            paper.set_xy(MARGIN + names + long + 0.5, y + 0.2 + row * 3.2)
            paper.cell(14, 3.2, number_text(value))
    paper.set_xy(MARGIN, top + len(shown) * AGENT_BAR + 2)


def _by_length(times: Durations) -> Iterator[int]:
    below = 0.0
    for _, limit in _LENGTHS:
        yield sum(count for each, count in times.buckets.items() if count > 0 and below <= sketch.value(each) < limit)
        below = limit


def _axis(paper: Paper, left: float, top: float, width: float, height: float, most: int) -> int:
    """Draws horizontal grid lines at whole numbers. Returns the value of the topmost."""
    step = _step(most)
    highest = max(1, -(-most // step)) * step
    paper.set_draw_color(*FAINT)
    paper.set_line_width(0.2)
    for value in range(0, highest + 1, step):
        y = top + height - height * value / highest
        paper.line(left, y, left + width, y)
        paper.pen(7.5, MUTED)
        paper.set_xy(MARGIN - 3, y - 2)
        paper.cell(12, 4, number_text(value), align="R")
    return highest


def _step(most: int) -> int:
    """The distance between grid lines: 1, 2, 5, 10, 20 … so that there are about four up to the maximum."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if factor * size * 5 >= most:
                return factor * size
        size *= 10


def _legend(paper: Paper, names: Sequence[tuple[str, Color]], more: str = "") -> None:
    top = paper.get_y()
    x = MARGIN + 10
    for name, color in names:
        paper.set_fill_color(*color)
        paper.rect(x, top + 1.2, 3, 3, style="F")
        paper.set_xy(x + 4, top)
        paper.pen(8.5, MUTED)
        paper.cell(30, 5, name)
        x += 34
    paper.set_xy(x, top)
    paper.cell(60, 5, more)
    paper.set_xy(MARGIN, top)
