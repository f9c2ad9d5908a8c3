"""Items of the `tickets` table about files."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.tickets.models import TicketsItem


class Attachment(TicketsItem, discriminator="attachment"):
    """A file of a ticket: `item` is "attachment#<ULID>", the ULID is the file's id."""

    filename = UnicodeAttribute()
    content_type = UnicodeAttribute()
    """As its author says. No download is served with it, unless it may be shown in place."""
    size = NumberAttribute()
    """Bytes."""
    state = UnicodeAttribute(default="pending")
    """pending | ready."""
    held = BooleanAttribute(null=True)
    """Only its author sees it, until a comment or note of theirs names it."""
    comment_id = UnicodeAttribute(null=True)
    """The comment that named it."""
    note_id = UnicodeAttribute(null=True)
    side = UnicodeAttribute(null=True)
    """On a note: staff | client, the side that may see it."""
    author_id = UnicodeAttribute()
    author_name = UnicodeAttribute()
    created_at = UnicodeAttribute()
    version = UnicodeAttribute(null=True)
    """The version of the object that is served, once it is ready."""
    expires_at = NumberAttribute(null=True)
    """Epoch second at which a pending or held file is deleted (the table's TTL)."""


class Places(TicketsItem, discriminator="places"):
    """Which files a ticket holds, pending ones included. Limits their number exactly. `item` is "attachments"."""

    item = UnicodeAttribute(range_key=True, default="attachments")
    taken = JSONAttribute(default=dict)
    """File id -> epoch second at which its place is free again, 0 for never."""
    revision = NumberAttribute(default=0)
