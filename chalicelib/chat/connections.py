"""Connections: opened by somebody, changed by frames, ended for many reasons. Any instance may have the next frame of
one, and two may have two at once, so all that is known of a connection stands in DynamoDB.

Who is who is looked at once more after a connection is written down. Whoever changes an account looks for its
connections afterwards (account_changed): so one of the two sees the other, and no connection outlives the right to it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import cast

from pynamodb.exceptions import DeleteError, DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import delivery, destinations, presence, protocols, tokens, transport, unread
from chalicelib.chat.models import KEPT, LIFETIME, Connection, OwnConnection, Subscriber
from chalicelib.chat.session import Dialect, Session, Subscription
from chalicelib.chat.tokens import Visitor
from chalicelib.chat.transport import Address, Transport
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.errors import Refused, Unauthenticated
from chalicelib.people import account_status
from chalicelib.people.account_status import AccountStatus
from chalicelib.people.models import Account
from chalicelib.permissions import Role


def open_one(address: Address, visitor: Visitor | None, sub_protocol: str | None) -> None:
    """Writes a new connection down; one that is there already: nothing. Raises Unauthenticated."""
    now = ambient.clock()
    session = protocols.opened(ambient.new_id(), sub_protocol).session
    connection = Connection(
        id=address.connection_id,
        transport=address.transport,
        opened_at=now,
        session=session.to_json(),
        expires_at=int(now) + KEPT,
    )
    transaction = Transaction()
    if visitor is not None:
        identify(connection, visitor)
        add_own(transaction, connection)
        for subscription in session.subscriptions.values():
            add_row(transaction, connection, session, subscription)
    transaction.put(connection, Connection.id.does_not_exist(), label="connection")

    def attempt() -> None:
        try:
            transaction.commit()
        except LostRace as race:
            if "connection" not in race.failed:
                raise

    until_it_holds(attempt)
    if visitor is not None:
        look_again(connection)
        if session.subscriptions:  # in JSON one listens from the start
            unread.saw(visitor.account_id, unread.PRIVATE)


def identify(connection: Connection, visitor: Visitor) -> Caller:
    """Notes whose connection it is. Raises Unauthenticated."""
    caller = tokens.caller(visitor)
    connection.account_id, connection.session_id = caller.id, visitor.session_id
    connection.generation = visitor.generation
    connection.role, connection.team, connection.name = caller.role, caller.team, caller.name
    return caller


def look_again(connection: Connection) -> None:
    """Takes the connection down if the account is no longer as it was written down with. Raises Unauthenticated."""
    now = account_status.current(str(connection.account_id))
    if now is None or not holds(connection, now):
        end(address_of(connection))
        raise _over()


def holds(connection: Connection, now: AccountStatus) -> bool:
    """Whether the connection's session goes on, with the rights it was opened with."""
    goes_on = now.holds(str(connection.session_id), int(connection.generation or 0))
    return goes_on and (connection.role, connection.team) == (now.role, now.team)


def caller_of(connection: Connection) -> Caller:
    """Whose connection it is. Raises Unauthenticated when it is nobody's, or the right to it has ended."""
    if connection.account_id is None:
        raise Unauthenticated("CONNECT with 'Authorization: Bearer <access token>', or open with a chat token.")
    now = account_status.recent(connection.account_id)
    if now is None or not holds(connection, now):
        raise _over()
    return Caller(
        connection.account_id,
        cast(Role, connection.role),
        connection.team,
        now.name,
        now.email,
        str(connection.session_id),
        "bearer",
    )


def find(connection_id: str) -> Connection | None:
    """As it is now; None: it has ended."""
    try:
        found = Connection.get(connection_id, "connection", consistent_read=True)
    except DoesNotExist:
        return None
    over = found.closed or ambient.clock() >= found.opened_at + LIFETIME
    return None if over else found


def _over() -> Unauthenticated:
    return Unauthenticated("The session has ended, or your role or team has changed. Connect again.")


def address_of(connection: Connection) -> Address:
    return Address(cast(Transport, connection.transport), connection.id)


# --- rows ------------------------------------------------------------------------------------------------------------


def add_own(transaction: Transaction, connection: Connection) -> None:
    """By which it is found when the person's session ends."""
    own = OwnConnection(
        id=f"account#{connection.account_id}",
        item=connection.id,
        transport=connection.transport,
        expires_at=connection.expires_at,
    )
    transaction.put(own, label="own")


def add_row(transaction: Transaction, connection: Connection, session: Session, subscription: Subscription) -> None:
    """By which a subscription is found, if it is one to be found."""
    if row := row_of(connection, session, subscription):
        transaction.put(row, label="row")


def row_of(connection: Connection, session: Session, subscription: Subscription) -> Subscriber | None:
    key = destinations.listening_to(subscription.destination, str(connection.account_id))
    if key is None or session.dialect is None:
        return None
    return Subscriber(
        id=key,
        item=f"{connection.id}#{hashlib.sha256(subscription.id.encode()).hexdigest()[:16]}",
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


# --- the end ---------------------------------------------------------------------------------------------------------


def end(address: Address) -> None:
    """Takes a connection down: its rows, and who is no longer there is told of. Again, or half done: goes on."""
    connection = Connection(id=address.connection_id)
    try:
        connection.update(
            actions=[Connection.closed.set(True), Connection.revision.add(1)], condition=Connection.id.exists()
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return
    session = Session.from_json(connection.session)
    rows = [row for each in session.subscriptions.values() if (row := row_of(connection, session, each))]
    for row in rows:
        row.delete()
    if connection.account_id is not None:
        OwnConnection(id=f"account#{connection.account_id}", item=connection.id).delete()
    _absent(connection, [row.destination for row in rows])
    try:
        connection.delete(Connection.closed == True)  # noqa: E712
    except DeleteError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def refuse(address: Address, session: Session, refusal: Refused) -> None:
    """Tells the client why, closes, and takes the connection down."""
    if not session.closed:
        try:
            for text in protocols.ended(session, refusal).replies:
                transport.post(address, text)
        except transport.Gone:
            pass
    transport.close(address)
    end(address)


def lose(row: Subscriber) -> None:
    """The right to listen has ended: takes the subscription away and says so. STOMP knows no word for it: such a client
    keeps the subscription in name, and gets nothing by it."""
    row.delete()
    address = delivery.address(row)
    told = delivery.event("error", status=403, detail=f"You may no longer listen to {row.destination}.")
    connection = find(row.connection_id)
    if connection is not None:
        session = Session.from_json(connection.session)
        if session.protocol == "json":
            _forget(connection, session, row.subscription_id)
        listening = [each for each in session.subscriptions.values() if each.destination == destinations.ERRORS]
        try:
            for each in listening:
                transport.post(address, protocols.event(cast(Dialect, row.dialect), each, told.id, told.body))
        except transport.Gone:
            end(address)
    if ticket_id := destinations.ticket_of(row.destination):
        end_gone(presence.tell_absence(ticket_id, row.account_id))


def _forget(connection: Connection, session: Session, subscription_id: str) -> None:
    """Takes a subscription out of the session, unless a frame has changed it meanwhile: then a repeat of the event, or
    nobody, does it, and the client may unsubscribe itself."""
    rest = {name: each for name, each in session.subscriptions.items() if name != subscription_id}
    actions = [Connection.session.set(replace(session, subscriptions=rest).to_json()), Connection.revision.add(1)]
    with suppress(LostRace):
        update_alone(connection, actions, Connection.revision == connection.revision)


def update_alone(connection: Connection, actions: Sequence[Action], condition: Condition) -> None:
    """Without a transaction. Raises LostRace."""
    try:
        Connection(id=connection.id).update(actions=list(actions), condition=condition)
    except UpdateError as error:
        if error.cause_response_code not in ("ConditionalCheckFailedException", "TransactionConflictException"):
            raise
        raise LostRace from error


def end_gone(rows: Iterable[Subscriber]) -> None:
    """Takes down the connections of these subscriptions, which weren't there any more."""
    for address in {delivery.address(row) for row in rows}:
        end(address)


def unsubscribed(connection: Connection, gone: Sequence[Subscriber]) -> None:
    """After these rows were taken away."""
    _absent(connection, [row.destination for row in gone])


def account_changed(account: Account) -> None:
    """Closes an account's connections that no longer have the right to be."""
    now = account_status.status_of(account)
    for own in list(OwnConnection.query(f"account#{account.id}", consistent_read=True)):
        address = Address(cast(Transport, own.transport), own.item)
        connection = find(own.item)
        if connection is None:
            transport.close(address)
            end(address)
            own.delete()
        elif not holds(connection, now):
            refuse(address, Session.from_json(connection.session), _over())


def _absent(connection: Connection, gone: Iterable[str]) -> None:
    for ticket_id in {id_ for each in gone if (id_ := destinations.ticket_of(each))}:
        end_gone(presence.tell_absence(ticket_id, str(connection.account_id)))
