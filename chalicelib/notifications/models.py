"""What is remembered of mail, in the `operations` table."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.edge.models import OperationsItem


class Delivery(OperationsItem, discriminator="mail"):
    """One event's mail to one recipient."""

    holder = UnicodeAttribute()
    """Which invocation sends it."""
    held_until = NumberAttribute()
    """Epoch seconds: until then nobody else does."""
    sent_at = UnicodeAttribute(null=True)
    """Since then nobody has to."""
    message_id = UnicodeAttribute(null=True)
    """SES's, None if it could not be sent to this address."""
