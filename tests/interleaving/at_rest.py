"""What must hold at rest (contract §5), recounted from the items themselves."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from chalicelib import ambient
from chalicelib.attachments.models import Attachment, Places
from chalicelib.attachments.places import MOST
from chalicelib.attachments.service import id_of
from chalicelib.people import roster
from chalicelib.people.models import AgentRow, QueueEntry, RosterItem, TeamRow
from chalicelib.settings import settings
from chalicelib.tickets.models import Event, Ticket, TicketsItem
from chalicelib.tickets.policy import ACTIVE


def mismatches() -> list[str]:
    """Everything that is wrong, in words."""
    items = list(TicketsItem.scan())
    found = [item for item in items if isinstance(item, Ticket)]
    rows = list(RosterItem.scan())
    agents = {(row.team, row.agent_id): row for row in rows if isinstance(row, AgentRow)}
    queue = {row.ticket_id: row for row in rows if isinstance(row, QueueEntry)}
    available = {row.team: int(row.available) for row in rows if isinstance(row, TeamRow)}
    events = [item for item in items if isinstance(item, Event)]
    return [
        *_workloads(found, agents),
        *_places(found, agents, queue),
        *_idle_hands(agents, queue, available),
        *_histories(found, events),
        *_files(items, events),
    ]


def _workloads(tickets: list[Ticket], agents: dict[tuple[str, str], AgentRow]) -> Iterator[str]:
    load: dict[tuple[str, str], int] = defaultdict(int)
    count: dict[tuple[str, str], int] = defaultdict(int)
    for ticket in tickets:
        if ticket.status in ACTIVE and ticket.assignee_id:
            load[ticket.team, ticket.assignee_id] += settings.weights[ticket.priority]
            count[ticket.team, ticket.assignee_id] += 1
    for key, row in agents.items():
        if (row.workload, row.active_tickets) != (load[key], count[key]):
            yield f"{key} carries {row.workload} in {row.active_tickets}, recounted {load[key]} in {count[key]}"
        if row.leaving:
            yield f"{key} is still leaving"
        if row.place != roster.agent_place(row):
            yield f"{key} stands at {row.place}"


def _places(
    tickets: list[Ticket], agents: dict[tuple[str, str], AgentRow], queue: dict[str, QueueEntry]
) -> Iterator[str]:
    for ticket in tickets:
        entry = queue.get(ticket.id)
        if ticket.unsettled:
            yield f"{ticket.id} is unsettled"
        if ticket.status not in ACTIVE or ticket.assignee_id:
            if entry:
                yield f"{ticket.id} waits though it is {ticket.status} and {ticket.assignee_id}'s"
        elif entry is None:
            yield f"{ticket.id} is nobody's and not in the queue"
        elif (entry.team, entry.priority, entry.status) != (ticket.team, ticket.priority, ticket.status):
            yield f"{ticket.id} waits as something else: {entry.serialize()}"
        if ticket.status in ACTIVE and ticket.assignee_id:
            row = agents.get((ticket.team, ticket.assignee_id))
            if not roster.stays(row):
                yield f"{ticket.id} is with {ticket.assignee_id}, who isn't an active agent of {ticket.team}"


def _idle_hands(
    agents: dict[tuple[str, str], AgentRow], queue: dict[str, QueueEntry], available: dict[str, int]
) -> Iterator[str]:
    there: defaultdict[str, int] = defaultdict(int)
    for row in agents.values():
        there[row.team] += row.active and row.availability == "available"
    for team, count in there.items():
        if available.get(team, 0) != count:
            yield f"{team} counts {available.get(team, 0)} available, there are {count}"
    for entry in queue.values():
        for row in agents.values():
            held = entry.avoid == row.agent_id and there[entry.team] > 1
            if row.team == entry.team and roster.has_room(row) and not held:
                yield f"{entry.ticket_id} waits while {row.agent_id} has room"


def _histories(tickets: list[Ticket], events: list[Event]) -> Iterator[str]:
    for ticket in tickets:
        told = sorted((event for event in events if event.id == ticket.id), key=lambda event: event.event_id)
        for name in ("status", "assignee_id", "priority", "team"):
            changes = [event for event in told if event.field == name]
            for one, next_one in pairwise(changes):
                if one.after != next_one.before:
                    yield f"{ticket.id}: the history of {name} jumps from {one.after} to {next_one.before}"
            if changes and changes[-1].after != getattr(ticket, name):
                yield f"{ticket.id}: {name} is {getattr(ticket, name)}, its history says {changes[-1].after}"
        instants = [event.at for event in told if event.change not in ("note", "attachment")]
        changes_at = sorted({*instants, ticket.created_at})
        if instants != sorted(instants) or changes_at[-1] != ticket.updated_at:
            yield f"{ticket.id}: changed at {ticket.updated_at}, its history says {instants}"
        if ticket.version != len(changes_at):
            yield f"{ticket.id}: version {ticket.version} after changes at {changes_at}"
        if any(event.at != ambient.time_of(event.event_id) for event in told):
            yield f"{ticket.id}: an event's id is of another time than the event"
        comments = [event.at for event in told if event.change == "comment"]
        if ticket.last_public_message_at != (comments[-1] if comments else None):
            yield f"{ticket.id}: last commented on at {ticket.last_public_message_at}, its history says {comments}"


def _files(items: list[TicketsItem], events: list[Event]) -> Iterator[str]:
    """Every file has a place, that it keeps once it has arrived; and then it is told of, once."""
    told = sorted(event.after for event in events if event.change == "attachment")
    files = [item for item in items if isinstance(item, Attachment)]
    ready = sorted(id_of(file) for file in files if file.state == "ready")
    if told != ready:
        yield f"{ready} have arrived, the history tells of {told}"
    for file in files:
        if (file.state == "ready") != (file.version is not None) or (file.state == "ready") != (
            file.expires_at is None
        ):
            yield f"{file.item} is {file.state}: {file.serialize()}"
    places = {item.id: item.taken for item in items if isinstance(item, Places)}
    for ticket_id in {file.id for file in files}:
        taken = {id_of(file): int(file.expires_at or 0) for file in files if file.id == ticket_id}
        if places.get(ticket_id) != taken or len(taken) > MOST:
            yield f"{ticket_id} has {len(taken)} files, {taken}, and the places {places.get(ticket_id)}"
