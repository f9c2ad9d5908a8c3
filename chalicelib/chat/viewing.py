"""Which staff have a ticket open and what they are writing, so that no two answer at once (contract §9).

Their clients repeat it; whoever hasn't for a minute has closed the ticket. For each of them one delayed message is in
the queue, which checks when the minute is over.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from pynamodb.exceptions import DeleteError, DoesNotExist

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import delivery, telling
from chalicelib.chat.delivery import Listener, Outcome, Outgoing
from chalicelib.chat.models import Subscriber, Viewer
from chalicelib.errors import Forbidden
from chalicelib.listening import keys, service as listening
from chalicelib.permissions import Role
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.policy import STAFF, relation

SECONDS = 60


def judge(caller: Caller, ticket: Ticket) -> None:
    """Raises Forbidden for the ticket's client."""
    if relation(caller, ticket) not in STAFF:
        raise Forbidden("That they have a ticket open is told by staff alone.")


def say(caller: Caller, ticket: Ticket, writing: str | None) -> None:
    """Records that a member of staff has the ticket open, and tells the others."""
    now = ambient.clock()
    viewer = Viewer(
        id=_key(ticket.id),
        item=caller.id,
        name=caller.name,
        role=caller.role,
        team=caller.team,
        until=now + SECONDS,
        writing=writing,
        expires_at=int(now) + SECONDS + 3600,
    )
    known = _viewer(ticket.id, caller.id)
    viewer.save()
    if known is None:
        listening.put("viewing", {"ticket_id": ticket.id, "account_id": caller.id}, SECONDS)
    _tell(ticket, _event(ticket.id, viewer, online=True))


def over(about: Mapping[str, Any]) -> None:
    """Comes a minute after `account_id` said that they have `ticket_id` open. If they haven't repeated it, tells the
    others that they left."""
    viewer = _viewer(about["ticket_id"], about["account_id"])
    if viewer is None:
        return
    left = viewer.until - ambient.clock()
    if left > 0:
        listening.put("viewing", dict(about), math.ceil(left))
        return
    try:
        viewer.delete(Viewer.until == viewer.until)
    except DeleteError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        listening.put("viewing", dict(about), SECONDS)  # they called `say` just now
        return
    ticket = tickets.read(about["ticket_id"])
    if ticket is not None:
        _tell(ticket, _event(ticket.id, viewer, online=False))


def tell_newcomer(row: Subscriber, ticket_id: str) -> None:
    """Tells a new subscriber who is staff which staff have the ticket open."""
    telling.settle(tell_viewers([row], ticket_id), "viewers", ticket_id=ticket_id)


@telling.teller("viewers")
def tell_viewers(rows: Sequence[Subscriber], ticket_id: str) -> Outcome:
    """Tells those of these subscriptions that are staff's which staff have the ticket open."""
    ticket = tickets.read(ticket_id)
    if ticket is None:
        return Outcome()
    staff = [row for row in rows if relation(delivery.listener(row), ticket) in STAFF]
    viewers = [each for each in _viewers(ticket_id) if relation(_person(each), ticket) in STAFF] if staff else []
    return delivery.send_each([(row, _event(ticket_id, viewer, online=True)) for row in staff for viewer in viewers])


def _tell(ticket: Ticket, told: Outgoing) -> None:
    rows = delivery.subscribers(keys.events_of(ticket.id))
    staff = [row for row in rows if relation(delivery.listener(row), ticket) in STAFF]
    telling.send(staff, told, ticket.id)


def _event(ticket_id: str, viewer: Viewer, *, online: bool) -> Outgoing:
    return delivery.event(
        "viewing",
        ticket_id=ticket_id,
        user_id=viewer.item,
        name=viewer.name,
        online=online,
        writing=viewer.writing if online else None,
        at=ambient.timestamp(),
    )


def _person(viewer: Viewer) -> Listener:
    return Listener(viewer.item, cast(Role, viewer.role), viewer.team)


def _viewers(ticket_id: str) -> Iterator[Viewer]:
    now = ambient.clock()
    return (each for each in Viewer.query(_key(ticket_id), consistent_read=True) if each.until > now)


def _viewer(ticket_id: str, account_id: str) -> Viewer | None:
    try:
        return Viewer.get(_key(ticket_id), account_id, consistent_read=True)
    except DoesNotExist:
        return None


def _key(ticket_id: str) -> str:
    return f"viewing#{ticket_id}"
