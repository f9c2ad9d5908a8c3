"""What follows from events and from requests for reports, as queues, streams and schedules deliver it: like `streams`,
which is assignment's part.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib import fanout
from chalicelib.batches import Failures, each_group, new_image
from chalicelib.log import about, log
from chalicelib.measures import collected, count
from chalicelib.metrics import recount, service as metrics
from chalicelib.notifications import feedback, service as notifications, tickets as ticket_mail
from chalicelib.notifications.deliveries import UnderWay
from chalicelib.people.models import AccountsItem
from chalicelib.reports import schedules, service as reports
from chalicelib.search import indexing
from chalicelib.tickets import closing


def ticket_events(event: Mapping[str, Any]) -> Failures:
    """Records of the `tickets` stream with a new event of a ticket's history: everybody who wants to know is told."""
    failed = fanout.tell([_event(record["dynamodb"]) for record in event["Records"]])
    first = event["Records"][failed]["dynamodb"]["SequenceNumber"] if failed is not None else None
    return {"batchItemFailures": [{"itemIdentifier": first}] if first else []}


def _event(written: Mapping[str, Any]) -> fanout.Told:
    key, image = written["Keys"], written.get("NewImage", {})
    chosen_by = (image.get(name, {}).get("S") for name in ("change", "field", "answers", "request_id"))
    return fanout.Told(key["id"]["S"], key["item"]["S"].removeprefix("event#"), *chosen_by)


@collected()
def told_to_search(event: Mapping[str, Any]) -> Failures:
    """Messages that tell of an event that adds or changes text."""
    failures = []
    for message in event["Records"]:
        told = json.loads(message["body"])
        with about(told.get("request_id")):
            try:
                indexing.follow(told["ticket_id"], told["event_id"])
            except Exception:
                log.exception("words were not made findable", extra={"ticket_id": told["ticket_id"]})
                failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


def told_to_metrics(event: Mapping[str, Any]) -> Failures:
    """Messages that tell of an event of a ticket's history: each ticket is counted once, however many there are."""
    by_ticket: dict[str, list[tuple[str, str | None]]] = {}
    for message in event["Records"]:
        told = json.loads(message["body"])
        by_ticket.setdefault(told["ticket_id"], []).append((message["messageId"], told.get("request_id")))
    failures = []
    for ticket_id, messages in by_ticket.items():
        with about(*(request for _, request in messages)):
            try:
                metrics.count(ticket_id)
                log.info("ticket counted", extra={"ticket_id": ticket_id})
            except Exception:
                log.exception("counting failed", extra={"ticket_id": ticket_id})
                failures += [{"itemIdentifier": message_id} for message_id, _ in messages]
    return {"batchItemFailures": failures}


@collected()
def told_to_mail(event: Mapping[str, Any]) -> Failures:
    """Messages that tell of an event of a ticket's history, of a ticket about to be closed, of chat not read."""
    failures = []
    for message in event["Records"]:
        told = json.loads(message["body"])
        with about(told.get("request_id")):
            try:
                if "unread" in told:
                    ticket_mail.tell_of_unread(told["ticket_id"], **told["unread"])
                else:
                    ticket_mail.tell_of_event(told["ticket_id"], told["event_id"])
            except UnderWay:
                failures.append({"itemIdentifier": message["messageId"]})
            except Exception:
                log.exception("a mail was not sent", extra={"ticket_id": told["ticket_id"]})
                failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


@collected()
def mail_events(event: Mapping[str, Any]) -> Failures:
    """Messages in which SES says what became of mail."""
    failures = []
    for message in event["Records"]:
        try:
            feedback.hear(json.loads(message["body"]))
        except Exception:
            log.exception("what SES says was not understood")
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


@collected()
def mail_in(event: Mapping[str, Any]) -> dict[str, str]:
    """A mail that SES has received and stored. Raises what has to be tried again."""
    from chalicelib.mail_in import service as mail_in_service  # parsers that only this function needs

    return {"became": mail_in_service.receive(event["Records"][0]["ses"])}


def report_requests(event: Mapping[str, Any]) -> Failures:
    """Records of the `reports` stream with a report that is asked for."""
    for record in event["Records"]:
        change = record["dynamodb"]
        report_id = change["Keys"]["id"]["S"]
        with about(change.get("NewImage", {}).get("request_id", {}).get("S")):
            try:
                reports.make(report_id)
                log.info("report made", extra={"report_id": report_id})
            except Exception:
                log.exception("a report was not made", extra={"report_id": report_id})
                return {"batchItemFailures": [{"itemIdentifier": change["SequenceNumber"]}]}
    return {"batchItemFailures": []}


@collected()
def closed() -> dict[str, int]:
    """Warns of resolved tickets that close soon, closes those that are due; how many."""
    return closing.run()


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
