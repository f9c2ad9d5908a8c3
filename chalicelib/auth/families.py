"""Refresh tokens: how they are written, and what using one makes of its family (contract §3). Pure.

A token is `<account>.<session>.<secret>.<check>`: 256 random bits, and a short MAC over them by a key of the family.
The secret is stored hashed. A token with a right check that the family doesn't know was used long ago.

A family is a tree: from a token that is exchanged again, in its grace or because an answer was lost, several follow.
"""

import base64
import hashlib
import hmac
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

GRACE_SECONDS = 60
"""Seconds in which an exchanged token may be exchanged again: several tabs restored together, or a lost answer."""
REMEMBERED = 64
"""How many tokens a family knows, the newest; older ones count as used by somebody else."""
MOST_A_MINUTE = 20

_TOKEN = re.compile(r"([\w-]{1,64})\.([\w-]{1,64})\.([\w-]{43})\.([\w-]{22})", re.ASCII)


@dataclass(frozen=True)
class Presented:
    """A refresh token's parts."""

    account_id: str
    session_id: str
    secret: str
    check: str


@dataclass(frozen=True)
class Token:
    """What a family knows of one of its tokens. Times are epoch seconds. `parent`: the number of the token that was
    exchanged for it, None for the first. `used_at`: when it was exchanged. `void`: its parent was exchanged again
    later, so it went to nobody, or to a thief."""

    hash: str
    number: int
    parent: int | None
    given_at: int
    used_at: int | None = None
    void: bool = False


Tokens = tuple[Token, ...]
"""In the order in which they were given out."""


class Reused(Exception):
    """A token came back although tokens that followed from it are in use: two parties have it. The family has to
    end."""


class Expired(Exception):
    """The token is known, but too old."""


class TooFast(Exception):
    """More refreshes in a minute than any client needs. `seconds`: when the next is allowed."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def write(account_id: str, session_id: str, secret: str, check_key: str) -> str:
    return f"{account_id}.{session_id}.{secret}.{_check(secret, check_key)}"


def read(token: str) -> Presented | None:
    """The token's parts; None if it doesn't have the form of one."""
    found = _TOKEN.fullmatch(token)
    return Presented(*found.groups()) if found else None


def was_given_out(presented: Presented, check_key: str) -> bool:
    """Whether the token is, or was, one of the family with this key."""
    return hmac.compare_digest(presented.check, _check(presented.secret, check_key))


def hashed(secret: str) -> str:
    """The stored form: 128 bits of a hash. The secret is 256 random bits, so nobody finds another one with this
    hash."""
    return _text(hashlib.sha256(secret.encode()).digest()[:16])


def first(fresh: str, now: float) -> Tokens:
    """The family of a new session, whose first token hashes to `fresh`."""
    return (Token(fresh, 0, None, int(now)),)


def rotated(tokens: Tokens, presented: str, fresh: str, now: float, lifetime: float) -> Tokens:
    """The family after the token with hash `presented` was exchanged for the one with hash `fresh`; tokens live
    `lifetime` seconds unused. Raises TooFast, Reused, Expired."""
    _check_pace(tokens, now)
    known = next((token for token in tokens if token.hash == presented), None)
    if known is None or known.void:
        raise Reused
    followed = [token for token in tokens if token.parent == known.number]
    within_grace = known.used_at is not None and now - known.used_at <= GRACE_SECONDS
    if not within_grace:
        if any(token.used_at is not None for token in followed):
            raise Reused
        if now >= known.given_at + lifetime:
            raise Expired
        # Nobody has used what followed: its answer was lost. If it comes back, it wasn't.
        tokens = tuple(
            replace(token, void=True)
            if token.parent == known.number
            else replace(token, used_at=math.ceil(now))
            if token is known
            else token
            for token in tokens
        )
    return (*tokens, Token(fresh, tokens[-1].number + 1, known.number, int(now)))[-REMEMBERED:]


def _check_pace(tokens: Tokens, now: float) -> None:
    recent = [token.given_at for token in tokens if token.parent is not None and now - token.given_at < 60]
    if len(recent) >= MOST_A_MINUTE:
        raise TooFast(math.ceil(recent[-MOST_A_MINUTE] + 60 - now))


def packed(tokens: Tokens) -> list[list[Any]]:
    """The tokens as they are stored."""
    return [[each.hash, each.number, each.parent, each.given_at, each.used_at, int(each.void)] for each in tokens]


def unpacked(stored: Sequence[Sequence[Any]]) -> Tokens:
    return tuple(
        Token(hash_, number, parent, given_at, used_at, bool(void))
        for hash_, number, parent, given_at, used_at, void in stored
    )


def _check(secret: str, check_key: str) -> str:
    return _text(hmac.digest(check_key.encode(), secret.encode(), "sha256")[:16])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
