"""An item of the table `connections`, whose others are the chat's."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.dynamo import Item
from chalicelib.settings import settings


class Heard(Item):
    """Somebody subscribed to something within the last hours: `id` "heard#<what it listens to>", `item` "heard"."""

    class Meta:
        table_name = settings.connections_table

    id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True, default="heard")
    kind = UnicodeAttribute(default="heard")
    expires_at = NumberAttribute()
