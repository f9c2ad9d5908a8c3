"""Thousands of tickets and hundreds of agents, written straight into the tables as they would stand there at rest."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import Any

from chalicelib import ambient
from chalicelib.metrics import counters
from chalicelib.metrics.counters import Key
from chalicelib.metrics.models import MetricsItem
from infra.local.engine.account import client

_CHUNK = 25
_HANDS = 5
"""How many tickets each agent of the crowd has, so that the agents of the bench are less loaded."""


def fill(team: str, tickets: int, agents: int, client_id: str) -> None:
    """`tickets` of `client_id` in every status and priority, and `agents` of `team` with room who carry some."""
    from chalicelib.people import roster
    from chalicelib.people.models import TeamRow
    from chalicelib.settings import PRIORITIES
    from chalicelib.tickets.filters import STATUSES

    rows = [roster.new_row(team, ambient.new_id(), None) for _ in range(agents)]
    for row in rows:
        row.availability, row.workload, row.active_tickets = "available", 1000, _HANDS
        row.place = roster.agent_place(row)
    _write(TeamRow.Meta.table_name, [row.serialize() for row in rows])
    if agents:
        TeamRow(team=team, place=TeamRow.PLACE, available=agents).save()
    kinds = list(product(STATUSES, PRIORITIES))
    items = [_ticket(number, *kinds[number % len(kinds)], team, client_id, rows) for number in range(tickets)]
    from chalicelib.tickets.models import Ticket

    _write(Ticket.Meta.table_name, items)


def say(ticket_id: str, comments: int) -> None:
    """Adds so many comments to a ticket."""
    from chalicelib.tickets.models import Comment, Ticket

    said = []
    for _ in range(comments):
        id_ = ambient.new_id()
        comment = Comment(
            id=ticket_id,
            item=f"comment#{id_}",
            at=ambient.time_of(id_),
            actor_id="somebody",
            actor_name="Somebody",
            author_role="agent",
            change="comment",
            body="And then?",
        )
        said.append(dict(comment.serialize()))
    _write(Ticket.Meta.table_name, said)


def count(team: str, tickets: int, first: date, days: int) -> None:
    """The metrics' counters as so many tickets of `team` leave them, filed over `days` from `first` on, each answered,
    resolved and closed; two agents share them."""
    chance = random.Random(tickets)
    sums: dict[Key, Counter[str]] = {}
    for number in range(tickets):
        day = first + timedelta(days=number * days // tickets)
        took = [round(chance.lognormvariate(0, 1.5) * hours * 3_600_000) for hours in (1, 20)]
        agent = f"agent-{number % 2}"
        entries = (
            f"created/{day}",
            f"assigned/{day}/{agent}",
            f"answered/{day}/{took[0]}",
            f"resolved/{day}/{agent}/{took[1]}",
            f"closed/{day}",
            "is/closed/medium",
        )
        for text in entries:
            for place in counters.places(f"{team}/{text}", 1, 0):
                sums.setdefault(place.key, Counter())[place.attribute] += place.amount
    items = [
        {"period": {"S": key.period}, "item": {"S": key.item}} | {name: {"N": str(by)} for name, by in counted.items()}
        for key, counted in sums.items()
    ]
    _write(MetricsItem.Meta.table_name, items)


def _ticket(number: int, status: str, priority: str, team: str, client_id: str, rows: list[Any]) -> dict[str, Any]:
    from chalicelib.tickets.models import Ticket
    from chalicelib.tickets.outstanding import shard

    agent = rows[number % len(rows)].agent_id if rows else None
    id_ = ambient.new_id()
    at = ambient.time_of(id_)
    ticket = Ticket(
        id=id_,
        number=1_000_000 + number,
        title=f"Ticket {number}",
        status=status,
        priority=priority,
        client_id=client_id,
        assignee_id=agent,
        team=team,
        channel="api",
        created_at=at,
        updated_at=at,
        shard=shard(id_),
        live=id_ if status != "closed" else None,
    )
    return dict(ticket.serialize())


def _write(table: str, items: list[dict[str, Any]]) -> None:
    dynamodb = client("dynamodb")
    for start in range(0, len(items), _CHUNK):
        puts = [{"PutRequest": {"Item": item}} for item in items[start : start + _CHUNK]]
        dynamodb.batch_write_item(RequestItems={table: puts})
