"""Index items by which a person's connections and a destination's subscriptions are found."""

import hashlib

from chalicelib import ambient
from chalicelib.chat import destinations
from chalicelib.chat.models import Connection, OwnConnection, Subscriber
from chalicelib.chat.session import Session, Subscription
from chalicelib.dynamo import Transaction


def add_own(transaction: Transaction, connection: Connection) -> None:
    """Adds the item by which the connection is found when its user's session ends."""
    own = OwnConnection(
        id=f"account#{connection.account_id}",
        item=connection.id,
        transport=connection.transport,
        opened_at=connection.opened_at,
        expires_at=connection.expires_at,
    )
    transaction.put(own, label="own")


def add_row(transaction: Transaction, connection: Connection, session: Session, subscription: Subscription) -> None:
    """Adds the row by which a subscription is found, if events can go to it."""
    if row := row_of(connection, session, subscription):
        transaction.put(row, label="row")


def row_of(connection: Connection, session: Session, subscription: Subscription) -> Subscriber | None:
    key = destinations.listening_to(subscription.destination, str(connection.account_id))
    if key is None or session.dialect is None:
        return None
    return Subscriber(
        id=key,
        item=f"{connection.account_id}#{connection.id}#{hashlib.sha256(subscription.id.encode()).hexdigest()[:16]}",
        transport=connection.transport,
        connection_id=connection.id,
        subscription_id=subscription.id,
        destination=subscription.destination,
        ack=subscription.ack,
        dialect=session.dialect,
        account_id=connection.account_id,
        role=connection.role,
        team=connection.team,
        since=connection.opened_at,
        subscribed_at=ambient.clock(),
        expires_at=connection.expires_at,
    )
