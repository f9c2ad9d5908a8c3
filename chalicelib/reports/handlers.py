"""Lambda entry points of reports: one makes reports, the other requests those of schedules that are due."""

from typing import NamedTuple

from chalicelib.batches import Record, consumer, new_image
from chalicelib.log import log
from chalicelib.measures import collected
from chalicelib.process import serves

if serves("on_report_request"):
    from chalicelib.listening import service as listening
    from chalicelib.reports import service
if serves("schedule_reports"):
    from chalicelib.reports import schedules


class _Asked(NamedTuple):
    report_id: str
    request_id: str | None


def _asked(record: Record) -> _Asked:
    return _Asked(record["dynamodb"]["Keys"]["id"]["S"], new_image(record).get("request_id", {}).get("S"))


@consumer(_asked, request=lambda asked: asked.request_id)
def report_requests(asked: list[_Asked]) -> None:
    """Makes the reports that were requested, from records of the `reports` stream."""
    for each in asked:
        service.make(each.report_id)
        log.info("report made", extra={"report_id": each.report_id})
        listening.reported(each.report_id)


@collected()
def scheduled_reports() -> dict[str, int]:
    """Requests the reports of schedules whose day, week or month is over."""
    return {"asked": schedules.ask_for_due()}
