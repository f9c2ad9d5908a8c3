"""Whom a ticket is filed for, and with which team."""

from chalicelib.caller import Caller
from chalicelib.errors import Forbidden, Invalid
from chalicelib.people import service as people, teams
from chalicelib.settings import DEFAULT_TEAM


def of(caller: Caller, client_id: str | None, team: str | None) -> tuple[str, str]:
    """The client and the team of a ticket that the caller files; None: the caller, and their own team. Raises Invalid,
    Forbidden."""
    look_up(caller, client_id, team)
    if caller.role == "client" and (team is not None or client_id not in (None, caller.id)):
        raise Forbidden("Only agents and admins file for somebody else or choose the team.")
    own_team = (caller.team if caller.role == "agent" else None) or DEFAULT_TEAM
    return client_id or caller.id, team or own_team


def look_up(caller: Caller, client_id: str | None, team: str | None) -> None:
    """Raises Invalid unless a ticket can be filed for this client and team."""
    errors = []
    if client_id not in (None, caller.id):
        client = people.account_without_password(client_id)
        if client is None or not client.active:
            errors.append(Invalid.field("client_id", "There is no active account with this id.", "unknown_id"))
    if team is not None and not teams.exists(team):
        errors.append(Invalid.field("team", "There is no such team.", "unknown_id"))
    if errors:
        raise Invalid(
            "; ".join(error.detail for error in errors), errors=tuple(e for error in errors for e in error.errors)
        )
