"""Refresh tokens: how they are written, and what using one makes of its family (contract §3). Pure.

A token is `<account>.<session>.<secret>.<check>`: 256 random bits, and a short MAC over them by a key of the family.
The secret is stored hashed. A token with a right check that the family doesn't know was used long ago.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

GRACE_SECONDS = 10
"""For two tabs that refresh at the same time, or an answer that got lost."""
GRACE_USES = 3

_LIVE = 16
_USED = 64
"""How many tokens a family remembers at most: the oldest are forgotten first."""

_TOKEN = re.compile(r"([\w-]{1,64})\.([\w-]{1,64})\.([\w-]{43})\.([\w-]{22})", re.ASCII)


@dataclass(frozen=True)
class Presented:
    """A refresh token's parts."""

    account_id: str
    session_id: str
    secret: str
    check: str


@dataclass(frozen=True)
class Tokens:
    """`live`: hash -> when it was given out; `used`: hash -> (when it was rotated, how often it was used since)."""

    live: Mapping[str, float]
    used: Mapping[str, tuple[float, int]]


class Reused(Exception):
    """A token came back that had been replaced: somebody has a copy. The family has to end."""


class Expired(Exception):
    """The token is known, but too old."""


def write(account_id: str, session_id: str, secret: str, check_key: str) -> str:
    return f"{account_id}.{session_id}.{secret}.{_check(secret, check_key)}"


def read(token: str) -> Presented | None:
    """The token's parts, None if it can't be one."""
    found = _TOKEN.fullmatch(token)
    return Presented(*found.groups()) if found else None


def was_given_out(presented: Presented, check_key: str) -> bool:
    """Whether the token is, or was, one of the family with this key."""
    return hmac.compare_digest(presented.check, _check(presented.secret, check_key))


def hashed(secret: str) -> str:
    return _text(hashlib.sha256(secret.encode()).digest())


def rotated(tokens: Tokens, presented: str, fresh: str, now: float, lifetime: float) -> Tokens:
    """The family after the token with hash `presented` was exchanged for the one with hash `fresh`; tokens live
    `lifetime` seconds unused. Raises Reused, Expired."""
    live = {token: at for token, at in tokens.live.items() if token != presented and now < at + lifetime}
    used = {token: use for token, use in tokens.used.items() if now - use[0] <= GRACE_SECONDS}
    if presented in tokens.live:
        if now >= tokens.live[presented] + lifetime:
            raise Expired
        used[presented] = (now, 0)
    else:
        at, times = used.get(presented, (now, GRACE_USES))
        if times >= GRACE_USES:
            raise Reused
        used[presented] = (at, times + 1)
    live[fresh] = now
    return Tokens(live=_latest(live, _LIVE), used=_latest(used, _USED))


def _latest(entries: Mapping[str, T], most: int) -> dict[str, T]:
    return dict(list(entries.items())[-most:])


def _check(secret: str, check_key: str) -> str:
    return _text(hmac.digest(check_key.encode(), secret.encode(), "sha256")[:16])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
