"""What is remembered of mail that came in, in the `operations` table."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.edge.models import OperationsItem


class Received(OperationsItem, discriminator="mail in"):
    """A mail by its sender, its Message-ID and the ticket it is for."""

    becomes = UnicodeAttribute()
    """The id of the comment or the ticket, whether or not it is there yet."""
    done = BooleanAttribute(default=False)
    """Everything of it is there."""
