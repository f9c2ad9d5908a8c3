"""Reports are requested, made by a function that the table's stream invokes, stored in S3 and downloaded by a presigned
URL."""

from datetime import date
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.update import Action

from chalicelib import ambient, storage
from chalicelib.audit import service as audit
from chalicelib.dynamo import LostRace, Transaction, first_page, until_it_holds
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import NotFound
from chalicelib.log import log
from chalicelib.metrics.reading import Span, figures
from chalicelib.notifications import reports as notices
from chalicelib.origin import Origin
from chalicelib.people import names
from chalicelib.reports.models import Report, ReportsItem, expiry
from chalicelib.reports.words import TITLES
from chalicelib.settings import settings

ATTEMPTS = 3
"""How many times making a report is tried before it counts as failed."""

GOOD_FOR = 15 * 60
"""For how many seconds the URL of a report is valid (contract §3)."""

TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


def ask(report_id: str, about: str, days: Span, form: str, paper: str | None, origin: Origin) -> Report:
    """Requests a report, with an entry in the audit. A repeat with the same id returns the first."""
    report = Report(
        id=report_id,
        about=about,
        first=days.first.isoformat(),
        last=days.last.isoformat(),
        format=form,
        paper=paper or settings.paper,
        asked_by=origin.actor_id,
        request_id=origin.request_id or None,
        created_at=ambient.time_of(report_id),
        expires_at=expiry(report_id),
    )

    def attempt() -> Report:
        transaction = Transaction()
        transaction.put(report, Report.id.does_not_exist(), label="report")
        audit.add(transaction, origin, "report_requested", report_id, about=about, format=form)
        try:
            transaction.commit()
        except LostRace as race:
            if "report" not in race.failed:
                raise
            return known(report_id)
        return report

    return until_it_holds(attempt)


def known(report_id: str) -> Report:
    """The report as it is; NotFound if there is none."""
    try:
        return Report.get("reports", report_id, consistent_read=True)
    except DoesNotExist:
        raise NotFound("There is no such report.") from None


def page(request: PageRequest) -> Page[Report]:
    """Reports, newest first. The cursor's position is the last id shown."""
    before: Any = ReportsItem.id < request.position if request.position else None
    results = Report.query("reports", before, page_size=request.limit, scan_index_forward=False, consistent_read=True)
    found, last = first_page(results, Report)
    return Page(found, last["id"]["S"] if last else None)


def address(report: Report) -> str:
    """A presigned URL of a ready report, valid for GOOD_FOR seconds."""
    return storage.address(settings.reports_bucket, _key(report), GOOD_FOR)


def make(report_id: str) -> None:
    """Makes a report unless it exists, and has its recipients informed. Raises what went wrong, so that it is tried
    again; the last attempt stores the reason with the report instead."""
    report = known(report_id)
    if report.state == "pending":
        _make(report)
    if report.recipients:
        notices.tell(report_id, _notice(report), report.recipients)


def write(about: str, days: Span, form: str, paper: str, file: BinaryIO) -> None:
    """Writes the report to a file. The drawing libraries are imported here, so that nothing else pays for loading
    them."""
    found = figures(days)
    if form == "csv":
        from chalicelib.reports import csv

        csv.write(about, found, file)
    else:
        from chalicelib.reports import fonts, pdf

        unreadable = [agent.id for agent in found.agents if fonts.lacks(agent.name)]
        emails = names.emails(unreadable) if unreadable else {}
        file.write(pdf.render(about, found, paper, emails))


def _make(report: Report) -> None:
    report.update(actions=[Report.attempts.add(1)])
    if report.attempts > ATTEMPTS:
        _end(report, "failed", "Making it took more time or memory than there is. Ask for fewer days, or for CSV.")
        return
    try:
        days = Span(date.fromisoformat(report.first), date.fromisoformat(report.last))
        with TemporaryFile() as file:
            write(report.about, days, report.format, report.paper, file)
            file.seek(0)
            storage.put_once(settings.reports_bucket, _key(report), file, TYPES[report.format], _filename(report))
    except Exception as error:
        if report.attempts < ATTEMPTS:
            raise
        log.exception("a report can't be made", extra={"report_id": report.id})
        _end(report, "failed", _reason(error, report.id))
        return
    _end(report, "ready")


def _end(report: Report, state: str, error: str | None = None) -> None:
    actions: list[Action] = [Report.state.set(state)]
    if error:
        actions.append(Report.error.set(error))
    try:
        report.update(actions=actions, condition=Report.state == "pending")
    except UpdateError as problem:
        if problem.cause_response_code != "ConditionalCheckFailedException":
            raise
        report.refresh(consistent_read=True)  # another run of this function finished first


def _notice(report: Report) -> notices.Notice:
    first, last = map(date.fromisoformat, (report.first, report.last))
    return notices.Notice(TITLES[report.about], first, last, report.error)


def _reason(error: Exception, report_id: str) -> str:
    if storage.is_unavailable(error):
        return "The store for reports could not be reached. Ask for the report again in some minutes."
    return f"Something about these figures can't be drawn. Tell whoever runs this help desk: report {report_id}."


def _key(report: Report) -> str:
    return f"reports/{report.id}.{report.format}"


def _filename(report: Report) -> str:
    return f"{report.about}-{report.first}-{report.last}.{report.format}"
