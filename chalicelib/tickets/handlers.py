"""Lambda entry points of tickets: the history's events go to those who want them; closing."""

from collections.abc import Mapping
from typing import Any

from chalicelib.batches import Failures
from chalicelib.measures import collected
from chalicelib.process import serves

if serves("fan_out"):
    from chalicelib import fanout
if serves("close_resolved"):
    from chalicelib.tickets import closing


def ticket_events(event: Mapping[str, Any]) -> Failures:
    """Records of the `tickets` stream with a new event of a ticket's history: everybody who wants to know is told."""
    failed = fanout.tell([_event(record["dynamodb"]) for record in event["Records"]])
    first = event["Records"][failed]["dynamodb"]["SequenceNumber"] if failed is not None else None
    return {"batchItemFailures": [{"itemIdentifier": first}] if first else []}


@collected()
def closed() -> dict[str, int]:
    """Warns of resolved tickets that close soon, closes those that are due; how many."""
    return closing.run()


def _event(written: Mapping[str, Any]) -> "fanout.FanoutEvent":
    key, image = written["Keys"], written["NewImage"]
    field, answers, request_id = (image.get(name, {}).get("S") for name in ("field", "answers", "request_id"))
    event_id = key["item"]["S"].removeprefix("event#")
    return fanout.FanoutEvent(key["id"]["S"], event_id, image["change"]["S"], field, answers, request_id)
