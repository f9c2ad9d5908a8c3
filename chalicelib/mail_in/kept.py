"""What admins do with kept mail: read it, and make a comment or a ticket of it, or nothing.

The admin chooses the author; it is never taken from the mail. The id of what will be made is stored with the mail
before it is made: so a repeat finds it, and of two who decide at once one is refused.
"""

from dataclasses import dataclass
from typing import Any, Literal

from pynamodb.exceptions import DoesNotExist, UpdateError

from chalicelib import ambient
from chalicelib.audit import service as audit
from chalicelib.caller import Caller
from chalicelib.dynamo import LostRace, Transaction, first_page, until_it_holds
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import Conflict, Invalid, NotFound, Refused, Unavailable
from chalicelib.mail_in.models import SHELF, KeptMail
from chalicelib.mail_in.reasons import Reason
from chalicelib.origin import Origin
from chalicelib.people import service as people
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Ticket

As = Literal["comment", "ticket", "nothing"]

_READ = 100
"""How many items a page reads when a reason is asked for: it may be short."""


@dataclass(frozen=True)
class Decision:
    """`ticket_id`: the ticket that a comment goes to. `author_id`: in whose name; None: the admin's own."""

    as_: As
    ticket_id: str | None = None
    author_id: str | None = None


def page(reason: Reason | None, request: PageRequest) -> Page[KeptMail]:
    """A page of mail that nobody has decided about, newest first. The position is the last id read."""
    before: Any = KeptMail.waiting < request.position if request.position else None
    results = KeptMail.waiting_mail.query(
        SHELF,
        before,
        filter_condition=KeptMail.reason == reason if reason else None,
        page_size=_READ if reason else request.limit,
        scan_index_forward=False,
        consistent_read=True,
    )
    found, last = first_page(results, KeptMail)
    shown = found[: request.limit]
    if len(found) > len(shown):
        return Page(_there(shown), shown[-1].id)
    return Page(_there(shown), last["id"]["S"] if last else None)


def known(mail_id: str) -> KeptMail:
    """The mail, decided about or not. Raises NotFound."""
    try:
        found = KeptMail.get(SHELF, mail_id, consistent_read=True)
    except DoesNotExist:
        found = None
    if found is None or not _there([found]):
        raise NotFound("There is no such mail.")
    return found


def decide(caller: Caller, mail: KeptMail, wanted: Decision, becomes: str, origin: Origin) -> KeptMail:
    """Does what an admin decided. Raises Conflict if something else was decided before, Invalid for a ticket, person or
    text with which it can't be done, and what filing or commenting raises. After Unavailable the decision stands."""
    _refuse_what_cannot_be(caller, mail, wanted)
    claimed = _claim(mail, wanted, becomes)
    if claimed.waiting is None:
        return claimed
    try:
        _make(caller, claimed)
    except Unavailable:
        raise  # it may have been made all the same: the decision stands, and deciding so again completes it
    except Refused:
        _release(claimed)
        raise
    _finish(claimed, origin)
    return claimed


def ticket_for_comment(caller: Caller, ticket_id: str) -> Ticket:
    """The ticket for a comment. Raises Invalid if the caller may not see it."""
    try:
        return tickets.visible(caller, ticket_id)
    except NotFound:
        raise Invalid.field("ticket_id", "There is no such ticket.", "unknown_id") from None


def author(caller: Caller, author_id: str | None) -> Caller:
    """The author as a caller; the caller if None. Raises Invalid unless they have an active account."""
    from chalicelib.mail_in import posting

    if author_id is None or author_id == caller.id:
        return caller
    account = people.account_without_password(author_id)
    if account is None or not account.active:
        raise Invalid.field("author_id", "There is no active account with this id.", "unknown_id")
    return posting.caller_of(account)


def _there(mails: list[KeptMail]) -> list[KeptMail]:
    """DynamoDB takes up to days to delete what has expired."""
    return [mail for mail in mails if mail.expires_at > ambient.clock()]


def _refuse_what_cannot_be(caller: Caller, mail: KeptMail, wanted: Decision) -> None:
    if wanted.as_ == "comment":
        ticket = ticket_for_comment(caller, str(wanted.ticket_id))
        try:
            tickets.relation_of(author(caller, wanted.author_id), ticket)
        except NotFound:
            raise Invalid.field("author_id", "This person may not see the ticket.", "unknown_id") from None
    if wanted.as_ == "ticket":
        author(caller, wanted.author_id)
    if wanted.as_ != "nothing" and mail.text is None:
        raise Invalid.field("as", "Nothing of this mail can be read: it can become nothing alone.", "empty")


def _claim(mail: KeptMail, wanted: Decision, becomes: str) -> KeptMail:
    """Stores the decision. If the same was stored before, that one stands."""
    decision = {
        "as": wanted.as_,
        "ticket_id": becomes if wanted.as_ == "ticket" else wanted.ticket_id,
        "comment_id": becomes if wanted.as_ == "comment" else None,
        "author_id": wanted.author_id,
    }
    try:
        mail.update(
            actions=[KeptMail.decision.set(decision)],
            condition=KeptMail.id.exists() & KeptMail.decision.does_not_exist(),
        )
        return mail
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
    first = known(mail.id)
    if first.decision is None or _wanted(first.decision) != wanted:
        raise Conflict("Somebody has decided about this mail.")
    return first


def _wanted(decision: dict[str, Any]) -> Decision:
    to = decision["ticket_id"] if decision["as"] == "comment" else None
    return Decision(decision["as"], to, decision["author_id"])


def _release(mail: KeptMail) -> None:
    """Removes a decision that can't be carried out, so that something else may be decided."""
    mail.update(actions=[KeptMail.decision.remove()], condition=KeptMail.waiting.exists())


def _make(caller: Caller, mail: KeptMail) -> None:
    decision: Any = mail.decision
    if decision["as"] == "nothing":
        return
    from chalicelib.attachments import service as attachments
    from chalicelib.mail_in import keeping, posting, wording
    from chalicelib.mail_in.mime import Headers
    from chalicelib.mail_in.parsing import File, Mail

    text, files = keeping.content(mail)
    whole = Mail(Headers(b""), mail.subject, text or "", files)
    writer = author(caller, decision["author_id"])
    if decision["as"] == "comment":
        to = ticket_for_comment(caller, decision["ticket_id"])
        becomes = decision["comment_id"]
        said = wording.comment(whole, posting.ours(to, people.known_account(to.client_id)))
    else:
        becomes = decision["ticket_id"]
        said = wording.ticket(whole)
    if said is None:
        raise Invalid.field("as", "Nothing is in this mail besides our own: it can become nothing alone.", "empty")
    if decision["as"] == "comment":
        decision["comment_id"] = posting.comment(writer, to, said, becomes)
    else:
        to = posting.ticket(writer, said, becomes)
    numbers = {id(file): number for number, file in enumerate(files)}

    def add(file: File, id_: str) -> None:
        data = file.content or keeping.bytes_of_file(mail, numbers[id(file)])
        attachments.send(writer, to, id_, filename=file.name, content_type=file.content_type, content=data)

    posting.attach(said.files, becomes, add)


def _finish(mail: KeptMail, origin: Origin) -> None:
    """Removes the mail from the list and writes the audit, once."""
    decision: Any = mail.decision
    told = {name: value for name, value in decision.items() if value is not None}

    def attempt() -> None:
        transaction = Transaction()
        transaction.update(
            mail,
            [KeptMail.waiting.remove(), KeptMail.decision.set(decision)],
            KeptMail.waiting.exists(),
            label="waiting",
        )
        audit.add(transaction, origin, "kept_mail_decided", mail.id, **told)
        try:
            transaction.commit()
        except LostRace as race:
            if "waiting" not in race.failed:
                raise
        mail.waiting = None

    until_it_holds(attempt)
