"""The caller of a request, as `auth` identified them: what every permission check goes by."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.permissions import Role

Via = Literal["cookie", "bearer"]
"""How a session keeps its refresh token."""


@dataclass(frozen=True)
class Caller:
    """An authenticated person: their account as it is now, and their session."""

    id: str
    role: Role
    team: str | None
    name: str
    email: str
    session_id: str
    via: Via
    confirmed: bool = True
    """Whether their address is known to be theirs; not yet known for up to `settings.session_cache_seconds`."""
