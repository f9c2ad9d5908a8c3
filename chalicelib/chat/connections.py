"""Opens, changes and ends connections. Any instance may get a connection's next frame, and two may get one each at the
same time, so everything known about a connection is in DynamoDB.

The account is checked once more after a connection is written. Whoever changes an account looks for its connections
afterwards (account_changed). So one of the two sees the other, and no connection outlives the right to it.
"""

from collections.abc import Iterable, Sequence
from typing import cast

from pynamodb.exceptions import DeleteError, DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import delivery, destinations, keys, presence, protocols, tokens, transport, unread
from chalicelib.chat.models import KEPT, LIFETIME, Connection, OwnConnection, Subscriber
from chalicelib.chat.session import Session, Subscription
from chalicelib.chat.tokens import Visitor
from chalicelib.chat.transport import Address, Transport
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.errors import Refused, TooManyConnections, Unauthenticated
from chalicelib.log import log
from chalicelib.people import account_status
from chalicelib.people.account_status import AccountStatus
from chalicelib.people.models import Account
from chalicelib.permissions import Role

MOST_CONNECTIONS = 20
"""The most connections of one account (contract §7)."""


def open_one(address: Address, visitor: Visitor | None, sub_protocol: str | None) -> None:
    """Stores a new connection; does nothing if it exists already. Raises Unauthenticated, TooManyConnections."""
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
        keys.add_own(transaction, connection)
        for subscription in session.subscriptions.values():
            keys.add_row(transaction, connection, session, subscription)
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


def identify(connection: Connection, visitor: Visitor) -> Caller:
    """Records whose connection it is, once CONNECT has said so. Raises Unauthenticated."""
    caller = tokens.caller(visitor)
    connection.account_id, connection.session_id = caller.id, visitor.session_id
    connection.generation = visitor.generation
    connection.role, connection.team, connection.name = caller.role, caller.team, caller.name
    return caller


def look_again(connection: Connection) -> None:
    """Ends the connection if the account has changed since the connection was written, or has the most connections
    already. Raises Unauthenticated, TooManyConnections."""
    now = account_status.current(str(connection.account_id))
    if now is None or not holds(connection, now):
        end(address_of(connection))
        raise _over()
    if _is_one_too_many(connection):
        end(address_of(connection))
        detail = f"An account has at most {MOST_CONNECTIONS} connections. Close another."
        raise TooManyConnections(detail, retry_after=60)


def _is_one_too_many(connection: Connection) -> bool:
    """Whether the account has too many connections, counting those opened earlier. Of several that open at once only
    the later ones are too many, so two that check at the same time don't both give up. Before a connection is refused,
    the transport is asked whether the others still exist: API Gateway may not have reported their end."""
    earlier = [own for own in _owned(connection) if (own.opened_at, own.item) < (connection.opened_at, connection.id)]
    if len(earlier) < MOST_CONNECTIONS:
        return False
    for own in earlier:
        address = Address(cast(Transport, own.transport), own.item)
        if ambient.clock() > own.opened_at + delivery.OPENING and not transport.is_there(address):
            end(address)
            own.delete()
    return sum(1 for own in _owned(connection) if own.item in {each.item for each in earlier}) >= MOST_CONNECTIONS


def _owned(connection: Connection) -> list[OwnConnection]:
    now = ambient.clock()
    owned = OwnConnection.query(f"account#{connection.account_id}", consistent_read=True)
    return [own for own in owned if own.expires_at > now]


def holds(connection: Connection, now: AccountStatus) -> bool:
    """Whether the connection's sign-in session is still valid, with the rights that it was opened with."""
    goes_on = now.holds(str(connection.session_id), int(connection.generation or 0))
    return goes_on and not now.lacks_factor and (connection.role, connection.team) == (now.role, now.team)


def caller_of(connection: Connection) -> Caller:
    """The caller whose connection it is. Raises Unauthenticated if nobody has identified themselves on it, or the right
    to it has ended."""
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
    """The connection as stored now; None if it has ended."""
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


# --- the end ---------------------------------------------------------------------------------------------------------


def end(address: Address) -> None:
    """Ends a connection: deletes its rows, and tells the others on its tickets that its user left. Safe to repeat, also
    after a partial run."""
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
    rows = [row for each in session.subscriptions.values() if (row := keys.row_of(connection, session, each))]
    if connection.account_id is not None:
        record_heard(connection, rows, _heard_at(connection))
    for row in rows:
        row.delete()
    if connection.account_id is not None:
        OwnConnection(id=f"account#{connection.account_id}", item=connection.id).delete()
        unsubscribed(connection, rows)
    try:
        connection.delete(Connection.closed == True)  # noqa: E712
    except DeleteError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def record_heard(connection: Connection, ending: Sequence[Subscriber], at: int) -> None:
    """For each ticket whose topic the connection listens to: records that something came from its client at `at` (epoch
    milliseconds). To be called before the subscriptions `ending` are deleted: whoever finds none looks here next."""
    if not (ticket_ids := _tickets(ending)):
        return
    private = any(each.destination == destinations.PRIVATE_MESSAGES for each in _session(connection))
    for ticket_id in ticket_ids:
        unread.lived(str(connection.account_id), ticket_id, at, private=private)


def unsubscribed(connection: Connection, gone: Sequence[Subscriber]) -> None:
    """Tells the others on these subscriptions' tickets that the user left, unless another of the user's connections is
    still there. To be called once the subscriptions `gone` are deleted."""
    if left := _tickets(gone):
        presence.changed([(ticket_id, str(connection.account_id)) for ticket_id in left])


def _tickets(rows: Sequence[Subscriber]) -> list[str]:
    """The ids of the tickets whose topics these subscriptions are to."""
    return sorted({id_ for row in rows if (id_ := destinations.ticket_of(row.destination))})


def _session(connection: Connection) -> Iterable[Subscription]:
    return Session.from_json(connection.session).subscriptions.values()


def _heard_at(connection: Connection) -> int:
    """Epoch milliseconds at which its client last sent something."""
    return max(int(connection.heard_at), transport.polled_at(address_of(connection)))


def refuse(address: Address, session: Session, refusal: Refused) -> None:
    """Sends the client the reason, closes the connection and deletes it."""
    if not session.closed:
        try:
            for text in protocols.ended(session, refusal).replies:
                transport.post(address, text)
        except Exception as error:  # closed all the same
            log.info("a refusal was not delivered", extra={"why": type(error).__name__})
    transport.close(address, 3000 if isinstance(refusal, TooManyConnections) else 1000, refusal.title)
    end(address)


def update_alone(connection: Connection, actions: Sequence[Action], condition: Condition) -> None:
    """Updates the connection's item alone, without a transaction. Raises LostRace if the condition doesn't hold."""
    try:
        Connection(id=connection.id).update(actions=list(actions), condition=condition)
    except UpdateError as error:
        if error.cause_response_code not in ("ConditionalCheckFailedException", "TransactionConflictException"):
            raise
        raise LostRace from error


def changed(connection: Connection, actions: Sequence[Action], condition: Condition) -> Connection:
    """Updates the connection and returns it as it is afterwards. Raises LostRace if the condition doesn't hold or the
    connection has ended."""
    try:
        answer = Connection._get_connection().update_item(
            connection.id,
            range_key="connection",
            actions=list(actions),
            condition=Connection.id.exists() & condition,
            return_values="ALL_NEW",
        )
    except UpdateError as error:
        if error.cause_response_code not in ("ConditionalCheckFailedException", "TransactionConflictException"):
            raise
        raise LostRace from error
    return Connection.from_raw_data(answer["Attributes"])


def end_gone(rows: Iterable[Subscriber]) -> None:
    """Ends the connections of these subscriptions: a delivery found them gone."""
    for address in {delivery.address(row) for row in rows}:
        end(address)


def account_changed(account: Account) -> None:
    """Closes those of an account's connections that are no longer allowed."""
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
