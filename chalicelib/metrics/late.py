"""How far the figures lag: written down by whoever couldn't count, so that counting in time costs nothing for it.

A change that failed to be counted stands in the table by its event's id until it was. What still is on a queue, and has
not been tried, isn't known here: the queue's own alarm tells of it.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from chalicelib import ambient
from chalicelib.metrics.models import Late

KEY = "late"

_LOOKED_AT = 10
"""Of these, from the oldest on, it is looked whether they wait at all: one that was told twice at once may be counted
and stand there still, until the daily look."""


class Change(NamedTuple):
    """An event that changes the figures: its ticket, and its key under it."""

    ticket_id: str
    item: str


def note(changes: Iterable[Change]) -> None:
    """These could not be counted and will be tried again."""
    with Late.batch_write() as batch:
        for mark in map(_mark, set(changes)):
            batch.save(mark)


def forget(changes: Iterable[Change]) -> None:
    """These are counted."""
    with Late.batch_write() as batch:
        for mark in map(_mark, set(changes)):
            batch.delete(mark)


def oldest(is_counted: Callable[[str], bool]) -> str | None:
    """The time of the oldest change that is known to wait. `is_counted`: whether all of a ticket is."""
    for mark in Late.query(KEY, limit=_LOOKED_AT, consistent_read=True):
        event_id, _, ticket_id = mark.item.partition("#")
        if not is_counted(ticket_id):
            return ambient.time_of(event_id)
    return None


def forget_counted(is_counted: Callable[[str], bool]) -> None:
    """Takes away what stands there and is counted."""
    with Late.batch_write() as batch:
        for mark in Late.query(KEY, page_size=100):
            if is_counted(mark.item.partition("#")[2]):
                batch.delete(mark)


def _mark(change: Change) -> Late:
    return Late(period=KEY, item=f"{change.item.rpartition('#')[2]}#{change.ticket_id}")
