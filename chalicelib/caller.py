"""Who asks: what `auth` finds out of a request, and everything behind it goes by."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.permissions import Role

Via = Literal["cookie", "bearer"]
"""How a session keeps its refresh token."""


@dataclass(frozen=True)
class Caller:
    """Who asks, as their account is now, and in which session."""

    id: str
    role: Role
    team: str | None
    name: str
    email: str
    session_id: str
    via: Via
    confirmed: bool = True
    """Whether their address is known to be theirs; not yet known for up to `settings.session_cache_seconds`."""
