"""What sessions keep, in the `accounts` table beside the account."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

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
    tokens = JSONAttribute()
    """What is known of its tokens (auth/families.py)."""
    used_at = NumberAttribute()
    """Epoch second of the last refresh."""
    ip = UnicodeAttribute(null=True)
    """The address from which it was used last."""
    user_agent = UnicodeAttribute(null=True)
    revision = NumberAttribute(default=1)
    expires_at = NumberAttribute()
    """DynamoDB's time to live, and ours."""

    @property
    def session_id(self) -> str:
        return str(self.item).removeprefix("family#")


class OneTimeToken(AccountsItem, discriminator="token"):
    """A token that is good once: `id` is the account's, `item` "token#<its own id>". What is stored doesn't give the
    token away: auth/one_time.py."""

    purpose = UnicodeAttribute()
    """reset | invitation | verification."""
    hash = UnicodeAttribute(null=True)
    """By which it is known; none before its mail is made."""
    nonce = UnicodeAttribute(null=True)
    generation = NumberAttribute()
    """The account's when it was made: what ends all sessions also ends its tokens."""
    tries = NumberAttribute(default=0)
    """How often a password was tried beside it."""
    ticket = NumberAttribute(null=True)
    """The number of the ticket whose receipt waits for the address to be confirmed."""
    expires_at = NumberAttribute()
    mail = UnicodeAttribute(null=True)
    """Which mail brings it; None: none does. The stream's filter looks for this attribute."""
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    request_id = UnicodeAttribute(null=True)


class Factor(AccountsItem, discriminator="totp"):
    """A second factor: `id` is the account's, `item` "totp". In force once it is confirmed, when the account names it;
    one that was only started is replaced by the next."""

    item = UnicodeAttribute(range_key=True, default="totp")
    factor_id = UnicodeAttribute()
    key_id = UnicodeAttribute()
    """The key under which the secret is sealed (auth/sealing.py)."""
    secret = UnicodeAttribute()
    step = NumberAttribute(default=0)
    """The last one whose code was used: a code is good once."""
    recovery = JSONAttribute(default=list)
    """Hashes of the recovery codes that are left."""
    revision = NumberAttribute(default=1)
    expires_at = NumberAttribute(null=True)
    """Until it is confirmed."""


class Proof(AccountsItem, discriminator="proof"):
    """What somebody who signs in has shown already (auth/proofs.py): `id` is the account's, `item` "challenge#<its own
    id>" (the password was right) or "device#<its own id>" (the second step was made from this browser)."""

    hash = UnicodeAttribute()
    generation = NumberAttribute()
    """The account's when it was made: what ends all sessions ends it too."""
    factor_id = UnicodeAttribute()
    tries = NumberAttribute(default=0)
    expires_at = NumberAttribute()


class Notice(AccountsItem, discriminator="notice"):
    """Something that the person is told by mail: `id` is the account's, `item` "notice#<ULID>"."""

    mail = UnicodeAttribute()
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    confirms = BooleanAttribute(null=True)
    """By this the address was confirmed for the first time: the receipts that waited for it follow."""
    request_id = UnicodeAttribute(null=True)
    expires_at = NumberAttribute()


class WaitingReceipt(AccountsItem, discriminator="receipt"):
    """The receipt of a ticket, until its client has confirmed their address: `id` is the account's, `item`
    "receipt#<ticket id>"."""

    event_id = UnicodeAttribute()
    number = NumberAttribute()
    expires_at = NumberAttribute()

    @property
    def ticket_id(self) -> str:
        return str(self.item).removeprefix("receipt#")


class Decoy(AccountsItem, discriminator="decoy"):
    """Written where an account would get a token and there is none, so that time doesn't tell."""

    expires_at = NumberAttribute()
