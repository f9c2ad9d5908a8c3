"""Who there is, and the sets of them that endpoints name in `who`. What a role may do with one ticket is another
table: `chalicelib/tickets/policy.py`.
"""

from enum import Enum
from typing import Literal

Role = Literal["client", "agent", "admin"]


class Anyone(Enum):
    """The one value of `who` that needs no token."""

    ANYONE = "anyone"


ANYONE = Anyone.ANYONE
SIGNED_IN: frozenset[Role] = frozenset({"client", "agent", "admin"})
CLIENTS: frozenset[Role] = frozenset({"client"})
AGENTS: frozenset[Role] = frozenset({"agent"})
ADMINS: frozenset[Role] = frozenset({"admin"})
STAFF: frozenset[Role] = AGENTS | ADMINS

Who = frozenset[Role] | Anyone
"""Whom an endpoint lets in."""
