"""Writes a plan in one transaction: tickets with their marks and history, agents' rows, queue entries."""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.assignment.plan import Agent, AgentKey, Facts, Move, Plan
from chalicelib.assignment.roster_view import entry_item, queue_entry
from chalicelib.dynamo import LostRace, Transaction
from chalicelib.log import log, request_id
from chalicelib.measures import Unit, count, measure
from chalicelib.people import roster
from chalicelib.people.models import AgentRow, QueueEntry
from chalicelib.tickets import history, marks
from chalicelib.tickets.marks import Waiting
from chalicelib.tickets.models import Event, Ticket
from chalicelib.tickets.service import setting

_TICKET = "ticket:"


def facts_of(ticket: Ticket) -> Facts:
    """What accounting knows of a ticket, from the item or from the stream's image of it."""
    return Facts(
        id=ticket.id,
        team=ticket.team,
        status=ticket.status,
        priority=ticket.priority,
        created_at=ticket.created_at,
        updated_at=ticket.updated_at,
        assignee_id=ticket.assignee_id,
        avoid=ticket.avoid,
        assigned=ticket.assigned,
        mark=marks.read(ticket.mark),
        request_id=ticket.request_id,
    )


def commit(plan: Plan, rows: dict[AgentKey, AgentRow], at: str) -> None:
    """Writes the plan, made from these rows, as of `at`. Raises LostRace when anything of it is no longer so."""
    transaction = Transaction()
    for move in plan.moves:
        _add_ticket(transaction, move, at)
        _add_entry(transaction, move, at)
    for key, agent in plan.agents.items():
        _add_agent(transaction, rows[key], agent)
    transaction.commit()
    for move in plan.moves:
        _tell(move, at)


def tickets_in(race: LostRace) -> set[str]:
    """The tickets that have changed since the plan was made."""
    return {label.removeprefix(_TICKET) for label in race.failed if label.startswith(_TICKET)}


def _tell(move: Move, at: str) -> None:
    """Logs and counts what became of a ticket."""
    facts, given = move.facts, move.given
    line = {"ticket_id": facts.id, "team": facts.team}
    if move.own and facts.request_id:
        line["request_id"] = facts.request_id
    if given is None:
        log.info("ticket queued" if isinstance(move.mark, Waiting) else "ticket accounted for", extra=line)
        return
    log.info("ticket assigned", extra={**line, "agent_id": given.agent_id, "reason": given.reason})
    count("TicketsAssigned")
    if facts.queued_at:
        waited = ambient.moment(at) - ambient.moment(facts.queued_at)
        measure("SecondsInQueue", waited.total_seconds(), Unit.SECONDS)


def _add_ticket(transaction: Transaction, move: Move, at: str) -> None:
    facts = move.facts
    values: dict[str, object] = {"mark": marks.write(move.mark), "unsettled": None}
    actions: list[Action] = []
    if move.unassigned or move.given:
        assignee_id = move.given.agent_id if move.given else None
        values |= {"assignee_id": assignee_id, "updated_at": at}
        actions.append(Ticket.version.set(Ticket.version + 1))
        history.add_events(transaction, _events(move, at))
    if move.given:
        values |= {"avoid": None, "assigned": move.given.event_id}
    actions += setting(Ticket, values)
    transaction.update(Ticket(id=facts.id), actions, _unchanged(facts), label=_TICKET + facts.id)


def _unchanged(facts: Facts) -> Condition:
    """The condition that a ticket is still as planned: everything that decides where its weight belongs, and its mark.
    It asks for no version, because a comment in between doesn't matter."""
    condition: Condition = (
        (Ticket.status == facts.status) & (Ticket.priority == facts.priority) & (Ticket.team == facts.team)
    )
    for name, value in (
        ("assignee_id", facts.assignee_id),
        ("avoid", facts.avoid),
        ("mark", marks.write(facts.mark)),
    ):
        attribute = getattr(Ticket, name)
        condition &= attribute.does_not_exist() if value is None else attribute == value
    return condition


def _events(move: Move, at: str) -> list[Event]:
    facts = move.facts
    request = facts.request_id if move.own and facts.request_id else request_id()
    told = []
    if move.unassigned:
        told.append(
            history.event(
                facts.id,
                at,
                history.SYSTEM,
                "changed",
                event_id=move.unassigned,
                field="assignee_id",
                before=facts.assignee_id,
                reason="deactivated",
                request_id=request,
            )
        )
    if move.given:
        given = move.given
        told.append(
            history.event(
                facts.id,
                at,
                history.SYSTEM,
                "assigned",
                event_id=given.event_id,
                field="assignee_id",
                after=given.agent_id,
                reason=given.reason,
                request_id=request,
                detail={"workload": given.workload, "available_agents": given.available_agents},
            )
        )
    return told


def _add_entry(transaction: Transaction, move: Move, at: str) -> None:
    old, new = move.facts.mark, move.mark
    if isinstance(old, Waiting) and not (isinstance(new, Waiting) and new.team == old.team):
        transaction.delete(QueueEntry(team=old.team, item=entry_item(move.facts.id)))
    if isinstance(new, Waiting):
        values = queue_entry(move.facts).attribute_values
        key = {name: values.pop(name) for name in ("team", "item")}
        actions = [getattr(QueueEntry, name).set(value) for name, value in values.items() if value is not None]
        if move.facts.avoid is None:
            actions.append(QueueEntry.avoid.remove())
        actions.append(QueueEntry.queued_at.set(QueueEntry.queued_at | at))
        transaction.update(QueueEntry(**key), actions)


def _add_agent(transaction: Transaction, row: AgentRow, agent: Agent) -> None:
    """Updates an agent's row, on condition that nobody has changed it since it was read. The correctness of workloads
    rests on this condition."""
    roster.add_changed_row(
        transaction,
        row,
        knock=False,
        label=f"agent:{agent.team}/{agent.id}",
        workload=agent.workload,
        active_tickets=agent.active_tickets,
        waiting_since=agent.waiting_since,
    )
