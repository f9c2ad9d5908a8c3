"""Lambda entry points of metrics: counting, and the daily look whether the figures are right."""

from typing import Any

from chalicelib.batches import body, consumer, requested
from chalicelib.log import log
from chalicelib.measures import collected, count
from chalicelib.process import serves

if serves("on_metrics"):
    from chalicelib.metrics import service
if serves("check_metrics"):
    from chalicelib.metrics import recount


@consumer(body, together=lambda told: str(told["ticket_id"]), request=requested)
def told_to_metrics(told: list[dict[str, Any]]) -> None:
    """Messages that tell of an event of a ticket's history: each ticket is counted once, however many there are."""
    ticket_id = told[0]["ticket_id"]
    service.count(ticket_id)
    log.info("ticket counted", extra={"ticket_id": ticket_id})


@collected()
def checked() -> dict[str, int]:
    """The scheduled look at the figures: how many of some tickets' were wrong."""
    wrong = recount.look_at_some()
    for difference in wrong:
        log.error("figures were wrong", extra={"difference": str(difference)})
    count("WrongFigures", len(wrong))
    return {"wrong": len(wrong)}
