"""A ticket's places for files, which limit their number exactly."""

from collections.abc import Iterable, Mapping

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.attachments.models import Places
from chalicelib.dynamo import Transaction
from chalicelib.errors import Conflict

MOST = 20
"""The most files of a ticket."""


class Full(Conflict):
    """The ticket holds as many files as it may."""

    def __init__(self) -> None:
        super().__init__(f"A ticket holds {MOST} files at most, those included that are being sent.")


def of(ticket_id: str) -> Places:
    """The ticket's places as stored now."""
    try:
        return Places.get(ticket_id, "attachments", consistent_read=True)
    except DoesNotExist:
        return Places(id=ticket_id, taken={}, revision=0)


def taken(places: Places) -> dict[str, int]:
    """The places that are taken now: file id -> epoch second at which the place is free again, 0 for never."""
    now = ambient.clock()
    return {id_: until for id_, until in places.taken.items() if until == 0 or until > now}


def take(transaction: Transaction, places: Places, until: Mapping[str, int]) -> None:
    """Adds to the transaction that these files take places, on condition that nobody has changed the places since they
    were read. `until`: file id -> epoch second, as in `taken`."""
    fresh = Places(id=places.id, taken=taken(places) | dict(until), revision=int(places.revision) + 1)
    as_read = Places.revision == places.revision if places.revision else Places.revision.does_not_exist()
    transaction.put(fresh, as_read, label="places")


def keep(transaction: Transaction, ticket_id: str, attachment_ids: Iterable[str]) -> None:
    """Adds to the transaction that these files keep their places for good. Raises Full if a file's time was over and
    the ticket is full without it."""
    places, ids = of(ticket_id), dict.fromkeys(attachment_ids, 0)
    if len(taken(places) | ids) > MOST:
        raise Full
    take(transaction, places, ids)
