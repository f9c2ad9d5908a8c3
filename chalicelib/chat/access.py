"""Who may subscribe to which destination, and what happens when that right ends. Who may send a message is checked when
it is sent (saying.py)."""

from contextlib import suppress
from dataclasses import replace
from typing import cast

from chalicelib import permissions
from chalicelib.caller import Caller
from chalicelib.chat import connections, delivery, destinations, presence, protocols, telling
from chalicelib.chat.models import Connection, Subscriber
from chalicelib.chat.session import Dialect, Session
from chalicelib.dynamo import LostRace
from chalicelib.errors import Forbidden, NotFound
from chalicelib.people import teams
from chalicelib.tickets import service as tickets


def may_listen(caller: Caller, destination: str) -> None:
    """Checks that the caller may subscribe to `destination`. Raises NotFound, Forbidden. Everybody may subscribe to
    their own queues."""
    if destination in destinations.OWN_QUEUES:
        return
    if destination == destinations.METRICS:
        if permissions.reach(caller.role, f"SUBSCRIBE {destination}") is None:
            raise Forbidden("The metrics are for admins.")
        return
    if destination in (destinations.TICKETS, destinations.NOTIFICATIONS):
        return
    if destination == destinations.REPORTS:
        if permissions.reach(caller.role, f"SUBSCRIBE {destination}") is None:
            raise Forbidden("Reports are for admins.")
        return
    if team := destinations.team_of(destination):
        reach = permissions.reach(caller.role, f"SUBSCRIBE {destinations.team_topic('{team}')}")
        if reach is None:
            raise Forbidden("A team's topic is for its agents and admins.")
        if team != caller.team if reach == "team" else not teams.exists(team):
            raise NotFound("There is no such team.")
        return
    ticket_id = destinations.ticket_of(destination) or destinations.events_of(destination)
    if ticket_id is None:
        raise NotFound(f"There is no destination {destination[:200]!r} to subscribe to.")
    tickets.visible(caller, ticket_id)


def lose(row: Subscriber) -> None:
    """Deletes a subscription whose user may no longer listen, and sends them an `error`. STOMP has no frame for it: a
    STOMP client keeps the subscription in its session, but receives nothing more."""
    row.delete()
    told = delivery.event("error", status=403, detail=f"You may no longer listen to {row.destination}.")
    connection = connections.find(row.connection_id)
    if connection is not None:
        session = Session.from_json(connection.session)
        if session.protocol == "json":
            _forget(connection, session, row.subscription_id)
        dialect = cast(Dialect, row.dialect)
        listening = [each for each in session.subscriptions.values() if each.destination == destinations.ERRORS]
        telling.answer(delivery.address(row), [protocols.event(dialect, each, *told) for each in listening])
    if ticket_id := destinations.ticket_of(row.destination):
        presence.changed([(ticket_id, row.account_id)])


def _forget(connection: Connection, session: Session, subscription_id: str) -> None:
    """Removes the subscription from the session, unless a frame has changed the session meanwhile. Then it stays there
    until the event is repeated or the client unsubscribes; nothing is delivered to it either way."""
    rest = {name: each for name, each in session.subscriptions.items() if name != subscription_id}
    actions = [Connection.session.set(replace(session, subscriptions=rest).to_json()), Connection.revision.add(1)]
    with suppress(LostRace):
        connections.update_alone(connection, actions, Connection.revision == connection.revision)
