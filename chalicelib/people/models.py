"""Items of the `accounts` and `roster` tables."""

from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    DiscriminatorAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection, LocalSecondaryIndex

from chalicelib.dynamo import Item
from chalicelib.settings import settings

# --- accounts: id . item ---------------------------------------------------------------------------------------------

_LISTED = [
    "kind", "email", "name", "active", "email_verified", "email_notifications", "locale", "time_zone", "team",
    "created_at",
]  # fmt: skip


class AccountsByEmail(GlobalSecondaryIndex[Any]):
    """Accounts of a role, by e-mail."""

    class Meta:
        index_name = "by_role_email"
        projection = IncludeProjection(_LISTED)

    role = UnicodeAttribute(hash_key=True)
    email_key = UnicodeAttribute(range_key=True)


class AccountsItem(Item):
    """Anything in the `accounts` table."""

    class Meta:
        table_name = settings.accounts_table

    id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()


class Account(AccountsItem, discriminator="account"):
    """A person. `item` is always "account"."""

    item = UnicodeAttribute(range_key=True, default="account")
    email = UnicodeAttribute()
    email_key = UnicodeAttribute()
    """The address in normal form: what is unique, sorted and looked up."""
    name = UnicodeAttribute()
    role = UnicodeAttribute()
    team = UnicodeAttribute(null=True)
    active = BooleanAttribute(default=True)
    email_verified = BooleanAttribute(default=False)
    by_mail = BooleanAttribute(null=True)
    """A mail opened it, and the owner of the address hasn't followed the link yet: nobody can sign in. False: staff
    forwarded the mail, nothing has come from the address itself yet."""
    email_notifications = BooleanAttribute(default=True)
    locale = UnicodeAttribute(null=True)
    time_zone = UnicodeAttribute(null=True)
    password_hash = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    generation = NumberAttribute(default=1)
    """Goes up when all sessions end (change of password, deactivation). Sessions of a lower generation have ended."""
    kept_session = UnicodeAttribute(null=True)
    """The one session of a lower generation that is still valid: the one in which the password was changed."""
    factor = UnicodeAttribute(null=True)
    """The id of the second factor in force; None: the password is enough."""
    ended_sessions = JSONAttribute(default=dict)
    """Session id -> epoch second until which an access token of it could still be valid (sign-out)."""
    revision = NumberAttribute(default=1)
    mail_refused = JSONAttribute(null=True)
    """{"reason": refused | bounce | complaint, "at": timestamp}: the address takes no mail, none is sent to it."""

    by_email = AccountsByEmail()

    @property
    def answers_by_mail(self) -> bool:
        """Whether mail from its address is taken for its owner's: otherwise somebody may have signed up with an
        address that is another's, and would read that one's mail."""
        return bool(self.email_verified or self.by_mail)


class EmailReservation(AccountsItem, discriminator="email"):
    """Makes an address unique: `id` is "email#<email_key>", `item` is "email"."""

    item = UnicodeAttribute(range_key=True, default="email")
    account_id = UnicodeAttribute()


class AdminCount(AccountsItem, discriminator="admins"):
    """How many active admins have a password: `id` "admins", `item` "count". It never reaches zero, so the last
    admin can't be deactivated."""

    active = NumberAttribute(default=0)


# --- roster: team . item ---------------------------------------------------------------------------------------------


class Places(LocalSecondaryIndex[Any]):
    """A team's assignments in order: the team's row, then waiting tickets (the next first), then agents with room
    (the least loaded first). Sparse, and local so that it can be read with strong consistency (docs/decisions)."""

    class Meta:
        index_name = "place"
        projection = AllProjection()

    team = UnicodeAttribute(hash_key=True)
    place = UnicodeAttribute(range_key=True)


QUEUE = "waiting"
"""The single partition key of the index `queue`, which holds the waiting tickets of all teams."""


class QueueOfAll(GlobalSecondaryIndex[Any]):
    """The waiting tickets of all teams in the order in which they will be assigned. For people to look at;
    assignment never reads it."""

    class Meta:
        index_name = "queue"
        projection = IncludeProjection(["ticket_id", "queued_at", "avoid"])

    queue = UnicodeAttribute(hash_key=True)
    place = UnicodeAttribute(range_key=True)


class RosterItem(Item):
    """Anything in the `roster` table."""

    class Meta:
        table_name = settings.roster_table

    team = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    place = UnicodeAttribute(null=True)

    places = Places()
    queue_of_all = QueueOfAll()


class TeamRow(RosterItem, discriminator="team"):
    """A team's totals: `item` is "team", the first in the index."""

    PLACE = "0"

    item = UnicodeAttribute(range_key=True, default="team")
    available = NumberAttribute(default=0)
    """How many of its active agents are available, whether they have room or not."""


class TeamName(RosterItem, discriminator="name"):
    """A team in the list of teams: `team` is "#teams", `item` the team's id."""

    name = UnicodeAttribute()
    creation = UnicodeAttribute(null=True)
    """The id of the request that created it. A request that is repeated after a crash finds its own team by it."""


class AgentRow(RosterItem, discriminator="agent"):
    """An agent in a team: `item` is "agent#<account id>". Stays behind, inactive, when the agent leaves the team,
    until nothing is accounted to it."""

    agent_id = UnicodeAttribute()
    active = BooleanAttribute(default=True)
    availability = UnicodeAttribute(default="away")
    workload = NumberAttribute(default=0)
    active_tickets = NumberAttribute(default=0)
    capacity = NumberAttribute(null=True)
    waiting_since = UnicodeAttribute()
    """A ULID made at the agent's last assignment, else when they became an agent: the smallest waited longest."""
    leaving = BooleanAttribute(null=True)
    """The agent is leaving and some tickets are still to be taken back. Until then the agent gets none, even after
    coming back."""
    revision = NumberAttribute(default=1)
    """Changes with every write: a plan made from this row is committed only if this is unchanged."""
    changed_at = UnicodeAttribute()
    knock = UnicodeAttribute(null=True)
    """The request of a person's change (availability, capacity, leaving), set so that the stream wakes the queue.
    Accounting removes it again."""


class QueueEntry(RosterItem, discriminator="waiting"):
    """A ticket that waits for an agent: `item` is "waiting#<ticket id>". What an assignment needs to know of the
    ticket stands here, so that draining the queue reads no ticket."""

    ticket_id = UnicodeAttribute()
    status = UnicodeAttribute()
    priority = UnicodeAttribute()
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    avoid = UnicodeAttribute(null=True)
    """The agent who handed it back (contract §4)."""
    queued_at = UnicodeAttribute()
    """When it began to wait in this team."""
    queue = UnicodeAttribute(default=QUEUE)


class Weights(RosterItem, discriminator="weights"):
    """The weight of each priority that the stored workloads are computed with: `team` is "#settings", `item`
    "weights"."""

    weights = JSONAttribute()
