"""What follows from events and from requests for reports, as queues, streams and schedules deliver it: like `streams`,
which is assignment's part.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib import fanout
from chalicelib.batches import Failures, each_group, new_image
from chalicelib.log import log
from chalicelib.measures import collected, count
from chalicelib.metrics import recount, service as metrics
from chalicelib.notifications import service as notifications
from chalicelib.people.models import AccountsItem
from chalicelib.reports import schedules, service as reports


def ticket_events(event: Mapping[str, Any]) -> Failures:
    """Records of the `tickets` stream with a new event of a ticket's history: everybody who wants to know is told."""
    keys = [record["dynamodb"]["Keys"] for record in event["Records"]]
    failed = fanout.tell([(key["id"]["S"], key["item"]["S"].removeprefix("event#")) for key in keys])
    first = event["Records"][failed]["dynamodb"]["SequenceNumber"] if failed is not None else None
    return {"batchItemFailures": [{"itemIdentifier": first}] if first else []}


def told_to_metrics(event: Mapping[str, Any]) -> Failures:
    """Messages that tell of an event of a ticket's history: each ticket is counted once, however many there are."""
    by_ticket: dict[str, list[str]] = {}
    for message in event["Records"]:
        by_ticket.setdefault(json.loads(message["body"])["ticket_id"], []).append(message["messageId"])
    failures = []
    for ticket_id, messages in by_ticket.items():
        try:
            metrics.count(ticket_id)
        except Exception:
            log.exception("counting failed", extra={"ticket_id": ticket_id})
            failures += [{"itemIdentifier": message_id} for message_id in messages]
    return {"batchItemFailures": failures}


def report_requests(event: Mapping[str, Any]) -> Failures:
    """Records of the `reports` stream with a report that is asked for."""
    for record in event["Records"]:
        try:
            reports.make(record["dynamodb"]["Keys"]["id"]["S"])
        except Exception:
            log.exception("a report was not made")
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def scheduled_reports() -> dict[str, int]:
    """Asks for the reports whose day, week or month is over."""
    return {"asked": schedules.ask_for_due()}


@collected()
def account_changes(event: Mapping[str, Any]) -> Failures:
    """Records of the `accounts` stream of which somebody is told by mail (the filter lets no others through)."""
    seen = [(record, AccountsItem.from_raw_data(new_image(record))) for record in event["Records"]]
    return each_group(seen, notifications.event_of, lambda item: getattr(item, "request_id", None), _tell)


@collected()
def checked() -> dict[str, int]:
    """The scheduled look at the figures: how many of some tickets' were wrong."""
    wrong = recount.look_at_some()
    for difference in wrong:
        log.error("figures were wrong", extra={"difference": str(difference)})
    count("WrongFigures", len(wrong))
    return {"wrong": len(wrong)}


def _tell(items: Iterable[AccountsItem]) -> None:
    for item in items:
        notifications.tell_of_account(item)
