"""What sessions keep, in the `accounts` table beside the account."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

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


class OneTimeToken(AccountsItem, discriminator="token"):
    """A token that is good once: `id` is the account's, `item` "token#<its own id>". What is stored doesn't give the
    token away: auth/one_time.py."""

    purpose = UnicodeAttribute()
    """reset | invitation | verification."""
    hash = UnicodeAttribute()
    kid = UnicodeAttribute(null=True)
    nonce = UnicodeAttribute(null=True)
    generation = NumberAttribute()
    """The account's when it was made: what ends all sessions also ends the tokens that set passwords."""
    expires_at = NumberAttribute()
    mail = UnicodeAttribute(null=True)
    """Which mail brings it; None: none does. The stream's filter looks for this attribute."""
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    request_id = UnicodeAttribute(null=True)


class Notice(AccountsItem, discriminator="notice"):
    """Something that the person is told by mail: `id` is the account's, `item` "notice#<ULID>"."""

    mail = UnicodeAttribute()
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    request_id = UnicodeAttribute(null=True)
    expires_at = NumberAttribute()


class Decoy(AccountsItem, discriminator="decoy"):
    """Written where an account would get a token and there is none, so that time doesn't tell."""

    expires_at = NumberAttribute()
