"""How much there is to do for one person: from the index of tickets that aren't closed, which may be a moment late, and
from the metrics' current figures.
"""

from collections import Counter
from collections.abc import Mapping

from chalicelib.caller import Caller
from chalicelib.metrics import reading as metrics
from chalicelib.overview.schemas import MOST, ActiveCounts, Counts
from chalicelib.tickets import reading
from chalicelib.tickets.filters import Filters

_SHOWN = ("open", "in_progress", "resolved")


def counts(caller: Caller) -> Counts:
    mine: Counter[str] = Counter()
    waiting = 0
    awaited = "agent" if caller.role == "agent" else "client"
    own = Filters(statuses=_SHOWN, team=caller.team, assignee_id=caller.id)
    for entry in reading.entries(own if caller.role == "agent" else Filters(statuses=_SHOWN, client_id=caller.id)):
        mine[entry["status"]] += 1
        waiting += entry.get("waiting_for") == awaited
    queue, team = 0, None
    if caller.role != "client":
        now = metrics.standing(caller.team if caller.role == "agent" else None)
        queue = now["waiting"]
        team = _statuses(now) if caller.role == "agent" else None
    return Counts(mine=_statuses(mine), waiting_for_me=min(waiting, MOST), queue=min(max(0, queue), MOST), team=team)


def _statuses(numbers: Mapping[str, int]) -> ActiveCounts:
    return ActiveCounts(**{status: min(max(0, numbers.get(status, 0)), MOST) for status in _SHOWN})
