"""Presence: the people who are subscribed to a ticket's topic. Each has one entry, whatever the number of their
subscriptions, so a new subscriber's greeting reads people, not subscriptions.

The entry is written with a subscription and says whether the others were told of it. When somebody's subscriptions
change, they are put into the live queue. Its consumer (`reconcile`) compares the entry with the subscriptions, tells
the others, and records that in the entry. It may run twice, late or after another run died: each change of an entry
changes its `stamp`, so a decision based on an older read fails.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from pynamodb.exceptions import DeleteError, DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition

from chalicelib import ambient
from chalicelib.chat import delivery, destinations
from chalicelib.chat.delivery import Outgoing
from chalicelib.chat.models import Connection, Present, Subscriber
from chalicelib.dynamo import Transaction
from chalicelib.listening import queue as live_queue
from chalicelib.permissions import Role
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.policy import relation

MOST = 100
"""The most people listed to a new subscriber."""


class Person(NamedTuple):
    """As they are shown to the others."""

    id: str
    name: str
    role: str


def comes(transaction: Transaction, connection: Connection, ticket_id: str) -> None:
    """Adds to the transaction of a subscription to the ticket's topic that its user is there."""
    actions = [
        Present.kind.set(Present),
        Present.role.set(connection.role),
        Present.name.set(connection.name),
        Present.stamp.set(ambient.new_id()),
        Present.expires_at.set(connection.expires_at),
        Present.team.set(connection.team) if connection.team is not None else Present.team.remove(),
        Present.leaving.remove(),
    ]
    transaction.update(Present(id=_key(ticket_id), item=str(connection.account_id)), actions, label="present")


def there(ticket: Ticket) -> list[Present]:
    """The people present who may see the ticket, at most `MOST`. The others may not have been told of the newest
    yet."""
    now = ambient.clock()
    found = Present.query(_key(ticket.id), limit=MOST, page_size=MOST, consistent_read=True)
    return [each for each in found if each.leaving is None and each.expires_at > now and _may_see(each, ticket)]


def greeting(ticket_id: str, mine: Subscriber) -> list[tuple[Subscriber, Outgoing]]:
    """The events that tell a new subscriber who is there. Also has the others told of the subscriber, unless they
    know."""
    at = ambient.timestamp()
    ticket = tickets.read(ticket_id)
    people = there(ticket) if ticket is not None else []
    if not any(each.item == mine.account_id and each.told for each in people):
        changed([(ticket_id, mine.account_id)])
    return [(mine, _event(ticket_id, _person(each), online=True, at=at)) for each in people]


def changed(who: Sequence[tuple[str, str]]) -> None:
    """Queues `reconcile` for people whose subscriptions to a ticket's topic changed: pairs (ticket id, account id)."""
    live_queue.hand([{"presence": {"ticket_id": ticket_id, "account_id": id_}} for ticket_id, id_ in who])


def current(ticket_id: str, person: Person) -> Outgoing:
    """The event that says whether somebody is there now."""
    at = ambient.timestamp()
    return _event(ticket_id, person, online=_listens(ticket_id, person.id), at=at)


def reconcile(ticket_id: str, account_id: str, tell: Callable[[Person, Outgoing], None]) -> None:
    """Tells the others whether somebody is there, if they haven't been told."""
    wrongly_gone = False
    for _ in range(8):
        at = ambient.timestamp()
        present = _read(ticket_id, account_id)
        if present is None:
            return
        person = _person(present)
        same = (Present.stamp == present.stamp) & Present.id.exists()
        if _listens(ticket_id, account_id):
            if present.told and not wrongly_gone:
                return
            tell(person, _event(ticket_id, person, online=True, at=at))
            if _noted(present, same, told=True):
                return
        elif _noted(present, same, told=False):
            # Who subscribes from now on isn't told that they are there; who did before, is told that they aren't.
            tell(person, _event(ticket_id, person, online=False, at=at))
            if _taken_away(present, same & Present.leaving.exists()):
                return
            wrongly_gone = True


def _noted(present: Present, same: Condition, *, told: bool) -> bool:
    leaving = Present.leaving.remove() if told else Present.leaving.set(True)
    try:
        present.update(actions=[Present.told.set(told), leaving], condition=same)
    except UpdateError as error:
        return _only_the_condition(error.cause_response_code, error)
    return True


def _taken_away(present: Present, condition: Condition) -> bool:
    try:
        present.delete(condition)
    except DeleteError as error:
        return _only_the_condition(error.cause_response_code, error)
    return True


def _only_the_condition(code: str | None, error: Exception) -> bool:
    if code not in ("ConditionalCheckFailedException", "TransactionConflictException"):
        raise error
    return False


def _read(ticket_id: str, account_id: str) -> Present | None:
    try:
        return Present.get(_key(ticket_id), account_id, consistent_read=True)
    except DoesNotExist:
        return None


def _listens(ticket_id: str, account_id: str) -> bool:
    return bool(delivery.of_account(destinations.topic_key(ticket_id), account_id, 1))


def _may_see(present: Present, ticket: Ticket) -> bool:
    return relation(delivery.Listener(present.item, cast(Role, present.role), present.team), ticket) is not None


def _person(present: Present) -> Person:
    return Person(present.item, present.name, present.role)


def _event(ticket_id: str, person: Person, *, online: bool, at: str) -> Outgoing:
    who = {"user_id": person.id, "name": person.name, "role": person.role}
    return delivery.event("presence", ticket_id=ticket_id, **who, online=online, at=at)


def _key(ticket_id: str) -> str:
    return f"present#{ticket_id}"
