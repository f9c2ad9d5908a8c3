"""Passwords: argon2id with the parameters that OWASP names (19 MiB, 2 rounds, 1 lane), over their NFKC form."""

import unicodedata
from functools import cache
from typing import Any, LiteralString

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from chalicelib.errors import Invalid

SHORTEST, LONGEST = 10, 128
"""In characters (code points) as typed."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)

NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$8JIys7JG1IbqzCMHzKMMNg$2qh51dO9B4JAAjfEMYw0sURD2xN7FpA0xQItCxs11fM"
"""Checked in place of a hash that isn't there, so that time doesn't tell whether an account exists."""


def hashed(password: str) -> str:
    """The hash to store, its parameters and salt included."""
    return _hasher.hash(_form(password))


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password matches the hash `stored`. With None it never does, and the same work is done."""
    try:
        return _hasher.verify(stored or NOBODYS, _form(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with parameters other than today's."""
    return _hasher.check_needs_rehash(stored)


def objection(password: str) -> tuple[LiteralString, LiteralString, dict[str, Any]] | None:
    """Why nobody may have this password: type, message and context of a PydanticCustomError; None if somebody may."""
    form = _form(password)
    if len(form) < SHORTEST:
        return "string_too_short", "Must have at least {min_length} characters.", {"min_length": SHORTEST}
    if form.casefold() in _commonest():
        return "common_password", "Is one of the commonest passwords: choose another.", {}
    return None


def refuse_address(field: str, password: str, email: str) -> None:
    """Raises Invalid when the password is the person's e-mail address."""
    if _form(password).casefold() == _form(email).casefold():
        raise Invalid.field(field, "Must not be the e-mail address.", "same_as_address")


@cache
def _commonest() -> frozenset[str]:
    """The passwords of zxcvbn's list that are long enough to be allowed otherwise. Read on first use, which takes 50
    ms."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word.casefold() for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST)


def _form(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
