"""Lambda entry points of metrics: counting, and the daily look whether the figures are right."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.batches import Failures
from chalicelib.log import about, log
from chalicelib.measures import collected, count
from chalicelib.process import serves

if serves("on_metrics"):
    from chalicelib.metrics import service
if serves("check_metrics"):
    from chalicelib.metrics import recount


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
                service.count(ticket_id)
                log.info("ticket counted", extra={"ticket_id": ticket_id})
            except Exception:
                log.exception("counting failed", extra={"ticket_id": ticket_id})
                failures += [{"itemIdentifier": message_id} for message_id, _ in messages]
    return {"batchItemFailures": failures}


@collected()
def checked() -> dict[str, int]:
    """The scheduled look at the figures: how many of some tickets' were wrong."""
    wrong = recount.look_at_some()
    for difference in wrong:
        log.error("figures were wrong", extra={"difference": str(difference)})
    count("WrongFigures", len(wrong))
    return {"wrong": len(wrong)}
