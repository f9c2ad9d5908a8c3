"""What people are told of inside the desk: the events of which mail tells, whether they take mail or not (contract §9).

Who works out a mail's recipients notes each of them here first, once: the id of a notification comes from what it tells
of, and is put on condition that it isn't there.
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
"""How often a page that was left short is read on before it is answered short."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

Shown = tuple[Notification, Ticket]


def id_of(at: str, event_id: str) -> str:
    """The id of what is told of an event: its own where it is an event of a history, otherwise one like it, made of its
    time and its name."""
    if len(event_id) == len(ambient.lowest_id(ambient.moment(at))):
        return event_id
    digest = hashlib.sha256(event_id.encode()).digest()
    return ambient.lowest_id(ambient.moment(at))[:10] + "".join(_ALPHABET[byte % 32] for byte in digest[:16])


def note(account_id: str, event_id: str, at: str, kind: str, ticket_id: str, actor_name: str) -> None:
    """Notes what somebody is told of. Again: nothing. `kind`: `schemas.Kind`."""
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
    """The caller's, newest first, of tickets that they may see now."""
    found: list[Shown] = []
    position: str | None = asked.position
    for _ in range(_ROUNDS):
        items, position = _some(caller.id, unread, position, asked.limit - len(found))
        found += _visible(caller, items)
        if position is None or len(found) == asked.limit:
            break
    return Page(found, position)


def unread_count(person: Person) -> int:
    """How many of somebody's are unread, of tickets that they may see now; up to MOST."""
    items, _ = _some(person.id, True, None, MOST)
    return len(_visible(person, items))


def one(person: Person, notification_id: str) -> Shown | None:
    """This notification, if its ticket is one that they may see now."""
    found = list(Notification.batch_get([(person.id, notification_id)], consistent_read=True))
    return next(iter(_visible(person, found)), None)


def read(caller: Caller, ids: Iterable[str]) -> None:
    """Marks these as read; ids of none are passed over."""
    keys = [(caller.id, id_) for id_ in sorted(set(ids))]
    found = Notification.batch_get(keys, consistent_read=True) if keys else ()
    _mark(each for each in found if each.unread is not None)
    listening.notified(caller.id)


def read_all(caller: Caller, ticket_id: str | None = None) -> None:
    """Marks all that are unread now as read, or those of a ticket."""
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
    """The next of somebody's, newest first, and behind which one to go on, None at the end."""
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
