"""What somebody who signs in with a second factor has shown already: that they know the password (a challenge, for the
minutes until they give a code), or that they have given one from this browser (a device, for a month).

A token is `<account>.<its own id>.<secret>`, the secret 256 random bits and kept hashed. Both end with the factor, and
with what ends all of the account's sessions.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from typing import Literal

from pynamodb.exceptions import DoesNotExist, UpdateError

from chalicelib import ambient
from chalicelib.auth.models import Proof
from chalicelib.dynamo import Transaction
from chalicelib.people.models import Account

Kind = Literal["challenge", "device"]

GOOD_FOR: Mapping[Kind, int] = {"challenge": 300, "device": 30 * 86_400}
"""Seconds."""
MOST_TRIES = 5
"""Codes that may be tried with a challenge."""

_TOKEN = re.compile(r"([\w-]{1,64})\.([\w-]{1,64})\.([\w-]{43})", re.ASCII)


def made(kind: Kind, account: Account) -> tuple[Proof, str]:
    """A new one, not yet stored, and its token."""
    secret, own_id = ambient.secret(), ambient.new_id()
    proof = Proof(
        id=account.id,
        item=f"{kind}#{own_id}",
        hash=_hashed(secret),
        generation=account.generation,
        factor_id=account.factor,
        expires_at=int(ambient.clock()) + GOOD_FOR[kind],
    )
    return proof, f"{account.id}.{own_id}.{secret}"


def account_id_of(token: str) -> str | None:
    """Whose token it would be, None if it can't be one."""
    found = _TOKEN.fullmatch(token)
    return found[1] if found else None


def find(kind: Kind, token: str, account: Account) -> Proof | None:
    """None when the token isn't one of this account that is good now."""
    found = _TOKEN.fullmatch(token)
    if not found or found[1] != account.id:
        return None
    try:
        proof = Proof.get(found[1], f"{kind}#{found[2]}", consistent_read=True)
    except DoesNotExist:
        return None
    good = (
        hmac.compare_digest(_hashed(found[3]), proof.hash)
        and ambient.clock() < proof.expires_at
        and account.active
        and proof.generation == account.generation
        and proof.factor_id == account.factor
    )
    return proof if good else None


def knows_device(account: Account, tokens: Iterable[str]) -> bool:
    """Whether one of a browser's tokens is of a device that this account trusts."""
    return any(find("device", token, account) for token in tokens)


def count_try(challenge: Proof) -> bool:
    """Counts that a code is tried, before it is looked at; whether there may be another."""
    there = (Proof.hash == challenge.hash) & (Proof.tries < MOST_TRIES)
    try:
        challenge.update(actions=[Proof.tries.add(1)], condition=there)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def add_still_needed(transaction: Transaction, account: Account) -> None:
    """Makes a write depend on the account's being active, on none of what ends all sessions having happened, and on
    the factor's being still in force."""
    unchanged = (Account.active == True) & (Account.generation == account.generation)  # noqa: E712
    transaction.check(account, unchanged & (Account.factor == account.factor), label="account")


def use_up(transaction: Transaction, challenge: Proof) -> None:
    transaction.delete(challenge, Proof.hash == challenge.hash, label="challenge")


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
