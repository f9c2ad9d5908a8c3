"""Access tokens: JWTs that say who asks and in which session, for 15 minutes (RFC 7519, checked as RFC 8725 asks).

What a person may do is not in them: role, team and activity are the account's.
"""

from dataclasses import dataclass
from typing import Any, Final

import jwt

from chalicelib import ambient, keys
from chalicelib.caller import Via
from chalicelib.errors import Unauthenticated
from chalicelib.settings import settings

ALGORITHM = "HS256"
ISSUER = "lambdesk"
AUDIENCE = "lambdesk-api"
TYPE: Final = "access"
SKEW_SECONDS = 5
"""Seconds by which the clock of the instance that issued a token may be ahead of ours."""

_CLAIMS = ("iss", "aud", "sub", "iat", "nbf", "exp", "jti", "sid", "gen", "typ", "via", "rev")


@dataclass(frozen=True)
class Access:
    """The claims of an access token."""

    account_id: str
    session_id: str
    generation: int
    via: Via
    revision: int = 0
    """The account's generation when the token was issued. Whoever has an older state of the account cached must read it
    again."""


def issue(access: Access) -> str:
    """Issues a token, valid for `settings.access_token_seconds` from now."""
    now = int(ambient.clock())
    kid, key = keys.signing_key(TYPE)
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": access.account_id,
        "iat": now,
        "nbf": now,
        "exp": now + settings.access_token_seconds,
        "jti": ambient.new_id(),
        "sid": access.session_id,
        "gen": access.generation,
        "typ": TYPE,
        "via": access.via,
        "rev": access.revision,
    }
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": kid})


def read(token: str) -> Access:
    """The claims of a token that we issued and that is valid now. Raises Unauthenticated."""
    claims = _verified(token)
    times = [claims["iat"], claims["nbf"], claims["exp"]]
    texts = [claims["sub"], claims["sid"], claims["via"]]
    now = ambient.clock()
    fits = (
        all(type(number) is int for number in (*times, claims["gen"], claims["rev"]))
        and all(isinstance(text, str) for text in texts)
        and claims["typ"] == TYPE
        and max(claims["iat"], claims["nbf"]) <= now + SKEW_SECONDS
        and now < claims["exp"]
    )
    if not fits:
        raise Unauthenticated("The access token has expired or isn't one.")
    return Access(claims["sub"], claims["sid"], claims["gen"], claims["via"], claims["rev"])


def _verified(token: str) -> dict[str, Any]:
    """Claims under a signature of ours. Times are judged by the application's clock, so not by the library."""
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        key = keys.verifying_key(kid, TYPE) if isinstance(kid, str) else None
        if key is None:
            raise Unauthenticated("The access token isn't one of ours.")
        return jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            options={
                "require": list(_CLAIMS),
                "strict_aud": True,
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise Unauthenticated("The access token isn't one of ours.") from None
