"""The query and the answer of GET /metrics (contract §6)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from chalicelib.edge.schemas import Query, Shown, Timestamp
from chalicelib.metrics.reading import AgentCounts, Durations, Figures
from chalicelib.people.schemas import TeamId


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("bad_date", "Must be a day, like 2025-01-31.")


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


class OwnMetricsQuery(Query):
    """Days, both included, at most three years; by default the last 30 days."""

    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None


class MetricsQuery(OwnMetricsQuery):
    """Days, both included, at most three years; by default the last 30 days. `team`: figures of the tickets that are
    in this team now."""

    team: TeamId | None = None


class Volume(Shown):
    """`resolved`: tickets whose last resolution lies in these days and still stands; the others count events."""

    created: int
    resolved: int
    closed: int
    reopened: int


class StatusCounts(Shown):
    open: int
    in_progress: int
    resolved: int
    closed: int


class PriorityCounts(Shown):
    low: int
    medium: int
    high: int
    urgent: int


class DurationsShown(Shown):
    """Seconds; null where there is none. Median and p90 are within 1.5 %, interpolated as pandas does."""

    average: float | None
    median: float | None
    p90: float | None


class DayShown(Shown):
    date: Day
    created: int
    resolved: int


class AgentFigures(Shown):
    """`resolved` and the average belong to who had the ticket at its resolution. `active` (tickets) and `workload` are
    as of now."""

    id: str
    name: str
    assigned: int
    resolved: int
    active: int
    workload: int
    average_resolution_seconds: float | None


class OwnFigures(AgentFigures):
    """An agent's own, with how long those waited whom they answered first."""

    first_response_seconds: DurationsShown


class QueueShown(Shown):
    """`oldest_wait_seconds`: null when nobody waits."""

    waiting: int
    oldest_wait_seconds: float | None


class Metrics(Shown):
    """`lag_seconds`: the age of the oldest change that is not yet counted, 0 if none."""

    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    as_of: Timestamp
    lag_seconds: float
    volume: Volume
    status_counts: StatusCounts
    priority_counts: PriorityCounts
    resolution_seconds: DurationsShown
    first_response_seconds: DurationsShown
    per_day: list[DayShown]
    agents: list[AgentFigures]
    queue: QueueShown


def metrics(found: Figures) -> Metrics:
    return Metrics(
        first=found.span.first,
        last=found.span.last,
        as_of=found.as_of,
        lag_seconds=found.lag,
        volume=Volume(**_of(Volume, found.volumes())),
        status_counts=StatusCounts(**_of(StatusCounts, found.now)),
        priority_counts=PriorityCounts(**_of(PriorityCounts, found.now)),
        resolution_seconds=durations(found.resolution),
        first_response_seconds=durations(found.first_response),
        per_day=[
            DayShown(date=day, created=volume["created"], resolved=volume["resolved"])
            for day, volume in found.volume.items()
        ],
        agents=[agent(each) for each in found.agents],
        queue=QueueShown(waiting=max(0, found.now["waiting"]), oldest_wait_seconds=found.oldest_wait),
    )


def durations(found: Durations) -> DurationsShown:
    return DurationsShown(
        average=seconds(found.total / found.count) if found.count else None,
        median=seconds(found.quantile(0.5)),
        p90=seconds(found.quantile(0.9)),
    )


def agent(found: AgentCounts) -> AgentFigures:
    return AgentFigures(
        id=found.id,
        name=found.name,
        assigned=found.assigned,
        resolved=found.resolved,
        active=found.active,
        workload=found.workload,
        average_resolution_seconds=seconds(found.total / found.resolved) if found.resolved else None,
    )


def own(found: AgentCounts, first_response: Durations) -> OwnFigures:
    return OwnFigures(**agent(found).model_dump(), first_response_seconds=durations(first_response))


def seconds(milliseconds: float | None) -> float | None:
    """Rounded to a millisecond."""
    return None if milliseconds is None else round(milliseconds / 1000, 3)


def _of(model: type[Shown], numbers: Mapping[str, int]) -> dict[str, int]:
    return {name: max(0, numbers.get(name, 0)) for name in model.model_fields}
