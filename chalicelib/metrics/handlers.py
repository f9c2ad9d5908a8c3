"""Lambda entry points of metrics: counting, and the daily check of the figures."""

from contextlib import suppress
from typing import Any

from pynamodb.exceptions import PynamoDBException

from chalicelib.batches import Record, body, consumer, requested
from chalicelib.log import log
from chalicelib.measures import collected, count
from chalicelib.process import serves

if serves("on_metrics"):
    from chalicelib.chat import live
    from chalicelib.metrics import late, service
if serves("check_metrics"):
    from chalicelib.metrics import recount


def _told(message: Record) -> dict[str, Any]:
    return body(message) | {"times": int(message.get("attributes", {}).get("ApproximateReceiveCount", 1))}


def _tell_watchers(_told: list[dict[str, Any]]) -> None:
    if live.watched():
        live.ask_for_metrics()


@consumer(_told, together=lambda told: str(told["ticket_id"]), request=requested, after=_tell_watchers)
def told_to_metrics(told: list[dict[str, Any]]) -> None:
    """Counts the tickets whose events the messages are about, each ticket once."""
    ticket_id = told[0]["ticket_id"]
    try:
        service.count(ticket_id)
    except Exception:
        with suppress(PynamoDBException):  # it fails as counting does: one of them is logged
            late.note(late.Change(ticket_id, each["item"]) for each in told)
        raise
    late.forget(late.Change(ticket_id, each["item"]) for each in told if each["times"] > 1)
    log.info("ticket counted", extra={"ticket_id": ticket_id})


@collected()
def checked() -> dict[str, int]:
    """Scheduled: checks the figures of some tickets. Returns how many were wrong."""
    wrong = recount.look_at_some()
    for difference in wrong:
        log.error("figures were wrong", extra={"difference": str(difference)})
    count("WrongFigures", len(wrong))
    return {"wrong": len(wrong)}
