"""Makes a comment or a ticket, with files, of a mail. What is made has its id beforehand, so a repeat finds it."""

from collections.abc import Callable, Iterable
from email.utils import parseaddr
from typing import Any, cast

from chalicelib.caller import Caller
from chalicelib.edge.paging import PageRequest
from chalicelib.errors import Refused, Unavailable
from chalicelib.log import log
from chalicelib.mail_in import remembering, wording
from chalicelib.mail_in.ours import Ours, ends
from chalicelib.mail_in.parsing import File
from chalicelib.notifications import addresses
from chalicelib.notifications.languages import in_each
from chalicelib.people.models import Account
from chalicelib.permissions import Role
from chalicelib.settings import settings
from chalicelib.tickets import conversation, service as tickets
from chalicelib.tickets.models import Ticket

_MOST_SAID = 20_000
_EARLIER = 25
"""How many comments of a ticket a mail may quote."""


def caller_of(account: Account) -> Caller:
    """The caller for somebody who writes by mail."""
    role = cast(Role, account.role)
    confirmed = account.answers_by_mail
    return Caller(account.id, role, account.team, account.name, account.email, "mail", "bearer", confirmed)


def comment(caller: Caller, ticket: Ticket, said: wording.Said, becomes: str) -> str:
    """Adds the comment to the ticket and returns its id. Raises Conflict if the ticket is closed."""
    made = conversation.add_comment(caller, ticket, said.body, becomes, reason="mail", trimmed=said.trimmed)
    return made.item.rpartition("#")[2]


def ticket(caller: Caller, said: wording.Said, becomes: str, client_id: str | None = None) -> Ticket:
    """Files the ticket, for `client_id` or, if None, for the caller."""
    filing: dict[str, Any] = {
        "title": said.title,
        "description": said.body,
        "priority": "medium",
        "tags": [],
        "custom_fields": {},
        "client_id": client_id,
        "team": None,
    }
    return tickets.create(caller, filing, becomes, "email")


def attach(files: Iterable[File], becomes: str, add: Callable[[File, str], object]) -> bool:
    """Adds the files of a mail with `add`, under ids that are the same at each attempt. A file that can't be added (too
    many, too large) doesn't stop the rest. Returns whether all were added. Raises Unavailable: then it has to be tried
    again."""
    added = [_added(file, remembering.id_of_file(becomes, number), add) for number, file in enumerate(files)]
    return all(added)


def _added(file: File, id_: str, add: Callable[[File, str], object]) -> bool:
    try:
        add(file, id_)
    except Unavailable:
        raise
    except Refused as refused:
        log.warning("a file of a mail was not added", extra={"attachment_id": id_, "why": refused.detail})
        return False
    return True


def ours(ticket: Ticket, account: Account) -> Ours:
    """What our mail about this ticket to this account is recognised by."""
    name = parseaddr(settings.mail_from)[0]
    earlier = conversation.comments(ticket, PageRequest(limit=_EARLIER), newest_first=True).items
    said = [
        ticket.title,
        *(f"{each}: {ticket.title}" for each in in_each("Ticket %(number)s", number=f"#{ticket.number}")),
        ticket.description or "",
        *in_each("Hello %(name)s,", name=account.name),
    ]
    own = [each for each in earlier if each.actor_id == account.id]
    for comment in (each for each in earlier if each.actor_id != account.id):  # nobody is mailed their own words
        said += [comment.body, *in_each("%(actor)s wrote:", actor=comment.actor_name)]
    return Ours(
        addresses=frozenset({addresses.sender(), addresses.support()}),
        domain=addresses.domain(),
        names=frozenset({name, settings.desk_name} - {""}),
        home=settings.public_url.rstrip("/"),
        said=tuple(text[:_MOST_SAID] for text in said),
        ends=frozenset().union(*(ends(each.body, each.trimmed) for each in own if each.reason == "mail")),
    )
