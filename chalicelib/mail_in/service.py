"""Mail that SES has received: a reply becomes a comment, other mail a ticket.

Nothing is lost: the raw mail lies in S3 for a month, and what nobody could be given, or was passed over though we know
its sender, is kept for admins to read, counted and reported. It may be delivered again at any time: what a mail becomes
has its id before it is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any, cast

from chalicelib import storage
from chalicelib.auth import by_mail
from chalicelib.caller import Caller
from chalicelib.edge import limits
from chalicelib.edge.paging import PageRequest
from chalicelib.errors import Conflict, Invalid, NotFound, Refused, TooManyRequests
from chalicelib.log import log
from chalicelib.mail_in import forwarded, judgement, keeping, parsing, remembering, wording
from chalicelib.mail_in.keeping import Kept, PassedOver
from chalicelib.mail_in.mailboxes import Mailbox
from chalicelib.mail_in.mime import Headers, decoded, opened
from chalicelib.mail_in.models import Received
from chalicelib.mail_in.ours import Ours
from chalicelib.mail_in.parsing import File, Mail
from chalicelib.notifications import addresses, tickets as ticket_mail
from chalicelib.people import service as people
from chalicelib.people.models import Account
from chalicelib.permissions import Role
from chalicelib.settings import settings
from chalicelib.tickets import conversation, history, service as tickets
from chalicelib.tickets.models import Ticket

_INBOUND = "inbound/"
_MOST_SAID = 20_000
_EARLIER = 25
"""Comments of a ticket that a mail may quote."""


@dataclass(frozen=True)
class _Incoming:
    """A mail that is its sender's, as far as the verdicts tell."""

    ses: Mapping[str, Any]
    sender: Mailbox
    mail: Mail
    raw: bytes
    machine: judgement.Doubtful | None


def receive(ses: Mapping[str, Any]) -> str:
    """Deals with a mail, from SES's event; in a word, what became of it. Raises what has to be tried again."""
    key = ses["mail"]["messageId"]
    failed = judgement.failed(ses)
    raw = storage.read(settings.mail_in_bucket, _INBOUND + key)
    headers = opened(raw).headers
    sender = judgement.sender_of(headers)
    try:
        became = _dealt_with(ses, failed, raw, headers, sender)
    except PassedOver as why:
        became = f"passed over: {why}"
        if why.sender_known:
            keeping.keep(key, raw)
    except Kept as why:
        keeping.keep(key, raw)
        became = f"kept: {why}"
    log.info("mail in", extra={"mail_id": key, "became": became, "bytes": len(raw)})
    return became


def _dealt_with(
    ses: Mapping[str, Any], failed: str | None, raw: bytes, headers: Headers, sender: Mailbox | None
) -> str:
    known = people.id_of(sender.address) if sender else None
    if failed:
        harmless = failed != "virus" and judgement.is_proven_by_dmarc(ses)
        raise PassedOver(failed, sender_known=harmless and known is not None)
    mail = _read(raw)
    machine = judgement.automatic(ses, sender, mail, frozenset({addresses.sender(), addresses.support()}))
    if machine and machine.by == "machine":
        raise PassedOver(machine.why, sender_known=known is not None)
    if sender is None:
        raise Kept("sender unclear")
    if not judgement.is_proven(ses, sender, headers):
        raise PassedOver("unproven", sender_known=known is not None)
    incoming = _Incoming(ses, sender, mail, raw, machine)
    try:
        hour = limits.Limit("mail in", settings.mails_in_per_hour, limits.HOUR)
        limits.take(hour, [known or sender.address.lower()])
    except TooManyRequests:
        raise Kept("too many in an hour") from None
    recipients = [str(each).strip() for each in ses["receipt"]["recipients"]]
    replies = [each for each in recipients if addresses.is_reply(each)]
    became = _replies(incoming, _account(incoming, known), replies) if replies else _without_address(incoming, known)
    if mail.left_out:
        raise Kept("parts left out")
    return became


def _read(raw: bytes) -> Mail:
    try:
        return parsing.read(raw)
    except parsing.Unreadable as why:
        raise Kept(str(why)) from None


def _account(incoming: _Incoming, known: str | None) -> Account:
    """Whose mail it is."""
    if known is None:
        raise Kept("sender unknown")
    try:
        account = by_mail.sender(incoming.sender.address)
    except Invalid:
        account = None
    if account is None:
        raise Kept("sender not verified")
    return account


def _replies(incoming: _Incoming, account: Account, to: list[str]) -> str:
    """An answer to several addresses of ours is kept only if none of them takes it."""
    became: list[str] = []
    why: Kept | None = None
    for address in to:
        try:
            became.append(_reply(incoming, account, address))
        except Kept as kept:
            why = kept
    if why is not None and not became:
        raise why
    return ", ".join(became)


def _reply(incoming: _Incoming, account: Account, address: str) -> str:
    ticket_id = addresses.ticket_of(address)
    if ticket_id is None or not addresses.is_of(address, account.id):
        raise Kept("address not the sender's")
    try:
        ticket = tickets.visible(_caller(account), ticket_id)
    except NotFound:
        raise Kept("sender not a party") from None
    return _comment(incoming, account, ticket)


def _without_address(incoming: _Incoming, known: str | None) -> str:
    """A mail to the support address: an answer to a ticket after all, if it names one's mails, else a new ticket. Staff
    only pass other people's mail on here: their own words come by their reply addresses."""
    if known is not None:
        account = _account(incoming, known)
        if account.role != "client":
            return _forward(incoming, account)
        if (ticket := _thread(incoming, account)) is not None:
            return _comment(incoming, account, ticket)
    if incoming.machine:
        raise PassedOver(incoming.machine.why, sender_known=known is not None)
    if known is not None:
        return _ticket(incoming, account)
    if not settings.mail_in_accounts:
        raise Kept("sender unknown")
    try:
        opened = by_mail.sender(incoming.sender.address, decoded(incoming.sender.name))
    except Invalid:
        raise Kept("sender no address") from None
    if opened is None:
        raise Kept("sender not verified")
    return _ticket(incoming, opened)


def _forward(incoming: _Incoming, staff: Account) -> str:
    """Files a ticket for whoever wrote what a member of staff forwards."""
    forward = forwarded.original(incoming.mail)
    if forward is None:
        raise Kept("staff, not to a reply address")
    try:
        client = by_mail.forwarded(forward.sender.address, forward.sender.name)
    except Invalid:
        raise Kept("forwarded sender no address") from None
    if client is None:
        raise Kept("forwarded sender deactivated")
    return _ticket(incoming, staff, client.id)


def _thread(incoming: _Incoming, account: Account) -> Ticket | None:
    """The open ticket whose mails the headers name. They may be made up: it has to be one that the sender may see."""
    headers = incoming.mail.headers
    for ticket_id in addresses.threads(f"{headers.raw('references')} {headers.raw('in-reply-to')}"):
        try:
            ticket = tickets.visible(_caller(account), ticket_id)
        except NotFound:
            continue
        if ticket.status != "closed":
            return ticket
    return None


def _comment(incoming: _Incoming, account: Account, ticket: Ticket) -> str:
    received = _remembered(incoming, ticket.id)
    if received.done:
        return "again"
    said = wording.comment(incoming.mail, _ours(ticket, account))
    if said is None:
        raise Kept("empty")
    caller = _caller(account)
    try:
        conversation.add_comment(caller, ticket, said.body, received.becomes, reason="mail", trimmed=said.trimmed)
    except Conflict:
        _answer_closed(ticket, account, received)
        remembering.finish(received)
        raise Kept("ticket closed") from None
    _attach(said, caller, ticket, received)
    return "comment"


def _ours(ticket: Ticket, account: Account) -> Ours:
    """What mail about this ticket to this account is known by."""
    name = parseaddr(settings.mail_from)[0]
    earlier = conversation.comments(ticket, PageRequest(limit=_EARLIER), newest_first=True).items
    said = [
        ticket.title,
        f"Ticket #{ticket.number}: {ticket.title}",
        ticket.description or "",
        f"Hello {account.name},",
    ]
    for comment in earlier:
        said += [comment.body, f"{comment.actor_name} wrote:"]
    return Ours(
        addresses=frozenset({addresses.sender(), addresses.support()}),
        domain=addresses.domain(),
        names=frozenset({name, settings.desk_name} - {""}),
        home=settings.public_url.rstrip("/"),
        said=tuple(text[:_MOST_SAID] for text in said),
    )


def _ticket(incoming: _Incoming, account: Account, client_id: str | None = None) -> str:
    received = _remembered(incoming, "new")
    if received.done:
        return "again"
    said = wording.ticket(incoming.mail)
    if said is None:
        raise Kept("empty")
    caller = _caller(account)
    filing: dict[str, Any] = {
        "title": said.title,
        "description": said.body,
        "priority": "medium",
        "tags": [],
        "custom_fields": {},
        "client_id": client_id,
        "team": None,
    }
    made = tickets.create(caller, filing, received.becomes, "email")
    _attach(said, caller, made, received)
    return "ticket"


def _attach(said: wording.Said, caller: Caller, ticket: Ticket, received: Received) -> None:
    """Adds the files. What can't be added (too many, too large) doesn't stop the rest; the mail is kept then."""
    left_out = [
        number for number, file in enumerate(said.files) if not _attached(number, file, caller, ticket, received)
    ]
    remembering.finish(received)
    if left_out:
        raise Kept("files left out")


def _attached(number: int, file: File, caller: Caller, ticket: Ticket, received: Received) -> bool:
    from chalicelib.attachments import service as attachments

    author = history.Actor(caller.id, caller.name)
    id_ = remembering.id_of_file(received.becomes, number)
    try:
        attachments.add_received(ticket, author, file.name, file.content_type, file.content, id_)
    except Refused as refused:
        log.warning("a file of a mail was not added", extra={"ticket_id": ticket.id, "why": refused.detail})
        return False
    return True


def _answer_closed(ticket: Ticket, account: Account, received: Received) -> None:
    try:
        limits.take(limits.Limit("closed", 3, limits.HOUR), [account.id, ticket.id])
    except TooManyRequests:
        return
    ticket_mail.tell_of_closed(ticket, f"closed/{received.becomes}", account)


def _remembered(incoming: _Incoming, what: str) -> Received:
    return remembering.remembered(incoming.sender.address, incoming.mail, incoming.raw, what)


def _caller(account: Account) -> Caller:
    role = cast(Role, account.role)
    confirmed = account.answers_by_mail
    return Caller(account.id, role, account.team, account.name, account.email, "mail", "bearer", confirmed)
