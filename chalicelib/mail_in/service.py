"""Mail that SES has received: a reply becomes a comment, other mail a ticket.

Nothing is lost: the raw mail lies in S3 for a month, and what nobody could be given is kept beside it for good, counted
and reported. It may be delivered again at any time: what a mail becomes has its id before it is there.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from pynamodb.exceptions import PutError
from ulid import ULID

from chalicelib import ambient, storage
from chalicelib.auth import by_mail
from chalicelib.caller import Caller
from chalicelib.edge import limits
from chalicelib.errors import Conflict, Invalid, NotFound, Refused, TooManyRequests
from chalicelib.log import log
from chalicelib.mail_in import judgement, parsing, wording
from chalicelib.mail_in.models import Received
from chalicelib.mail_in.parsing import File, Mail
from chalicelib.measures import count
from chalicelib.notifications import addresses, tickets as ticket_mail
from chalicelib.people import service as people
from chalicelib.people.models import Account
from chalicelib.permissions import Role
from chalicelib.settings import settings
from chalicelib.tickets import conversation, history, service as tickets
from chalicelib.tickets.models import Ticket

_REMEMBERED = 90 * 86_400
_INBOUND, _KEPT = "inbound/", "kept/"


class Kept(Exception):
    """Nobody can be given this mail: the message is why, a word or two."""


class PassedOver(Exception):
    """Nothing is to become of this mail: the message is why."""


@dataclass(frozen=True)
class _Incoming:
    sender: str
    mail: Mail
    raw: bytes


def receive(ses: Mapping[str, Any]) -> str:
    """Deals with a mail, from SES's event; in a word, what became of it. Raises what has to be tried again."""
    key = ses["mail"]["messageId"]
    raw = storage.read(settings.mail_in_bucket, _INBOUND + key)
    try:
        became = _dealt_with(ses, raw)
    except PassedOver as why:
        became = f"passed over: {why}"
    except Kept as why:
        storage.put_once(settings.mail_in_bucket, _KEPT + key, raw, "message/rfc822", f"{key}.eml")
        count("MailsKept")
        became = f"kept: {why}"
    log.info("mail in", extra={"mail_id": key, "became": became, "bytes": len(raw)})
    return became


def _dealt_with(ses: Mapping[str, Any], raw: bytes) -> str:
    sender = judgement.sender_of(ses)
    recipients = [str(each).strip() for each in ses["receipt"]["recipients"]]
    try:
        mail = parsing.read(raw)
    except parsing.Unreadable as why:
        if doubt := judgement.unsafe(ses):
            raise PassedOver(doubt) from None
        raise Kept(str(why)) from None
    if machine := judgement.automatic(sender, mail, frozenset({addresses.sender()})):
        raise PassedOver(machine)
    if doubt := judgement.doubt(ses, sender, mail):
        raise PassedOver(doubt)
    incoming = _Incoming(sender, mail, raw)
    replies = [each for each in recipients if addresses.is_reply(each)]
    known = people.id_of(sender)
    try:
        hour = limits.Limit("mail in", settings.mails_in_per_hour, limits.HOUR)
        limits.take(hour, [known or sender.lower()])
    except TooManyRequests:
        raise Kept("too many in an hour") from None
    if not replies:
        return _without_address(incoming, known)
    return _replies(incoming, _account(incoming, known), replies)


def _account(incoming: _Incoming, known: str | None) -> Account:
    """Whose mail it is."""
    if known is None:
        raise Kept("sender unknown")
    try:
        account = by_mail.sender(incoming.sender)
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
    """A mail to the support address: an answer to a ticket after all, if it names one's mails, else a new ticket."""
    if known is not None:
        account = _account(incoming, known)
        if (ticket := _thread(incoming, account)) is not None:
            return _comment(incoming, account, ticket)
        return _ticket(incoming, account)
    if not settings.mail_in_accounts:
        raise Kept("sender unknown")
    if incoming.mail.sender not in ("", incoming.sender.lower()):
        raise Kept("sender unclear")  # no account for the address of a mailing service
    try:
        opened = by_mail.sender(incoming.sender, incoming.mail.sender_name)
    except Invalid:
        raise Kept("sender no address") from None
    if opened is None:
        raise Kept("sender not verified")
    return _ticket(incoming, opened)


def _thread(incoming: _Incoming, account: Account) -> Ticket | None:
    """The open ticket whose mails the headers name. They may be made up: it has to be one that the sender may see."""
    for ticket_id in addresses.threads(
        f"{incoming.mail.headers.get('references', '')} {incoming.mail.headers.get('in-reply-to', '')}"
    ):
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
    said = wording.comment(incoming.mail)
    if said is None:
        raise PassedOver("empty")
    caller = _caller(account)
    try:
        conversation.add_comment(caller, ticket, said.body, received.becomes, reason="mail")
    except Conflict:
        _answer_closed(ticket, account, received)
        _finish(received)
        return "answered: closed"
    _attach(said, caller, ticket, received)
    return "comment"


def _ticket(incoming: _Incoming, account: Account) -> str:
    received = _remembered(incoming, "new")
    if received.done:
        return "again"
    said = wording.ticket(incoming.mail)
    if said is None:
        raise PassedOver("empty")
    caller = _caller(account)
    filing: dict[str, Any] = {
        "title": said.title,
        "description": said.body,
        "priority": "medium",
        "tags": [],
        "custom_fields": {},
        "client_id": None,
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
    _finish(received)
    if left_out:
        raise Kept("files left out")


def _attached(number: int, file: File, caller: Caller, ticket: Ticket, received: Received) -> bool:
    from chalicelib.attachments import service as attachments

    author = history.Actor(caller.id, caller.name)
    id_ = _id_of_file(received.becomes, number)
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
    """What the mail becomes, decided once. A mail without Message-ID is known by its content."""
    name = incoming.mail.message_id or hashlib.sha256(incoming.raw).hexdigest()
    digest = hashlib.sha256(f"{incoming.sender.lower()}\n{name}\n{what}".encode("utf-8", "surrogateescape"))
    key = "mail in#" + digest.hexdigest()
    fresh = Received(key=key, becomes=ambient.new_id(), expires_at=int(ambient.clock()) + _REMEMBERED)
    try:
        fresh.save(condition=Received.key.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return Received.get(key, consistent_read=True)
    return fresh


def _finish(received: Received) -> None:
    received.update(actions=[Received.done.set(True)])


def _id_of_file(becomes: str, number: int) -> str:
    """The same at each attempt, and of the same time."""
    made = ULID.from_str(becomes).bytes[:6] + hashlib.sha256(f"{becomes}/{number}".encode()).digest()[:10]
    return str(ULID.from_bytes(made))


def _caller(account: Account) -> Caller:
    role = cast(Role, account.role)
    confirmed = account.answers_by_mail
    return Caller(account.id, role, account.team, account.name, account.email, "mail", "bearer", confirmed)
