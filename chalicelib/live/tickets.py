"""Live events of a ticket: to its watchers, its people and its team (contract §9). If nobody listens, that costs two
reads: of the ticket with its events, and of whether anybody listens.
"""

from collections.abc import Sequence

from chalicelib.chat import delivery, destinations, live, reading, shown, telling
from chalicelib.chat.delivery import Outcome, Outgoing
from chalicelib.chat.models import Subscriber
from chalicelib.listening import keys, service as listening
from chalicelib.live import teams
from chalicelib.tickets import history, service as tickets
from chalicelib.tickets.models import Event, Ticket
from chalicelib.tickets.policy import STAFF, relation
from chalicelib.timeline import service as timeline


def happened(ticket_id: str, items: Sequence[str]) -> None:
    """Sends these events (sort keys of the ticket's history) to all who listen. A repeat sends them again."""
    ticket, events = history.with_ticket(ticket_id, items)
    if ticket is None or not events:
        return
    changes = history.shown_by(events)
    teams_in = {ticket.team, *(str(each.before) for each in events if each.field == "team")}
    before = {str(each.before) for each in events if each.field == "assignee_id" and each.before}
    people = {ticket.client_id, *before} | ({ticket.assignee_id} if ticket.assignee_id else set())
    heard = listening.heard(
        [
            keys.events_of(ticket_id),
            *map(keys.team, teams_in),
            *map(keys.tickets_of, people),
        ]
    )
    if changes and (rows := delivery.subscribers(destinations.topic_key(ticket_id))):
        telling.settle(live.tell_ticket(rows, ticket_id), "ticket", ticket_id=ticket_id)
    if keys.events_of(ticket_id) in heard:
        _tell_watchers(ticket, events, changes=changes)
    mine = {id_ for id_ in people if keys.tickets_of(id_) in heard}
    if changes and mine:
        _tell_its_people(ticket, mine)
    if mine and any(each.change == "comment" for each in events):
        tell_unread(ticket, mine)
    for team in teams_in if changes else ():
        if keys.team(team) in heard:
            teams.changed(team, ticket_ids=[ticket_id])


def tell_unread(ticket: Ticket, account_ids: set[str]) -> None:
    """Sends unread counts of the ticket to those of `account_ids` who are its client or assignee."""
    for account_id in sorted(account_ids & {ticket.client_id, ticket.assignee_id}):
        rows = delivery.subscribers(keys.tickets_of(account_id))
        telling.settle(tell_unread_of(rows, ticket.id), "unread of a ticket", ticket_id=ticket.id)


@telling.teller("unread of a ticket")
def tell_unread_of(rows: Sequence[Subscriber], ticket_id: str) -> Outcome:
    """Sends to these subscriptions, all of one person, how much of the ticket that person hasn't read."""
    ticket = tickets.read(ticket_id) if rows else None
    rows = delivery.entitled(rows, ticket) if ticket is not None else []
    if ticket is None or not rows:
        return Outcome()
    return delivery.send(rows, shown.unread(ticket.id, reading.unread(rows[0].account_id, [ticket])[ticket.id]))


@telling.teller("own ticket")
def tell_own(rows: Sequence[Subscriber], ticket_id: str) -> Outcome:
    """Sends to these subscriptions, all of one person, the ticket as it is now, or that it is no longer theirs."""
    ticket = tickets.read(ticket_id) if rows else None
    if ticket is None:
        return Outcome()
    if rows[0].account_id in (ticket.client_id, ticket.assignee_id):
        return delivery.send(delivery.entitled(rows, ticket), shown.ticket(ticket))
    return delivery.send(rows, shown.left(ticket.id))


@telling.teller("watched ticket")
def tell_watched(rows: Sequence[Subscriber], ticket_id: str) -> Outcome:
    """Sends the ticket as it is now to these subscriptions to its events. Those who may no longer see it are told so
    once."""
    return live.tell_ticket(rows, ticket_id)


def _tell_watchers(ticket: Ticket, events: Sequence[Event], *, changes: bool) -> None:
    """Sends each side the events that it may see, in order, then the ticket."""
    rows = delivery.subscribers(keys.events_of(ticket.id))
    for side in ("staff", "client"):
        mine = [row for row in rows if _side_of(row, ticket) == side]
        for told in _as_seen_by(side, ticket, events) if mine else ():
            telling.send(mine, told, ticket.id)
    if changes:
        telling.settle(tell_watched(rows, ticket.id), "watched ticket", ticket_id=ticket.id)


def _side_of(row: Subscriber, ticket: Ticket) -> str | None:
    what = relation(delivery.listener(row), ticket)
    return None if what is None else "staff" if what in STAFF else "client"


def _as_seen_by(side: str, ticket: Ticket, events: Sequence[Event]) -> list[Outgoing]:
    seen = [each for each in events if each.side in (None, side)]
    bodies = timeline.shown(ticket.id, seen, with_detail=side == "staff")
    return [
        delivery.event(
            "event",
            event_id=each.id,
            ticket_id=ticket.id,
            event=each.model_dump(mode="json", by_alias=True),
            at=each.at,
        )
        for each in bodies
    ]


def _tell_its_people(ticket: Ticket, account_ids: set[str]) -> None:
    for account_id in sorted(account_ids):
        rows = delivery.subscribers(keys.tickets_of(account_id))
        telling.settle(tell_own(rows, ticket.id), "own ticket", ticket_id=ticket.id)
