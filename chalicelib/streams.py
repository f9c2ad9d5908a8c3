"""What streams and queues deliver, as the features understand it, and the answer that names what failed.

Lambda delivers at least once and stops a shard's batch at the first failure that an answer names: so a failure is
named by the earliest record that it concerns, and everything behind it comes again. The consumers reconcile, and a
record seen twice finds nothing to do.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from chalicelib.assignment import requeue, sweep
from chalicelib.assignment.commit import facts_of
from chalicelib.assignment.plan import Facts
from chalicelib.assignment.service import drain, settle
from chalicelib.log import about, log
from chalicelib.measures import collected, count
from chalicelib.notifications import service as notifications
from chalicelib.people.models import AccountsItem, AgentRow, RosterItem
from chalicelib.tickets.models import Ticket

Record = Mapping[str, Any]
Failures = dict[str, list[dict[str, str]]]
T = TypeVar("T")


@collected()
def ticket_changes(event: Mapping[str, Any]) -> Failures:
    """Records of the `tickets` stream with a change to be accounted for (the filter lets no others through)."""
    seen = [(record, facts_of(Ticket.from_raw_data(_new_image(record)))) for record in event["Records"]]
    return _each_group(seen, lambda facts: facts.team, lambda facts: facts.request_id, _settle_latest)


@collected()
def roster_changes(event: Mapping[str, Any]) -> Failures:
    """Records of the `roster` stream in which a person changed something about an agent: whose queue to look at, and
    whose tickets to take back."""
    rows = [(record, RosterItem.from_raw_data(_new_image(record))) for record in event["Records"]]
    agents = [(record, row) for record, row in rows if isinstance(row, AgentRow)]
    return _each_group(agents, lambda row: row.team, lambda row: row.knock, _answer_knocks)


@collected()
def requeue_requests(event: Mapping[str, Any]) -> Failures:
    """Messages that ask for a departed agent's tickets to be queued."""
    failures = []
    for message in event["Records"]:
        asked = json.loads(message["body"])
        with about(asked.get("request_id")):
            try:
                requeue.run(asked["team"], asked["agent_id"])
            except Exception:
                log.exception("requeueing failed", extra={"message_id": message["messageId"]})
                failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


@collected()
def account_changes(event: Mapping[str, Any]) -> Failures:
    """Records of the `accounts` stream of which somebody is told by mail (the filter lets no others through)."""
    seen = [(record, AccountsItem.from_raw_data(_new_image(record))) for record in event["Records"]]
    return _each_group(seen, notifications.event_of, lambda item: getattr(item, "request_id", None), _tell)


@collected()
def swept() -> dict[str, int]:
    """The scheduled sweep; what it found."""
    found = sweep.sweep()
    count("UnsettledTickets", found.unsettled)
    count("SweepFindings", found.unsettled + found.waiting)
    if found.unsettled or found.waiting or found.reweighed:
        log.warning("the sweep found something", extra=vars(found))
    return vars(found)


def _tell(items: Iterable[AccountsItem]) -> None:
    for item in items:
        notifications.tell_of_account(item)


def _settle_latest(seen: Iterable[Facts]) -> None:
    """Of several records of one ticket the last is the nearest to what is."""
    settle({facts.id: facts for facts in seen}.values())


def _answer_knocks(rows: Iterable[AgentRow]) -> None:
    team = ""
    for row in rows:
        team = row.team
        if row.leaving:
            with about(row.knock):
                requeue.request(row.team, row.agent_id)
    drain(team)


def _each_group(
    seen: Iterable[tuple[Record, T]],
    key: Callable[[T], str],
    request: Callable[[T], str | None],
    handle: Callable[[list[T]], None],
) -> Failures:
    """Handles records group by group; a group that fails takes its earliest record, and all behind it, along."""
    groups: dict[str, list[tuple[Record, T]]] = {}
    for record, change in seen:
        groups.setdefault(key(change), []).append((record, change))
    failed = []
    for name, members in groups.items():
        changes = [change for _, change in members]
        with about(*map(request, changes)):
            try:
                handle(changes)
            except Exception:
                log.exception("records failed", extra={"group": name, "records": len(members)})
                failed.append(members[0][0]["dynamodb"]["SequenceNumber"])
    first = min(failed, key=int, default=None)
    return {"batchItemFailures": [{"itemIdentifier": first}] if first else []}


def _new_image(record: Record) -> dict[str, Any]:
    image: dict[str, Any] = record["dynamodb"]["NewImage"]
    return image
