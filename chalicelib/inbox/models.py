"""Items of the table `notifications`: what people are told of, an item each. All of it expires."""

from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, LocalSecondaryIndex

from chalicelib.dynamo import Item
from chalicelib.settings import settings


class UnreadNotifications(LocalSecondaryIndex[Any]):
    """Somebody's unread notifications. Local, so that one that was read is out of it at once."""

    class Meta:
        index_name = "unread"
        projection = AllProjection()

    account_id = UnicodeAttribute(hash_key=True)
    unread = UnicodeAttribute(range_key=True)


class Notification(Item):
    """Something of which somebody is told. Its id is made of what it tells of, so that it is there once."""

    class Meta:
        table_name = settings.notifications_table

    account_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    """Sorts by time, as a ULID does."""
    at = UnicodeAttribute()
    kind = UnicodeAttribute()
    """`schemas.Kind`."""
    ticket_id = UnicodeAttribute()
    actor_name = UnicodeAttribute()
    unread = UnicodeAttribute(null=True)
    """Its id until it is read."""
    expires_at = NumberAttribute()
    """Epoch seconds."""

    by_unread = UnreadNotifications()
