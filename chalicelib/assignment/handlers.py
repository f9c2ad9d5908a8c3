"""Lambda entry points of assignment: streams, the queue of departed agents, the sweep."""

from typing import Any

from chalicelib.assignment import requeue, sweep
from chalicelib.assignment.commit import facts_of
from chalicelib.assignment.plan import Facts
from chalicelib.assignment.service import drain, settle
from chalicelib.batches import Record, body, consumer, new_image, requested
from chalicelib.log import about, log
from chalicelib.measures import collected, count
from chalicelib.people.models import AgentRow, RosterItem
from chalicelib.tickets.models import Ticket


def _facts(record: Record) -> Facts:
    return facts_of(Ticket.from_raw_data(new_image(record)))


def _agent(record: Record) -> AgentRow | None:
    row = RosterItem.from_raw_data(new_image(record))
    return row if isinstance(row, AgentRow) else None


@consumer(_facts, together=lambda facts: facts.team, request=lambda facts: facts.request_id)
def ticket_changes(seen: list[Facts]) -> None:
    """Records of the `tickets` stream whose change must be accounted for; the event source's filter drops all
    others."""
    settle({facts.id: facts for facts in seen}.values())  # of several of one ticket the last is the nearest to what is


@consumer(_agent, together=lambda row: row.team, request=lambda row: row.knock)
def roster_changes(rows: list[AgentRow]) -> None:
    """Records of the `roster` stream in which something about an agent changed: their team's queue is drained, and if
    they left, their tickets are requeued."""
    for row in rows:
        if row.leaving:
            with about(row.knock):
                requeue.request(row.team, row.agent_id)
    drain(rows[0].team)


@consumer(body, request=requested)
def requeue_requests(asked: list[dict[str, Any]]) -> None:
    """Messages that ask for a departed agent's tickets to be queued."""
    for each in asked:
        requeue.run(each["team"], each["agent_id"])


@collected()
def swept() -> dict[str, int]:
    """The scheduled sweep. Returns what it found."""
    found = sweep.sweep()
    count("UnsettledTickets", found.unsettled)
    count("SweepFindings", found.unsettled + found.waiting)
    if found.unsettled or found.waiting or found.reweighed:
        log.warning("the sweep found something", extra=vars(found))
    return vars(found)
