"""What sessions keep, in the `accounts` table beside the account, and what signing in remembers in `operations`."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.edge.models import OperationsItem
from chalicelib.people.models import AccountsItem


class RefreshFamily(AccountsItem, discriminator="family"):
    """A session: all refresh tokens that came from one sign-in. `id` is the account's, `item` "family#<session>"."""

    via = UnicodeAttribute()
    """cookie | bearer."""
    generation = NumberAttribute()
    """The account's, when the session was opened."""
    opened_at = NumberAttribute()
    check_key = UnicodeAttribute()
    """Tells tokens that were once given out from made-up ones, so that old ones needn't be remembered."""
    live = JSONAttribute(default=dict)
    """Hash of a token that is good -> epoch second at which it was given out."""
    used = JSONAttribute(default=dict)
    """Hash of a token that was rotated just now -> [epoch second of that, how often it was used again since]."""
    revision = NumberAttribute(default=1)
    expires_at = NumberAttribute()
    """DynamoDB's time to live, and ours."""


class KnownAddress(OperationsItem, discriminator="known address"):
    """An address of the network from which somebody has signed in to an account (auth/guessing.py)."""
