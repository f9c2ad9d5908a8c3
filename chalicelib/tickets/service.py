"""Filing, reading and changing tickets. A change writes the ticket and its history in one transaction; assignment,
workload and mail are consequences that the streams work out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice, product
from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.auth import confirming
from chalicelib.caller import Caller
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.errors import Invalid, NotFound, Stale
from chalicelib.log import request_id
from chalicelib.measures import count
from chalicelib.people import roster, service as people, teams
from chalicelib.people.models import AgentRow
from chalicelib.settings import PRIORITIES
from chalicelib.tickets import history, lifecycle, outstanding, parties
from chalicelib.tickets.models import NumberCounter, Ticket
from chalicelib.tickets.policy import ACTIVE, Relation, relation

ACCOUNTED = frozenset({"status", "priority", "assignee_id", "team"})
"""Fields whose change has to be worked out by assignment."""

COUNTED = ACCOUNTED | {"first_response_at"}
"""Fields whose change shows in the metrics."""


def visible(caller: Caller, ticket_id: str) -> Ticket:
    """The ticket as it is now, if the caller may see it; otherwise NotFound, as if it were not there."""
    ticket = read(ticket_id)
    if ticket is None or relation(caller, ticket) is None:
        raise NotFound("There is no such ticket.")
    return ticket


def once_as_found(caller: Caller, found: Ticket) -> Callable[[], Ticket]:
    """The ticket for each attempt at a change: first as it was found, then read again."""
    unused = [found]
    return lambda: unused.pop() if unused else visible(caller, found.id)


def read(ticket_id: str) -> Ticket | None:
    """The ticket as it is now (strongly consistent)."""
    try:
        return Ticket.get(ticket_id, "ticket", consistent_read=True)
    except DoesNotExist:
        return None


def read_many(ticket_ids: Iterable[str]) -> list[Ticket]:
    """These tickets as they are now (strongly consistent), in no order; missing ones left out."""
    return list(Ticket.batch_get([(id_, "ticket") for id_ in sorted(set(ticket_ids))], consistent_read=True))


def active_of(agent_id: str, limit: int) -> list[Ticket]:
    """Up to `limit` active tickets of an agent: found in a lagging index, read as they are now."""
    ids: list[str] = []
    for status in sorted(ACTIVE):
        ids += [ticket.id for ticket in Ticket.by_assignee.query(f"{agent_id}#{status}", limit=limit - len(ids))]
        if len(ids) == limit:
            break
    return [ticket for ticket in read_many(ids) if ticket.assignee_id == agent_id and ticket.status in ACTIVE]


def active() -> Iterator[list[Ticket]]:
    """All active tickets as they are now, by 25: for what has to be worked out for each (a changed setting)."""
    for status, priority in product(sorted(ACTIVE), PRIORITIES):
        ids = (ticket.id for ticket in Ticket.by_status.query(f"{status}#{priority}", page_size=100))
        while chunk := list(islice(ids, 25)):
            yield read_many(chunk)


def unsettled_since(stamp: str) -> list[Ticket]:
    """Tickets whose accounting has been outstanding since `stamp` or longer, at most 25 a shard."""
    found = read_many(outstanding.unsettled_ids(stamp))
    return [ticket for ticket in found if ticket.unsettled is not None and ticket.unsettled <= stamp]


def relation_of(caller: Caller, ticket: Ticket) -> Relation:
    """What the caller is to a ticket that they may see; NotFound when they no longer may."""
    found = relation(caller, ticket)
    if found is None:
        raise NotFound("There is no such ticket.")
    return found


def create(caller: Caller, filing: Mapping[str, Any], ticket_id: str, channel: str) -> Ticket:
    """Files a ticket: `filing` has title, description, priority, tags, custom_fields, client_id and team (the last
    two None: themselves, and the filing agent's own team). A repeat with the same `ticket_id` answers the first."""
    client_id, team = parties.of(caller, filing["client_id"], filing["team"])
    created_at = ambient.time_of(ticket_id)
    ticket = Ticket(
        id=ticket_id,
        title=filing["title"],
        description=filing["description"],
        status="open",
        priority=filing["priority"],
        client_id=client_id,
        team=team,
        channel=channel,
        tags=list(filing["tags"]),
        custom_fields=dict(filing["custom_fields"]),
        waiting_for="agent",
        created_at=created_at,
        updated_at=created_at,
        unsettled=created_at,
        unsettled_shard=outstanding.shard(ticket_id),
        uncounted=created_at,
        uncounted_shard=outstanding.shard(ticket_id),
        request_id=request_id(),
    )
    for name, key in index_keys("open", ticket.priority, team, None).items():
        setattr(ticket, name, key)
    ticket.number = _next_number()
    # Who has confirmed their own address needn't be looked up.
    receipt = None if caller.confirmed and client_id == caller.id else confirming.Receipt(client_id)

    def attempt() -> Ticket:
        transaction = Transaction()
        transaction.put(ticket, Ticket.id.does_not_exist(), label="ticket")
        filed = history.filed(ticket, history.Actor(caller.id, caller.name))
        history.add_events(transaction, [filed])
        if receipt:
            receipt.add(transaction, ticket.id, int(ticket.number), filed.item.removeprefix("event#"))
        try:
            transaction.commit()
        except LostRace as race:
            first = read(ticket_id) if "ticket" in race.failed else None
            if first is None:
                raise
            return first
        count("TicketsCreated")
        return ticket

    return until_it_holds(attempt)


def change(caller: Caller, found: Ticket, wanted: Mapping[str, Any], if_match: int | None) -> Ticket:
    """Applies all of `wanted` to the ticket that was found, or nothing. A race lost inside is judged anew; `if_match`
    is the version that the caller saw, or None. Raises what `lifecycle.refusals` finds, or Stale."""
    latest = once_as_found(caller, found)

    def attempt() -> Ticket:
        ticket = latest()
        known = _known(caller, ticket, wanted)
        refused = lifecycle.refusals(ticket, wanted, known)
        if refused and refused[0].members.get("assignee_id"):
            known = replace(known, assignee_name=_name(ticket.assignee_id))
            refused = lifecycle.refusals(ticket, wanted, known)
        if refused and isinstance(refused[0], Invalid):
            raise refused[0]
        if if_match is not None and if_match != ticket.version:
            raise Stale(f"The ticket is at version {int(ticket.version)} by now: read it again, then change it.")
        if refused:
            raise refused[0]
        at = ambient.later_than(ticket.updated_at)
        after = lifecycle.outcome(ticket, wanted, known, at)
        if not after:
            return ticket
        transaction = Transaction()
        if after.get("assignee_id") is not None:
            require_active(transaction, after.get("team", ticket.team), after["assignee_id"])
        elif known.assignee_can_return:
            require_available(transaction, ticket)
        reasons = {} if wanted.get("assignee_id") or ticket.status != "resolved" else {"assignee_id": "reopen"}
        actor = history.Actor(caller.id, caller.name)
        return add_change(transaction, ticket, after, at, actor, reasons)

    return until_it_holds(attempt)


def look_up(caller: Caller, ticket: Ticket, wanted: Mapping[str, Any]) -> None:
    """Raises Invalid when what is wanted of the ticket names somebody or something that doesn't fit."""
    for refused in lifecycle.refusals(ticket, wanted, _known(caller, ticket, wanted)):
        if isinstance(refused, Invalid):
            raise refused


def add_change(
    transaction: Transaction,
    ticket: Ticket,
    after: Mapping[str, Any],
    at: str,
    actor: history.Actor,
    reasons: Mapping[str, str],
) -> Ticket:
    """Adds the ticket's new fields and their history to `transaction`, on condition that the ticket is as it was
    read, and commits it. Answers the changed ticket; raises LostRace."""
    events = history.changes(ticket, after, at, actor, reasons)
    values = {**after, "updated_at": at, "version": int(ticket.version) + 1}
    if after.get("assignee_id") is not None:
        values["assigned"] = next(history.event_id(event) for event in events if event.field == "assignee_id")
    if after.keys() & ACCOUNTED:
        values |= {"unsettled": at, "unsettled_shard": outstanding.shard(ticket.id), "request_id": request_id()}
    if "status" in after:
        values["closing"] = outstanding.closing_key("warn", ticket.id) if after["status"] == "resolved" else None
    condition = Ticket.version == ticket.version
    for name, value in values.items():
        setattr(ticket, name, value)
    if after.keys() & ACCOUNTED:
        keys = index_keys(ticket.status, ticket.priority, ticket.team, ticket.assignee_id)
        values |= keys
        for name, value in keys.items():
            setattr(ticket, name, value)
    actions = setting(Ticket, values)
    if after.keys() & COUNTED:
        actions += outstanding.uncounted(ticket.id, at)
    transaction.update(ticket, actions, condition, label="ticket")
    history.add_events(transaction, events)
    transaction.commit()
    return ticket


def setting(model: type[Ticket], values: Mapping[str, Any]) -> list[Action]:
    """Update actions that give attributes these values; None takes the attribute away."""
    return [
        getattr(model, name).remove() if value is None else getattr(model, name).set(value)
        for name, value in values.items()
    ]


def index_keys(status: str, priority: str, team: str, assignee_id: str | None) -> dict[str, str]:
    """The keys under which the list indexes hold a ticket."""
    return {
        "team_key": f"{team}#{status}#{priority}",
        "status_key": f"{status}#{priority}",
        "assignee_key": f"{assignee_id or 'none'}#{status}",
    }


def assignee_can_return(ticket: Ticket) -> bool:
    """Whether a reopened ticket keeps its assignee: active, available and still of its team (contract §5)."""
    if ticket.assignee_id is None:
        return False
    row = roster.agent_row(ticket.team, ticket.assignee_id)
    return roster.stays(row) and row is not None and row.availability == "available"


def _known(caller: Caller, ticket: Ticket, wanted: Mapping[str, Any]) -> lifecycle.Known:
    """What judging this change takes, and no read more."""
    changes = lifecycle.changed(ticket, wanted)
    team = changes.get("team", ticket.team)
    relation = relation_of(caller, ticket)
    candidate = changes.get("assignee_id")
    fits = candidate is None or _is_active(team, candidate)
    if lifecycle.takes(ticket, wanted, relation) and not _is_active(ticket.team, caller.id):
        raise NotFound("There is no such ticket.")  # the caller has just left the team
    reopens = ticket.status == "resolved" and changes.get("status") == "in_progress" and "team" not in changes
    return lifecycle.Known(
        caller_id=caller.id,
        relation=relation,
        team_exists="team" not in changes or teams.exists(team),
        candidate_fits=fits,
        assignee_can_return=reopens and assignee_can_return(ticket),
    )


def _is_active(team: str, agent_id: str) -> bool:
    return roster.stays(roster.agent_row(team, agent_id))


def _name(account_id: str | None) -> str:
    return people.names([account_id]).get(account_id, "") if account_id else ""


def require_active(transaction: Transaction, team: str, agent_id: str) -> None:
    """Makes a change depend on the agent's still being an active one of the team."""
    transaction.check(_row(team, agent_id), roster.STAYS, label="agent")


def require_available(transaction: Transaction, ticket: Ticket) -> None:
    """Makes reopening depend on the assignee's still being there to go on with it."""
    there = roster.STAYS & (AgentRow.availability == "available")
    transaction.check(_row(ticket.team, str(ticket.assignee_id)), there, label="agent")


def _row(team: str, agent_id: str) -> AgentRow:
    return AgentRow(team=team, item=roster.agent_item(agent_id))


def _next_number() -> int:
    """The next number. Taken before the transaction that creates the ticket: inside it, it would serialise them all."""
    counter = NumberCounter(id="#number", item="counter")
    counter.update(actions=[NumberCounter.last.add(1), NumberCounter.kind.set(NumberCounter)])
    return int(counter.last)
