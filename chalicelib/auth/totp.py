"""Codes of the second factor: those that an app shows (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds, as every app knows
them), and recovery codes. Pure.
"""

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Callable

STEP_SECONDS = 30
"""RFC 6238, 5.2."""
_SKEW = 1
"""So many steps may the phone's clock, or whoever types, be early or late."""
_DIGITS = 6
_SECRET_BYTES = 20
"""RFC 4226, 4: 160 bits are recommended."""

RECOVERY_CODES = 10
_RECOVERY_BYTES = 10
"""80 bits: nobody finds a code by its hash, which is all that is kept of it."""
_GROUP = 4


def new_secret(random_bytes: Callable[[int], bytes]) -> str:
    """A secret for an app, in base32."""
    return base64.b32encode(random_bytes(_SECRET_BYTES)).decode()


def address(secret: str, email: str, desk: str) -> str:
    """The `otpauth://` address that apps take as a QR code."""
    import pyotp  # where somebody signs in by one alone: not in every function's start

    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=desk)


def typed(code: str) -> str:
    """A code as it is compared: digits of any script are digits; spaces, hyphens and case don't count."""
    written = unicodedata.normalize("NFKC", code)
    return "".join(str(unicodedata.digit(each, each)) for each in written if each.isalnum()).lower()


def is_of_an_app(code: str) -> bool:
    """Whether it looks like what an app shows, not like a recovery code."""
    code = typed(code)
    return len(code) == _DIGITS and code.isascii() and code.isdigit()


def step_of(secret: str, code: str, now: float, after: int) -> int | None:
    """The step whose code this is, of those about `now` (epoch seconds) and later than `after`; None: of none, or it
    was used."""
    import pyotp

    app, current = pyotp.TOTP(secret, digits=_DIGITS, interval=STEP_SECONDS), int(now) // STEP_SECONDS
    steps = range(current - _SKEW, current + _SKEW + 1)
    given = typed(code).encode()
    right = [step for step in steps if hmac.compare_digest(app.generate_otp(step).encode(), given)]
    return next((step for step in right if step > after), None)


def recovery_codes(random_bytes: Callable[[int], bytes]) -> list[str]:
    """New ones, as they are shown: `abcd-efgh-ijkl-mnop`."""
    texts = (base64.b32encode(random_bytes(_RECOVERY_BYTES)).decode().lower() for _ in range(RECOVERY_CODES))
    return ["-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP)) for text in texts]


def hashed(account_id: str, code: str) -> str:
    """What is kept of a recovery code."""
    return hashlib.sha256(f"{account_id} {typed(code)}".encode()).hexdigest()
