"""Items of the table `readers`: how far conversations go, and how far each has seen them."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from chalicelib.dynamo import Item
from chalicelib.settings import settings

PUBLIC = "#chat"
"""Where `readers` holds how far the public conversation goes."""


class Reader(Item):
    """How far somebody has seen a conversation of a ticket. `reader` is their account id; of the private conversation
    with somebody "<account id>#<the other's>". "#chat": nobody, the public conversation itself."""

    class Meta:
        table_name = settings.readers_table

    ticket_id = UnicodeAttribute(hash_key=True)
    reader = UnicodeAttribute(range_key=True)
    seq = NumberAttribute(null=True)
    """Of the last message that was seen."""
    at = UnicodeAttribute(null=True)
    """When that was said."""
    comments = NumberAttribute(null=True)
    """How many of the ticket's public comments were seen (on the item of the account itself)."""
    pairs = UnicodeSetAttribute(null=True)
    """With whom they have a private conversation (there, too)."""
    last = NumberAttribute(null=True)
    """The last message's `seq`: of a private conversation, and on "#chat" of the public one (heads.py)."""
    last_at = UnicodeAttribute(null=True)
