"""Live events on a team's topic: its tickets, agents and queue, each as it is now (contract §9)."""

from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib import ambient
from chalicelib.chat import delivery, shown, telling
from chalicelib.chat.delivery import Outcome, Outgoing
from chalicelib.chat.models import Subscriber
from chalicelib.listening import keys, service as listening
from chalicelib.live import pacing
from chalicelib.people import agents, roster, schemas as people_schemas, service as people
from chalicelib.people.models import QueueEntry, RosterItem
from chalicelib.tickets import service as tickets

_MOST = 100


def changed(team: str, ticket_ids: Iterable[str] = (), agent_ids: Iterable[str] = (), *, queue: bool = False) -> None:
    """Tells a team's watchers about these tickets, agents and its queue, at most once a second each. Call it only if
    somebody listens to the team."""
    for ticket_id in sorted(set(ticket_ids)):
        tell({"team": team, "ticket_id": ticket_id})
    for agent_id in sorted(set(agent_ids)):
        tell({"team": team, "agent_id": agent_id})
    if queue:
        tell({"team": team})


def tell(about: dict[str, str]) -> None:
    """Tells a team's watchers about the ticket or agent in `about`; if it has neither, about the queue."""
    team = about["team"]
    key = keys.team(team)
    if not listening.heard([key]) or not pacing.mine("#".join(about.values()), "team", about):
        return
    telling.settle(tell_team(delivery.subscribers(key), about), "team", about=about)


@telling.teller("team")
def tell_team(rows: Sequence[Subscriber], about: dict[str, str]) -> Outcome:
    """Sends the current state of a ticket, an agent or the queue to these subscriptions to the team's topic."""
    rows = [row for row in rows if _may_watch(delivery.listener(row), about["team"])]
    told = _event(about) if rows else None
    return delivery.send(rows, told) if told is not None else Outcome()


def _may_watch(listener: delivery.Listener, team: str) -> bool:
    return listener.role == "admin" or (listener.role == "agent" and listener.team == team)


def _event(about: dict[str, str]) -> Outgoing | None:
    team = about["team"]
    if ticket_id := about.get("ticket_id"):
        ticket = tickets.read(ticket_id)
        if ticket is None or ticket.team != team:
            return shown.left(ticket_id)
        return shown.ticket(ticket)
    if agent_id := about.get("agent_id"):
        row = roster.agent_row(team, agent_id)
        if row is None or not roster.stays(row):
            return None
        found = people_schemas.agent(agents.NamedAgent(row, people.names([agent_id]).get(agent_id, "")))
        return _told("agent", agent=found.model_dump(mode="json"))
    waiting = QueueEntry.query(
        team, RosterItem.item.startswith("waiting#"), limit=_MOST, attributes_to_get=["team", "item", "kind"]
    )
    return _told("queue", waiting=len(list(waiting)))


def _told(kind: str, **fields: Any) -> Outgoing:
    return delivery.event(kind, **fields, at=ambient.timestamp())
