"""The deployment's keys: a parameter in SSM, written by `python -m infra.keys`, read at most once a minute.

    {"current": "<kid>", "keys": {"<kid>": "<base64, 32 bytes>"}, "retired": {"<kid>": <epoch second of its end>},
     "lasting": "<base64, 32 bytes>"}

The current key signs; the others verify until they end. The lasting one is the first there was. Every purpose gets a
key of its own, derived from these.
"""

import base64
import hmac
import json
from dataclasses import dataclass
from functools import lru_cache

from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from chalicelib import ambient
from chalicelib.errors import Unavailable
from chalicelib.settings import settings

_KEPT_SECONDS = 60
_ASK_AGAIN_SECONDS = 5


@dataclass(frozen=True)
class _Key:
    kid: str
    secret: bytes
    ends_at: float | None


_last_text: str | None = None
_asked_again = 0.0


def signing_key(purpose: str) -> tuple[str, bytes]:
    """Id and bytes of the key that signs."""
    key = _keys(fresh=False)[0]
    return key.kid, _derived(key.secret, purpose)


def verifying_key(kid: str, purpose: str) -> bytes | None:
    """The key with this id, None if there is none (any more). An unknown id may be newer than what was read last, so
    the parameter is read again, but not more often than every few seconds: anybody can make up ids."""
    global _asked_again
    found = _find(kid, fresh=False)
    now = ambient.clock()
    if found is None and not 0 <= now - _asked_again < _ASK_AGAIN_SECONDS:
        _asked_again = now
        found = _find(kid, fresh=True)
    return _derived(found.secret, purpose) if found else None


def derived_keys(purpose: str) -> list[bytes]:
    """Keys of 32 bytes for a purpose of the caller's: the first signs, all verify."""
    return [_derived(key.secret, purpose) for key in _keys(fresh=False)]


def lasting_key(purpose: str) -> bytes:
    """A key of 32 bytes for what is signed once and kept for years (addresses in mail): rotation leaves it as it is,
    but for one after a leak."""
    parameter = json.loads(_text(fresh=False))
    secret = parameter.get("lasting") or parameter["keys"][parameter["current"]]
    return _derived(base64.b64decode(secret), purpose)


def _find(kid: str, *, fresh: bool) -> _Key | None:
    return next((key for key in _keys(fresh=fresh) if key.kid == kid), None)


def _keys(*, fresh: bool) -> list[_Key]:
    """All that are good now, the current one first."""
    now = ambient.clock()
    return [key for key in _parsed(_text(fresh)) if key.ends_at is None or key.ends_at > now]


def _text(fresh: bool) -> str:
    """The parameter; if SSM doesn't answer, what it was when last read."""
    global _last_text
    try:
        _last_text = parameters.get_parameter(
            settings.signing_keys_parameter, decrypt=True, max_age=_KEPT_SECONDS, force_fetch=fresh
        )
    except GetParameterError as error:
        if _last_text is None:
            raise Unavailable from error
    return _last_text


@lru_cache(maxsize=4)
def _parsed(text: str) -> list[_Key]:
    parameter = json.loads(text)
    ends = parameter.get("retired", {})
    keys = [_Key(kid, base64.b64decode(secret), ends.get(kid)) for kid, secret in parameter["keys"].items()]
    return sorted(keys, key=lambda key: key.kid != parameter["current"])


@lru_cache(maxsize=64)
def _derived(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, purpose.encode(), "sha256")
