"""Lambda entry points of tickets: telling consumers of history events, and closing."""

from chalicelib.batches import Record, consumer
from chalicelib.measures import collected
from chalicelib.process import serves

if serves("fan_out"):
    from chalicelib.tickets import fanout
if serves("close_resolved"):
    from chalicelib.tickets import closing


def _event(record: Record) -> "fanout.FanoutEvent":
    key, image = record["dynamodb"]["Keys"], record["dynamodb"]["NewImage"]
    field, answers, request_id = (image.get(name, {}).get("S") for name in ("field", "answers", "request_id"))
    return fanout.FanoutEvent(key["id"]["S"], key["item"]["S"], image["change"]["S"], field, answers, request_id)


@consumer(_event, together=lambda _: "all", request=lambda event: event.request_id)
def ticket_events(events: "list[fanout.FanoutEvent]") -> "list[fanout.FanoutEvent]":
    """Records of the `tickets` stream with a new event of a history: each goes to the consumers that want it."""
    return fanout.tell(events)


@collected()
def closed() -> dict[str, int]:
    """Warns of resolved tickets that close soon, closes those that are due; how many."""
    return closing.run()
