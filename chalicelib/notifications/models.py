"""Items about mail, in the `operations` table."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.edge.models import OperationsItem


class Delivery(OperationsItem, discriminator="mail"):
    """The mail for one event to one recipient."""

    holder = UnicodeAttribute()
    """The invocation that claims it."""
    held_until = NumberAttribute()
    """Epoch seconds until which the claim holds."""
    sent_at = UnicodeAttribute(null=True)
    """When it was sent; None: not yet."""
    message_id = UnicodeAttribute(null=True)
    """SES's id of the mail; None if it could not be sent to this address."""
