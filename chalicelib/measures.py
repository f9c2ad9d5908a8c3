"""Business figures for CloudWatch, in its embedded metric format: counted where the thing happens, written once at the
end of the invocation as a line of the log. The service is powertools' setting.

    from chalicelib.measures import count
    count("TicketsCreated")
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Literal

from chalicelib.log import stream

Figure = Literal[
    "TicketsCreated",
    "TicketsAssigned",
    "SecondsInQueue",
    "SweepFindings",
    "UnsettledTickets",
    "WrongFigures",
    "MailsKept",
    "SignInsFailed",
    "AddressesRefused",
    "ClientErrors",
]
"""All that there are. TicketsAssigned: by the machine. UnsettledTickets: those that the sweep found too old.
WrongFigures: tickets that the daily look found counted wrong. MailsKept: mails that came in and nobody got.
AddressesRefused: people whose address took no mail. ClientErrors: crashes that the web client told of."""


NAMESPACE = "Lambdesk"
"""Where the alarms of infra/resources.yaml look."""


class Unit(Enum):
    COUNT = "Count"
    SECONDS = "Seconds"


_collected: ContextVar[list[tuple[Figure, Unit, float]] | None] = ContextVar("collected", default=None)


def count(figure: Figure, by: int = 1) -> None:
    measure(figure, by, Unit.COUNT)


def measure(figure: Figure, value: float, unit: Unit) -> None:
    """Adds to a metric. Does nothing outside of `collected`, as in operators' commands."""
    if (figures := _collected.get()) is not None:
        figures.append((figure, unit, value))


@contextmanager
def collected() -> Iterator[None]:
    """Wraps an invocation: metrics counted inside are written at its end."""
    figures: list[tuple[Figure, Unit, float]] = []
    token = _collected.set(figures)
    try:
        yield
    finally:
        _collected.reset(token)
        if figures:
            _write(figures)


def _write(figures: list[tuple[Figure, Unit, float]]) -> None:
    from aws_lambda_powertools.metrics import EphemeralMetrics  # most invocations measure nothing

    metrics = EphemeralMetrics(namespace=NAMESPACE)
    for figure, unit, value in figures:
        metrics.add_metric(figure, unit.value, value)
    print(json.dumps(metrics.serialize_metric_set()), file=stream())
