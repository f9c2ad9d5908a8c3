"""The global indexes of the `tickets` table (docs/decisions/0022).

An item is in an index only while it has both of the index's keys. The attribute `live` (the ticket's id, while it isn't
closed) is a key of four of them, so closing a ticket removes it from all four.
"""

from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

OF_LIVE = ["status", "priority", "assignee_id"]
OF_OWN = ["status", "priority", "team", "waiting_for"]
"""What lists of tickets that aren't closed are narrowed by: among all or a team's, and among a person's."""


class AllTickets(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "all"
        projection = KeysOnlyProjection()

    register = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class TicketsOfTeam(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "team"
        projection = KeysOnlyProjection()

    team = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class TicketsOfClient(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "client"
        projection = IncludeProjection(["team"])

    client_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class HeldTickets(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "held"
        projection = IncludeProjection(["team"])

    assignee_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class LiveTickets(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "live"
        projection = IncludeProjection(OF_LIVE)

    shard = UnicodeAttribute(hash_key=True)
    live = UnicodeAttribute(range_key=True)


class LiveTicketsOfTeam(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "team_live"
        projection = IncludeProjection(OF_LIVE)

    team = UnicodeAttribute(hash_key=True)
    live = UnicodeAttribute(range_key=True)


class LiveTicketsOfClient(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "client_live"
        projection = IncludeProjection(OF_OWN)

    client_id = UnicodeAttribute(hash_key=True)
    live = UnicodeAttribute(range_key=True)


class LiveHeldTickets(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "held_live"
        projection = IncludeProjection(OF_OWN)

    assignee_id = UnicodeAttribute(hash_key=True)
    live = UnicodeAttribute(range_key=True)


class NumberedTickets(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "number"
        projection = KeysOnlyProjection()

    number = NumberAttribute(hash_key=True)


class UnsettledTickets(GlobalSecondaryIndex[Any]):
    """Tickets whose consequences are not yet worked out: what the sweep reads and the alarm counts."""

    class Meta:
        index_name = "unsettled"
        projection = KeysOnlyProjection()

    shard = UnicodeAttribute(hash_key=True)
    unsettled = UnicodeAttribute(range_key=True)


class ResolvedTickets(GlobalSecondaryIndex[Any]):
    """Resolved tickets, by when they were: what has to be warned of, and what has to be closed."""

    class Meta:
        index_name = "closing"
        projection = KeysOnlyProjection()

    closing = UnicodeAttribute(hash_key=True)
    resolved_at = UnicodeAttribute(range_key=True)
