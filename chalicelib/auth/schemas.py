"""Bodies of requests and answers about signing in (contract §3)."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from chalicelib import ambient
from chalicelib.auth.models import RefreshFamily
from chalicelib.auth.service import SecondStep
from chalicelib.auth.sessions import Opened
from chalicelib.edge.schemas import Body, Shown, Text, Timestamp, left_out
from chalicelib.people.schemas import Email, Name, Password, User

TokenText = Annotated[str, Text(1, 400)]
GivenPassword = Annotated[str, Text(1, 1000)]
"""One that is compared, not stored: what is too short for a new one is merely wrong."""


GivenCode = Annotated[str, Text(1, 100)]
"""Of the app, or a recovery code: spaces, hyphens and case don't count."""


class Registration(Body):
    email: Email
    password: Password
    name: Name


class Credentials(Body):
    email: Annotated[str, Text(1, 320)]
    password: GivenPassword


class RefreshRequest(Body):
    """Sessions with a cookie send none."""

    refresh_token: TokenText | None = None


class PasswordChange(Body):
    current_password: GivenPassword
    new_password: Password


class ForgottenPassword(Body):
    email: Annotated[str, Text(1, 320)]


class Reset(Body):
    """`token`: from a mail, of a reset or an invitation."""

    token: TokenText
    new_password: Password


class Verification(Body):
    """`password`: the account's, unless its session is sent in `Authorization`."""

    token: TokenText
    password: GivenPassword | None = None


class SignedIn(Shown):
    """`expires_in`: seconds until the access token ends. In sessions with a cookie `refresh_token` is left out."""

    access_token: str
    refresh_token: str | None = left_out()
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int
    user: User


class SecondStepNeeded(Shown):
    """The password was right; the account has a second factor. `expires_in`: seconds until `mfa_token` ends."""

    mfa_token: str
    expires_in: int


class SecondStepGiven(Body):
    """`remember`: this browser, which gets a cookie for it, isn't asked for a code for 30 days."""

    mfa_token: TokenText
    code: GivenCode
    remember: bool = False


class Code(Body):
    code: GivenCode


class PasswordAndCode(Body):
    password: GivenPassword
    code: GivenCode


class FactorStarted(Shown):
    """`secret`: base32, to be typed into an app; `otpauth_url`: the same for a QR code."""

    secret: str
    otpauth_url: str


class RecoveryCodes(Shown):
    """Each is good once in place of a code; shown this once."""

    recovery_codes: list[str]


class SessionShown(Shown):
    """`last_used_at`: the last refresh; `ip` and `user_agent` as they were then."""

    id: str
    created_at: Timestamp
    last_used_at: Timestamp
    ip: str | None
    user_agent: str | None
    current: bool


def session(family: RefreshFamily, current: str) -> SessionShown:
    """`current`: the id of the session in which this is asked."""
    return SessionShown(
        id=family.session_id,
        created_at=_at(family.opened_at),
        last_used_at=_at(family.used_at),
        ip=family.ip,
        user_agent=family.user_agent,
        current=family.session_id == current,
    )


def _at(second: float) -> str:
    return ambient.timestamp(datetime.fromtimestamp(second, UTC))


def second_step(needed: SecondStep) -> SecondStepNeeded:
    return SecondStepNeeded(mfa_token=needed.mfa_token, expires_in=needed.expires_in)


def signed_in(opened: Opened, user: User, *, in_cookie: bool) -> SignedIn:
    return SignedIn(
        user=user,
        access_token=opened.access_token,
        refresh_token=None if in_cookie else opened.refresh_token,
        expires_in=opened.expires_in,
    )
