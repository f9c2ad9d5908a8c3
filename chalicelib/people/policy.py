"""Who may do what with people, where it depends on more than the route. Pure tables."""

from collections.abc import Mapping

from chalicelib.auth.permissions import Role

ROLES: tuple[Role, ...] = ("admin", "agent", "client")
"""The order in which lists of people show them."""

LISTABLE: Mapping[Role, frozenset[Role | None]] = {
    "client": frozenset(),
    "agent": frozenset({"client"}),
    "admin": frozenset({None, "client", "agent", "admin"}),
}
"""By the role of who asks: which `role` they may list people by; None is to list everybody."""
