"""Filing, reading and changing tickets. A change writes the ticket and its history in one transaction; assignment,
workload and mail are consequences that the streams work out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.auth import confirming
from chalicelib.caller import Caller
from chalicelib.dynamo import LostRace, Transaction, index_entries, until_it_holds
from chalicelib.errors import Invalid, NotFound, Stale
from chalicelib.log import request_id
from chalicelib.measures import count
from chalicelib.people import service as people, teams
from chalicelib.settings import settings
from chalicelib.tickets import candidates, history, lifecycle, marks, outstanding, parties
from chalicelib.tickets.models import REGISTER, Event, NumberCounter, Ticket, TicketsItem
from chalicelib.tickets.policy import ACTIVE, Relation, relation

ACCOUNTED = frozenset({"status", "priority", "assignee_id", "team"})
"""Fields whose change has to be worked out by assignment."""


def visible(caller: Caller, ticket_id: str, *, whole: bool = False) -> Ticket:
    """The ticket as it is now, if the caller may see it; otherwise NotFound, as if it were not there. `whole`: with its
    description."""
    ticket = read_whole(ticket_id) if whole else read(ticket_id)
    if ticket is None or relation(caller, ticket) is None:
        raise NotFound("There is no such ticket.")
    return ticket


def once_as_found(caller: Caller, found: Ticket, *, whole: bool = False) -> Callable[[], Ticket]:
    """The ticket for each attempt at a change: first as it was found, then read again."""
    unused = [found]
    return lambda: unused.pop() if unused else visible(caller, found.id, whole=whole)


def read(ticket_id: str) -> Ticket | None:
    """The ticket as it is now (strongly consistent), without its description."""
    try:
        return Ticket.get(ticket_id, "ticket", consistent_read=True)
    except DoesNotExist:
        return None


def read_whole(ticket_id: str) -> Ticket | None:
    """The ticket as it is now, with its description. One call, unless the description was changed."""
    keys = [(ticket_id, "ticket"), (ticket_id, history.first_item(ticket_id))]
    items = list(TicketsItem.batch_get(keys, consistent_read=True))
    ticket = next((item for item in items if isinstance(item, Ticket)), None)
    if ticket is not None:
        describe(ticket, next((item for item in items if isinstance(item, Event)), None))
    return ticket


def describe(ticket: Ticket, event: Event | None = None) -> None:
    """Gives the ticket its description; reads it unless `event` is the one that set it."""
    wanted = f"event#{ticket.described}" if ticket.described else history.first_item(ticket.id)
    if event is None or event.item != wanted:
        event = history.read(ticket.id, wanted)
    ticket.description = history.description_in(event) if event else ""


def read_many(ticket_ids: Iterable[str]) -> list[Ticket]:
    """These tickets as they are now (strongly consistent), in no order; missing ones left out."""
    return list(Ticket.batch_get([(id_, "ticket") for id_ in sorted(set(ticket_ids))], consistent_read=True))


def numbered(number: int) -> Ticket | None:
    """The ticket with this number, as it is now. One filed within the last second may not be found."""
    found = next(index_entries(Ticket.numbered, number), None)
    return read(found["id"]) if found else None


def active_of(agent_id: str, limit: int) -> list[Ticket]:
    """Up to `limit` active tickets of an agent: found in a lagging index, read as they are now."""
    found = index_entries(Ticket.live_held, agent_id, only=Ticket.status.is_in(*sorted(ACTIVE)))
    ids = [entry["id"] for entry in islice(found, limit)]
    return [ticket for ticket in read_many(ids) if ticket.assignee_id == agent_id and ticket.status in ACTIVE]


def active() -> Iterator[list[Ticket]]:
    """All active tickets as they are now, by 25: for what has to be worked out for each (a changed setting)."""
    for shard in outstanding.shards():
        found = index_entries(Ticket.live_tickets, shard, only=Ticket.status.is_in(*sorted(ACTIVE)))
        ids = (entry["id"] for entry in found)
        while chunk := list(islice(ids, 25)):
            yield [ticket for ticket in read_many(chunk) if ticket.status in ACTIVE]


def all_ids(before: str | None = None) -> Iterator[str]:
    """The ids of all tickets, or of those filed before the one with this id, the newest first (an index: a moment
    late)."""
    until = Ticket.id < before if before else None
    return (entry["id"] for entry in index_entries(Ticket.all_tickets, REGISTER, until, ascending=False))


def first_id() -> str | None:
    """The id of the oldest ticket."""
    found = next(index_entries(Ticket.all_tickets, REGISTER, size=1), None)
    return found["id"] if found else None


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
        shard=outstanding.shard(ticket_id),
        live=ticket_id,
        unsettled=created_at,
        request_id=request_id(),
    )
    ticket.description = filing["description"]
    ticket.number = _next_number()
    # Who has confirmed their own address needn't be looked up.
    receipt = None if caller.confirmed and client_id == caller.id else confirming.Receipt(client_id)

    def attempt() -> Ticket:
        transaction = Transaction()
        transaction.put(ticket, Ticket.id.does_not_exist(), label="ticket")
        filed = history.filed(ticket, history.Actor(caller.id, caller.name))
        history.add_events(transaction, [filed])
        if receipt:
            receipt.add(transaction, ticket.id, int(ticket.number), filed.event_id)
        try:
            transaction.commit()
        except LostRace as race:
            first = read_whole(ticket_id) if "ticket" in race.failed else None
            if first is None:
                raise
            return first
        count("TicketsCreated")
        return ticket

    return until_it_holds(attempt)


def change(caller: Caller, found: Ticket, wanted: Mapping[str, Any], if_match: Collection[int] | None) -> Ticket:
    """Applies all of `wanted` to the ticket that was found, or nothing. A race lost inside is judged anew; `if_match`
    are versions that the caller saw, or None. Raises what `lifecycle.refusals` finds, or Stale."""
    latest = once_as_found(caller, found, whole=True)

    def attempt() -> Ticket:
        ticket = latest()
        known = _known(caller, ticket, wanted)
        refused = lifecycle.refusals(ticket, wanted, known)
        if refused and refused[0].members.get("assignee_id"):
            known = replace(known, assignee_name=_name(ticket.assignee_id))
            refused = lifecycle.refusals(ticket, wanted, known)
        if refused and isinstance(refused[0], Invalid):
            raise refused[0]
        if if_match is not None and ticket.version not in if_match:
            raise Stale(f"The ticket is at version {int(ticket.version)} by now: read it again, then change it.")
        if refused:
            raise refused[0]
        at = ambient.later_than(ticket.updated_at)
        after = lifecycle.outcome(ticket, wanted, known, at)
        if not after:
            return ticket
        transaction = Transaction()
        if after.get("assignee_id") is not None:
            candidates.require_active(transaction, after.get("team", ticket.team), after["assignee_id"])
        elif known.assignee_can_return:
            candidates.require_available(transaction, ticket)
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
    behind: str | None = None,
) -> Ticket:
    """Adds the ticket's new fields and their history to `transaction`, on condition that the ticket is as it was
    read, and commits it. `at` is later than its last change; `behind`: the id of the comment, also of then, that made
    the change. Answers the changed ticket; raises LostRace."""
    events = history.changes(ticket, after, at, actor, reasons, behind)
    ids = {event.field: event.event_id for event in events}
    values = {**after, "updated_at": at, "version": int(ticket.version) + 1}
    condition = Ticket.version == ticket.version
    if after.get("assignee_id") is not None:
        values["assigned"] = ids["assignee_id"]
    if "description" in values:
        ticket.description = values.pop("description")
        values["described"] = ids["description"]
    if after.keys() & ACCOUNTED:
        if _is_settled(ticket, after):
            # Accounting changes no version: so the mark, too, has to be as it was read.
            condition &= Ticket.mark == ticket.mark if ticket.mark else Ticket.mark.does_not_exist()
        else:
            values |= {"unsettled": at, "request_id": request_id()}
    if "status" in after:
        values["closing"] = outstanding.closing_key("warn", ticket.id) if after["status"] == "resolved" else None
        if after["status"] == "closed":
            values["live"] = None
    for name, value in values.items():
        setattr(ticket, name, value)
    transaction.update(ticket, setting(Ticket, values), condition, label="ticket")
    history.add_events(transaction, events)
    transaction.commit()
    return ticket


def _is_settled(ticket: Ticket, after: Mapping[str, Any]) -> bool:
    """Whether the ticket, as it will be, needs no accounting: nothing of it is outstanding, and its mark is right."""
    state = {name: after.get(name, getattr(ticket, name)) for name in ("status", "priority", "team", "assignee_id")}
    return ticket.unsettled is None and marks.is_right(ticket.mark, **state, weights=settings.weights)


def setting(model: type[Ticket], values: Mapping[str, Any]) -> list[Action]:
    """Update actions that give attributes these values; None takes the attribute away."""
    return [
        getattr(model, name).remove() if value is None else getattr(model, name).set(value)
        for name, value in values.items()
    ]


def _known(caller: Caller, ticket: Ticket, wanted: Mapping[str, Any]) -> lifecycle.Known:
    """What judging this change takes, and no read more."""
    changes = lifecycle.changed(ticket, wanted)
    team = changes.get("team", ticket.team)
    relation = relation_of(caller, ticket)
    candidate = changes.get("assignee_id")
    fits = candidate is None or candidates.is_active(team, candidate)
    if lifecycle.takes(ticket, wanted, relation) and not candidates.is_active(ticket.team, caller.id):
        raise NotFound("There is no such ticket.")  # the caller has just left the team
    reopens = ticket.status == "resolved" and changes.get("status") == "in_progress" and "team" not in changes
    return lifecycle.Known(
        caller_id=caller.id,
        relation=relation,
        team_exists="team" not in changes or teams.exists(team),
        candidate_fits=fits,
        assignee_can_return=reopens and candidates.assignee_can_return(ticket),
    )


def _name(account_id: str | None) -> str:
    return people.names([account_id]).get(account_id, "") if account_id else ""


def _next_number() -> int:
    """The next number. Taken before the transaction that creates the ticket: inside it, it would serialise them all."""
    counter = NumberCounter(id="#number", item="counter")
    counter.update(actions=[NumberCounter.last.add(1), NumberCounter.kind.set(NumberCounter)])
    return int(counter.last)
