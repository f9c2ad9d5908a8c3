"""Items of the `operations` table: what is remembered for a while."""

from pynamodb.attributes import DiscriminatorAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.dynamo import Item
from chalicelib.settings import settings


class OperationsItem(Item):
    """An item of the `operations` table. DynamoDB deletes it some time after `expires_at`; until then readers treat an
    expired item as absent, by the application's clock."""

    class Meta:
        table_name = settings.operations_table

    key = UnicodeAttribute(hash_key=True)
    kind = DiscriminatorAttribute()
    expires_at = NumberAttribute()
    """Epoch seconds."""


class Attempt(OperationsItem, discriminator="idempotency"):
    """A request with an `Idempotency-Key`, from its first attempt on (docs/decisions/0003-idempotency.md)."""

    body_hash = UnicodeAttribute()
    fresh_id = UnicodeAttribute()
    """The id for what the request creates: the same at each attempt."""
    holder = UnicodeAttribute()
    """The attempt that holds the record now, or held it last."""
    held_until = NumberAttribute()
    """Epoch seconds; 0 once the attempt has ended."""
    status = NumberAttribute(null=True)
    """Of the answer. Without it there is no answer yet that could be given again."""
    headers = JSONAttribute(null=True)
    answer = UnicodeAttribute(null=True)
    """The answer's body as it was sent."""


class Tries(OperationsItem, discriminator="tries"):
    """How often something was tried in a window of time (edge/limits.py)."""

    taken = NumberAttribute(default=0)
    """Places taken in this window, those of tries still under way included."""
    failed = NumberAttribute(default=0)
    """How many of them ended in failure."""
    ends_at = NumberAttribute(null=True)
    """Epoch seconds: when the window ends. None: there was none yet."""
    good_until = NumberAttribute(null=True)
    """Epoch seconds: until when it is remembered that one of them was good."""
