"""How far the figures lag. Only a failure to count is recorded, so counting in time costs nothing extra.

A change that couldn't be counted is in the table, under its event's id, until it is counted. Changes still in a queue
and not tried yet aren't known here: the queue's own alarm reports them.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from chalicelib import ambient
from chalicelib.metrics.models import Late

KEY = "late"

_LOOKED_AT = 10
"""How many of the oldest are checked for really waiting. A change that was delivered twice at once may be counted and
stay in the table until the daily check."""


class Change(NamedTuple):
    """An event that changes the figures: its ticket, and its key under it."""

    ticket_id: str
    item: str


def note(changes: Iterable[Change]) -> None:
    """Records changes that couldn't be counted and will be tried again."""
    with Late.batch_write() as batch:
        for mark in map(_mark, set(changes)):
            batch.save(mark)


def forget(changes: Iterable[Change]) -> None:
    """Removes changes that are counted now."""
    with Late.batch_write() as batch:
        for mark in map(_mark, set(changes)):
            batch.delete(mark)


def oldest(is_counted: Callable[[str], bool]) -> str | None:
    """The time of the oldest change known to wait; None if there is none. `is_counted`: whether a ticket (its id) is
    fully counted."""
    for mark in Late.query(KEY, limit=_LOOKED_AT, consistent_read=True):
        event_id, _, ticket_id = mark.item.partition("#")
        if not is_counted(ticket_id):
            return ambient.time_of(event_id)
    return None


def forget_counted(is_counted: Callable[[str], bool]) -> None:
    """Removes recorded changes that are counted. `is_counted`: as in `oldest`."""
    with Late.batch_write() as batch:
        for mark in Late.query(KEY, page_size=100):
            if is_counted(mark.item.partition("#")[2]):
                batch.delete(mark)


def _mark(change: Change) -> Late:
    return Late(period=KEY, item=f"{change.item.rpartition('#')[2]}#{change.ticket_id}")
