"""Scheduled reports: made after each day, week or month, in the time zone that figures use for days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, cast

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.audit import service as audit
from chalicelib.dynamo import LostRace, Transaction, first_page, until_it_holds
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import Invalid, NotFound
from chalicelib.log import log
from chalicelib.metrics.reading import Span, today
from chalicelib.origin import Origin
from chalicelib.people import service as people
from chalicelib.reports.models import Report, ReportsItem, Schedule, expiry
from chalicelib.settings import settings

MOST = 31
"""The most reports that one run requests for a schedule. So many missed days are made up for; older ones are left out,
which the log says."""


class Form(NamedTuple):
    """What the report is: overview | agents, pdf | csv, and a4 | letter (None: the setting's paper size)."""

    about: str
    format: str
    paper: str | None


def look_up(recipients: Sequence[str]) -> None:
    """Raises Invalid unless all recipients are active admins."""
    if set(recipients) - {admin.id for admin in people.active_admins(recipients)}:
        raise Invalid.field("recipients", "Only active admins can get reports.", "not_an_admin")


def create(schedule_id: str, form: Form, every: str, recipients: Sequence[str], origin: Origin) -> Schedule:
    """Makes a schedule; its first report is about the day, week or month that is running now; the audit is told. A
    repeat with the same id answers the first. Raises Invalid unless all recipients are active admins."""
    look_up(recipients)
    made = Schedule(
        id=schedule_id,
        about=form.about,
        format=form.format,
        paper=form.paper or settings.paper,
        every=every,
        recipients=list(recipients),
        created_by=cast(str, origin.actor_id),
        created_at=ambient.time_of(schedule_id),
        made_until=(last_period(every, today()).last).isoformat(),
    )

    def attempt() -> Schedule:
        transaction = Transaction()
        transaction.put(made, Schedule.id.does_not_exist(), label="schedule")
        audit.add(
            transaction, origin, "schedule_created", schedule_id, about=form.about, format=form.format, every=every
        )
        try:
            transaction.commit()
        except LostRace as race:
            if "schedule" not in race.failed:
                raise
            return known(schedule_id)
        return made

    return until_it_holds(attempt)


def delete(found: Schedule, origin: Origin) -> None:
    """Deletes a schedule, with an entry in the audit. Raises NotFound if somebody else has deleted it."""

    def attempt() -> None:
        transaction = Transaction()
        transaction.delete(found, Schedule.id.exists())
        audit.add(transaction, origin, "schedule_deleted", found.id)
        try:
            transaction.commit()
        except LostRace:
            known(found.id)
            raise

    until_it_holds(attempt)


def known(schedule_id: str) -> Schedule:
    """The schedule; NotFound if there is none."""
    try:
        return Schedule.get("schedules", schedule_id, consistent_read=True)
    except DoesNotExist:
        raise NotFound("There is no such schedule.") from None


def page(request: PageRequest) -> Page[Schedule]:
    """The newest first. The position is the last id shown."""
    before: Any = ReportsItem.id < request.position if request.position else None
    results = Schedule.query(
        "schedules", before, page_size=request.limit, scan_index_forward=False, consistent_read=True
    )
    found, last = first_page(results, Schedule)
    return Page(found, last["id"]["S"] if last else None)


def ask_for_due() -> int:
    """Asks for every report whose time has come, those that earlier runs missed included; how many. Run twice at once,
    or again after a crash, it asks for each once: the report and what the schedule says of it are written in one
    transaction."""
    day, count = today(), 0
    for schedule in Schedule.query("schedules", consistent_read=True, page_size=100):
        due = periods_due(schedule.every, date.fromisoformat(schedule.made_until), day)
        if left_out := due[:-MOST]:
            days = {"first": left_out[0].first.isoformat(), "last": left_out[-1].last.isoformat()}
            log.warning("reports are left out", extra={"schedule_id": schedule.id, "reports": len(left_out), **days})
        for period in due[-MOST:]:
            if not _ask(schedule, period):
                break
            count += 1
    return count


def periods_due(every: str, made_until: date, day: date) -> list[Span]:
    """The complete days, weeks or months after `made_until` and before `day`, oldest first."""
    due = []
    period = last_period(every, day)
    while period.last > made_until:
        due.append(period)
        period = last_period(every, period.first)
    return due[::-1]


def last_period(every: str, day: date) -> Span:
    """The last whole day, week or month before `day`."""
    if every == "day":
        return Span(day - timedelta(days=1), day - timedelta(days=1))
    if every == "week":
        last = day - timedelta(days=day.weekday() + 1)
        return Span(last - timedelta(days=6), last)
    last = day.replace(day=1) - timedelta(days=1)
    return Span(last.replace(day=1), last)


def _ask(schedule: Schedule, period: Span) -> bool:
    """Requests one report. False if another run has requested it meanwhile."""
    report_id = ambient.new_id()
    transaction = Transaction()
    transaction.put(
        Report(
            id=report_id,
            about=schedule.about,
            first=period.first.isoformat(),
            last=period.last.isoformat(),
            format=schedule.format,
            paper=schedule.paper,
            recipients=list(schedule.recipients),
            created_at=ambient.time_of(report_id),
            expires_at=expiry(report_id),
        )
    )
    unmade = Schedule.made_until == schedule.made_until
    transaction.update(schedule, [Schedule.made_until.set(period.last.isoformat())], unmade)
    try:
        transaction.commit()
    except LostRace:  # another run has requested it, or the next one will
        log.info("a scheduled report was not asked for", extra={"schedule_id": schedule.id})
        return False
    schedule.made_until = period.last.isoformat()
    return True
