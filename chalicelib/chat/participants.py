"""The people on a ticket, to whom one may write privately (contract §9)."""

from typing import cast

from chalicelib.caller import Caller
from chalicelib.chat import delivery, presence, schemas
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.people import roster, service as people
from chalicelib.people.models import Account
from chalicelib.permissions import Role
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.policy import STAFF, relation


def page(caller: Caller, ticket: Ticket, asked: PageRequest) -> Page[schemas.ParticipantShown]:
    """A page of participants by id, without the caller. Only those who may see the ticket now."""
    online = {person.item for person in presence.there(ticket)}
    ids = {ticket.client_id, ticket.assignee_id, *ticket.commenters, *online} - {None, caller.id}
    after, until = asked.position or "", None
    if relation(caller, ticket) in STAFF:
        # One more than a page holds says that there are others; the caller may be among them.
        agents, until = roster.staying_after(ticket.team, after, asked.limit + 2)
        ids |= {*agents} - {caller.id}
    wanted = sorted(id_ for id_ in ids if id_ is not None and after < id_ <= (until or id_))
    shown = wanted[: asked.limit]
    found = people.who_are(shown)
    items = [_shown(found[id_], ticket, online) for id_ in shown if id_ in found and _sees(found[id_], ticket)]
    return Page(items, shown[-1] if len(wanted) > asked.limit else until)


def _sees(account: Account, ticket: Ticket) -> bool:
    return account.active and relation(_listener(account), ticket) is not None


def _shown(account: Account, ticket: Ticket, online: set[str]) -> schemas.ParticipantShown:
    what = relation(_listener(account), ticket)
    return schemas.ParticipantShown.model_validate(
        {
            "id": account.id,
            "name": account.name,
            "role": account.role,
            "relation": what if what == "assignee" else "client" if account.id == ticket.client_id else "staff",
            "online": account.id in online,
        }
    )


def _listener(account: Account) -> delivery.Listener:
    return delivery.Listener(account.id, cast(Role, account.role), account.team)
