"""Judges a change of a ticket: refused, or the fields that get new values (contract §4). Pure.

All fields of a change are judged against the ticket as it was. If one is refused all are, and the earliest failing
check decides the answer: 422, then (412,) 409 if nobody may do it in this state, then 403.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from chalicelib import ambient
from chalicelib.errors import Conflict, Forbidden, Invalid, Refused
from chalicelib.settings import settings
from chalicelib.tickets.abilities import moves
from chalicelib.tickets.policy import ACTIVE, ASSIGNMENTS, EDITS, MOVES, Relation, moves_from


class Before(Protocol):
    """The ticket as it was; fields that only have to differ are read by name."""

    @property
    def status(self) -> str: ...
    @property
    def assignee_id(self) -> str | None: ...
    @property
    def avoid(self) -> str | None: ...
    @property
    def reopened_count(self) -> float: ...


@dataclass(frozen=True)
class Known:
    """What judging needs to know besides the ticket."""

    caller_id: str
    relation: Relation
    assignee_name: str = ""
    """The current assignee's name, for whoever is refused."""
    team_exists: bool = True
    """Whether the team that is asked for exists."""
    candidate_fits: bool = True
    """Whether the agent who is asked for is an active agent of the team that the ticket will be in."""
    assignee_can_return: bool = False
    """Whether the current assignee is active, available and still of the ticket's team: keeps a reopened ticket."""


def changed(before: Before, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The part of `wanted` that differs from the ticket. Together with a new team, `assignee_id` always counts as a
    change: it names an agent of that team."""
    changes = {name: value for name, value in wanted.items() if getattr(before, name) != value}
    if "team" in changes and wanted.get("assignee_id") is not None:
        changes["assignee_id"] = wanted["assignee_id"]
    return changes


def refusals(before: Before, wanted: Mapping[str, Any], known: Known) -> list[Refused]:
    """Why the change can't be made, the earliest failing check first; empty if it can."""
    changes = changed(before, wanted)
    invalid = [error for refusal in _invalid(before, wanted, changes, known) for error in refusal.errors]
    found: list[Refused] = []
    if invalid:
        found.append(Invalid("; ".join(f"{error.field}: {error.message}" for error in invalid), errors=tuple(invalid)))
    found += _impossible(before, wanted, changes, known)
    found += _forbidden(before, changes, known)
    if wanted.keys() & {"status", "assignee_id"}:
        for refusal in found:
            refusal.members |= _whose_move_it_is(before, known)
    return found


def outcome(before: Before, wanted: Mapping[str, Any], known: Known, at: str) -> dict[str, Any]:
    """The fields that get a new value, derived ones included. Call it only if `refusals` found none."""
    changes = changed(before, wanted)
    after = {name: value for name, value in changes.items() if name in EDITS or name == "status"}
    if "team" in changes:
        after |= {"assignee_id": None, "avoid": None}
    if "status" in changes:
        after |= _moved(before, changes["status"], known, at)
    if "assignee_id" in changes:
        after |= _reassigned(before, changes["assignee_id"])
    if "status" in after and after["status"] == before.status:
        del after["status"]
    return {name: value for name, value in after.items() if value != getattr(before, name)}


def reopened(before: Before, *, keep_assignee: bool) -> dict[str, Any]:
    """The fields that change when a resolved ticket is reopened."""
    after = {
        "status": "in_progress",
        "resolved_at": None,
        "reopened_count": int(before.reopened_count) + 1,
        "waiting_for": "agent",
    }
    return after if keep_assignee else after | {"assignee_id": None, "avoid": None}


_HANDS_BACK = "Handing back to 'open' leaves nobody assigned: send one of the two."
_GOES_BACK = "Without an assignee the ticket goes back to 'open': send one of the two."
_NOT_BOTH = "Take the ticket or move it to another team, not both at once."


def closes_at(status: str, resolved_at: str | None) -> str | None:
    """When a resolved ticket closes by itself; None if it doesn't."""
    if status != "resolved" or resolved_at is None or not settings.auto_close_days:
        return None
    return ambient.timestamp(ambient.moment(resolved_at) + timedelta(days=settings.auto_close_days))


def closed_refusal() -> Conflict:
    return Conflict("The ticket is closed and takes no more changes. File a new one that names this one's number.")


def takes(before: Before, wanted: Mapping[str, Any], relation: Relation) -> bool:
    """Whether this is an agent of the team who starts an unassigned ticket, and thereby takes it."""
    starts = before.status == "open" and wanted.get("status") == "in_progress"
    return starts and relation == "agent" and before.assignee_id is None


def _invalid(before: Before, wanted: Mapping[str, Any], changes: Mapping[str, Any], known: Known) -> Iterator[Invalid]:
    if "team" in changes and not known.team_exists:
        yield Invalid.field("team", "There is no such team.", "unknown_id")
    elif changes.get("assignee_id") is not None and not known.candidate_fits:
        yield Invalid.field("assignee_id", "This is not an active agent of the ticket's team.", "not_an_agent")
    if "status" in wanted and "assignee_id" in wanted and changes.keys() & {"status", "assignee_id"}:
        if wanted["status"] == "open" and wanted["assignee_id"] is not None:
            yield Invalid.field("assignee_id", _HANDS_BACK, "contradiction", **{"with": "status"})
        if wanted["status"] != "open" and wanted["assignee_id"] is None:
            yield Invalid.field("status", _GOES_BACK, "contradiction", **{"with": "assignee_id"})
    if "team" in changes and "assignee_id" not in wanted and takes(before, changes, known.relation):
        yield Invalid.field("team", _NOT_BOTH, "contradiction", **{"with": "status"})


def _impossible(
    before: Before, wanted: Mapping[str, Any], changes: Mapping[str, Any], known: Known
) -> Iterator[Refused]:
    """409: what nobody may do in this state, and what somebody else has done first."""
    if changes and before.status == "closed":
        yield closed_refusal()
        return
    starts = wanted.get("status") == "in_progress" and before.status in ACTIVE
    claims = starts or wanted.get("assignee_id") == known.caller_id
    if known.relation == "agent" and claims and before.assignee_id not in (None, known.caller_id):
        yield Conflict(f"{known.assignee_name or 'Another agent'} ({before.assignee_id}) has this ticket already.")
    if "status" in changes and (before.status, changes["status"]) not in MOVES:
        allowed = " or ".join(f"'{status}'" for status in moves_from(before.status))
        yield Conflict(f"A ticket that is '{before.status}' can be moved to {allowed}, not to '{changes['status']}'.")
    for name in changes.keys() & EDITS.keys():
        if before.status not in EDITS[name]:
            yield Conflict(f"The {name} can't be changed once a ticket is '{before.status}'.")
    if before.status == "resolved" and "assignee_id" in changes and changes["assignee_id"] is None:
        yield Conflict("A resolved ticket can't be handed back to the queue. Reopen it first: 'in_progress'.")


def _whose_move_it_is(before: Before, known: Known) -> dict[str, Any]:
    """Further members of the refusal, for programs: where the caller may move the ticket, and who else has it."""
    members: dict[str, Any] = {"allowed": list(moves(before.status, before.assignee_id, known.relation))}
    if before.assignee_id not in (None, known.caller_id):
        members |= {"assignee_id": before.assignee_id, "assignee_name": known.assignee_name}
    return members


def _forbidden(before: Before, changes: Mapping[str, Any], known: Known) -> Iterator[Refused]:
    if "status" in changes:
        allowed = MOVES.get((before.status, changes["status"]), frozenset())
        if known.relation not in allowed and not takes(before, changes, known.relation):
            yield Forbidden(_only(f"move a ticket from '{before.status}' to '{changes['status']}'", allowed))
    for name in changes.keys() & EDITS.keys():
        allowed = EDITS[name].get(before.status, frozenset())
        if known.relation not in allowed:
            yield Forbidden(_only(f"change the {name} of a ticket that is '{before.status}'", allowed))
    if "assignee_id" in changes:
        allowed = ASSIGNMENTS[_assignment(changes["assignee_id"], known)]
        if known.relation not in allowed:
            yield Forbidden(_only("change the assignee of this ticket", allowed))


def _assignment(assignee_id: str | None, known: Known) -> str:
    if assignee_id is None:
        return "to nobody"
    return "to themselves" if assignee_id == known.caller_id else "to an agent"


_NAMES: dict[Relation, str] = {
    "client": "its client",
    "assignee": "its assignee",
    "agent": "an agent of its team",
    "admin": "an admin",
}


def _only(what: str, allowed: frozenset[Relation]) -> str:
    who = [name for relation, name in _NAMES.items() if relation in allowed]
    return f"Only {' or '.join(who)} can {what}."


def _moved(before: Before, status: str, known: Known, at: str) -> dict[str, Any]:
    match before.status, status:
        case "open", "in_progress":
            return {"assignee_id": known.caller_id, "avoid": None} if known.relation == "agent" else {}
        case "in_progress", "open":
            return _reassigned(before, None)
        case "in_progress", "resolved":
            return {"resolved_at": at, "waiting_for": None}
        case "resolved", "closed":
            return {"closed_at": at, "waiting_for": None}
        case _:
            return reopened(before, keep_assignee=known.assignee_can_return)


def _reassigned(before: Before, assignee_id: str | None) -> dict[str, Any]:
    """The fields that change with the assignee. Handed back (None), a ticket is open again, and isn't automatically
    assigned to the same agent."""
    if assignee_id is not None:
        return {"assignee_id": assignee_id, "avoid": None}
    return {"assignee_id": None, "avoid": before.assignee_id or before.avoid, "status": "open"}
