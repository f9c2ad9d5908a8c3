"""Closes resolved tickets to which nobody has come back, some days after a warning (contract §4).

A sparse index holds the resolved tickets by the time they were resolved, in two groups: not yet warned of, and warned
of. So a run reads only what is due. Warnings go first, also after a time in which nothing ran.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain, islice

from pynamodb.exceptions import UpdateError

from chalicelib import ambient
from chalicelib.dynamo import Transaction, index_entries, until_it_holds
from chalicelib.log import log
from chalicelib.settings import settings
from chalicelib.tickets import fanout, history
from chalicelib.tickets.models import Ticket
from chalicelib.tickets.outstanding import ClosingStep, closing_key, shards
from chalicelib.tickets.service import add_change, read, read_many

_TOGETHER = 25
"""Tickets read at once."""


def run() -> dict[str, int]:
    """Warns of tickets that close soon, then closes those that are due. Returns how many of each. A ticket that fails
    is left for the next run; its error is raised at the end."""
    if not settings.auto_close_days:
        return {"warned": 0, "closed": 0}
    due = _days_ago(settings.auto_close_days)
    errors: list[Exception] = []
    warned = _each(_due("warn", _warning_due()), _warn, errors) if settings.auto_close_warning_days else []
    waiting = chain(warned, _due("close", due), () if settings.auto_close_warning_days else _due("warn", due))
    closed = _each(waiting, lambda ticket: _close(ticket.id, due), errors)
    if errors:
        raise errors[0]
    return {"warned": len(warned), "closed": len(closed)}


def event_id(ticket: Ticket) -> str:
    """The id of the warning's mail: one for each time that the ticket was resolved."""
    return f"closing#{ticket.resolved_at}"


def _each(tickets: Iterator[Ticket], act: Callable[[Ticket], bool], errors: list[Exception]) -> list[Ticket]:
    """Does something with each ticket. Returns those with which it succeeded."""
    done = []
    for ticket in tickets:
        try:
            if act(ticket):
                done.append(ticket)
        except Exception as error:
            log.exception("a resolved ticket was left", extra={"ticket_id": ticket.id})
            errors.append(error)
    return done


def _due(step: ClosingStep, until: str) -> Iterator[Ticket]:
    """Tickets of this group that were resolved before a time, freshly read."""
    for shard in shards():
        key = f"{step}#{shard}"
        entries = index_entries(Ticket.resolved_tickets, key, Ticket.resolved_at <= until, size=100)
        ids = (entry["id"] for entry in entries)
        while chunk := list(islice(ids, _TOGETHER)):
            for ticket in read_many(chunk):
                # An index is a moment late.
                if ticket.closing == key and ticket.resolved_at is not None and ticket.resolved_at <= until:
                    yield ticket


def _warn(ticket: Ticket) -> bool:
    """Tells the client, then notes that it did. After a crash in between it tells again, and the mail goes out once all
    the same."""
    fanout.hand("mail", ticket.id, event_id(ticket))
    try:
        ticket.update(
            actions=[Ticket.closing.set(closing_key("close", ticket.id))],
            condition=(Ticket.closing == ticket.closing) & (Ticket.resolved_at == ticket.resolved_at),
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _close(ticket_id: str, until: str) -> bool:
    """Closes the ticket, unless somebody has come back to it."""

    def attempt() -> bool:
        ticket = read(ticket_id)
        if ticket is None or ticket.status != "resolved" or ticket.resolved_at is None or ticket.resolved_at > until:
            return False
        at = ambient.later_than(ticket.updated_at)
        after = {"status": "closed", "closed_at": at}
        add_change(Transaction(), ticket, after, at, history.SYSTEM, {"status": "schedule"})
        return True

    return until_it_holds(attempt)


def _warning_due() -> str:
    return _days_ago(max(0, settings.auto_close_days - settings.auto_close_warning_days))


def _days_ago(days: int) -> str:
    return ambient.timestamp(ambient.now() - timedelta(days=days))
