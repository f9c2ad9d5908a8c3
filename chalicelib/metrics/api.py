"""The route of the metrics."""

from datetime import date

from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.errors import Invalid
from chalicelib.metrics import reading, schemas
from chalicelib.metrics.periods import LONGEST, USUAL
from chalicelib.metrics.reading import Span
from chalicelib.people import teams

routes = Routes("Metrics")


@routes.get("/metrics", summary="Read the figures", query=schemas.MetricsQuery, answers=schemas.Metrics)
def read_metrics(call: Call) -> schemas.Metrics:
    """Of all teams or of one. Counts, durations and agents are over the days given; status, priority, queue, `active`
    and `workload` are as of now. A first response counts on the day on which it was given. Days are cut in the time
    zone that the service is set to. All figures follow what became of a ticket: one that is reopened is no longer
    counted as resolved, one that changes team is counted with its new team from its creation on."""
    asked = call.query
    if asked.team is not None and not teams.exists(asked.team):
        raise Invalid.field("team", "There is no such team.", "unknown_id")
    return schemas.metrics(reading.figures(span(asked.first, asked.last, asked.team)))


@routes.get("/metrics/me", summary="Read one's own figures", query=schemas.OwnMetricsQuery, answers=schemas.OwnFigures)
def read_own_metrics(call: Call) -> schemas.OwnFigures:
    """An agent's own row of `agents`, with the first responses that they gave."""
    return schemas.own(*reading.of_agent(span(call.query.first, call.query.last), call.me.id))


def span(first: date | None, last: date | None, team: str | None = None) -> Span:
    """The days that are asked for. Raises Invalid."""
    last = last or reading.today()
    try:
        first = first or last - USUAL
    except OverflowError:
        first = date.min
    if first > last:
        raise Invalid.field("from", "Must not be after 'to'.", "after_end")
    if (last - first).days + 1 > LONGEST:
        raise Invalid.field(
            "from", f"At most three years ({LONGEST} days) at once.", "too_long_a_time", max_days=LONGEST
        )
    return Span(first, last, team)
