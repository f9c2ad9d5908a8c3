"""The deployment's keys. Each purpose has an SSM parameter of its own, so that a function can read only the keys that
it needs (infra/policies). Written by `python -m infra.keys`, read at most once a minute.

    {"current": "<kid>", "keys": {"<kid>": "<base64, 32 bytes>"}, "retired": {"<kid>": <epoch second of its end>},
     "lasting": "<base64, 32 bytes>"}

The current key signs; the others verify until they end. The lasting one is the first there was.
"""

import base64
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from chalicelib import ambient
from chalicelib.errors import Unavailable
from chalicelib.settings import settings

Purpose = Literal["access", "cursors", "one-time", "reply", "second-factor", "unsubscribe"]
"""Access tokens; cursors of lists; tokens that come by mail; addresses to reply to; secrets of second factors; links to
unsubscribe."""
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
SEALS: frozenset[Purpose] = frozenset({"second-factor"})
"""Their keys never end: what they sealed has to be opened for years, and locks people out when it can't be."""

_KEPT_SECONDS = 60
_ASK_AGAIN_SECONDS = 5


@dataclass(frozen=True)
class _Key:
    kid: str
    secret: bytes
    ends_at: float | None


_last_texts: dict[Purpose, str] = {}
_asked_again: dict[Purpose, float] = {}


def signing_key(purpose: Purpose) -> tuple[str, bytes]:
    """Id and bytes of the key that signs."""
    key = _keys(purpose, fresh=False)[0]
    return key.kid, key.secret


def verifying_key(kid: str, purpose: Purpose) -> bytes | None:
    """The key with this id, None if there is none (any more). An unknown id may be newer than what was read last, so
    the parameter is read again, but not more often than every few seconds: anybody can make up ids."""
    found = _find(purpose, kid, fresh=False)
    now = ambient.clock()
    if found is None and not 0 <= now - _asked_again.get(purpose, 0.0) < _ASK_AGAIN_SECONDS:
        _asked_again[purpose] = now
        found = _find(purpose, kid, fresh=True)
    return found.secret if found else None


def all_keys(purpose: Purpose) -> list[bytes]:
    """Keys of 32 bytes: the first signs, all verify."""
    return [key.secret for key in _keys(purpose, fresh=False)]


def lasting_key(purpose: Purpose) -> bytes:
    """A key of 32 bytes for what is signed once and kept for years (addresses in mail): rotation leaves it as it is,
    but for one after a leak."""
    parameter = json.loads(_text(purpose, fresh=False))
    secret = parameter.get("lasting") or parameter["keys"][parameter["current"]]
    return base64.b64decode(secret)


def _find(purpose: Purpose, kid: str, *, fresh: bool) -> _Key | None:
    return next((key for key in _keys(purpose, fresh=fresh) if key.kid == kid), None)


def _keys(purpose: Purpose, *, fresh: bool) -> list[_Key]:
    """The keys that are valid now, the current one first."""
    now = ambient.clock()
    return [key for key in _parsed(_text(purpose, fresh)) if key.ends_at is None or key.ends_at > now]


def _text(purpose: Purpose, fresh: bool) -> str:
    """The parameter's value; the cached one if SSM doesn't answer."""
    name = f"{settings.signing_keys_parameter}/{purpose}"
    try:
        text = parameters.get_parameter(name, decrypt=True, max_age=_KEPT_SECONDS, force_fetch=fresh)
    except GetParameterError as error:
        if purpose not in _last_texts:
            raise Unavailable from error
        return _last_texts[purpose]
    _last_texts[purpose] = str(text)
    return _last_texts[purpose]


@lru_cache(maxsize=4 * len(PURPOSES))
def _parsed(text: str) -> list[_Key]:
    parameter = json.loads(text)
    ends = parameter.get("retired", {})
    keys = [_Key(kid, base64.b64decode(secret), ends.get(kid)) for kid, secret in parameter["keys"].items()]
    return sorted(keys, key=lambda key: key.kid != parameter["current"])
