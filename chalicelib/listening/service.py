"""Who changes something that front ends listen to asks here first if anybody does. A row stands for each thing that
somebody subscribed to in the last hours: what nobody watches costs one BatchGet, however much there is to ask for.
Subscribing keeps the row; it is there before the subscription is, and lasts longer than any connection.

If somebody listens, a message to the function `on_live` says what to look at, not what it was: whoever gets it, late or
again, tells how it is then.
"""

from collections.abc import Iterable
from typing import Any

from chalicelib import ambient
from chalicelib.listening import queue
from chalicelib.listening.keys import REPORTS, is_kept, notifications_of, tickets_of
from chalicelib.listening.models import Heard

_KEPT = 3 * 3600
"""Seconds: longer than a connection lives."""
_PREFIX = "heard#"


def keep(keys: Iterable[str]) -> None:
    """Somebody is about to subscribe to these."""
    for key in sorted(set(keys)):
        if is_kept(key):
            Heard(id=_PREFIX + key, expires_at=int(ambient.clock()) + _KEPT).save()


def heard(keys: Iterable[str]) -> set[str]:
    """Which of these somebody may listen to: to the others nobody does."""
    asked = [(_PREFIX + key, "heard") for key in sorted(set(keys))]
    found = Heard.batch_get(asked, consistent_read=True) if asked else ()
    return {row.id.removeprefix(_PREFIX) for row in found}


def unread_changed(ticket_id: str, account_ids: Iterable[str]) -> None:
    """Has these told what is unread of a ticket, if they listen to their tickets."""
    keys = {tickets_of(id_): id_ for id_ in account_ids}
    if found := sorted(keys[key] for key in heard(keys)):
        put("unread", {"ticket_id": ticket_id, "account_ids": found})


def notified(account_id: str, notification_id: str | None = None) -> None:
    """Has somebody told of a notification (None: some were read), and how many are unread, if they listen."""
    if heard([notifications_of(account_id)]):
        put("notification", {"account_id": account_id, "id": notification_id})


def reported(report_id: str) -> None:
    """Has admins told of a report that is done, if any listens."""
    if heard([REPORTS]):
        put("report", {"id": report_id})


def put(what: str, about: Any, seconds: int = 0) -> None:
    """`what`: a name in `live.handlers.TELLS`; it comes after so many seconds (up to 900). Raises Unavailable."""
    queue.hand([{"tell": what, "about": about}], delay=seconds)
