"""Teams: an id that people can read, and a name."""

from collections.abc import Iterator
from typing import Any

from pynamodb.exceptions import DoesNotExist

from chalicelib.dynamo import LostRace, Transaction, first_page, until_it_holds
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import Conflict, FieldError
from chalicelib.people.models import TeamName

ALL = "#teams"
"""The partition key of all teams."""

RESERVED = frozenset({"all", "any", "me", "new", "none", "null", "unassigned"})
"""Ids that no team may have, because they mean something else in a query."""


def team(team_id: str) -> TeamName | None:
    """The team as it is now (strongly consistent)."""
    try:
        return TeamName.get(ALL, team_id, consistent_read=True)
    except DoesNotExist:
        return None


def exists(team_id: str) -> bool:
    return team(team_id) is not None


def create(team_id: str, name: str, creation: str) -> TeamName:
    """Creates a team. `creation` is the id of the request: its repeat returns the same team, any other raises
    Conflict."""
    made = TeamName(team=ALL, item=team_id, name=name, creation=creation)

    def attempt() -> TeamName:
        transaction = Transaction()
        transaction.put(made, TeamName.team.does_not_exist(), label="team")
        try:
            transaction.commit()
        except LostRace as race:
            first = team(team_id) if "team" in race.failed else None
            if first is None:
                raise
            if first.creation != creation:
                message = "A team with this id exists already."
                raise Conflict(message, errors=(FieldError("id", message, "taken"),)) from None
            return first
        return made

    return until_it_holds(attempt)


def ensure(team_id: str, name: str) -> None:
    """Makes the team unless it is there."""
    if not exists(team_id):
        create(team_id, name, creation="first")


def page(request: PageRequest) -> Page[TeamName]:
    """Teams sorted by id. The cursor's position is the last id shown."""
    found, more = after(request.position, request.limit)
    return Page(found, found[-1].item if more and found else None)


def after(team_id: str | None, limit: int) -> tuple[list[TeamName], bool]:
    """Up to `limit` teams whose ids follow `team_id` (None: from the first), and whether there may be more."""
    condition: Any = TeamName.item > team_id if team_id is not None else None
    results = TeamName.query(ALL, condition, page_size=limit, consistent_read=True)
    found, last = first_page(results, TeamName)
    return found, last is not None


def ids() -> Iterator[str]:
    """Every team's id: for the sweep, not for requests."""
    return (str(found.item) for found in TeamName.query(ALL, page_size=100))
