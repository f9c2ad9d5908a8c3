"""Reads the figures. The cost depends on days, teams and agents, never on the number of tickets: for each team and
shard at most three queries for durations (`periods.stretches`) and one for counts, and one for each shard for the
present.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from chalicelib import ambient
from chalicelib.metrics import counters, late, layout, periods, service, sketch
from chalicelib.metrics.layout import Generation
from chalicelib.metrics.models import MetricsItem
from chalicelib.people import roster, service as people, teams
from chalicelib.people.models import AgentRow
from chalicelib.settings import settings

FORMER = "Former agent"
"""The name shown for an agent whose account no longer exists."""


@dataclass(frozen=True)
class Span:
    """The days asked for, both included, and a team or None for all."""

    first: date
    last: date
    team: str | None = None

    def days(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass
class Durations:
    """Durations: their number, their sum (milliseconds), and how many are in each bucket."""

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
        """The sums over all days."""
        return sum(self.volume.values(), Counter())


def today() -> date:
    """Today in the time zone of the figures."""
    return periods.day_of(ambient.timestamp(), _generation().time_zone)


def figures(span: Span) -> Figures:
    """All figures of a span, as of now."""
    generation = _generation()
    as_of = ambient.timestamp()
    oldest = late.oldest(lambda ticket_id: service.is_counted(ticket_id, generation))
    asked = [span.team] if span.team else list(teams.ids())
    resolution, first_response = _lengths(generation, span, asked)
    volume, agents = _counts(generation, span, asked)
    return Figures(
        span=span,
        time_zone=generation.time_zone,
        as_of=as_of,
        lag=_passed(oldest, as_of) if oldest else 0.0,
        volume=volume,
        resolution=resolution,
        first_response=first_response,
        agents=_named(agents, asked),
        now=_now(generation, span.team),
        oldest_wait=_oldest_wait(generation, asked, as_of),
    )


def of_agent(span: Span, agent_id: str) -> tuple[AgentCounts, Durations]:
    """An agent's own figures of a span, in all teams, and the first response times of tickets that they answered
    first."""
    generation, asked = _generation(), list(teams.ids())
    _, agents = _counts(generation, span, asked)
    mine = agents.get(agent_id, AgentCounts(agent_id))
    _add_rows({agent_id: mine}, (row for row in _agent_rows(asked) if row.agent_id == agent_id))
    answers: Counter[str] = Counter()
    for period in _series(generation, asked):
        for size, first, last in periods.stretches(span.first, span.last):
            low, high = counters.own_item(agent_id, size, first), counters.own_item(agent_id, size, last)
            for _, numbers in _rows(period, low, high):
                answers.update(numbers)
    return mine, _durations(answers, "f")


def standing(team: str | None) -> Counter[str]:
    """How many tickets of a team, or of all, have each status and priority now, and how many wait (`waiting`)."""
    return _now(_generation(), team)


def _generation() -> Generation:
    found = layout.find()
    return layout.shown(found) if found else Generation(1, settings.time_zone, 1)


def _passed(since: str, until: str) -> float:
    return max(0.0, (ambient.moment(until) - ambient.moment(since)).total_seconds())


def _lengths(generation: Generation, span: Span, asked: Sequence[str]) -> tuple[Durations, Durations]:
    """Durations until resolution, and until the first response."""
    whole: Counter[str] = Counter()
    for period in _series(generation, asked):
        for size, first, last in periods.stretches(span.first, span.last):
            for _, numbers in _rows(period, counters.block_item(size, first), counters.block_item(size, last)):
                whole.update(numbers)
    return _durations(whole, "r"), _durations(whole, "f")


def _counts(
    generation: Generation, span: Span, asked: Sequence[str]
) -> tuple[dict[date, Counter[str]], dict[str, AgentCounts]]:
    """The volume of each day, and the agents who did something."""
    days: dict[date, Counter[str]] = {day: Counter() for day in span.days()}
    agents: dict[str, Counter[str]] = {}
    low, high = counters.row_item(periods.row_of(span.first)), counters.row_item(periods.row_of(span.last), "~")
    for period in _series(generation, asked):
        for item, numbers in _rows(period, low, high):
            first, agent = counters.row_of_item(item)
            for name, number in numbers.items():
                day = first + timedelta(days=int(name[1:]))
                if day in days:
                    (agents.setdefault(agent, Counter()) if agent else days[day])[name[0]] += number
    volume = {
        day: Counter({name: sums[letter] for name, letter in counters.VOLUME.items()}) for day, sums in days.items()
    }
    did = {
        id_: AgentCounts(id_, assigned=sums["a"], resolved=sums["n"], total=sums["s"])
        for id_, sums in agents.items()
        if sums["a"] > 0 or sums["n"] > 0
    }
    return volume, did


def _series(generation: Generation, asked: Sequence[str]) -> list[str]:
    return [counters.series(generation.number, team, shard) for team in asked for shard in range(generation.shards)]


def _durations(numbers: Counter[str], which: str) -> Durations:
    buckets = Counter({int(name[1:]): count for name, count in numbers.items() if name.startswith(which.upper())})
    return Durations(numbers[f"{which}n"], numbers[f"{which}s"], buckets)


def _now(generation: Generation, team: str | None) -> Counter[str]:
    total: Counter[str] = Counter()
    for shard in range(generation.shards):
        between = (team, team) if team else ()
        for _, numbers in _rows(counters.now(generation.number, shard), *between):
            total.update(numbers)
    return total


def _oldest_wait(generation: Generation, asked: Sequence[str], as_of: str) -> float | None:
    oldest = [
        str(entry.item).partition("#")[0]
        for team in asked
        for entry in MetricsItem.query(counters.waiting(generation.number, team), limit=1)
    ]
    return _passed(min(oldest), as_of) if oldest else None


def _rows(period: str, low: str = "", high: str = "") -> Iterator[tuple[str, dict[str, int]]]:
    """The items of a period with their numbers, from `low` to `high` if given."""
    only: Any = MetricsItem.item.between(low, high) if low else None
    for page in MetricsItem.query(period, only).page_iter:
        for item in page["Items"]:
            yield item["item"]["S"], {name: int(value["N"]) for name, value in item.items() if "N" in value}


def _named(agents: dict[str, AgentCounts], asked: Sequence[str]) -> list[AgentCounts]:
    """Agents who did something in the span, and active agents, by name."""
    _add_rows(agents, (row for row in _agent_rows(asked) if row.active or row.agent_id in agents))
    return sorted(agents.values(), key=lambda agent: (agent.name.casefold(), agent.id))


def _add_rows(agents: dict[str, AgentCounts], rows: Iterable[AgentRow]) -> None:
    """Adds the agents' present workload and names."""
    for row in rows:
        agent = agents.setdefault(row.agent_id, AgentCounts(row.agent_id))
        agent.active += int(row.active_tickets)
        agent.workload += int(row.workload)
    names = people.names(agents)
    for agent in agents.values():
        agent.name = names.get(agent.id, FORMER)


def _agent_rows(asked: Sequence[str]) -> Iterator[AgentRow]:
    for team in asked:
        yield from roster.team_rows(team)
