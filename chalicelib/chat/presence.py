"""Who is there: of a ticket, the people who are subscribed to its topic. Nothing is stored of it but the
subscriptions. Who comes writes theirs and then looks; who goes takes theirs away and then looks.
"""

from chalicelib.chat import delivery, destinations
from chalicelib.chat.delivery import Outgoing
from chalicelib.chat.models import Subscriber
from chalicelib.tickets import service as tickets


def tell_presence(ticket_id: str, mine: Subscriber) -> list[Subscriber]:
    """After a subscription to the ticket's topic: tells the new subscriber who is there, and if nobody else's
    subscription shows them there yet, the others of them. Answers the subscriptions that turned out to be gone."""
    rows = _there(ticket_id)
    own = [row for row in rows if row.account_id == mine.account_id]
    # Of several at once each sees the others: the earliest tells, so that one does whoever looked first.
    first = min(own, key=lambda row: (row.subscribed_at, row.item), default=mine).item == mine.item
    events = [(mine, _presence(ticket_id, id_, True)) for id_ in sorted({row.account_id for row in rows})]
    if first:
        arrival = _presence(ticket_id, mine.account_id, True)
        events += [(row, arrival) for row in rows if row.item != mine.item]
    return delivery.send_each(events).gone


def tell_absence(ticket_id: str, account_id: str) -> list[Subscriber]:
    """After a subscription was taken away: if it was the last, tells the others. Answers as above."""
    rows = _there(ticket_id)
    if any(row.account_id == account_id for row in rows):
        return []
    return delivery.send(rows, _presence(ticket_id, account_id, False)).gone


def _there(ticket_id: str) -> list[Subscriber]:
    """The subscriptions of those who may see the ticket."""
    rows = delivery.subscribers(destinations.topic_key(ticket_id))
    ticket = tickets.read(ticket_id) if rows else None
    return delivery.entitled(rows, ticket) if ticket is not None else []


def _presence(ticket_id: str, account_id: str, online: bool) -> Outgoing:
    return delivery.event("presence", ticket_id=ticket_id, user_id=account_id, online=online)
