"""Delivers events to all subscribers at the same time. Finding them costs one Query in DynamoDB, however many they are:
a subscription's row has everything that delivery needs (docs/decisions/0016).
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
"""Seconds after its opening in which a connection may not be reachable yet: API Gateway knows it only once $connect has
answered."""

_threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="delivery")


class Outgoing(NamedTuple):
    """An event as subscribers get it. If it is delivered again, its `id` is the same."""

    id: str
    body: str
    """JSON."""


class Listener(NamedTuple):
    """The subscriber, with what permissions depend on."""

    id: str
    role: Role
    team: str | None


@dataclass
class Outcome:
    """The subscriptions that an event didn't reach."""

    gone: list[Subscriber] = field(default_factory=list)
    failed: list[Subscriber] = field(default_factory=list)
    """Subscriptions that may be reached later."""


def event(kind: str, event_id: str | None = None, **fields: Any) -> Outgoing:
    """An event whose body has this `type` and these fields."""
    return Outgoing(event_id or ambient.new_id(), written({"type": kind, **fields}))


def written(body: object) -> str:
    """JSON in UTF-8, without escapes: they could make it three times as long."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def subscribers(key: str) -> list[Subscriber]:
    """The subscriptions under this key (destinations.listening_to), as of now: everyone whose subscription was
    confirmed is among them."""
    return list(Subscriber.query(key, consistent_read=True))


def of_account(key: str, account_id: str, limit: int | None = None) -> list[Subscriber]:
    """One account's subscriptions under this key. The cost doesn't depend on how many others there are."""
    return list(Subscriber.query(key, Subscriber.item.startswith(f"{account_id}#"), limit=limit, consistent_read=True))


def subscription(key: str, item: str) -> Subscriber | None:
    """The subscription as it is now; None if it has ended."""
    try:
        return Subscriber.get(key, item, consistent_read=True)
    except DoesNotExist:
        return None


def listener(row: Subscriber) -> Listener:
    return Listener(row.account_id, cast(Role, row.role), row.team)


def entitled(rows: Iterable[Subscriber], ticket: Belongings) -> list[Subscriber]:
    """Those subscriptions whose users may see the ticket as it is now."""
    return [row for row in rows if relation(listener(row), ticket) is not None]


def address(row: Subscriber) -> Address:
    return Address(cast(Transport, row.transport), row.connection_id)


def send(rows: Sequence[Subscriber], told: Outgoing) -> Outcome:
    """Sends an event to subscriptions. A failure of one never raises: it is in the outcome."""
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
