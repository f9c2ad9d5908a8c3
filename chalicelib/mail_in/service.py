"""Handles mail that SES has received: a reply becomes a comment, other mail a ticket.

Nothing is lost: the raw mail stays in S3 for a month. Mail that can't be assigned to anybody, or that was passed over
though we know its sender, is kept for admins to read, counted and reported. Mail may be delivered again at any time:
the id of what it becomes is stored before that is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from chalicelib import storage
from chalicelib.auth import by_mail
from chalicelib.caller import Caller
from chalicelib.edge import limits
from chalicelib.errors import Conflict, Invalid, NotFound, TooManyRequests
from chalicelib.log import log
from chalicelib.mail_in import forwarded, judgement, keeping, parsing, posting, remembering, wording
from chalicelib.mail_in.keeping import Kept, PassedOver
from chalicelib.mail_in.mailboxes import Mailbox
from chalicelib.mail_in.mime import decoded, opened
from chalicelib.mail_in.models import Received
from chalicelib.mail_in.parsing import File, Mail
from chalicelib.mail_in.reasons import Reason
from chalicelib.notifications import addresses, tickets as ticket_mail
from chalicelib.people import service as people
from chalicelib.people.models import Account
from chalicelib.settings import settings
from chalicelib.tickets import history, service as tickets
from chalicelib.tickets.models import Ticket

_INBOUND = "inbound/"


class _Message:
    """A received mail. It is parsed once, and only if the verdicts allow it."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.headers = opened(raw).headers
        self.sender = judgement.sender_of(self.headers)

    @cached_property
    def mail(self) -> Mail:
        try:
            return parsing.read(self.raw)
        except parsing.Unreadable as unreadable:
            raise Kept(unreadable.why) from None

    def readable(self) -> Mail | None:
        try:
            return self.mail
        except Kept:
            return None


@dataclass(frozen=True)
class _Incoming:
    """A mail that is really its sender's, according to the verdicts."""

    sender: Mailbox
    mail: Mail
    raw: bytes
    machine: judgement.Doubtful | None


def receive(ses: Mapping[str, Any]) -> str:
    """Handles a mail, given SES's event. Returns in a word what became of it. Raises if it has to be tried again."""
    key = ses["mail"]["messageId"]
    failed = judgement.failed(ses)
    message = _Message(storage.read(settings.mail_in_bucket, _INBOUND + key))
    try:
        became = _dealt_with(ses, failed, message)
    except PassedOver as passed:
        became = f"passed over: {passed.why}"
        if passed.sender_known:
            _keep(ses, passed.why, message)
    except Kept as kept:
        _keep(ses, kept.why, message)
        became = f"kept: {kept.why}"
    log.info("mail in", extra={"mail_id": key, "became": became, "bytes": len(message.raw)})
    return became


def _keep(ses: Mapping[str, Any], why: Reason, message: _Message) -> None:
    keeping.keep(ses, why, message.raw, message.headers, message.sender, message.readable())


def _dealt_with(ses: Mapping[str, Any], failed: Reason | None, message: _Message) -> str:
    sender = message.sender
    known = people.id_of(sender.address) if sender else None
    if failed:
        harmless = failed != "virus" and judgement.is_proven_by_dmarc(ses)
        raise PassedOver(failed, sender_known=harmless and known is not None)
    if sender and not judgement.is_proven(ses, sender, message.headers):
        raise PassedOver("unproven", sender_known=known is not None)
    mail = message.mail
    machine = judgement.automatic(ses, sender, mail, frozenset({addresses.sender(), addresses.support()}))
    if machine and machine.by == "machine":
        raise PassedOver(machine.why, sender_known=known is not None)
    if sender is None:
        raise Kept("sender_unclear")
    incoming = _Incoming(sender, mail, message.raw, machine)
    try:
        hour = limits.Limit("mail in", settings.mails_in_per_hour, limits.HOUR)
        limits.take(hour, [known or sender.address.lower()])
    except TooManyRequests:
        raise Kept("too_many_in_an_hour") from None
    recipients = [str(each).strip() for each in ses["receipt"]["recipients"]]
    replies = [each for each in recipients if addresses.is_reply(each)]
    became = _replies(incoming, _account(incoming, known), replies) if replies else _without_address(incoming, known)
    if mail.left_out:
        raise Kept("parts_left_out")
    return became


def _account(incoming: _Incoming, known: str | None) -> Account:
    """The account whose mail it is."""
    if known is None:
        raise Kept("sender_unknown")
    try:
        account = by_mail.sender(incoming.sender.address)
    except Invalid:
        account = None
    if account is None:
        raise Kept("sender_not_verified")
    return account


def _replies(incoming: _Incoming, account: Account, to: list[str]) -> str:
    """Handles a reply to several addresses of ours. It is kept only if none of them takes it."""
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
        raise Kept("address_of_another")
    try:
        ticket = tickets.visible(posting.caller_of(account), ticket_id)
    except NotFound:
        raise Kept("sender_not_a_party") from None
    return _comment(incoming, account, ticket)


def _without_address(incoming: _Incoming, known: str | None) -> str:
    """Handles a mail to the support address: a comment if it answers one of a ticket's mails, else a new ticket. Staff
    can only forward other people's mail here; they comment by their reply addresses."""
    if known is not None:
        account = _account(incoming, known)
        if account.role != "client":
            return _forward(incoming, account)
        if (ticket := _thread(incoming, account)) is not None:
            return _comment(incoming, account, ticket)
    if incoming.machine:
        raise PassedOver(incoming.machine.why, sender_known=known is not None)
    if known is not None:
        return _ticket(incoming, account, incoming.mail)
    if not settings.mail_in_accounts:
        raise Kept("sender_unknown")
    try:
        opened = by_mail.sender(incoming.sender.address, decoded(incoming.sender.name))
    except Invalid:
        raise Kept("sender_no_address") from None
    if opened is None:
        raise Kept("sender_not_verified")
    return _ticket(incoming, opened, incoming.mail)


def _forward(incoming: _Incoming, staff: Account) -> str:
    """Files a ticket for whoever wrote what a member of staff forwards."""
    forward = forwarded.original(incoming.mail)
    if forward is None:
        raise Kept("from_staff")
    try:
        client = by_mail.forwarded(forward.sender.address, forward.sender.name)
    except Invalid:
        raise Kept("forwarded_sender_no_address") from None
    if client is None:
        raise Kept("forwarded_sender_deactivated")
    became = _ticket(incoming, staff, forward.mail, client.id)
    if forward.mail.left_out:
        raise Kept("parts_left_out")
    return became


def _thread(incoming: _Incoming, account: Account) -> Ticket | None:
    """The open ticket whose mails the headers name, None if there is none. Headers may be made up, so the sender must
    be allowed to see it."""
    headers = incoming.mail.headers
    for ticket_id in addresses.threads(f"{headers.raw('references')} {headers.raw('in-reply-to')}"):
        try:
            ticket = tickets.visible(posting.caller_of(account), ticket_id)
        except NotFound:
            continue
        if ticket.status != "closed":
            return ticket
    return None


def _comment(incoming: _Incoming, account: Account, ticket: Ticket) -> str:
    received = _remembered(incoming, ticket.id)
    if received.done:
        return "again"
    said = wording.comment(incoming.mail, posting.ours(ticket, account))
    if said is None:
        raise Kept("empty")
    caller = posting.caller_of(account)
    try:
        posting.comment(caller, ticket, said, received.becomes)
    except Conflict:
        _answer_closed(ticket, account, received)
        remembering.finish(received)
        raise Kept("ticket_closed") from None
    _attach(said, caller, ticket, received)
    return "comment"


def _ticket(incoming: _Incoming, account: Account, mail: Mail, client_id: str | None = None) -> str:
    received = _remembered(incoming, "new")
    if received.done:
        return "again"
    said = wording.ticket(mail)
    if said is None:
        raise Kept("empty")
    caller = posting.caller_of(account)
    made = posting.ticket(caller, said, received.becomes, client_id)
    _attach(said, caller, made, received)
    return "ticket"


def _attach(said: wording.Said, caller: Caller, ticket: Ticket, received: Received) -> None:
    from chalicelib.attachments import service as attachments

    author = history.Actor(caller.id, caller.name)

    def add(file: File, id_: str) -> None:
        attachments.add_received(ticket, author, file.name, file.content_type, file.content, id_)

    whole = posting.attach(said.files, received.becomes, add)
    remembering.finish(received)
    if not whole:
        raise Kept("files_left_out")


def _answer_closed(ticket: Ticket, account: Account, received: Received) -> None:
    try:
        limits.take(limits.Limit("closed", 3, limits.HOUR), [account.id, ticket.id])
    except TooManyRequests:
        return
    ticket_mail.tell_of_closed(ticket, f"closed/{received.becomes}", account)


def _remembered(incoming: _Incoming, what: str) -> Received:
    return remembering.remembered(incoming.sender.address, incoming.mail, incoming.raw, what)
