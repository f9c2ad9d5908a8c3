"""An account's password, and whether its owner has confirmed the e-mail address."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from pynamodb.exceptions import UpdateError

from chalicelib.auth import passwords
from chalicelib.dynamo import Transaction
from chalicelib.errors import Invalid
from chalicelib.people import placement, service
from chalicelib.people.models import Account


def set_password(
    account_id: str, current: str, new: str, keep_session: str, also: service.Also = service.nothing_else
) -> Account:
    """Replaces the password and ends all sessions but `keep_session`. Raises Invalid if `current` is wrong."""
    new_hash = passwords.hashed(new)
    right: set[str] = set()

    def change(found: Account, transaction: Transaction) -> dict[str, Any]:
        stored = found.password_hash
        if stored not in right:
            if not passwords.is_right(stored, current):
                raise Invalid.field("current_password", "This is not the current password.", "wrong_password")
            right.add(stored)
        passwords.refuse_address("new_password", new, found.email)
        also(found, transaction)
        generation = int(found.generation) + 1
        return {"password_hash": new_hash, "generation": generation, "kept_session": keep_session}

    return service.changed(account_id, change)


def replace_password(account_id: str, new: str, also: service.Also) -> Account:
    """Sets a password for somebody who has proved in another way that the address is theirs; `also` may add
    conditions to the transaction. Ends all sessions and one-time tokens. If the address wasn't confirmed before, the
    second factor goes too: nothing is left to whoever signed up with somebody else's address. Raises NotFound."""
    hashes: list[str] = []

    def change(found: Account, transaction: Transaction) -> dict[str, Any]:
        also(found, transaction)
        passwords.refuse_address("new_password", new, found.email)
        if not hashes:
            hashes.append(passwords.hashed(new))
        before = placement.post_of(found)
        placement.add_admins(transaction, before, replace(before, has_password=True))
        ended = {"generation": int(found.generation) + 1, "kept_session": None}
        factor = found.factor if found.email_verified else None
        return {"password_hash": hashes[0], "email_verified": True, "by_mail": None, "factor": factor, **ended}

    return service.changed(account_id, change)


def take_away_password(account_id: str, also: service.Also) -> Account:
    """Removes the password and ends all sessions. Nobody can sign in to the account until a new one is set; this
    holds for the last admin too. Raises NotFound."""

    def change(found: Account, transaction: Transaction) -> dict[str, Any]:
        also(found, transaction)
        before = placement.post_of(found)
        placement.add_admins(transaction, before, replace(before, has_password=False), leave_one=False)
        return {"password_hash": None, "generation": int(found.generation) + 1, "kept_session": None}

    return service.changed(account_id, change)


def renew_hash(account: Account, password: str) -> None:
    """Hashes a correct password again if its hash was made with weaker parameters than today's."""
    stored = account.password_hash
    if stored and passwords.is_outdated(stored):
        fresh = Account.password_hash.set(passwords.hashed(password))
        with suppress(UpdateError):  # changed meanwhile; or the engine is busy, then at the next sign-in
            account.update(actions=[fresh], condition=Account.password_hash == stored)


def confirm_email(account_id: str, also: service.Also) -> Account:
    """Marks the address as confirmed. `also` may add conditions to the transaction. Raises NotFound."""

    def change(found: Account, transaction: Transaction) -> dict[str, Any]:
        also(found, transaction)
        return {"email_verified": True, "by_mail": None}

    return service.changed(account_id, change)
