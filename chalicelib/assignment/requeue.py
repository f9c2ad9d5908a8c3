"""An agent left (deactivated, or changed team or role): their active tickets go back to the queue.

Who has which tickets is read from an index that lags, so this is a job that repeats itself until nothing is accounted
to the agent any more.
"""

import json
from typing import Any

import boto3

from chalicelib.assignment.commit import facts_of
from chalicelib.assignment.service import settle
from chalicelib.people import roster
from chalicelib.settings import settings
from chalicelib.tickets import service as tickets

CHUNK = 25
LAG_SECONDS = 1
"""How long to wait for the index when it doesn't show what is still accounted."""

_sqs: Any = None


def request(team: str, agent_id: str, delay_seconds: int = 0) -> None:
    """Puts the job on its queue."""
    global _sqs
    if _sqs is None:
        _sqs = boto3.client("sqs")
    _sqs.send_message(
        QueueUrl=settings.requeue_queue_url,
        MessageBody=json.dumps({"team": team, "agent_id": agent_id}),
        DelaySeconds=delay_seconds,
    )


def run(team: str, agent_id: str) -> None:
    """Settles up to CHUNK of the agent's active tickets, and asks for another run while something is accounted to
    them. Does nothing for an agent who came back."""
    row = roster.agent_row(team, agent_id)
    if row is None or row.active:
        return
    found = [ticket for ticket in tickets.active_of(agent_id, CHUNK) if ticket.team == team]
    settle(facts_of(ticket) for ticket in found)
    row = roster.agent_row(team, agent_id)
    if row is not None and not row.active and row.active_tickets:
        request(team, agent_id, delay_seconds=0 if found else LAG_SECONDS)
