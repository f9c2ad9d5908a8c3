"""Items of the `tickets` table: one Query on a ticket's id shows the whole ticket."""

from pynamodb.attributes import (
    BooleanAttribute,
    DiscriminatorAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
)

from chalicelib.dynamo import Item
from chalicelib.settings import settings
from chalicelib.tickets import indexes
from chalicelib.tickets.kinds import side_in

REGISTER = "tickets"
"""The one key under which the index `all` holds every ticket."""


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
    first_response_by = UnicodeAttribute(null=True)
    """Who of staff that was."""
    last_public_message_at = UnicodeAttribute(null=True)
    resolved_at = UnicodeAttribute(null=True)
    closed_at = UnicodeAttribute(null=True)
    reopened_count = NumberAttribute(default=0)
    comments = NumberAttribute(default=0)
    """How many public comments there are."""
    commenters = JSONAttribute(default=dict)
    """Who has commented, by id: the place of their last comment among them (1, 2, 3 …)."""
    version = NumberAttribute(default=1)
    """Changes with what a person can see in the fields above, not with what stands below."""

    described = UnicodeAttribute(null=True)
    """The event that set its description; none: the first, which tells of its filing."""
    description = ""
    """No attribute: read with the ticket where it is needed (`service.read_whole`)."""

    register = UnicodeAttribute(default=REGISTER)
    shard = UnicodeAttribute()
    """Under which the indexes that are spread over several keys hold it (`outstanding.shard`)."""
    live = UnicodeAttribute(null=True)
    """Its id, while it isn't closed."""

    avoid = UnicodeAttribute(null=True)
    """The agent who handed it back: not given to them by itself while another is available (contract §4)."""
    assigned = UnicodeAttribute(null=True)
    """The id of the event of its last assignment: since then its assignee waits for the next."""
    mark = UnicodeAttribute(null=True)
    """What is accounted for it, as `assignment.marks` writes it: "carried/…", "waiting/…" or nothing."""
    unsettled = UnicodeAttribute(null=True)
    """Since when its accounting is outstanding: set by every change of status, priority, assignee or team."""
    closing = UnicodeAttribute(null=True)
    """While it is resolved: what comes next, "warn#<shard>" or "close#<shard>" (`tickets.closing`)."""
    request_id = UnicodeAttribute(null=True)
    """The request that made it unsettled: what follows from it says so in its log."""

    all_tickets = indexes.AllTickets()
    of_team = indexes.TicketsOfTeam()
    of_client = indexes.TicketsOfClient()
    held = indexes.HeldTickets()
    live_tickets = indexes.LiveTickets()
    live_of_team = indexes.LiveTicketsOfTeam()
    live_of_client = indexes.LiveTicketsOfClient()
    live_held = indexes.LiveHeldTickets()
    numbered = indexes.NumberedTickets()
    unsettled_tickets = indexes.UnsettledTickets()
    resolved_tickets = indexes.ResolvedTickets()


class Event(TicketsItem, discriminator="event"):
    """One line of a ticket's history: `item` is "event#<ULID>", or "aside#<staff|client>#<ULID>" if one side alone may
    see it. The ULID is the event's id; the first event has the ticket's own."""

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
    answers = UnicodeAttribute(null=True)
    """Of a comment: "first" if staff answered by it for the first time."""
    spoke = UnicodeAttribute(null=True)
    """Of a comment: staff | client, on which side its author was."""
    holder = UnicodeAttribute(null=True)
    """Of a comment or a change of status: who then had the ticket (or had had it, if it was handed back). Whom mail
    tells of it so doesn't depend on when it is sent."""
    reopens = BooleanAttribute(null=True)
    """Of a comment: it reopened the ticket."""

    request_id = UnicodeAttribute(null=True)
    """The request that it follows from: the messages that tell of it bring it to everybody."""

    @property
    def event_id(self) -> str:
        return self.item.rpartition("#")[2]

    @property
    def side(self) -> str | None:
        """staff | client, if they alone may see it: always of a note, of a file that stands on one."""
        return side_in(self.item)


class Comment(Event, discriminator="comment"):
    """A comment or a note, and its event at once: `item` is "comment#<ULID>" or "note#<staff|client>#<ULID>"."""

    actor_id = UnicodeAttribute()
    author_role = UnicodeAttribute()
    body = UnicodeAttribute()
    trimmed = UnicodeAttribute(null=True)
    """What was taken for quotation or signature, of a comment that came by mail."""
    attachments = JSONAttribute(default=list)
    """Files that it named, as they are shown."""
    place = NumberAttribute(null=True)
    """Of a public comment: which it is of the ticket's, 1, 2, 3 …"""
    asked_as = UnicodeAttribute(null=True)
    """The id that it was to have, where the ticket had changed since that was made."""
