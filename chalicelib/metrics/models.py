"""Items of the `metrics` table, and the mark under each ticket. How keys are made is said in `counters.py`."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.dynamo import Item
from chalicelib.settings import settings
from chalicelib.tickets.models import TicketsItem


class MetricsItem(Item):
    """Anything in the `metrics` table. Counters have attributes named as they come (`counters.py`), no kind."""

    class Meta:
        table_name = settings.metrics_table

    period = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)


class Layout(MetricsItem):
    """How counters are laid out at present: `period` and `item` "layout"."""

    period = UnicodeAttribute(hash_key=True, default="layout")
    item = UnicodeAttribute(range_key=True, default="layout")
    generation = NumberAttribute(default=1)
    """The generation whose counters are shown."""
    building = NumberAttribute(null=True)
    """The generation that a rebuild is counting: new changes go to both."""
    shards = NumberAttribute(default=1)
    """Over how many keys counters are spread. It never gets smaller."""
    zones = JSONAttribute()
    """The time zone in which each generation's days are cut, by its number."""


class Late(MetricsItem):
    """A change that could not be counted yet: `period` is "late", `item` "<event's ULID>#<ticket id>"."""


class Counted(TicketsItem, discriminator="counted"):
    """What the counters of a generation include of a ticket: `item` is "metrics#<generation>"."""

    entries = JSONAttribute()
    """Entries of `figures.Bag` and how many of each."""
    through = UnicodeAttribute()
    """The key of the last event that is included."""
    counters_shard = NumberAttribute()
    """The shard in which the ticket is counted; stays the same if shards are added. (A ticket's own `shard` is a key of
    indexes, and a text.)"""
    revision = NumberAttribute()
