"""Lambda entry points of reports: one is made, those that are due are asked for."""

from collections.abc import Mapping
from typing import Any

from chalicelib.batches import Failures
from chalicelib.log import about, log
from chalicelib.process import serves

if serves("on_report_request"):
    from chalicelib.reports import service
if serves("schedule_reports"):
    from chalicelib.reports import schedules


def report_requests(event: Mapping[str, Any]) -> Failures:
    """Records of the `reports` stream with a report that is asked for."""
    for record in event["Records"]:
        change = record["dynamodb"]
        report_id = change["Keys"]["id"]["S"]
        with about(change.get("NewImage", {}).get("request_id", {}).get("S")):
            try:
                service.make(report_id)
                log.info("report made", extra={"report_id": report_id})
            except Exception:
                log.exception("a report was not made", extra={"report_id": report_id})
                return {"batchItemFailures": [{"itemIdentifier": change["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def scheduled_reports() -> dict[str, int]:
    """Asks for the reports whose day, week or month is over."""
    return {"asked": schedules.ask_for_due()}
