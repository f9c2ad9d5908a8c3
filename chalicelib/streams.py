"""What streams and queues deliver, as the features understand it, and the answer that names what failed.

Lambda delivers at least once and stops a shard's batch at the first failure that an answer names: so a failure is
named by the earliest record that it concerns, and everything behind it comes again. The consumers reconcile, and a
record seen twice finds nothing to do.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from chalicelib import fanout
from chalicelib.assignment import requeue, sweep
from chalicelib.assignment.commit import facts_of
from chalicelib.assignment.plan import Facts
from chalicelib.assignment.service import drain, settle
from chalicelib.log import log
from chalicelib.metrics import recount, service as metrics
from chalicelib.people.models import AgentRow, RosterItem
from chalicelib.tickets.models import Ticket

Record = Mapping[str, Any]
Failures = dict[str, list[dict[str, str]]]
T = TypeVar("T")


def ticket_changes(event: Mapping[str, Any]) -> Failures:
    """Records of the `tickets` stream with a change to be accounted for (the filter lets no others through)."""
    seen = [(record, facts_of(Ticket.from_raw_data(_new_image(record)))) for record in event["Records"]]
    return _each_group(seen, lambda facts: facts.team, _settle_latest)


def roster_changes(event: Mapping[str, Any]) -> Failures:
    """Records of the `roster` stream in which a person changed something about an agent: whose queue to look at, and
    whose tickets to take back."""
    rows = [(record, RosterItem.from_raw_data(_new_image(record))) for record in event["Records"]]
    agents = [(record, row) for record, row in rows if isinstance(row, AgentRow)]
    return _each_group(agents, lambda row: row.team, _answer_knocks)


def ticket_events(event: Mapping[str, Any]) -> Failures:
    """Records of the `tickets` stream with a new event of a ticket's history: everybody who wants to know is told."""
    keys = [record["dynamodb"]["Keys"] for record in event["Records"]]
    failed = fanout.tell([(key["id"]["S"], key["item"]["S"].removeprefix("event#")) for key in keys])
    first = event["Records"][failed]["dynamodb"]["SequenceNumber"] if failed is not None else None
    return {"batchItemFailures": [{"itemIdentifier": first}] if first else []}


def requeue_requests(event: Mapping[str, Any]) -> Failures:
    """Messages that ask for a departed agent's tickets to be queued."""
    failures = []
    for message in event["Records"]:
        try:
            requeue.run(**json.loads(message["body"]))
        except Exception:
            log.exception("requeueing failed", extra={"message_id": message["messageId"]})
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


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


def swept() -> dict[str, int]:
    """The scheduled sweep; what it found, as metrics too: the alarms of infra/resources.yaml listen to them."""
    from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit  # this function's alone

    found = sweep.sweep()
    metrics = EphemeralMetrics(namespace="Lambdesk")
    metrics.add_metric("UnsettledTickets", MetricUnit.Count, found.unsettled)
    metrics.add_metric("SweepFindings", MetricUnit.Count, found.unsettled + found.waiting)
    metrics.flush_metrics()
    return vars(found)


def checked() -> dict[str, int]:
    """The scheduled look at the figures: how many of some tickets' were wrong, also as a metric (CloudWatch's embedded
    format)."""
    from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

    wrong = recount.look_at_some()
    for difference in wrong:
        log.error("figures were wrong", extra={"difference": str(difference)})
    told = EphemeralMetrics(namespace="Lambdesk")
    told.add_metric("WrongFigures", MetricUnit.Count, len(wrong))
    told.flush_metrics()
    return {"wrong": len(wrong)}


def _settle_latest(seen: Iterable[Facts]) -> None:
    """Of several records of one ticket the last is the nearest to what is."""
    settle({facts.id: facts for facts in seen}.values())


def _answer_knocks(rows: Iterable[AgentRow]) -> None:
    team = ""
    for row in rows:
        team = row.team
        if row.leaving:
            requeue.request(row.team, row.agent_id)
    drain(team)


def _each_group(
    seen: Iterable[tuple[Record, T]], key: Callable[[T], str], handle: Callable[[list[T]], None]
) -> Failures:
    """Handles records group by group; a group that fails takes its earliest record, and all behind it, along."""
    groups: dict[str, list[tuple[Record, T]]] = {}
    for record, change in seen:
        groups.setdefault(key(change), []).append((record, change))
    failed = []
    for name, members in groups.items():
        try:
            handle([change for _, change in members])
        except Exception:
            log.exception("records failed", extra={"group": name, "records": len(members)})
            failed.append(members[0][0]["dynamodb"]["SequenceNumber"])
    first = min(failed, key=int, default=None)
    return {"batchItemFailures": [{"itemIdentifier": first}] if first else []}


def _new_image(record: Record) -> dict[str, Any]:
    image: dict[str, Any] = record["dynamodb"]["NewImage"]
    return image
