"""Routes of reports and their schedules."""

from collections.abc import Mapping
from typing import Any

from chalicelib.edge.call import Answer, Call
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.paging import Page
from chalicelib.metrics.api import span
from chalicelib.reports import schedules, schemas, service
from chalicelib.reports.models import Report, Schedule

routes = Routes("Reports")


def _report(call: Call) -> Report:
    return service.known(call.path["report_id"])


def _schedule(call: Call) -> Schedule:
    return schedules.known(call.path["schedule_id"])


@routes.post(
    "/reports",
    summary="Ask for a report",
    body=schemas.NewReport,
    answers=schemas.ReportAsked,
    status=202,
    idempotent=True,
    answer_headers={"Location": "Where its state is to be asked."},
)
def ask_for_report(call: Call) -> Answer:
    """It is made within seconds. The PDF holds the figures of GET /metrics with charts; the CSV of `overview` has a
    line a day, that of `agents` a line an agent, with a byte order mark."""
    asked = call.body
    days = span(asked.first, asked.last)
    report = service.ask(call.fresh_id, asked.kind, days, asked.format, asked.paper, call.origin)
    return Answer(schemas.asked(report), headers={"Location": f"/api/reports/{report.id}"})


@routes.get("/reports", summary="List reports", answers=schemas.ReportShown, lists=True)
def list_reports(call: Call) -> Page[schemas.ReportShown]:
    """Newest first, without `url`: read a single report for that."""
    page = service.page(call.page)
    return Page([schemas.report(report) for report in page.items], page.next)


@routes.get("/reports/{report_id}", summary="Read a report's state", finds=_report, answers=schemas.ReportShown)
def read_report(call: Call) -> schemas.ReportShown:
    """Once it is ready, with `url` to download it from, valid for 15 minutes."""
    return schemas.report(call.found, with_address=True)


def _recipients(_call: Call, given: Mapping[str, Any]) -> None:
    if "recipients" in given:
        schedules.look_up(given["recipients"])


@routes.post(
    "/report-schedules",
    summary="Have a report made again and again",
    body=schemas.NewSchedule,
    looks_up=_recipients,
    answers=schemas.ScheduleShown,
    status=201,
    idempotent=True,
)
def create_schedule(call: Call) -> schemas.ScheduleShown:
    """After each day, week or month, beginning with the one that is running. Recipients get a link by e-mail that
    needs signing in; who is no longer an active admin by then, or has turned mail off, gets none."""
    asked = call.body
    form = schedules.Form(asked.kind, asked.format, asked.paper)
    return schemas.schedule(schedules.create(call.fresh_id, form, asked.every, asked.recipients, call.origin))


@routes.get("/report-schedules", summary="List schedules of reports", answers=schemas.ScheduleShown, lists=True)
def list_schedules(call: Call) -> Page[schemas.ScheduleShown]:
    """The newest first."""
    page = schedules.page(call.page)
    return Page([schemas.schedule(schedule) for schedule in page.items], page.next)


@routes.delete("/report-schedules/{schedule_id}", summary="Stop a schedule", finds=_schedule, status=204)
def delete_schedule(call: Call) -> Answer:
    """Reports that it has already made stay."""
    schedules.delete(call.found, call.origin)
    return Answer()
