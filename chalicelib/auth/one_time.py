"""Tokens that come by mail and are good once: `<account>.<token id>.<secret>`.

The secret is an HMAC over a random nonce, by a key that only the function that mails can read. Who asks for a token
writes it with its nonce; who mails it works the secret out, again as often as it has to, and adds its hash, by which it
is known when it comes back. The table alone doesn't give a token away, nor does the key alone; and who may write that a
token is wanted can't make one.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Literal

from pynamodb.exceptions import DoesNotExist, UpdateError

from chalicelib import ambient, keys
from chalicelib.auth.models import Decoy, Notice, OneTimeToken
from chalicelib.dynamo import LostRace, Transaction
from chalicelib.log import request_id
from chalicelib.people.models import Account

Purpose = Literal["reset", "invitation", "verification"]

GOOD_FOR: Mapping[Purpose, int] = {"reset": 1800, "invitation": 7 * 86_400, "verification": 86_400}
"""Seconds."""

MOST_TRIES = 5
"""How many passwords may be tried beside a token."""

_NOTICE_KEPT = 7 * 86_400
_TOKEN = re.compile(r"([\w-]{1,64})\.([\w-]{1,64})\.([\w-]{43})", re.ASCII)


def add(transaction: Transaction, account: Account, purpose: Purpose, ticket: int | None = None) -> None:
    """Adds a token to what is written; the mail that brings it follows from that. `ticket`: the number of the one that
    was filed and whose receipt waits for the address to be confirmed."""
    token = _new(account, purpose)
    token.ticket = ticket
    token.nonce, token.mail = ambient.secret(), purpose
    transaction.put(token, OneTimeToken.id.does_not_exist(), label="token")


def add_by_hand(transaction: Transaction, account: Account, purpose: Purpose) -> str:
    """Adds a token that no mail brings, and answers it: for an operator to hand over."""
    secret = ambient.secret()
    token = _new(account, purpose)
    token.hash = _hashed(secret)
    transaction.put(token, OneTimeToken.id.does_not_exist(), label="token")
    return _text(token, secret)


def add_decoy(transaction: Transaction) -> None:
    """Adds what costs as much as a token and is none."""
    decoy = Decoy(id=ambient.new_id(), item=f"token#{ambient.new_id()}")
    decoy.expires_at = int(ambient.clock()) + GOOD_FOR["reset"]
    transaction.put(decoy, Decoy.id.does_not_exist(), label="token")


def add_notice(transaction: Transaction, account: Account, mail: str, *, confirms: bool = False) -> None:
    """Adds that the person is to be told something by mail (`confirmed`: to be sent what waited for that). `confirms`:
    the same transaction confirms the address."""
    notice = Notice(id=account.id, item=f"notice#{ambient.new_id()}", mail=mail, email=account.email, name=account.name)
    notice.confirms = confirms or None
    notice.request_id = request_id()
    notice.expires_at = int(ambient.clock()) + _NOTICE_KEPT
    transaction.put(notice, Notice.id.does_not_exist(), label="notice")


def text_of(token: OneTimeToken) -> str:
    """The token itself, for its mail; from now on it is known. Raises LookupError when it was used meanwhile."""
    secret = _secret(token, keys.lasting_key("one-time"))
    known = OneTimeToken.hash.set(_hashed(secret))
    transaction = Transaction()  # unlike an update by itself it answers nothing: not what this function may not read
    transaction.update(token, [known], OneTimeToken.id.exists(), label="token")
    try:
        transaction.commit()
    except LostRace as race:
        if "token" in race.failed:
            raise LookupError("The token is gone.") from None
        raise
    return _text(token, secret)


def account_id_of(text: str) -> str | None:
    """Whose token it would be, None if it can't be one."""
    found = _TOKEN.fullmatch(text)
    return found[1] if found else None


def find(text: str, account: Account, purposes: frozenset[Purpose]) -> OneTimeToken | None:
    """The token, None when it isn't one for `purposes` that is good now: what ends all sessions ends it too, and one
    that confirms an address is dead when that is confirmed."""
    found = _TOKEN.fullmatch(text)
    if not found or found[1] != account.id:
        return None
    try:
        token = OneTimeToken.get(found[1], f"token#{found[2]}", consistent_read=True)
    except DoesNotExist:
        return None
    good = (
        token.purpose in purposes
        and hmac.compare_digest(_hashed(found[3]), token.hash or "")
        and ambient.clock() < token.expires_at
        and account.active
        and token.generation == account.generation
        and token.tries < MOST_TRIES
        and not (token.purpose == "verification" and account.email_verified)
    )
    return token if good else None


def use_up(transaction: Transaction, token: OneTimeToken) -> None:
    """In a transaction that must also be conditioned on the account as it was read."""
    transaction.delete(token, OneTimeToken.hash == token.hash, label="token")


def count_try(token: OneTimeToken) -> bool:
    """Counts that a password is tried beside the token; whether there may be another."""
    try:
        token.update(actions=[OneTimeToken.tries.add(1)], condition=OneTimeToken.tries < MOST_TRIES)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _new(account: Account, purpose: Purpose) -> OneTimeToken:
    return OneTimeToken(
        id=account.id,
        item=f"token#{ambient.new_id()}",
        purpose=purpose,
        generation=account.generation,
        expires_at=int(ambient.clock()) + GOOD_FOR[purpose],
        email=account.email,
        name=account.name,
        request_id=request_id(),
    )


def _secret(token: OneTimeToken, key: bytes) -> str:
    said = f"{token.id} {token.item} {token.purpose} {token.nonce}"
    return base64.urlsafe_b64encode(hmac.digest(key, said.encode(), "sha256")).rstrip(b"=").decode()


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _text(token: OneTimeToken, secret: str) -> str:
    return f"{token.id}.{str(token.item).removeprefix('token#')}.{secret}"
