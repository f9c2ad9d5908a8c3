"""Assignment and workload: brings what is accounted for tickets in line with what the tickets say, and drains queues.

The protocol (docs/decisions/0002 and 0004): plan from one strongly consistent look, commit in one transaction on
condition that nothing of it has changed, and *publish, then look again*: whoever finds no room first writes the queue
entry, then looks once more; whoever makes room first commits it, then looks at the queue.
"""

from collections.abc import Iterable, Iterator, Sequence

from chalicelib import ambient
from chalicelib.assignment import roster_view
from chalicelib.assignment.commit import commit, facts_of, tickets_in
from chalicelib.assignment.plan import BATCH, AgentKey, Facts, Plan, plan
from chalicelib.dynamo import LostRace
from chalicelib.errors import Unavailable
from chalicelib.settings import settings
from chalicelib.tickets import service as tickets
from chalicelib.tickets.marks import Carried

TRIES = 24
"""So many races in a row may be lost before a batch's records are left to the next delivery."""


def settle(seen: Iterable[Facts]) -> None:
    """Settles tickets, given as they were seen (an outdated view does no harm): afterwards each is carried by its
    assignee, newly assigned, in the queue, or weighs on nobody. Raises Unavailable after too many lost races."""
    by_team: dict[str, dict[str, Facts]] = {}
    for facts in seen:
        by_team.setdefault(facts.team, {})[facts.id] = facts
    for team, outstanding in by_team.items():
        in_order = sorted(outstanding.values(), key=lambda facts: facts.order)
        for start in range(0, len(in_order), BATCH):
            _Batch(team, in_order[start : start + BATCH]).settle()


def drain(team: str) -> int:
    """Assigns waiting tickets to agents with room until either runs out. Returns how many."""
    given = tries = 0
    hidden: set[str] = set()
    view = roster_view.look(team)
    while view.waiting and view.has_room:
        made, at = _plan(view, [], hidden)
        if made.assigned:
            try:
                commit(made, view.rows, at)
                given += made.assigned
            except LostRace as race:
                # A waiting ticket that isn't as its entry says has a change of its own still to be worked out.
                hidden |= tickets_in(race)
                tries = _once_more(tries, race)
            view = roster_view.look(team)
        elif view.more_waiting:
            # Those read are held for somebody else (contract §4). They block nobody: read on behind them.
            view = roster_view.look_behind(view)
        else:
            break
    return given


class _Batch:
    """A team's tickets that are being settled."""

    def __init__(self, team: str, outstanding: list[Facts]) -> None:
        self.team = team
        self.outstanding = outstanding
        self.moved: list[Facts] = []
        """Tickets that turned out to have changed team."""
        self.look_again: set[str] = set()
        """Teams whose queue must be looked at once more when these are committed."""

    def settle(self) -> None:
        size, tries = BATCH, 0
        hidden: set[str] = set()
        while self.outstanding:
            batch = self.outstanding[:size]
            view = roster_view.look(self.team)
            roster_view.include(view, _agents_named(batch))
            made, at = _plan(view, batch, hidden)
            try:
                commit(made, view.rows, at)
            except LostRace as race:
                hidden |= tickets_in(race) - {facts.id for facts in batch}
                self.outstanding = [*self._seen_anew(batch), *self.outstanding[size:]]
                size = max(1, size // 2)
                tries = _once_more(tries, race)
                continue
            self.outstanding = self.outstanding[size:]
            self.look_again |= made.made_room
            if made.published:
                self.look_again.add(self.team)
        for team in sorted(self.look_again):
            drain(team)
        if self.moved:
            settle(self.moved)

    def _seen_anew(self, batch: Sequence[Facts]) -> list[Facts]:
        """The tickets of the batch that are still outstanding, freshly read. Those that another invocation settled
        count too where it may have died before looking at the roster again: that is done here."""
        still = []
        for ticket in tickets.read_many(facts.id for facts in batch):
            facts = facts_of(ticket)
            if ticket.unsettled is None:
                self.look_again |= {self.team, facts.team}
            elif facts.team != self.team:
                self.moved.append(facts)
            else:
                still.append(facts)
        return sorted(still, key=lambda facts: facts.order)


def _once_more(tries: int, race: LostRace) -> int:
    """Waits before the next attempt; the more attempts failed, the longer."""
    if tries == TRIES:
        raise Unavailable from race
    ambient.sleep(ambient.jitter(0.01 * (tries + 1)))
    return tries + 1


def _agents_named(batch: Iterable[Facts]) -> Iterator[AgentKey]:
    """The agents that tickets name: who carries them now, and who is assigned."""
    for facts in batch:
        if isinstance(facts.mark, Carried):
            yield facts.mark.team, facts.mark.agent_id
        if facts.assignee_id is not None:
            yield facts.team, facts.assignee_id


def _plan(view: roster_view.View, batch: Sequence[Facts], hidden: set[str]) -> tuple[Plan, str]:
    """A plan and the time at which its events happen, which is after everything that caused them."""
    waiting = [facts for facts in view.waiting if facts.id not in hidden]
    at = max([ambient.timestamp(), *(ambient.later_than(facts.updated_at) for facts in (*batch, *waiting))])
    event_ids = [ambient.new_id(at) for _ in range(2 * BATCH)]
    return plan(view.team, batch, waiting, view.agents, view.available, settings.weights, event_ids), at
