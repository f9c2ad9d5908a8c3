"""Reading the figures. What it costs depends on the days, teams and agents, never on the number of tickets: per shard
at most 13 queries for the span (`periods.cover`), one for each 64 days that are shown one by one, one for now.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from chalicelib import ambient
from chalicelib.metrics import counters, layout, periods, sketch
from chalicelib.metrics.layout import Generation
from chalicelib.metrics.models import MetricsItem
from chalicelib.people import roster, service as people, teams
from chalicelib.people.models import AgentRow
from chalicelib.settings import settings
from chalicelib.tickets import outstanding

FORMER = "Former agent"
"""The name of an agent whose account is no longer there."""


@dataclass(frozen=True)
class Span:
    """What is asked: days, both included, and a team or None for all."""

    first: date
    last: date
    team: str | None = None

    def days(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass
class Durations:
    """How many there were, how long in sum (milliseconds), and how many by bucket."""

    count: int = 0
    total: int = 0
    buckets: Counter[int] = field(default_factory=Counter)

    def quantile(self, q: float) -> float | None:
        return sketch.quantile(+self.buckets, q)


@dataclass
class AgentCounts:
    """`assigned`, `resolved` and `total` (milliseconds of these resolutions) over the span, the rest as of now."""

    id: str
    name: str = ""
    assigned: int = 0
    resolved: int = 0
    total: int = 0
    active: int = 0
    workload: int = 0


@dataclass
class Figures:
    """Everything about a span. `volume`: created, resolved, closed and reopened by day, empty days included."""

    span: Span
    time_zone: str
    as_of: str
    lag: float
    volume: dict[date, Counter[str]]
    resolution: Durations
    first_response: Durations
    agents: list[AgentCounts]
    now: Counter[str]
    oldest_wait: float | None

    def volumes(self) -> Counter[str]:
        """Over all days."""
        return sum(self.volume.values(), Counter())


def today() -> date:
    """In the time zone in which days are cut."""
    return periods.day_of(ambient.timestamp(), _generation().time_zone)


def figures(span: Span) -> Figures:
    """All figures of a span, as of now."""
    generation = _generation()
    as_of, oldest = ambient.timestamp(), outstanding.oldest_uncounted()
    resolution, first_response, agents = _over(generation, span)
    return Figures(
        span=span,
        time_zone=generation.time_zone,
        as_of=as_of,
        lag=_passed(oldest, as_of) if oldest else 0.0,
        volume=_volume(generation, span),
        resolution=resolution,
        first_response=first_response,
        agents=_named(agents, span.team),
        now=_now(generation, span.team),
        oldest_wait=_oldest_wait(generation, span.team, as_of),
    )


def _generation() -> Generation:
    found = layout.find()
    return layout.shown(found) if found else Generation(1, settings.time_zone, 1)


def _passed(since: str, until: str) -> float:
    return max(0.0, (ambient.moment(until) - ambient.moment(since)).total_seconds())


def _over(generation: Generation, span: Span) -> tuple[Durations, Durations, dict[str, AgentCounts]]:
    """What is kept for blocks of days. Blocks are read one after the other while counting goes on, so that what is
    taken away may be newer than what it is taken from: no number is shown as less than nothing."""
    sums: dict[str, Counter[str]] = {}
    for sign, block in periods.cover(span.first, span.last):
        for shard in range(generation.shards):
            for item, numbers in _rows(counters.days(generation.number, block, shard), span.team):
                _, _, agent = item.partition("#")
                total = sums.setdefault(agent, Counter())
                for name, number in numbers.items():
                    total[name] += sign * number
    whole = sums.pop("", Counter())
    agents = {
        agent: AgentCounts(agent, assigned=max(0, own["a"]), resolved=max(0, own["n"]), total=max(0, own["s"]))
        for agent, own in sums.items()
        if own["a"] > 0 or own["n"] > 0
    }
    return _durations(whole, "r"), _durations(whole, "f"), agents


def _durations(numbers: Counter[str], which: str) -> Durations:
    buckets = Counter({int(name[1:]): count for name, count in numbers.items() if name.startswith(which.upper())})
    return Durations(max(0, numbers[f"{which}n"]), max(0, numbers[f"{which}s"]), buckets)


def _volume(generation: Generation, span: Span) -> dict[date, Counter[str]]:
    volume = {day: Counter[str]() for day in span.days()}
    for index in periods.series(span.first, span.last):
        for shard in range(generation.shards):
            for _, numbers in _rows(counters.series(generation.number, index, shard), span.team):
                for day in _days_of(index, span):
                    for name, letter in counters.VOLUME.items():
                        volume[day][name] += numbers.get(f"{letter}{periods.place_in_series(day)[1]}", 0)
    return volume


def _days_of(index: int, span: Span) -> Iterator[date]:
    first = max(span.first.toordinal(), index * periods.SERIES)
    last = min(span.last.toordinal(), (index + 1) * periods.SERIES - 1)
    return (date.fromordinal(day) for day in range(first, last + 1))


def _now(generation: Generation, team: str | None) -> Counter[str]:
    total: Counter[str] = Counter()
    for shard in range(generation.shards):
        for _, numbers in _rows(counters.now(generation.number, shard), team):
            total.update(numbers)
    return total


def _oldest_wait(generation: Generation, team: str | None, as_of: str) -> float | None:
    oldest = [
        str(entry.item).partition("#")[0]
        for each in ([team] if team else teams.ids())
        for entry in MetricsItem.query(counters.waiting(generation.number, each), limit=1)
    ]
    return _passed(min(oldest), as_of) if oldest else None


def _rows(period: str, team: str | None) -> Iterator[tuple[str, dict[str, int]]]:
    """The items of a period, of one team or of all, and their numbers."""
    only: Any = MetricsItem.item.between(team, f"{team}#~") if team else None
    for page in MetricsItem.query(period, only).page_iter:
        for item in page["Items"]:
            yield item["item"]["S"], {name: int(value["N"]) for name, value in item.items() if "N" in value}


def _named(agents: dict[str, AgentCounts], team: str | None) -> list[AgentCounts]:
    """Those who did something in the span, and the active agents, by name."""
    for row in _agent_rows(team):
        if row.active or row.agent_id in agents:
            agent = agents.setdefault(row.agent_id, AgentCounts(row.agent_id))
            agent.active += int(row.active_tickets)
            agent.workload += int(row.workload)
    names = people.names(agents)
    for agent in agents.values():
        agent.name = names.get(agent.id, FORMER)
    return sorted(agents.values(), key=lambda agent: (agent.name.casefold(), agent.id))


def _agent_rows(team: str | None) -> Iterator[AgentRow]:
    for each in [team] if team else teams.ids():
        yield from roster.team_rows(each)
