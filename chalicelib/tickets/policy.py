"""Who may do what with a ticket, in which state (contract §3 and §4). Tables of facts; the rules that read them are in
`lifecycle.py`, and tests walk every cell.
"""

from typing import Literal, Protocol

from chalicelib.permissions import Role

Status = Literal["open", "in_progress", "resolved", "closed"]
Priority = Literal["low", "medium", "high", "urgent"]

Relation = Literal["client", "agent", "assignee", "admin"]
"""What somebody is to a ticket: its client, an agent of its team, the agent who has it, an admin."""

ACTIVE: frozenset[str] = frozenset({"open", "in_progress"})
"""The statuses in which a ticket weighs on its assignee, or waits for one."""

STAFF: frozenset[Relation] = frozenset({"agent", "assignee", "admin"})
_ASSIGNEE: frozenset[Relation] = frozenset({"assignee", "admin"})
_EITHER_SIDE: frozenset[Relation] = frozenset({"client", "assignee", "admin"})
_ANYONE: frozenset[Relation] = frozenset({"client", "agent", "assignee", "admin"})
_CLIENT: frozenset[Relation] = frozenset({"client", "admin"})

MOVES: dict[tuple[str, str], frozenset[Relation]] = {
    ("open", "in_progress"): _ASSIGNEE,  # and an agent of the team who takes a ticket that nobody has
    ("in_progress", "resolved"): _ASSIGNEE,
    ("in_progress", "open"): _ASSIGNEE,
    ("resolved", "closed"): _EITHER_SIDE,
    ("resolved", "in_progress"): _EITHER_SIDE,
}
"""Changes of status, and who may make them."""

EDITS: dict[str, dict[str, frozenset[Relation]]] = {
    "title": {"open": _CLIENT},
    "description": {"open": _CLIENT},
    "priority": {"open": _ANYONE, "in_progress": STAFF, "resolved": STAFF},
    "tags": {"open": STAFF, "in_progress": STAFF, "resolved": STAFF},
    "custom_fields": {"open": STAFF, "in_progress": STAFF, "resolved": STAFF},
    "team": {"open": STAFF, "in_progress": STAFF, "resolved": STAFF},
}
"""Field, then status of the ticket: who may change it. Where a status is missing, nobody may."""

ASSIGNMENTS: dict[str, frozenset[Relation]] = {
    "to an agent": _ASSIGNEE,
    "to themselves": STAFF,  # an agent: when nobody has it
    "to nobody": _ASSIGNEE,
}
"""Changes of the assignee, and who may make them."""


class Person(Protocol):
    """The caller, as far as permissions go."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def team(self) -> str | None: ...


class Belongings(Protocol):
    """A ticket, as far as permissions go."""

    @property
    def team(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def assignee_id(self) -> str | None: ...


def relation(person: Person, ticket: Belongings) -> Relation | None:
    """What `person` is to `ticket`; None: they may not know that it is there. Staff are staff also on a ticket of
    which they are the client, and an assignee is one only while an agent of the ticket's team."""
    if person.role == "admin":
        return "admin"
    if person.role == "agent" and person.team == ticket.team:
        return "assignee" if ticket.assignee_id == person.id else "agent"
    return "client" if ticket.client_id == person.id else None


def moves_from(status: str) -> list[str]:
    """The statuses that a ticket can be moved to from `status`."""
    return [after for before, after in MOVES if before == status]
