"""Items of the tables `connections` (who is connected and listens to what; all of it expires), `chat` (messages) and
`readers` (what has been seen of them).
"""

from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    DiscriminatorAttribute,
    ListAttribute,
    MapAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.expressions.operand import Path
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.dynamo import Item
from chalicelib.settings import settings

LIFETIME = 2 * 3600
"""The longest that a connection lives, in seconds: API Gateway's limit."""

KEPT = LIFETIME + 900
"""Seconds after which DynamoDB may delete what belongs to a connection."""

# --- connections: id . item ------------------------------------------------------------------------------------------


class ConnectionsItem(Item):
    """Anything in the `connections` table. DynamoDB deletes it some time after `expires_at` (epoch seconds)."""

    class Meta:
        table_name = settings.connections_table

    id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    expires_at = NumberAttribute()


class Connection(ConnectionsItem, discriminator="connection"):
    """A WebSocket or a SockJS session. `id` is the connection's, `item` "connection"."""

    item = UnicodeAttribute(range_key=True, default="connection")
    transport = UnicodeAttribute()
    """websocket | sockjs."""
    opened_at = NumberAttribute()
    account_id = UnicodeAttribute(null=True)
    """Null: unknown until CONNECT says. The next five are set together with it, as they were when the connection was
    opened."""
    role = UnicodeAttribute(null=True)
    team = UnicodeAttribute(null=True)
    name = UnicodeAttribute(null=True)
    session_id = UnicodeAttribute(null=True)
    """The sign-in session (not STOMP's). The connection ends with it."""
    generation = NumberAttribute(null=True)

    session = UnicodeAttribute()
    """`chat.session.Session` as JSON."""
    revision = NumberAttribute(default=1)
    """Changes with the session: writes that follow from a frame are conditional on it."""
    ordered_at = NumberAttribute(default=0)
    """When (epoch milliseconds) the latest of the messages that were put in order arrived."""
    frames = MapAttribute[str, int](default=dict)  # type: ignore[no-untyped-call]
    """How many frames arrived in each of the latest tenths of a second (counted since the epoch)."""
    asked = MapAttribute[str, str](default=dict)  # type: ignore[no-untyped-call]
    """What was requested a moment ago for subscriptions that aren't stored yet (asking.py)."""
    heard_at = NumberAttribute(default=0)
    """When (epoch milliseconds) something last came from the client, heart-beats at most once a minute."""
    closed = BooleanAttribute(null=True)
    """The connection is being ended: whatever still arrives is ignored."""


def within(map_attribute: Any, name: str) -> Path:
    """The path of one value in a map attribute, for update expressions."""
    return Path(map_attribute)[name]


class HeldText(ConnectionsItem, discriminator="held"):
    """A message that waits for those that arrived before it: `item` "held#<epoch milliseconds>#<ULID>"."""

    text = UnicodeAttribute()
    at = NumberAttribute()
    begun_at = NumberAttribute(null=True)
    """Epoch seconds: when an instance began to process it. Those behind it wait until it is done."""


class OwnConnection(ConnectionsItem, discriminator="own"):
    """A person's connection: `id` "account#<account id>", `item` the connection's id. Found when their session ends."""

    transport = UnicodeAttribute()
    opened_at = NumberAttribute()


class Subscriber(ConnectionsItem, discriminator="subscriber"):
    """A subscription, found by what it listens to: `id` "topic#<ticket id>", "private#<account id>" or "metrics",
    `item` "<account id>#<connection id>#<hash of the subscription's own id>". Delivery needs no more than this."""

    transport = UnicodeAttribute(attr_name="over")  # short: hundreds of these are read for one event
    connection_id = UnicodeAttribute()
    subscription_id = UnicodeAttribute()
    destination = UnicodeAttribute()
    ack = UnicodeAttribute()
    dialect = UnicodeAttribute()
    account_id = UnicodeAttribute()
    role = UnicodeAttribute()
    team = UnicodeAttribute(null=True)
    since = NumberAttribute()
    """When the connection was opened, epoch seconds."""
    subscribed_at = NumberAttribute()
    """When the subscription was made, epoch seconds: tells which of a user's subscriptions came first."""


class Present(ConnectionsItem, discriminator="present"):
    """Somebody who is subscribed to a ticket's topic, or was: `id` "present#<ticket id>", `item` their account id."""

    role = UnicodeAttribute()
    team = UnicodeAttribute(null=True)
    name = UnicodeAttribute()
    stamp = UnicodeAttribute()
    """Changes with each of their subscriptions."""
    told = BooleanAttribute(null=True)
    """The others have been told that they are there."""
    leaving = BooleanAttribute(null=True)
    """They have left, and the others are being told."""


class Pace(ConnectionsItem, discriminator="pace"):
    """When something was last sent, and last asked for, in epoch milliseconds (live/pacing.py): `id` "pace#<name>"."""

    item = UnicodeAttribute(range_key=True, default="pace")
    sent_at = NumberAttribute(null=True)
    asked_at = NumberAttribute(null=True)


class Viewer(ConnectionsItem, discriminator="viewer"):
    """A member of staff has a ticket open: `id` "viewing#<ticket id>", `item` their account id."""

    name = UnicodeAttribute()
    role = UnicodeAttribute()
    team = UnicodeAttribute(null=True)
    until = NumberAttribute()
    """Epoch seconds. After that they no longer count as viewing, unless they say so again."""
    writing = UnicodeAttribute(null=True)
    """comment | note."""


class ChatToken(ConnectionsItem, discriminator="token"):
    """A token that opens one connection: `id` "token#<hash of it>", `item` "token"."""

    item = UnicodeAttribute(range_key=True, default="token")
    account_id = UnicodeAttribute()
    session_id = UnicodeAttribute()
    generation = NumberAttribute()
    via = UnicodeAttribute()
    good_until = NumberAttribute()
    """Epoch seconds until which it can be used for the first time."""
    holder = UnicodeAttribute(null=True)
    """The connection that it opened."""


class Unread(ConnectionsItem, discriminator="unread"):
    """Messages that somebody may not have seen: `id` "unread#<ticket id>", `item` their account id."""

    conversations = UnicodeSetAttribute()
    version = NumberAttribute()
    """Changes with each message."""


class UnreadDue(ConnectionsItem, discriminator="unread due"):
    """When to look at such an entry: `id` "unread-due", `item` "<epoch milliseconds>#<ticket id>#<account id>"."""

    ticket_id = UnicodeAttribute()
    reader = UnicodeAttribute()


class Seen(ConnectionsItem, discriminator="seen"):
    """What somebody needs no mail about (unread.py): `id` "seen#<account id>", `item` a conversation's key, "<ticket
    id>#private" (all private conversations of a ticket) or "mailed#<ticket id>"."""

    at = NumberAttribute(null=True)
    """Everything delivered, or mailed, before this epoch millisecond."""
    seq = NumberAttribute(null=True)
    """The `seq` of the last message that was loaded."""


class Tick(ConnectionsItem, discriminator="tick"):
    """When the metrics were last asked for, in milliseconds: `id` "metrics-tick", `item` "tick"."""

    item = UnicodeAttribute(range_key=True, default="tick")
    asked_at = NumberAttribute()


# --- chat: conversation . seq ----------------------------------------------------------------------------------------


class ChatItem(Item):
    """Anything in the `chat` table."""

    class Meta:
        table_name = settings.chat_table

    conversation = UnicodeAttribute(hash_key=True)
    seq = NumberAttribute(range_key=True)
    kind = DiscriminatorAttribute()


class Message(ChatItem, discriminator="message"):
    """`conversation` is the ticket's id, or "<ticket id>#<account id>#<account id>" of a pair, the smaller id first.
    Only the last two attributes ever change."""

    id = UnicodeAttribute()
    ticket_id = UnicodeAttribute()
    sender_id = UnicodeAttribute()
    sender_name = UnicodeAttribute()
    sender_role = UnicodeAttribute()
    recipient_id = UnicodeAttribute(null=True)
    content = UnicodeAttribute()
    client_message_id = UnicodeAttribute(null=True)
    sent_at = UnicodeAttribute()
    request_id = UnicodeAttribute(null=True)

    pending_until = NumberAttribute(null=True)
    """Epoch seconds until which the instance that stored it should deliver it; after that the consumer of the stream
    does. Absent: it is delivered, or in the live queue for those whom it didn't reach."""
    delivered_at = NumberAttribute(null=True)
    """Epoch milliseconds."""


class Sent(ChatItem, discriminator="sent"):
    """A `client_message_id` that was used: `conversation` "sent#<sender>#<client_message_id>", `seq` 0. Makes it unique
    for as long as this item exists."""

    digest = UnicodeAttribute()
    """Hash of what was sent with it."""
    message_id = UnicodeAttribute()
    message_seq = NumberAttribute()
    expires_at = NumberAttribute()


class Ending(GlobalSecondaryIndex[Any]):
    """SockJS sessions by the minute in which they end unless the client polls before."""

    class Meta:
        index_name = "ending"
        projection = IncludeProjection(["kind"])

    ends_in = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class SockjsSession(ConnectionsItem, discriminator="sockjs"):
    """A SockJS session: `id` is `sockjs.sessions.id_of`, `item` "sockjs". The connection's id is made of this id and
    `life`."""

    item = UnicodeAttribute(range_key=True, default="sockjs")
    life = UnicodeAttribute()
    """New each time that the session is opened again after its end."""
    opened_at = NumberAttribute()
    receiver = UnicodeAttribute(null=True)
    """The request that is receiving now."""
    polled_at = NumberAttribute(null=True)
    """When (epoch milliseconds) a receiving request last began."""
    alive_until = NumberAttribute()
    """Epoch seconds: the session ends then unless a client polls before."""
    queue = ListAttribute(of=UnicodeAttribute, null=True)
    """Texts that wait for the client, as JSON strings."""
    queued = NumberAttribute(null=True)
    """Octets in the queue."""
    over = UnicodeAttribute(null=True)
    """The closing frame, once the session is closed."""
    ends_in = UnicodeAttribute(null=True)
    """The minute (since the epoch) in which the session ends unless somebody polls again. Null: its end has been
    reported."""

    ending = Ending()


class PollSlot(ConnectionsItem, discriminator="slot"):
    """A slot for a poll that is kept waiting: `id` "sockjs-slot#<number>", `item` "slot". Free after `expires_at`."""

    item = UnicodeAttribute(range_key=True, default="slot")
    holder = UnicodeAttribute()
