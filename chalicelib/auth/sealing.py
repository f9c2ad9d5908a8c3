"""Secrets that have to be read again, sealed with a key of their own purpose: the table alone doesn't give them away.

A sealed text is base64url(12 random bytes, then AES-256-GCM), and says nothing of its key: that is kept beside it.
"""

import base64
from typing import NamedTuple

from chalicelib import ambient, keys

_NONCE_BYTES = 12


class Sealed(NamedTuple):
    kid: str
    text: str


def seal(secret: str, about: str) -> Sealed:
    """`about`: whose and what it is; it opens with the same alone."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # where there is a second factor alone

    kid, key = keys.signing_key("second-factor")
    nonce = ambient.random_bytes(_NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, secret.encode(), about.encode())
    return Sealed(kid, base64.urlsafe_b64encode(sealed).decode())


def unseal(sealed: Sealed, about: str) -> str | None:
    """The secret; None when its key is gone, or it is another's."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = keys.verifying_key(sealed.kid, "second-factor")
    if key is None:
        return None
    raw = base64.urlsafe_b64decode(sealed.text)
    try:
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], about.encode()).decode()
    except InvalidTag:
        return None


def is_old(sealed: Sealed) -> bool:
    """Whether another key seals now."""
    return sealed.kid != keys.signing_key("second-factor")[0]
