"""Cursors: where the next page of a list begins, sealed so that nobody can read one, make one up or take another's.

A cursor is base64url(12 random bytes, then AES-256-GCM of expiry, standing and position as JSON). What it is bound to
(the caller, the endpoint, the path and the filters) is authenticated with it and needn't be sent along. Its length says
nothing either: the JSON is filled up. It gives no right of its own: every page goes through all checks again.
"""

import base64
import json
from typing import TYPE_CHECKING, Any

from chalicelib import ambient, keys
from chalicelib.codes import Code
from chalicelib.errors import BadRequest, FieldError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

GOOD_FOR = 24 * 3600
"""Seconds."""

_LONGEST = 4096
_NONCE_BYTES = 12
_STEP = 256
"""Bytes. Positions may hold keys of what the caller can't see: their length is rounded up to a multiple."""


def seal(position: Any, bound_to: list[Any], standing: list[Any]) -> str:
    """The sealed cursor for `position` (any JSON). It can be opened only with the same `bound_to` and `standing` (any
    JSON)."""
    text = json.dumps([int(ambient.clock()) + GOOD_FOR, standing, position], separators=(",", ":")).encode()
    filled = text + b" " * (-len(text) % _STEP)
    nonce = ambient.random_bytes(_NONCE_BYTES)
    key = keys.all_keys("cursors")[0]
    return _encode(nonce + _cipher(key).encrypt(nonce, filled, _context(bound_to)))


def read(cursor: str, bound_to: list[Any], standing: list[Any]) -> Any:
    """The position in a cursor. Raises BadRequest if it isn't ours or is bound to something else; with code
    `start_again` if it expired or was made while the caller had another `standing`."""
    text = _opened(cursor, _context(bound_to))
    if text is None:
        raise _refused("It isn't a cursor of this list with these filters.", "bad_cursor")
    expiry, was, position = json.loads(text)
    if expiry <= ambient.clock():
        raise _refused("The cursor is older than 24 hours. Start again from the first page.", "start_again")
    if was != standing:
        raise _refused("Your role or team has changed. Start again from the first page.", "start_again")
    return position


def _opened(cursor: str, context: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag

    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)) if len(cursor) <= _LONGEST else b""
    except ValueError:
        return None
    # base64 has several spellings of the same bytes: only ours is taken. Shorter than a nonce and a tag is none.
    if len(raw) < _NONCE_BYTES + 16 or _encode(raw) != cursor:
        return None
    for key in keys.all_keys("cursors"):
        try:
            return _cipher(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], context)
        except InvalidTag:
            continue
    return None


def _cipher(key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _context(bound_to: list[Any]) -> bytes:
    return json.dumps(bound_to, sort_keys=True).encode()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _refused(message: str, code: Code) -> BadRequest:
    return BadRequest(message, errors=(FieldError("cursor", message, code),))
