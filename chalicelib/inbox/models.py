"""Items of the table `notifications`, one for each thing that a person is told of. All of them expire."""

from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, LocalSecondaryIndex

from chalicelib.dynamo import Item
from chalicelib.settings import settings


class UnreadNotifications(LocalSecondaryIndex[Any]):
    """An account's unread notifications. A local index, so that it can be read consistently: a notification that was
    read is out of it at once."""

    class Meta:
        index_name = "unread"
        projection = AllProjection()

    account_id = UnicodeAttribute(hash_key=True)
    unread = UnicodeAttribute(range_key=True)


class Notification(Item):
    """One notification. Its id is derived from what it is about, so the same thing is notified once."""

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
    """The notification's id until it is read, then absent."""
    expires_at = NumberAttribute()
    """Epoch seconds."""

    by_unread = UnreadNotifications()
