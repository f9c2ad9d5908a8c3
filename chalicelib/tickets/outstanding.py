"""What follows from a change and isn't done yet.

Sparse indexes tell without a scan which tickets assignment has to settle (`unsettled`), and since when, and which
resolved ones are to be closed (`closing`).
"""

import zlib
from typing import Literal

from chalicelib.dynamo import index_entries
from chalicelib.tickets.models import Ticket

ClosingStep = Literal["warn", "close"]

SHARDS = 4
"""Over how many keys tickets are spread where one would be written to by all. A list may have to read them all."""


def shards() -> list[str]:
    return [str(number) for number in range(SHARDS)]


def shard(ticket_id: str) -> str:
    return str(zlib.crc32(ticket_id.encode()) % SHARDS)


def closing_key(step: ClosingStep, ticket_id: str) -> str:
    """Under which the index of resolved tickets holds one: to be warned of, or to be closed."""
    return f"{step}#{shard(ticket_id)}"


def unsettled_ids(stamp: str) -> list[str]:
    """Tickets whose accounting has been outstanding since `stamp` or longer, at most 25 a shard."""
    return [
        entry["id"]
        for each in shards()
        for entry in index_entries(Ticket.unsettled_tickets, each, Ticket.unsettled <= stamp, size=25, pages=1)
    ]
