"""Who can be a ticket's assignee (contract §4 and §5)."""

from chalicelib.dynamo import Transaction
from chalicelib.people import roster
from chalicelib.people.models import AgentRow
from chalicelib.tickets.models import Ticket


def is_active(team: str, agent_id: str) -> bool:
    """Whether somebody is an active agent of the team."""
    return roster.stays(roster.agent_row(team, agent_id))


def assignee_can_return(ticket: Ticket) -> bool:
    """Whether a reopened ticket keeps its assignee: active, available and still of its team (contract §5)."""
    if ticket.assignee_id is None:
        return False
    row = roster.agent_row(ticket.team, ticket.assignee_id)
    return roster.stays(row) and row is not None and row.availability == "available"


def require_active(transaction: Transaction, team: str, agent_id: str) -> None:
    """Adds to a transaction the condition that the agent is still an active agent of the team."""
    transaction.check(_row(team, agent_id), roster.STAYS, label="agent")


def require_available(transaction: Transaction, ticket: Ticket) -> None:
    """Adds to a transaction the condition that the assignee can still keep the reopened ticket."""
    there = roster.STAYS & (AgentRow.availability == "available")
    transaction.check(_row(ticket.team, str(ticket.assignee_id)), there, label="agent")


def _row(team: str, agent_id: str) -> AgentRow:
    return AgentRow(team=team, item=roster.agent_item(agent_id))
