"""Puts an agent's active tickets back into the queue after they left (were deactivated, or changed team or role).

The tickets are found through an index that lags, so the job repeats itself until nothing is accounted to the agent any
more. Until then their row says `leaving` and gets no tickets, even if the agent is back already.
"""

import json
from dataclasses import replace
from typing import Any

from chalicelib.assignment.commit import facts_of
from chalicelib.assignment.service import settle
from chalicelib.dynamo import Transaction, until_it_holds
from chalicelib.log import request_id
from chalicelib.people import roster
from chalicelib.settings import settings
from chalicelib.tickets import service as tickets

CHUNK = 25
LAG_SECONDS = 1
"""How long to wait for the index when it doesn't yet show tickets that are still accounted to the agent."""

_sqs: Any = None


def request(team: str, agent_id: str, delay_seconds: int = 0) -> None:
    """Queues the job."""
    global _sqs
    if _sqs is None:
        import boto3  # only where an agent leaves

        _sqs = boto3.client("sqs")
    _sqs.send_message(
        QueueUrl=settings.requeue_queue_url,
        MessageBody=json.dumps({"team": team, "agent_id": agent_id, "request_id": request_id()}),
        DelaySeconds=delay_seconds,
    )


def run(team: str, agent_id: str) -> None:
    """Settles up to CHUNK of the agent's active tickets. Queues another run while something is still accounted to the
    agent; otherwise ends the departure."""
    row = roster.agent_row(team, agent_id)
    if row is None or not row.leaving:
        return
    found = [ticket for ticket in tickets.active_of(agent_id, CHUNK) if ticket.team == team]
    # They follow from the departure now, not from what was last asked of them.
    settle(replace(facts_of(ticket), request_id=request_id()) for ticket in found)
    if not until_it_holds(lambda: _ended(team, agent_id)):
        request(team, agent_id, delay_seconds=0 if found else LAG_SECONDS)


def _ended(team: str, agent_id: str) -> bool:
    """Ends the departure if nothing is accounted to the agent. Returns whether it has ended."""
    row = roster.agent_row(team, agent_id)
    if row is None or not row.leaving:
        return True
    if row.active_tickets:
        return False
    transaction = Transaction()
    roster.add_changed_row(transaction, row, knock=True, leaving=None)
    transaction.commit()
    return True
