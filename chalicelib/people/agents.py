"""Agents: their availability, capacity and workload."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from chalicelib.dynamo import Transaction, first_page, until_it_holds
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import NotFound
from chalicelib.people import roster, service, teams
from chalicelib.people.models import Account, AgentRow, RosterItem

Availability = Literal["available", "away"]

_QUERIES = 12
"""The most queries that a page of agents costs. With many empty teams the page is shorter instead."""


@dataclass(frozen=True)
class NamedAgent:
    """An agent's row, and the person's name as it is now."""

    row: AgentRow
    name: str


def active_agent(agent_id: str) -> NamedAgent:
    """The agent as they are now; NotFound for anyone who isn't an active one."""
    account = service.account(agent_id)
    row = row_of(account) if account is not None else None
    if account is None or row is None or not row.active:
        raise NotFound("There is no such agent.")
    return NamedAgent(row, account.name)


def set_availability(agent_id: str, availability: Availability) -> NamedAgent:
    """Sets whether an agent takes tickets. Writes nothing if that is how it is. Raises NotFound."""

    def attempt() -> NamedAgent:
        agent = active_agent(agent_id)
        if agent.row.availability != availability:
            transaction = Transaction()
            roster.add_changed_row(transaction, agent.row, knock=True, availability=availability)
            roster.add_to_available(transaction, agent.row.team, 1 if availability == "available" else -1)
            transaction.commit()
        return agent

    return until_it_holds(attempt)


def rows_of(accounts: Iterable[Account]) -> dict[str, AgentRow]:
    """The roster rows of these accounts by account id; those who aren't agents are missing."""
    agents = [(account.team, roster.agent_item(account.id)) for account in accounts if account.team]
    return {row.agent_id: row for row in AgentRow.batch_get(agents, consistent_read=True)} if agents else {}


def row_of(account: Account) -> AgentRow | None:
    """The account's roster row; None if the account isn't an agent's."""
    return roster.agent_row(account.team, account.id) if account.team else None


def page(team: str | None, request: PageRequest) -> Page[NamedAgent]:
    """Active agents of a team, or of all teams one after the other. The position is [team, last row shown or None]."""
    rows: list[AgentRow] = []
    current, last = request.position or [team, None]
    for _ in range(_QUERIES):
        if current is None:
            current = _team_after(None)
        if current is None or len(rows) == request.limit:
            break
        found, last = _active_rows(current, last, request.limit - len(rows))
        rows += found
        if last is None:
            current = None if team else _team_after(current)
            if current is None:
                break
    names = service.names(row.agent_id for row in rows)
    agents = [NamedAgent(row, names.get(row.agent_id, "")) for row in rows]
    return Page(agents, [current, last] if current is not None else None)


def _active_rows(team: str, after: str | None, limit: int) -> tuple[list[AgentRow], str | None]:
    start = {"team": {"S": team}, "item": {"S": after}} if after else None
    results = AgentRow.query(
        team,
        RosterItem.item.startswith("agent#"),
        filter_condition=AgentRow.active == True,  # noqa: E712
        page_size=limit,
        consistent_read=True,
        last_evaluated_key=start,
    )
    found, last = first_page(results, AgentRow)
    return found, last["item"]["S"] if last else None


def _team_after(team: str | None) -> str | None:
    found, _ = teams.after(team, 1)
    return found[0].item if found else None
