"""A second factor: started, confirmed, used, renewed, removed. Account and factor change in one transaction; every use
moves the factor's revision, so that of two who bring the same code at once one is right.
"""

from typing import Any, Literal

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.audit import service as audit
from chalicelib.auth import guessing, one_time, passwords, sealing, totp
from chalicelib.auth.models import Factor
from chalicelib.auth.sealing import Sealed
from chalicelib.caller import Caller
from chalicelib.dynamo import Transaction, until_it_holds
from chalicelib.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.origin import NOBODY, Origin
from chalicelib.people import service as people
from chalicelib.people.models import Account

STARTED_FOR = 3600
"""Seconds in which a factor that was started can be confirmed."""

By = Literal["totp", "recovery"]
"""A code of the app; one of those for when it is lost."""


class WrongCode(Exception):
    """None of this factor's, or it was used."""


def start(caller: Caller) -> str:
    """Begins anew, for whoever has none in force; answers the secret for the app. Raises Forbidden where nobody has
    confirmed the address, Conflict."""

    def attempt() -> str:
        account = people.known_account(caller.id)
        if not account.email_verified:
            raise Forbidden("Confirm your e-mail address first.", code="address_unconfirmed")
        if account.factor:
            raise Conflict("There is a second factor already. Remove it first.")
        secret = totp.new_secret(ambient.random_bytes)
        factor = Factor(id=account.id, factor_id=ambient.new_id())
        factor.key_id, factor.secret = sealing.seal(secret, _about(factor))
        factor.expires_at = int(ambient.clock()) + STARTED_FOR
        transaction = Transaction()
        transaction.check(account, Account.factor.does_not_exist(), label="account")
        transaction.put(factor, label="factor")
        transaction.commit()
        return secret

    return until_it_holds(attempt)


def confirm(caller: Caller, code: str, origin: Origin) -> list[str]:
    """From now on the factor is asked for; answers the recovery codes. Raises Invalid on `code`, Conflict."""
    codes = totp.recovery_codes(ambient.random_bytes)

    def change(found: Account, transaction: Transaction) -> dict[str, Any]:
        if found.factor:
            raise Conflict("There is a second factor already.")
        factor = _find(found.id)
        if factor is None or (factor.expires_at or 0) <= ambient.clock():
            raise Conflict("No second factor was started within the last hour: POST /auth/totp.")
        step = _step(factor, code)
        if step is None:
            raise wrong_code()
        actions = [Factor.recovery.set(_hashes(found.id, codes)), Factor.expires_at.remove()]
        _add_use(transaction, factor, Factor.step.set(step), *actions)
        one_time.add_notice(transaction, found, "factor_on")
        audit.add(transaction, origin, "totp_enabled", found.id)
        return {"factor": factor.factor_id}

    people.changed(caller.id, change)
    return codes


def renew_recovery_codes(caller: Caller, password: str, code: str, origin: Origin) -> list[str]:
    """New recovery codes; those before are void. Raises NotFound, Invalid on `password` or `code`, TooManyRequests."""
    codes = totp.recovery_codes(ambient.random_bytes)

    def change(found: Account, transaction: Transaction) -> dict[str, Any]:
        add_use(transaction, found, code, Factor.recovery.set(_hashes(found.id, codes)))
        audit.add(transaction, origin, "recovery_codes_renewed", found.id)
        return {}

    _with_both(caller, password, code, origin, change)
    return codes


def remove(caller: Caller, password: str, code: str, origin: Origin) -> None:
    """The password is enough again. Raises NotFound, Invalid on `password` or `code`, TooManyRequests."""

    def change(found: Account, transaction: Transaction) -> dict[str, Any]:
        factor, _ = _judged(found, code)
        transaction.delete(factor, _as_read(factor), label="factor")
        one_time.add_notice(transaction, found, "factor_off")
        audit.add(transaction, origin, "totp_removed", found.id)
        return {"factor": None}

    _with_both(caller, password, code, origin, change)


def take_away(account_id: str, origin: Origin = NOBODY) -> None:
    """For somebody who has lost both app and recovery codes. Raises NotFound."""

    def change(found: Account, transaction: Transaction) -> dict[str, Any]:
        if not found.factor:
            raise none_there()
        add_removal(transaction, found)
        one_time.add_notice(transaction, found, "factor_off")
        audit.add(transaction, origin, "totp_taken_away", found.id)
        return {"factor": None}

    people.changed(account_id, change)


def add_removal(transaction: Transaction, account: Account) -> None:
    """In a transaction that also takes its name from the account."""
    transaction.delete(Factor(id=account.id), label="factor")


def add_use(transaction: Transaction, account: Account, code: str, *more: Any) -> By:
    """Adds that the code is used up, to a transaction that must also be conditioned on the account as it was read.
    `more`: what else changes of the factor. Raises WrongCode."""
    factor, step = _judged(account, code)
    if step is not None:
        sealed = Sealed(factor.key_id, factor.secret)
        actions = [Factor.step.set(step), *more]
        if sealing.is_old(sealed) and (secret := sealing.unseal(sealed, _about(factor))):
            fresh = sealing.seal(secret, _about(factor))
            actions += [Factor.key_id.set(fresh.kid), Factor.secret.set(fresh.text)]
        _add_use(transaction, factor, *actions)
        return "totp"
    left = [each for each in factor.recovery if each != totp.hashed(account.id, code)]
    _add_use(transaction, factor, *(more or [Factor.recovery.set(left)]))
    return "recovery"


def none_there() -> NotFound:
    return NotFound("There is no second factor.")


def wrong_code() -> Invalid:
    return Invalid.field("code", "It is none of the codes that are good now, or it was used.", "wrong_code")


def _with_both(caller: Caller, password: str, code: str, origin: Origin, change: people.Change) -> None:
    """Makes the change if password and code are right, within the limits of guessing."""
    right: set[str] = set()

    def judged(found: Account, transaction: Transaction) -> dict[str, Any]:
        if not found.factor:
            raise none_there()
        if found.password_hash not in right:
            if not passwords.is_right(found.password_hash, password):
                raise Invalid.field("password", "This is not the password.", "wrong_password")
            right.add(found.password_hash)
        return change(found, transaction)

    with guessing.guess(caller.email, origin.ip, code=totp.is_of_an_app(code)):
        try:
            people.changed(caller.id, judged)
        except WrongCode:
            raise wrong_code() from None


def _judged(account: Account, code: str) -> tuple[Factor, int | None]:
    """The factor in force and the step whose code this is; None: it is one of its recovery codes. Raises WrongCode."""
    factor = _find(account.id)
    if factor is None or factor.factor_id != account.factor:
        raise WrongCode
    if totp.is_of_an_app(code):
        step = _step(factor, code)
        if step is None:
            raise WrongCode
        return factor, step
    if totp.hashed(account.id, code) not in factor.recovery:
        raise WrongCode
    return factor, None


def _step(factor: Factor, code: str) -> int | None:
    secret = sealing.unseal(Sealed(factor.key_id, factor.secret), _about(factor))
    return totp.step_of(secret, code, ambient.clock(), int(factor.step)) if secret else None


def _add_use(transaction: Transaction, factor: Factor, *actions: Any) -> None:
    raised = Factor.revision.set(factor.revision + 1)
    transaction.update(factor, [*actions, raised], _as_read(factor), label="factor")


def _as_read(factor: Factor) -> Any:
    """Neither used meanwhile nor replaced by another one that was started."""
    return (Factor.factor_id == factor.factor_id) & (Factor.revision == factor.revision)


def _find(account_id: str) -> Factor | None:
    try:
        return Factor.get(account_id, "totp", consistent_read=True)
    except DoesNotExist:
        return None


def _hashes(account_id: str, codes: list[str]) -> list[str]:
    return [totp.hashed(account_id, code) for code in codes]


def _about(factor: Factor) -> str:
    return f"{factor.id} {factor.factor_id}"
