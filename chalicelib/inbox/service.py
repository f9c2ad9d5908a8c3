"""Notifications inside the desk: of the events that mail reports, whether people take mail or not (contract §9).

Whoever works out a mail's recipients stores a notification for each of them first. A notification's id is derived from
what it is about, and it is put on condition that it isn't there, so each is stored once.
"""

import hashlib
from collections.abc import Iterable, Mapping

from pynamodb.exceptions import PutError

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.dynamo import first_page
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.inbox.models import Notification
from chalicelib.listening import service as listening
from chalicelib.settings import settings
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.policy import Person, relation

MOST = 100
"""A count of 100 says "100 or more"."""
_ROUNDS = 4
"""How many times a page that hidden tickets left short is read on before it is returned short."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

Shown = tuple[Notification, Ticket]


def id_of(at: str, event_id: str) -> str:
    """The notification's id for an event: the event's own if it is in a ticket's history, otherwise one of the same
    form, made of time and name."""
    if len(event_id) == len(ambient.lowest_id(ambient.moment(at))):
        return event_id
    digest = hashlib.sha256(event_id.encode()).digest()
    return ambient.lowest_id(ambient.moment(at))[:10] + "".join(_ALPHABET[byte % 32] for byte in digest[:16])


def note(account_id: str, event_id: str, at: str, kind: str, ticket_id: str, actor_name: str) -> None:
    """Stores a notification. A repeat changes nothing. `kind`: `schemas.Kind`."""
    id_ = id_of(at, event_id)
    notification = Notification(
        account_id=account_id,
        id=id_,
        at=at,
        kind=kind,
        ticket_id=ticket_id,
        actor_name=actor_name,
        unread=id_,
        expires_at=int(ambient.moment(at).timestamp()) + settings.notification_days * 86_400,
    )
    try:
        notification.save(condition=Notification.id.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
    listening.notified(account_id, id_)


def page(caller: Caller, unread: bool | None, asked: PageRequest) -> Page[Shown]:
    """A page of the caller's notifications, newest first, of tickets that they may see now. `unread` None: all of
    them."""
    found: list[Shown] = []
    position: str | None = asked.position
    for _ in range(_ROUNDS):
        items, position = _some(caller.id, unread, position, asked.limit - len(found))
        found += _visible(caller, items)
        if position is None or len(found) == asked.limit:
            break
    return Page(found, position)


def unread_count(person: Person) -> int:
    """How many of the person's notifications are unread, of tickets that they may see now; at most MOST."""
    items, _ = _some(person.id, True, None, MOST)
    return len(_visible(person, items))


def one(person: Person, notification_id: str) -> Shown | None:
    """The notification with its ticket; None if there is none or the person may not see the ticket now."""
    found = list(Notification.batch_get([(person.id, notification_id)], consistent_read=True))
    return next(iter(_visible(person, found)), None)


def read(caller: Caller, ids: Iterable[str]) -> None:
    """Marks these of the caller's notifications as read; unknown ids are ignored."""
    keys = [(caller.id, id_) for id_ in sorted(set(ids))]
    found = Notification.batch_get(keys, consistent_read=True) if keys else ()
    _mark(each for each in found if each.unread is not None)
    listening.notified(caller.id)


def read_all(caller: Caller, ticket_id: str | None = None) -> None:
    """Marks all of the caller's unread notifications as read, or those of one ticket."""
    of_ticket = None if ticket_id is None else Notification.ticket_id == ticket_id
    _mark(Notification.by_unread.query(caller.id, filter_condition=of_ticket, consistent_read=True))
    listening.notified(caller.id)


def _mark(notifications: Iterable[Notification]) -> None:
    """Marks them as read. Nothing else of a notification ever changes, so writing it whole overwrites nobody."""
    with Notification.batch_write() as batch:
        for each in notifications:
            each.unread = None
            batch.save(each)


def _some(
    account_id: str, unread: bool | None, before: str | None, limit: int
) -> tuple[list[Notification], str | None]:
    """The account's next notifications, newest first, and the id after which to go on, None at the end."""
    source = Notification.by_unread if unread else Notification
    key = Notification.unread if unread else Notification.id
    results = source.query(
        account_id,
        key < before if before is not None else None,
        filter_condition=Notification.unread.does_not_exist() if unread is False else None,
        page_size=limit,
        scan_index_forward=False,
        consistent_read=True,
    )
    items, last = first_page(results, Notification)
    now = ambient.clock()  # DynamoDB takes up to days to delete what has expired
    return [each for each in items if each.expires_at > now], last["id"]["S"] if last else None


def _visible(person: Person, items: Iterable[Notification]) -> list[Shown]:
    items = list(items)
    found: Mapping[str, Ticket] = {ticket.id: ticket for ticket in tickets.read_many(each.ticket_id for each in items)}
    return [
        (each, found[each.ticket_id])
        for each in items
        if each.ticket_id in found and relation(person, found[each.ticket_id]) is not None
    ]
