"""Writes what a client's message changes in its connection's item. A change of the session is conditional on nobody
else having changed it. Counting frames, noting what was requested and that the client is alive needs no such
condition.
"""

from dataclasses import replace

from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.chat import arriving, asking, connections, destinations, keys, ordering, presence
from chalicelib.chat.judging import Reading
from chalicelib.chat.models import Connection, HeldText, Subscriber, within
from chalicelib.dynamo import Transaction
from chalicelib.listening import service as listening


def count(connection: Connection, reading: Reading, at: int) -> Connection:
    """Counts frames that don't change the session. Returns the connection as it is then. Subscriptions that are
    still being stored find the notes of what was requested. Raises LostRace."""
    return connections.changed(connection, _noting(connection, reading, at), Connection.closed.does_not_exist())


def _noting(connection: Connection, reading: Reading, at: int) -> list[Action]:
    """The updates of every message: its frames are counted, its client is alive, what it requests is noted. None of
    them depends on what other instances change."""
    frames, asked = connection.frames.as_dict(), connection.asked.as_dict()
    number = within(Connection.frames, arriving.tenth(at))
    actions: list[Action] = [number.set((number | 0) + len(reading.steps))]
    actions += [within(Connection.frames, name).remove() for name in arriving.stale(frames, at)]
    if at > connection.heard_at:
        actions.append(Connection.heard_at.set(at))
    if notes := asking.notes(str(connection.account_id), reading.steps, at):
        actions += [within(Connection.asked, name).remove() for name in asking.stale(asked, at)]
        for place, note in enumerate(notes):
            actions.append(within(Connection.asked, asking.name(note, str(place))).set(asking.written(note)))
    return actions


def write(
    connection: Connection, reading: Reading, at: int, held: HeldText | None
) -> tuple[dict[str, Subscriber], list[Subscriber]]:
    """Writes the new state in one transaction. Returns the rows of new subscriptions by the subscription's id, and
    the rows that were deleted. Raises LostRace."""
    before, after = reading.before, reading.after
    fresh = [each for name, each in after.subscriptions.items() if before.subscriptions.get(name) != each]
    ended = [each for name, each in before.subscriptions.items() if after.subscriptions.get(name) != each]
    rows = {each.id: row for each in fresh if (row := keys.row_of(connection, after, each))}
    gone = [row for each in ended if (row := keys.row_of(connection, before, each))]
    gone = [row for row in gone if row.item not in {new.item for new in rows.values() if new.id == row.id}]
    actions = _noting(connection, reading, at)
    condition = Connection.closed.does_not_exist() & (Connection.revision == connection.revision)
    actions += [Connection.session.set(replace(after, closed=False).to_json()), Connection.revision.add(1)]
    if reading.identified:
        names = ("account_id", "session_id", "generation", "role", "team", "name")
        actions += [
            getattr(Connection, name).set(value) for name in names if (value := getattr(connection, name)) is not None
        ]
    if held is not None and ordering.depends(before, reading.steps):
        actions.append(Connection.ordered_at.set(max(held.at, connection.ordered_at)))
    transaction = Transaction()
    transaction.update(Connection(id=connection.id), actions, condition, label="connection")
    for row in rows.values():
        transaction.put(row)
    for ticket_id in sorted({id_ for row in rows.values() if (id_ := destinations.ticket_of(row.destination))}):
        presence.comes(transaction, connection, ticket_id)
    for row in gone:
        transaction.delete(row)
    if reading.identified:
        keys.add_own(transaction, connection)
    if held is not None:
        free = HeldText.id.exists() & HeldText.begun_at.does_not_exist()
        transaction.update(held, [HeldText.begun_at.set(ambient.clock())], free, label="held")
    listening.keep(row.id for row in rows.values())
    connections.record_heard(connection, gone, at)
    if len(transaction) == 1:
        connections.update_alone(connection, actions, condition)
    else:
        transaction.commit()
    return rows, gone
