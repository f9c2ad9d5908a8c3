"""Who may listen to what. Who may say something is judged with what they say (saying.py)."""

from chalicelib import permissions
from chalicelib.caller import Caller
from chalicelib.chat import destinations
from chalicelib.errors import Forbidden, NotFound
from chalicelib.tickets import service as tickets


def may_listen(caller: Caller, destination: str) -> None:
    """Raises NotFound, Forbidden. The user's own queues are everybody's."""
    if destination in destinations.OWN_QUEUES:
        return
    if destination == destinations.METRICS:
        if permissions.reach(caller.role, f"SUBSCRIBE {destination}") is None:
            raise Forbidden("The metrics are for admins.")
        return
    ticket_id = destinations.ticket_of(destination)
    if ticket_id is None:
        raise NotFound(f"There is no destination {destination[:200]!r} to subscribe to.")
    tickets.visible(caller, ticket_id)
