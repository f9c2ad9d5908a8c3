"""Items of the `tickets` table: one Query on a ticket's id shows the whole ticket."""

from typing import Any

from pynamodb.attributes import DiscriminatorAttribute, JSONAttribute, ListAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.dynamo import Item
from chalicelib.settings import settings

# What a list shows (contract §3: no description). Marks stay out: a change of theirs then costs no index write.
LISTED = [
    "kind", "number", "title", "status", "priority", "client_id", "assignee_id", "team", "channel", "tags",
    "custom_fields", "waiting_for", "created_at", "updated_at", "first_response_at", "last_public_message_at",
    "resolved_at", "closed_at", "reopened_count", "version",
]  # fmt: skip


class TicketsByTeam(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "by_team"
        projection = IncludeProjection(LISTED)

    team_key = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class TicketsByStatus(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "by_status"
        projection = IncludeProjection(LISTED)

    status_key = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class TicketsByAssignee(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "by_assignee"
        projection = IncludeProjection(LISTED)

    assignee_key = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class TicketsByClient(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "by_client"
        projection = IncludeProjection([name for name in LISTED if name != "client_id"])

    client_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class UnsettledTickets(GlobalSecondaryIndex[Any]):
    """Tickets whose consequences are not yet worked out: what the sweep reads and the alarm counts."""

    class Meta:
        index_name = "unsettled"
        projection = IncludeProjection(["kind"])

    unsettled_shard = UnicodeAttribute(hash_key=True)
    unsettled = UnicodeAttribute(range_key=True)


class UncountedTickets(GlobalSecondaryIndex[Any]):
    """Tickets with a change that the metrics don't include yet, the oldest first: how far they lag."""

    class Meta:
        index_name = "uncounted"
        projection = IncludeProjection(["kind"])

    uncounted_shard = UnicodeAttribute(hash_key=True)
    uncounted = UnicodeAttribute(range_key=True)


class ResolvedTickets(GlobalSecondaryIndex[Any]):
    """Resolved tickets, by when they were: what has to be warned of, and what has to be closed."""

    class Meta:
        index_name = "closing"
        projection = IncludeProjection(["kind"])

    closing = UnicodeAttribute(hash_key=True)
    resolved_at = UnicodeAttribute(range_key=True)


class TicketsItem(Item):
    """Anything in the `tickets` table."""

    class Meta:
        table_name = settings.tickets_table

    id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()


class NumberCounter(TicketsItem, discriminator="counter"):
    """The last number given to a ticket: `id` "#number", `item` "counter"."""

    last = NumberAttribute(default=0)


class Ticket(TicketsItem, discriminator="ticket"):
    """A ticket: `item` is always "ticket". Timestamps are RFC 3339 strings."""

    item = UnicodeAttribute(range_key=True, default="ticket")
    number = NumberAttribute()
    title = UnicodeAttribute()
    description = UnicodeAttribute()
    status = UnicodeAttribute()
    priority = UnicodeAttribute()
    client_id = UnicodeAttribute()
    assignee_id = UnicodeAttribute(null=True)
    team = UnicodeAttribute()
    channel = UnicodeAttribute()
    tags: ListAttribute[str] = ListAttribute(default=list)
    custom_fields = JSONAttribute(default=dict)
    waiting_for = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    first_response_at = UnicodeAttribute(null=True)
    last_public_message_at = UnicodeAttribute(null=True)
    resolved_at = UnicodeAttribute(null=True)
    closed_at = UnicodeAttribute(null=True)
    reopened_count = NumberAttribute(default=0)
    comments = NumberAttribute(default=0)
    """How many public comments there are."""
    last_comment = UnicodeAttribute(null=True)
    """The id of that which stands last in the discussion."""
    commenters = JSONAttribute(default=dict)
    """Who has commented, by id: the place of their last comment among them (1, 2, 3 …)."""
    version = NumberAttribute(default=1)
    """Changes with what a person can see in the fields above, not with what stands below."""

    team_key = UnicodeAttribute()
    """"<team>#<status>#<priority>"; the three keys below are kept by `tickets.service.index_keys`."""
    status_key = UnicodeAttribute()
    """"<status>#<priority>"."""
    assignee_key = UnicodeAttribute()
    """"<assignee id or none>#<status>"."""

    avoid = UnicodeAttribute(null=True)
    """The agent who handed it back: not given to them by itself while another is available (contract §4)."""
    assigned = UnicodeAttribute(null=True)
    """The id of the event of its last assignment: since then its assignee waits for the next."""
    mark = UnicodeAttribute(null=True)
    """What is accounted for it, as `assignment.marks` writes it: "carried/…", "waiting/…" or nothing."""
    unsettled = UnicodeAttribute(null=True)
    """Since when its accounting is outstanding: set by every change of status, priority, assignee or team."""
    unsettled_shard = UnicodeAttribute(null=True)
    uncounted = UnicodeAttribute(null=True)
    """The time of its first change that the metrics don't include yet."""
    uncounted_shard = UnicodeAttribute(null=True)
    closing = UnicodeAttribute(null=True)
    """While it is resolved: what comes next, "warn#<shard>" or "close#<shard>" (`tickets.closing`)."""
    request_id = UnicodeAttribute(null=True)
    """The request that made it unsettled: what follows from it says so in its log."""

    by_team = TicketsByTeam()
    by_status = TicketsByStatus()
    by_assignee = TicketsByAssignee()
    by_client = TicketsByClient()
    unsettled_tickets = UnsettledTickets()
    uncounted_tickets = UncountedTickets()
    resolved_tickets = ResolvedTickets()


class Event(TicketsItem, discriminator="event"):
    """One line of a ticket's history: `item` is "event#<ULID>", the ULID is the event's id."""

    at = UnicodeAttribute()
    actor_id = UnicodeAttribute(null=True)
    actor_name = UnicodeAttribute()
    change = UnicodeAttribute()
    """One of `kinds.Change`."""
    field = UnicodeAttribute(null=True)
    before = JSONAttribute(null=True)
    after = JSONAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    detail = JSONAttribute(null=True)
    side = UnicodeAttribute(null=True)
    """staff | client, who alone may see it: always for a note, for a file that stands on one."""
    answers = UnicodeAttribute(null=True)
    """For a comment's event: "first" if staff answered by it for the first time."""
    spoke = UnicodeAttribute(null=True)
    """For a comment's event: staff | client, on which side its author was."""
    holder = UnicodeAttribute(null=True)
    """Of a comment or a change of status: who then had the ticket (or had had it, if it was handed back). Whom mail
    tells of it so doesn't depend on when it is sent."""

    request_id = UnicodeAttribute(null=True)
    """The request that it follows from: the messages that tell of it bring it to everybody."""


class Comment(TicketsItem, discriminator="comment"):
    """`item` is "comment#<ULID>" or, for a note, "note#<staff|client>#<ULID>"."""

    author_id = UnicodeAttribute()
    author_name = UnicodeAttribute()
    author_role = UnicodeAttribute()
    body = UnicodeAttribute()
    created_at = UnicodeAttribute()
    attachments = JSONAttribute(default=list)
    """Files that it named, as they are shown."""
    place = NumberAttribute(null=True)
    """Of a public comment: which it is of the ticket's, 1, 2, 3 … in the order of their being written."""
