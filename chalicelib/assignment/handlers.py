"""Lambda entry points of assignment: streams, the queue of departed agents, the sweep."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.assignment import requeue, sweep
from chalicelib.assignment.commit import facts_of
from chalicelib.assignment.plan import Facts
from chalicelib.assignment.service import drain, settle
from chalicelib.batches import Failures, each_group, new_image
from chalicelib.log import about, log
from chalicelib.measures import collected, count
from chalicelib.people.models import AgentRow, RosterItem
from chalicelib.tickets.models import Ticket


@collected()
def ticket_changes(event: Mapping[str, Any]) -> Failures:
    """Records of the `tickets` stream with a change to be accounted for (the filter lets no others through)."""
    seen = [(record, facts_of(Ticket.from_raw_data(new_image(record)))) for record in event["Records"]]
    return each_group(seen, lambda facts: facts.team, lambda facts: facts.request_id, _settle_latest)


@collected()
def roster_changes(event: Mapping[str, Any]) -> Failures:
    """Records of the `roster` stream in which a person changed something about an agent: whose queue to look at, and
    whose tickets to take back."""
    rows = [(record, RosterItem.from_raw_data(new_image(record))) for record in event["Records"]]
    agents = [(record, row) for record, row in rows if isinstance(row, AgentRow)]
    return each_group(agents, lambda row: row.team, lambda row: row.knock, _answer_knocks)


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
def swept() -> dict[str, int]:
    """The scheduled sweep; what it found."""
    found = sweep.sweep()
    count("UnsettledTickets", found.unsettled)
    count("SweepFindings", found.unsettled + found.waiting)
    if found.unsettled or found.waiting or found.reweighed:
        log.warning("the sweep found something", extra=vars(found))
    return vars(found)


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
