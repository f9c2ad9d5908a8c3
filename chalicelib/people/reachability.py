"""What the functions that send mail need to know of people, and which addresses take no mail."""

from collections.abc import Iterable
from typing import Literal

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.audit import service as audit
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.measures import count
from chalicelib.origin import NOBODY
from chalicelib.people import service as people
from chalicelib.people.models import Account

Reason = Literal["refused", "bounce", "complaint"]
"""refused: SES didn't take a mail to the address. bounce: a mail came back for good. complaint: the owner reported our
mail as spam."""

_CONTACT = [
    "id", "item", "kind", "email", "name", "active", "email_verified", "by_mail", "email_notifications",
    "locale", "time_zone", "mail_refused",
]  # fmt: skip
"""The account attributes that functions which send mail may read (infra/policies): not the password's hash."""


def contacts(account_ids: Iterable[str]) -> dict[str, Account]:
    """The accounts by id, with the attributes of `_CONTACT` only."""
    keys = [(account_id, "account") for account_id in sorted(set(account_ids))]
    found = Account.batch_get(keys, attributes_to_get=_CONTACT, consistent_read=True) if keys else ()
    return {account.id: account for account in found}


def of_security_mail(account_id: str) -> Account | None:
    """Whether its address has refused mail, and the language that they read; None: there is no such account."""
    wanted = ["id", "item", "kind", "mail_refused", "locale"]
    try:
        return Account.get(account_id, "account", consistent_read=True, attributes_to_get=wanted)
    except DoesNotExist:
        return None


def refuse(account_id: str, email: str, reason: Reason) -> None:
    """Marks the address of an account, if it is still this one: no more mail goes there. The audit tells admins.
    Again: nothing."""

    def attempt() -> None:
        account = Account(id=account_id, item="account")
        mark = {"reason": reason, "at": ambient.timestamp()}
        transaction = Transaction()
        fresh = (Account.email == email) & Account.mail_refused.does_not_exist()
        transaction.update(account, [Account.mail_refused.set(mark)], fresh, label="account")
        audit.add(transaction, NOBODY, "mail_refused", account_id, reason=reason)
        try:
            transaction.commit()
        except LostRace as race:
            if "account" not in race.failed:
                raise
        else:
            count("AddressesRefused")

    until_it_holds(attempt)


def allow(account_id: str) -> None:
    """Removes the mark, so that the next mail is sent. Changes nothing if there is no mark."""
    transaction = Transaction()
    account = Account(id=account_id, item="account")
    transaction.update(account, [Account.mail_refused.remove()], Account.mail_refused.exists(), label="account")
    audit.add(transaction, NOBODY, "mail_allowed", account_id)
    try:
        transaction.commit()
    except LostRace as race:
        if "account" not in race.failed:
            raise


def refuse_address(email: str, reason: Reason) -> bool:
    """As `refuse`, by the address that the mail went to. Returns whether an account has it."""
    account_id = people.id_of(email)
    if account_id is None:
        return False
    for contact in contacts([account_id]).values():
        refuse(contact.id, contact.email, reason)
    return True
