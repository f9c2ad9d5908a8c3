"""What follows from a change and isn't done yet.

Sparse indexes of tickets that assignment has to settle (`unsettled`) and that the metrics have to count (`uncounted`)
tell, without a scan, what is outstanding and since when; so does one of resolved tickets that are to be closed
(`closing`).
"""

import zlib
from typing import Literal

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib.dynamo import LostRace
from chalicelib.tickets.models import Ticket

ClosingStep = Literal["warn", "close"]

SHARDS = 8
"""Over how many keys of each index tickets are spread."""


def shard(ticket_id: str) -> str:
    return str(zlib.crc32(ticket_id.encode()) % SHARDS)


def closing_key(step: ClosingStep, ticket_id: str) -> str:
    """Under which the index of resolved tickets holds one: to be warned of, or to be closed."""
    return f"{step}#{shard(ticket_id)}"


def unsettled_ids(stamp: str) -> list[str]:
    """Tickets whose accounting has been outstanding since `stamp` or longer, at most 25 a shard."""
    return [
        str(entry.id)
        for number in range(SHARDS)
        for entry in Ticket.unsettled_tickets.query(str(number), Ticket.unsettled <= stamp, limit=25)
    ]


def uncounted(ticket_id: str, at: str) -> list[Action]:
    """Update actions that say: the metrics don't include this change yet. An older one that they don't stays."""
    return [
        Ticket.uncounted.set(Ticket.uncounted | at),
        Ticket.uncounted_shard.set(shard(ticket_id)),
    ]


def counted(ticket_id: str, until: str) -> None:
    """Says that the metrics include every change of a ticket up to `until`. Raises LostRace if another came since:
    counting may not be told of that one, so who read too early has to read again."""
    try:
        Ticket(id=ticket_id).update(
            actions=[Ticket.uncounted.remove(), Ticket.uncounted_shard.remove()],
            condition=Ticket.updated_at <= until,
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        raise LostRace from error


def oldest_uncounted() -> str | None:
    """The time of the oldest change that the metrics don't include yet (an index: a moment late)."""
    found = [
        str(entry.uncounted)
        for number in range(SHARDS)
        for entry in Ticket.uncounted_tickets.query(str(number), limit=1)
    ]
    return min(found, default=None)
