"""The scheduled sweep: finds what the streams should have settled and didn't, settles it, and reports it as a
metric.
"""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib import ambient
from chalicelib.assignment import roster_view
from chalicelib.assignment.commit import facts_of
from chalicelib.assignment.service import drain, settle
from chalicelib.people import roster, teams
from chalicelib.settings import settings
from chalicelib.tickets import service as tickets
from chalicelib.tickets.marks import Carried

GRACE = timedelta(seconds=60)
"""After this time an outstanding change counts as forgotten."""


@dataclass(frozen=True)
class Findings:
    """What a sweep did. `unsettled`: tickets whose accounting was outstanding for too long. `waiting`: tickets assigned
    to agents who had had room for too long. `reweighed`: tickets whose weight followed a changed setting."""

    unsettled: int = 0
    waiting: int = 0
    reweighed: int = 0


def sweep() -> Findings:
    """Looks for forgotten changes, for tickets that wait although somebody has room, and for changed weights; settles
    what it finds."""
    reweighed = reweigh()
    long_ago = ambient.timestamp(ambient.now() - GRACE)
    forgotten = tickets.unsettled_since(long_ago)
    settle(facts_of(ticket) for ticket in forgotten)
    waiting = sum(drain(team) for team in teams.ids() if _forgotten(team, long_ago))
    return Findings(len(forgotten), waiting, reweighed)


def reweigh() -> int:
    """Applies changed priority weights to the workloads. Returns how many tickets changed weight."""
    weights = dict(settings.weights)
    known = roster.weights()
    if known == weights:
        return 0
    count = 0
    if known is not None:
        for chunk in tickets.active():
            changed = [facts for facts in map(facts_of, chunk) if _weighs_wrong(facts.mark, weights[facts.priority])]
            settle(changed)
            count += len(changed)
    roster.save_weights(weights)
    return count


def _weighs_wrong(mark: object, weight: int) -> bool:
    return isinstance(mark, Carried) and mark.weight != weight


def _forgotten(team: str, long_ago: str) -> bool:
    """Whether a waiting ticket and an agent with room have both existed for too long."""
    view = roster_view.look(team)
    waits = any(facts.updated_at < long_ago for facts in view.waiting)
    return waits and any(row.changed_at < long_ago for row in view.rows.values())
