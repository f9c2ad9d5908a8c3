"""Items about incoming mail: what was received, in the `operations` table; kept mail, in a table of its own."""

from typing import Any

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, LocalSecondaryIndex

from chalicelib.dynamo import Item
from chalicelib.edge.models import OperationsItem
from chalicelib.settings import settings

SHELF = "kept"
"""The hash key of all kept mail."""


class Received(OperationsItem, discriminator="mail in"):
    """A mail by its sender, its Message-ID and the ticket it is for."""

    becomes = UnicodeAttribute()
    """The id of the comment or the ticket, whether or not it is there yet."""
    done = BooleanAttribute(default=False)
    """Everything made of it is complete, its files too."""


class WaitingMail(LocalSecondaryIndex[Any]):
    """Sparse index of mail that nobody has decided about."""

    class Meta:
        index_name = "waiting"
        projection = AllProjection()

    shelf = UnicodeAttribute(hash_key=True)
    waiting = UnicodeAttribute(range_key=True)


class KeptMail(Item):
    """A mail that became nothing. Its content is in the bucket MailIn, under kept/ and `mail`."""

    class Meta:
        table_name = settings.kept_mail_table

    shelf = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    waiting = UnicodeAttribute(null=True)
    """Its id until somebody decides about it, then absent."""
    mail = UnicodeAttribute()
    """SES's id of the mail."""
    at = UnicodeAttribute()
    sender = UnicodeAttribute()
    subject = UnicodeAttribute()
    reason = UnicodeAttribute()
    text = UnicodeAttribute(null=True)
    """The beginning of its text; None if it can't be read."""
    decision = JSONAttribute(null=True)
    """`as`, `ticket_id`, `author_id`, and `becomes`: the id of what is made of it. Written before that is made."""
    expires_at = NumberAttribute()

    waiting_mail = WaitingMail()
