"""What is remembered of mail that came in, in the `operations` table; and mail that was kept, in a table of its own."""

from typing import Any

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, LocalSecondaryIndex

from chalicelib.dynamo import Item
from chalicelib.edge.models import OperationsItem
from chalicelib.settings import settings

SHELF = "kept"
"""The key under which all kept mail stands."""


class Received(OperationsItem, discriminator="mail in"):
    """A mail by its sender, its Message-ID and the ticket it is for."""

    becomes = UnicodeAttribute()
    """The id of the comment or the ticket, whether or not it is there yet."""
    done = BooleanAttribute(default=False)
    """Everything of it is there."""


class WaitingMail(LocalSecondaryIndex[Any]):
    """Sparse: what nobody has decided about."""

    class Meta:
        index_name = "waiting"
        projection = AllProjection()

    shelf = UnicodeAttribute(hash_key=True)
    waiting = UnicodeAttribute(range_key=True)


class KeptMail(Item):
    """A mail that became nothing. What it says lies in the bucket MailIn, under kept/ and `mail`."""

    class Meta:
        table_name = settings.kept_mail_table

    shelf = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    waiting = UnicodeAttribute(null=True)
    """Its id, until it is decided about."""
    mail = UnicodeAttribute()
    """SES's id of it."""
    at = UnicodeAttribute()
    sender = UnicodeAttribute()
    subject = UnicodeAttribute()
    reason = UnicodeAttribute()
    text = UnicodeAttribute(null=True)
    """Its beginning; None if it can't be read."""
    decision = JSONAttribute(null=True)
    """`as`, `ticket_id`, `author_id`, and `becomes`: the id of what is made of it. Written before that is made."""
    expires_at = NumberAttribute()

    waiting_mail = WaitingMail()
