"""Who may listen to what, and the end of it. Who may say something is judged with what they say (saying.py)."""

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
    """Raises NotFound, Forbidden. The user's own queues are everybody's."""
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
    """The right to listen has ended: takes the subscription away and says so. STOMP knows no word for it: such a client
    keeps the subscription in name, and gets nothing by it."""
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
    """Takes a subscription out of the session, unless a frame has changed it meanwhile: then a repeat of the event, or
    nobody, does it, and the client may unsubscribe itself."""
    rest = {name: each for name, each in session.subscriptions.items() if name != subscription_id}
    actions = [Connection.session.set(replace(session, subscriptions=rest).to_json()), Connection.revision.add(1)]
    with suppress(LostRace):
        connections.update_alone(connection, actions, Connection.revision == connection.revision)
