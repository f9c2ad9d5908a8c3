"""The figures as sent to those who watch them live."""

from typing import Any

from chalicelib.metrics import reading, schemas
from chalicelib.metrics.periods import USUAL


def latest() -> dict[str, Any]:
    """The body of GET /metrics without a query, as of now: of all teams, over the last 30 days."""
    today = reading.today()
    shown = schemas.metrics(reading.figures(reading.Span(today - USUAL, today)))
    return shown.model_dump(mode="json", by_alias=True)
