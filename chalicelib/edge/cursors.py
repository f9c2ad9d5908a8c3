"""Cursors: where the next page of a list begins, signed so that nobody can make one up or take another's.

A cursor is base64url(expiry and position as JSON, then an HMAC-SHA256). The MAC also covers what the cursor is bound
to (the caller, the endpoint, the path and the filters), which needn't be sent along. It gives no right of its own:
every page goes through all checks again.
"""

import base64
import hashlib
import hmac
import json
from typing import Any

from chalicelib import ambient
from chalicelib.auth import keys
from chalicelib.errors import BadRequest, FieldError

GOOD_FOR = 24 * 3600
"""Seconds."""

_LONGEST = 4096
_MAC_BYTES = hashlib.sha256().digest_size


def sign(position: Any, bound_to: list[Any]) -> str:
    """The cursor for `position` (any JSON), good for the same `bound_to` (any JSON) alone."""
    payload = json.dumps([int(ambient.clock()) + GOOD_FOR, position], separators=(",", ":")).encode()
    return _encode(payload + _mac(keys.derived_keys("cursors")[0], payload, bound_to))


def read(cursor: str, bound_to: list[Any]) -> Any:
    """The position. Raises BadRequest for what isn't ours, or not for this list, or too old."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)) if len(cursor) <= _LONGEST else b""
    except ValueError:
        raw = b""
    payload, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    # base64 has several spellings of the same bytes: only ours is taken.
    ours = _encode(raw) == cursor and any(
        hmac.compare_digest(mac, _mac(key, payload, bound_to)) for key in keys.derived_keys("cursors")
    )
    if not ours:
        raise _refused("It isn't a cursor of this list with these filters.")
    expiry, position = json.loads(payload)
    if expiry <= ambient.clock():
        raise _refused("The cursor is older than 24 hours. Start again from the first page.")
    return position


def _mac(key: bytes, payload: bytes, bound_to: list[Any]) -> bytes:
    context = hashlib.sha256(json.dumps(bound_to, sort_keys=True).encode()).digest()
    return hmac.digest(key, context + payload, hashlib.sha256)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _refused(message: str) -> BadRequest:
    return BadRequest(message, errors=(FieldError("cursor", message),))
