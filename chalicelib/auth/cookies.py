"""Sessions of browsers: the refresh token in a cookie that scripts can't read, taken from our own pages alone."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from chalicelib.errors import Forbidden
from chalicelib.settings import settings

PATH = "/api/auth"

_MOST = 4
"""How many cookies of the name are looked at: a page of a sibling domain can add some of its own."""


def asked_for(headers: Mapping[str, str]) -> bool:
    """Whether the caller wants the cookie form: `X-Session: cookie`."""
    return (headers.get("X-Session") or "").strip().lower() == "cookie"


def tokens(headers: Mapping[str, str]) -> list[str]:
    """The refresh tokens in the request's cookies, in their order."""
    return _values(headers, _name("refresh"))


def device_tokens(headers: Mapping[str, str]) -> list[str]:
    """As `tokens`: those by which a browser is known that has made the second step."""
    return _values(headers, _name("device"))


def _values(headers: Mapping[str, str], name: str) -> list[str]:
    found = (part.strip().partition("=") for part in (headers.get("Cookie") or "").split(";"))
    return [value for each, _, value in found if each == name and value][:_MOST]


def check_origin(headers: Mapping[str, str]) -> None:
    """Raises Forbidden unless the request comes from one of our pages: browsers send cookies for others too, and say
    in `Origin` for whom."""
    if headers.get("Origin") not in {*settings.allowed_origins, _own_origin()}:
        raise Forbidden("Sessions with a cookie are for the help desk's own pages: 'Origin' isn't one of theirs.")


def setting(refresh_token: str) -> str:
    """The value of `Set-Cookie` that keeps a token."""
    return _cookie("refresh", refresh_token, settings.refresh_token_days * 86_400)


def remembering(device_token: str, seconds: int) -> str:
    """The value of `Set-Cookie` that keeps what a browser is known by."""
    return _cookie("device", device_token, seconds)


def clearing() -> str:
    """The value of `Set-Cookie` that removes the token."""
    return _cookie("refresh", "", 0)


def _name(what: str) -> str:
    """Browsers refuse the `__Secure-` prefix without `Secure`, which plain HTTP can't have."""
    return f"__Secure-{what}" if settings.secure_cookies else what


def _cookie(what: str, value: str, seconds: int) -> str:
    secure = "Secure; " if settings.secure_cookies else ""
    return f"{_name(what)}={value}; Max-Age={seconds}; Path={PATH}; HttpOnly; {secure}SameSite=Strict"


def _own_origin() -> str:
    address = urlsplit(settings.public_url)
    return f"{address.scheme}://{address.netloc}"
