"""What a change of role, team or activity does to the roster. The agent's row, the team's totals and the number of
admins are written in the same transaction as the account.
"""

from dataclasses import dataclass
from typing import Any, cast

from chalicelib.audit import service as audit
from chalicelib.dynamo import Transaction
from chalicelib.origin import Origin
from chalicelib.people import roster
from chalicelib.people.models import Account, AdminCount, AgentRow
from chalicelib.permissions import Role

UNSAID: Any = object()
"""Stands for a capacity that wasn't given. None can't: it means no limit."""


@dataclass(frozen=True)
class Post:
    """A person's role in the organisation. `team` is None for everybody but agents."""

    role: Role
    team: str | None
    active: bool
    has_password: bool
    """An invited admin without a password can't sign in, so doesn't count as an admin who is left."""


def post_of(account: Account) -> Post:
    return Post(cast(Role, account.role), account.team, account.active, account.password_hash is not None)


def add_audit(transaction: Transaction, origin: Origin, account_id: str, before: Post, after: Post) -> None:
    """Adds the audit's entry about the change."""
    if before.role != after.role:
        audit.add(transaction, origin, "role_changed", account_id, **{"from": before.role, "to": after.role})
    if before.team and after.team and before.team != after.team:
        audit.add(transaction, origin, "team_changed", account_id, **{"from": before.team, "to": after.team})
    if before.active != after.active:
        audit.add(transaction, origin, "user_activated" if after.active else "user_deactivated", account_id)


def add_placement(
    transaction: Transaction, account_id: str, before: Post | None, after: Post, capacity: int | None = UNSAID
) -> None:
    """Adds what brings the roster from `before` (None: a new account) to `after`. An agent who comes or comes back is
    away; the row of one who leaves stays behind, inactive, with what it still carries."""
    add_admins(transaction, before, after)
    old = roster.agent_row(before.team, account_id) if before and before.team else None
    if old is not None and after.team == old.team:
        _add_changes(transaction, old, after.active, capacity)
        return
    if old is not None:
        _add_changes(transaction, old, active=False, capacity=UNSAID)
    if after.team is not None:
        _add_arrival(transaction, account_id, after, old, capacity)


def _add_changes(transaction: Transaction, row: AgentRow, active: bool, capacity: int | None) -> None:
    changes: dict[str, Any] = {}
    if row.active != active:
        changes |= {"active": active, "availability": "away"}
    if row.active and not active:
        changes["leaving"] = True
    if capacity is not UNSAID and row.capacity != capacity:
        changes["capacity"] = capacity
    if not changes:
        return
    if "active" in changes and row.active and row.availability == "available":
        roster.add_to_available(transaction, row.team, -1)
    roster.add_changed_row(transaction, row, knock=True, label=f"agent of {row.team}", **changes)


def _add_arrival(
    transaction: Transaction, account_id: str, after: Post, old: AgentRow | None, capacity: int | None
) -> None:
    """Whoever changes team keeps their capacity and their place among those who wait for a ticket."""
    team = cast(str, after.team)
    if capacity is UNSAID:
        capacity = cast(int | None, old.capacity) if old is not None else None
    fresh = roster.new_row(team, account_id, capacity)
    fresh.active = after.active
    if old is not None:
        fresh.waiting_since = old.waiting_since
    left_behind = roster.agent_row(team, account_id)
    if left_behind is None:
        roster.add_new_row(transaction, fresh, label=f"agent of {team}")
        return
    roster.add_changed_row(
        transaction,
        left_behind,
        knock=True,
        label=f"agent of {team}",
        active=after.active,
        availability="away",
        capacity=capacity,
        waiting_since=max(fresh.waiting_since, left_behind.waiting_since),
    )


def add_admins(transaction: Transaction, before: Post | None, after: Post, *, leave_one: bool = True) -> None:
    """Adds the change to the count of active admins, labelled "admins": it fails if none would be left, unless
    `leave_one` is False."""

    def counts(post: Post | None) -> int:
        return int(post is not None and post.role == "admin" and post.active and post.has_password)

    by = counts(after) - counts(before)
    if not by:
        return
    transaction.update(
        AdminCount(id="admins", item="count"),
        [AdminCount.active.add(by), AdminCount.kind.set(AdminCount)],
        AdminCount.active > 1 if by < 0 and leave_one else None,
        label="admins",
    )


def has_admin() -> bool:
    """Whether there is an active admin with a password."""
    try:
        return int(AdminCount.get("admins", "count", consistent_read=True).active) > 0
    except AdminCount.DoesNotExist:
        return False
