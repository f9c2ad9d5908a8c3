"""Bodies of requests and answers about reports (contract §3)."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from chalicelib import ambient
from chalicelib.edge.schemas import Body, Shown, Timestamp, left_out
from chalicelib.metrics.schemas import Day
from chalicelib.reports import service
from chalicelib.reports.models import Report, Schedule

Kind = Literal["overview", "agents"]
Format = Literal["pdf", "csv"]
Every = Literal["day", "week", "month"]
Paper = Annotated[
    Literal["a4", "letter"] | None,
    Field(description="What a PDF is printed on; by default what this help desk is set to."),
]
State = Literal["pending", "ready", "failed"]


def _each_once(ids: list[str]) -> list[str]:
    if len(set(ids)) < len(ids):
        raise PydanticCustomError("repeated", "Must name each person once.")
    return ids


class NewReport(Body):
    """Days, both included, at most three years."""

    kind: Kind
    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    format: Format
    paper: Paper = None


class ReportAsked(Shown):
    id: str
    status: State


class ReportShown(Shown):
    """`url`, once it is ready, is good until `expires_at`: ask again for a fresh one. `error` says why it failed."""

    id: str
    status: State
    kind: Kind
    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    format: Format
    paper: Literal["a4", "letter"]
    created_at: Timestamp
    url: str | None = left_out()
    expires_at: Timestamp | None = left_out()
    error: str | None = left_out()


class NewSchedule(Body):
    """`every`: after each day, week (Monday to Sunday) or month. `recipients`: ids of active admins."""

    kind: Kind
    format: Format
    paper: Paper = None
    every: Every
    recipients: Annotated[list[str], Field(min_length=1, max_length=50), AfterValidator(_each_once)]


class ScheduleShown(Shown):
    id: str
    kind: Kind
    format: Format
    paper: Literal["a4", "letter"]
    every: Every
    recipients: list[str]
    created_at: Timestamp


def asked(report: Report) -> ReportAsked:
    return ReportAsked(id=report.id, status=_state(report))


def report(found: Report, *, with_address: bool = False) -> ReportShown:
    """A report as it is shown. Lists leave `url` out: signing one for each costs time, and few are used."""
    ready = with_address and found.state == "ready"
    until = ambient.timestamp(ambient.now() + timedelta(seconds=service.GOOD_FOR))
    return ReportShown.model_validate(
        {
            "id": found.id,
            "status": found.state,
            "kind": found.about,
            "from": found.first,
            "to": found.last,
            "format": found.format,
            "paper": found.paper,
            "created_at": found.created_at,
            "url": service.address(found) if ready else None,
            "expires_at": until if ready else None,
            "error": found.error,
        }
    )


def schedule(found: Schedule) -> ScheduleShown:
    return ScheduleShown.model_validate(
        {
            "id": found.id,
            "kind": found.about,
            "format": found.format,
            "paper": found.paper,
            "every": found.every,
            "recipients": list(found.recipients),
            "created_at": found.created_at,
        }
    )


def _state(found: Report) -> State:
    return "ready" if found.state == "ready" else "failed" if found.state == "failed" else "pending"
