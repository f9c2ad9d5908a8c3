"""A feature that changes something live asks here first whether anybody listens. Each thing that somebody subscribed to
in the last hours has a row, so a change that nobody watches costs one BatchGet. Subscribing renews the row before the
subscription begins; it outlives any connection.

If somebody listens, a message to the function `on_live` names what to look at, not its state: a late or repeated
message leads to the current state being sent.
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
    """Notes that somebody is about to subscribe to these keys."""
    for key in sorted(set(keys)):
        if is_kept(key):
            Heard(id=_PREFIX + key, expires_at=int(ambient.clock()) + _KEPT).save()


def heard(keys: Iterable[str]) -> set[str]:
    """Those of the keys that somebody may listen to. Nobody listens to the others."""
    asked = [(_PREFIX + key, "heard") for key in sorted(set(keys))]
    found = Heard.batch_get(asked, consistent_read=True) if asked else ()
    return {row.id.removeprefix(_PREFIX) for row in found}


def unread_changed(ticket_id: str, account_ids: Iterable[str]) -> None:
    """Sends these people the ticket's unread counts, if they listen to their tickets."""
    keys = {tickets_of(id_): id_ for id_ in account_ids}
    if found := sorted(keys[key] for key in heard(keys)):
        put("unread", {"ticket_id": ticket_id, "account_ids": found})


def notified(account_id: str, notification_id: str | None = None) -> None:
    """Sends somebody a notification (None: some were read) and the number of unread ones, if they listen."""
    if heard([notifications_of(account_id)]):
        put("notification", {"account_id": account_id, "id": notification_id})


def reported(report_id: str) -> None:
    """Tells admins that a report is done, if any of them listens."""
    if heard([REPORTS]):
        put("report", {"id": report_id})


def put(what: str, about: Any, seconds: int = 0) -> None:
    """Queues a message for `on_live`. `what`: a name in `live.handlers.TELLS`; `seconds`: the delay, at most 900.
    Raises Unavailable."""
    queue.hand([{"tell": what, "about": about}], delay=seconds)
