"""What somebody may do with a ticket in its current state: what an interface offers (contract §9). Pure; a test
compares every cell with what `lifecycle` refuses.
"""

from dataclasses import dataclass
from typing import Literal

from chalicelib.tickets.policy import ACTIVE, ASSIGNMENTS, EDITS, MOVES, Relation

Assign = Literal["self", "others", "none"]


@dataclass(frozen=True)
class Abilities:
    """`status`: those to which the ticket can be moved. `assign`: to whom it can be given. `edits`: fields that can be
    changed. `speaks`: whether comments, notes, files and chat messages are taken."""

    status: tuple[str, ...]
    assign: tuple[Assign, ...]
    edits: frozenset[str]
    speaks: bool


def abilities(status: str, assignee_id: str | None, relation: Relation | None) -> Abilities:
    """The abilities of somebody with this relation to a ticket with this status and assignee. Relation None: their own
    change has just put it out of their sight."""
    if relation is None:
        return Abilities((), (), frozenset(), speaks=False)
    return Abilities(
        status=moves(status, assignee_id, relation),
        assign=_assignments(status, assignee_id, relation),
        edits=frozenset(name for name, states in EDITS.items() if relation in states.get(status, ())),
        speaks=status != "closed",
    )


def moves(status: str, assignee_id: str | None, relation: Relation) -> tuple[str, ...]:
    """The statuses to which they may move the ticket."""
    takes = relation == "agent" and assignee_id is None  # who starts a ticket that nobody has takes it
    return tuple(
        after
        for (before, after), who in MOVES.items()
        if before == status and (relation in who or (takes and (before, after) == ("open", "in_progress")))
    )


def _assignments(status: str, assignee_id: str | None, relation: Relation) -> tuple[Assign, ...]:
    if status == "closed":
        return ()
    found: list[Assign] = []
    if relation == "agent" and assignee_id is None:
        found.append("self")
    if relation in ASSIGNMENTS["to an agent"]:
        found.append("others")
    if relation in ASSIGNMENTS["to nobody"] and assignee_id is not None and status in ACTIVE:
        found.append("none")
    return tuple(found)
