"""Sends each recipient one mail for each event, however often the event's message comes (contract §8): the sender
claims the delivery for a short while, and notes afterwards that the mail is sent. Only a crash between SES's acceptance
and that note repeats a mail; none is lost.
"""

import contextlib
import hashlib
from collections.abc import Callable

from pynamodb.exceptions import DoesNotExist, PutError, UpdateError

from chalicelib import ambient
from chalicelib.batches import NotYet
from chalicelib.log import log
from chalicelib.notifications import sending
from chalicelib.notifications.models import Delivery
from chalicelib.notifications.sending import Message

LEASE = 15
"""Seconds for which a claim holds: longer than the SES client waits."""
_REMEMBERED = 30 * 86_400


class UnderWay(NotYet):
    """Another invocation is sending this mail, or died doing so. The message is to come again."""


def _nothing() -> None:
    pass


def once(event_id: str, recipient: str, message: Callable[[], Message], refused: Callable[[], None] = _nothing) -> bool:
    """Sends `message()` unless this event's mail to this recipient (an id) was sent before. Returns whether it sent it.
    `refused` is called if the address takes no mail. Raises UnderWay, and what SES raises; then the message has to come
    again."""
    delivery = _taken("mail#" + hashlib.sha256(f"{event_id}\n{recipient}".encode()).hexdigest())
    if delivery is None:
        return False
    mine = Delivery.holder == delivery.holder
    try:
        message_id = sending.send(message())
        if message_id is None:
            refused()
    except Exception:
        with contextlib.suppress(UpdateError):
            delivery.update(actions=[Delivery.held_until.set(0)], condition=mine)
        raise
    known = Delivery.message_id.set(message_id) if message_id else Delivery.message_id.remove()
    delivery.update(actions=[Delivery.sent_at.set(ambient.timestamp()), known], condition=mine)
    log.info("mail sent" if message_id else "mail refused", extra={"event_id": event_id, "recipient": recipient})
    return True


def _taken(key: str) -> Delivery | None:
    """The delivery, claimed by this invocation; None if the mail was sent."""
    now = ambient.clock()
    fresh = Delivery(key=key, holder=ambient.secret(12), held_until=now + LEASE, expires_at=int(now) + _REMEMBERED)
    free = Delivery.key.does_not_exist() | (Delivery.sent_at.does_not_exist() & (Delivery.held_until <= now))
    try:
        fresh.save(condition=free)
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
    else:
        return fresh
    try:
        found = Delivery.get(key, consistent_read=True)
    except DoesNotExist:
        raise UnderWay(key) from None
    if found.sent_at:
        return None
    if found.holder == fresh.holder:  # our write was done, though the engine said that it failed
        return fresh
    raise UnderWay(key)
