"""Whose account it is that writes a mail. Nothing that comes by mail is ever attached to an account whose address isn't
verified: whoever registers with somebody else's address would read along. The one exception is an account that mail
itself opened: it has no password and no session until the owner of the address follows the link that went there.
"""

from chalicelib.audit import service as audit
from chalicelib.auth import one_time
from chalicelib.dynamo import Transaction
from chalicelib.origin import NOBODY, Origin
from chalicelib.people import service as people
from chalicelib.people.models import Account
from chalicelib.people.service import EmailTaken
from chalicelib.texts import DIRECTIONS, shows

_LONGEST_NAME = 100


def sender(email: str, name: str = "", origin: Origin = NOBODY) -> Account | None:
    """The active account in whose name a mail from `email` may be taken, made if there is none: then an invitation to
    set a password goes there. None if the mail must not be taken: the account of that address isn't verified or is
    deactivated, or the address is merely a look-alike of its. `name`: as the mail's header has it, in any form. Raises
    Invalid when it isn't an address.

    The caller has to know that the mail is from there (SPF, DKIM, DMARC). Running again finds what it made. Reads and
    writes `accounts`, adds to `audit`, reads the signing keys."""
    found = _account_of(email)
    if found is None:
        try:
            return _opened(email, name, origin)
        except EmailTaken:  # a moment ago
            found = _account_of(email)
    if found is None or not found.active or not _one_mailbox(found.email, email):
        return None
    if found.by_mail is False:
        _confirm(found)
    return found if found.answers_by_mail else None


def forwarded(email: str, name: str) -> Account | None:
    """The active account of whoever wrote a mail that staff forward; made if there is none, unconfirmed, until a mail
    comes from that address or its owner follows a link. None if it is deactivated. Raises Invalid when it isn't an
    address."""
    found = _account_of(email)
    if found is None:
        try:
            return people.create_account(email=email, name=_shown(name, email), role="client", by_mail=False)
        except EmailTaken:  # a moment ago
            found = _account_of(email)
    return found if found is not None and found.active else None


def _confirm(found: Account) -> None:
    """The first mail from an address that so far others had only named: nobody else can have signed in there."""
    transaction = Transaction()
    waits = (Account.by_mail == False) & (Account.email == found.email)  # noqa: E712
    transaction.update(found, [Account.by_mail.set(True)], waits, label="account")
    transaction.commit()
    found.by_mail = True


def _account_of(email: str) -> Account | None:
    account_id = people.id_of(email)
    return people.account_without_password(account_id) if account_id else None


def _one_mailbox(one: str, other: str) -> bool:
    """Whether mail services take the two for the same: addresses are unique in a form that knows more look-alikes."""
    names = [address.rpartition("@")[0] for address in (one, other)]
    return names[0] == names[1] or (all(map(str.isascii, names)) and names[0].lower() == names[1].lower())


def _opened(email: str, name: str, origin: Origin) -> Account:
    def also(made: Account, transaction: Transaction) -> None:
        one_time.add(transaction, made, "invitation")
        audit.add(transaction, origin, "opened_by_mail", made.id)

    return people.create_account(email=email, name=_shown(name, email), role="client", by_mail=True, also=also)


def _shown(name: str, email: str) -> str:
    kept = DIRECTIONS.sub("", name)
    shown = " ".join("".join(each if each.isprintable() else " " for each in kept).split())[:_LONGEST_NAME].strip()
    return shown if shows(shown) else email.partition("@")[0][:_LONGEST_NAME]
