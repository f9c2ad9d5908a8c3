"""Figures to draw: an ordinary month, a day, a year, nothing at all; names in eight scripts."""

import random
from collections import Counter
from datetime import date, timedelta

from chalicelib.metrics import sketch
from chalicelib.metrics.reading import AgentCounts, Durations, Figures, Span

NAMES = (
    "Ann Smith",
    "Жанна Ковальчук",
    "Ελένη Παπαδοπούλου",
    "محمد الأحمد",
    "שרה כהן",
    "李小龍",
    "Chloë Müller-Çağ 😀",
    "स्नेहा शर्मा",
)
MORE_NAMES = ("山田太郎", "김철수", "நளினி", "গৌরী", "ተስፋዬ", "Արամ", "นารี", "გიორგი", "Nguyễn Thị Ánh")


def figures(days: int, agents: int, *, busy: int = 20, first: date = date(2026, 11, 1)) -> Figures:
    """The same for the same arguments. `busy`: tickets a day."""
    chance = random.Random(1)
    span = Span(first, first + timedelta(days=days - 1))
    names = ("created", "resolved", "closed", "reopened")
    volume = {day: Counter({name: chance.randint(0, 2 * busy) for name in names}) for day in span.days()}
    return Figures(
        span=span,
        time_zone="Europe/Rome",
        as_of="2026-11-30T10:11:12.345Z",
        lag=0.0,
        volume=volume,
        resolution=_durations(chance, busy * days, 8e7),
        first_response=_durations(chance, busy * days, 4e6),
        agents=[_agent(chance, number) for number in range(agents)],
        now=Counter(open=12, in_progress=34, resolved=56, closed=12345, medium=46, waiting=4) if busy else Counter(),
        oldest_wait=7200.0 if busy else None,
    )


def _durations(chance: random.Random, count: int, scale: float) -> Durations:
    found = Durations()
    for _ in range(count):
        milliseconds = int(chance.lognormvariate(0, 1.3) * scale)
        found.count, found.total = found.count + 1, found.total + milliseconds
        found.buckets[sketch.bucket(milliseconds)] += 1
    return found


def _agent(chance: random.Random, number: int) -> AgentCounts:
    name = NAMES[number % len(NAMES)] + (f" {number}" if number >= len(NAMES) else "")
    resolved = chance.randint(0, 80)
    total = resolved * int(chance.lognormvariate(0, 1) * 9e7)
    return AgentCounts(f"{number:026d}", name, chance.randint(0, 90), resolved, total, chance.randint(0, 9), 7)
