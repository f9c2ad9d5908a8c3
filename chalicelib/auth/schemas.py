"""Bodies of requests and answers about signing in (contract §3)."""

from typing import Annotated, Any, Literal

from chalicelib.auth.sessions import Opened
from chalicelib.edge.schemas import Body, Shown, Text, left_out
from chalicelib.people.schemas import Email, Name, Password, User

TokenText = Annotated[str, Text(1, 400)]
GivenPassword = Annotated[str, Text(1, 1000)]
"""One that is compared, not stored: what is too short for a new one is merely wrong."""


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
    token: TokenText


class Pair(Shown):
    """`expires_in`: seconds until the access token ends. In sessions with a cookie `refresh_token` is left out."""

    access_token: str
    refresh_token: str | None = left_out()
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int


class SignedIn(Pair):
    user: User


def pair(opened: Opened, *, in_cookie: bool) -> Pair:
    return Pair(**_tokens(opened, in_cookie))


def signed_in(opened: Opened, user: User, *, in_cookie: bool) -> SignedIn:
    return SignedIn(user=user, **_tokens(opened, in_cookie))


def _tokens(opened: Opened, in_cookie: bool) -> dict[str, Any]:
    return {
        "access_token": opened.access_token,
        "refresh_token": None if in_cookie else opened.refresh_token,
        "expires_in": opened.expires_in,
    }
