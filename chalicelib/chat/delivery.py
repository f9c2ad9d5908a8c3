"""Events to those who listen, all at the same time. What that costs in DynamoDB is one Query, however many they are:
a subscription's row says all that it takes (docs/decisions/0016).
"""

import contextvars
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.chat import protocols, transport
from chalicelib.chat.models import Subscriber
from chalicelib.chat.session import Ack, Dialect, Subscription
from chalicelib.chat.transport import Address, Gone, Transport
from chalicelib.log import log
from chalicelib.permissions import Role
from chalicelib.tickets.policy import Belongings, relation

_AT_ONCE = 32
OPENING = 15.0
"""Seconds after its opening that a connection may not be reachable yet: API Gateway knows it only once $connect has
answered."""

_threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="delivery")


class Outgoing(NamedTuple):
    """What subscribers get. The same `id` when it comes again."""

    id: str
    body: str
    """JSON."""


class Listener(NamedTuple):
    """Whose subscription it is, as far as permissions go."""

    id: str
    role: Role
    team: str | None


@dataclass
class Outcome:
    """Whom it didn't reach."""

    gone: list[Subscriber] = field(default_factory=list)
    failed: list[Subscriber] = field(default_factory=list)
    """Who may be reached later."""


def event(kind: str, event_id: str | None = None, **fields: Any) -> Outgoing:
    """An event with a body of this `type`."""
    return Outgoing(event_id or ambient.new_id(), written({"type": kind, **fields}))


def written(body: object) -> str:
    """JSON in UTF-8: escapes could make thrice as much of it."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def subscribers(key: str) -> list[Subscriber]:
    """Who listens to it (destinations.listening_to), now: who has been told that they do is among them."""
    return list(Subscriber.query(key, consistent_read=True))


def of_account(key: str, account_id: str, limit: int | None = None) -> list[Subscriber]:
    """Somebody's own subscriptions among them, however many others there are."""
    return list(Subscriber.query(key, Subscriber.item.startswith(f"{account_id}#"), limit=limit, consistent_read=True))


def subscription(key: str, item: str) -> Subscriber | None:
    """A subscription as it is now; None: it has ended."""
    try:
        return Subscriber.get(key, item, consistent_read=True)
    except DoesNotExist:
        return None


def listener(row: Subscriber) -> Listener:
    return Listener(row.account_id, cast(Role, row.role), row.team)


def entitled(rows: Iterable[Subscriber], ticket: Belongings) -> list[Subscriber]:
    """Those who may see the ticket as it is."""
    return [row for row in rows if relation(listener(row), ticket) is not None]


def address(row: Subscriber) -> Address:
    return Address(cast(Transport, row.transport), row.connection_id)


def send(rows: Sequence[Subscriber], told: Outgoing) -> Outcome:
    """Sends an event to subscriptions. Never raises for one of them."""
    return send_each([(row, told) for row in rows])


def send_each(events: Sequence[tuple[Subscriber, Outgoing]]) -> Outcome:
    """Several events, in this order for each connection."""
    texts: dict[str, list[tuple[Subscriber, str]]] = {}
    for row, told in events:
        subscription = Subscription(row.subscription_id, row.destination, cast(Ack, row.ack))
        text = protocols.event(cast(Dialect, row.dialect), subscription, told.id, told.body)
        texts.setdefault(row.connection_id, []).append((row, text))
    outcome = Outcome()
    for row, error in _all_at_once(list(texts.values())):
        young = ambient.clock() < row.since + OPENING
        if isinstance(error, Gone) and not young:
            outcome.gone.append(row)
        else:
            outcome.failed.append(row)
            if not isinstance(error, Gone):
                log.warning("an event was not delivered", extra={"why": type(error).__name__})
    return outcome


def _post(pairs: Sequence[tuple[Subscriber, str]]) -> list[tuple[Subscriber, Exception]]:
    """Posts several texts to one connection. Each is tried even if an earlier one failed, unless the connection is
    gone. Returns those that failed, with the reason."""
    missed: list[tuple[Subscriber, Exception]] = []
    gone: Gone | None = None
    for row, text in pairs:
        try:
            if gone is None:
                transport.post(address(row), text)
        except Gone as error:
            gone = error
        except Exception as error:
            missed.append((row, error))
        if gone is not None:
            missed.append((row, gone))
    return missed


def _all_at_once(batches: Sequence[Sequence[tuple[Subscriber, str]]]) -> list[tuple[Subscriber, Exception]]:
    if len(batches) == 1:
        results = [_post(batches[0])]
    else:
        # Each thread is about the same request as this one.
        waiting = [_threads.submit(contextvars.copy_context().run, _post, each) for each in batches]
        results = [each.result() for each in waiting]
    return [each for missed in results for each in missed]
