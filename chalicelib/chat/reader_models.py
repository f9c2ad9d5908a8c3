"""Items of the table `readers`: how far conversations go, and how far each has seen them."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from chalicelib.dynamo import Item
from chalicelib.settings import settings

PUBLIC = "#chat"
"""The key in `readers` under which the end of the public conversation is stored."""


class Reader(Item):
    """How far somebody has seen a conversation of a ticket. `reader` is their account id; for a private conversation
    "<account id>#<the other's>". "#chat" belongs to nobody: it is the public conversation itself."""

    class Meta:
        table_name = settings.readers_table

    ticket_id = UnicodeAttribute(hash_key=True)
    reader = UnicodeAttribute(range_key=True)
    seq = NumberAttribute(null=True)
    """The `seq` of the last message that was seen."""
    at = UnicodeAttribute(null=True)
    """When that message was sent."""
    comments = NumberAttribute(null=True)
    """How many of the ticket's public comments were seen (only on the account's own item)."""
    pairs = UnicodeSetAttribute(null=True)
    """Ids of those with whom they have a private conversation (only on the account's own item)."""
    last = NumberAttribute(null=True)
    """The `seq` of the conversation's last message (heads.py): on items of private conversations, and on "#chat" for
    the public one."""
    last_at = UnicodeAttribute(null=True)
