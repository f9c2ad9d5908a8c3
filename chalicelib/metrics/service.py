"""Brings the counters in line with a ticket's history.

What the counters include of a ticket is stored under the ticket (`Counted`). This mark and the counters change in one
transaction, on condition that the mark is as it was read. So an event delivered twice, late or after a later one
changes nothing, and a crash leaves nothing half done (docs/decisions/0002).
"""

from collections import Counter
from dataclasses import dataclass

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.metrics import counters, figures, layout
from chalicelib.metrics.counters import Increment, Key
from chalicelib.metrics.layout import Generation
from chalicelib.metrics.models import Counted, MetricsItem
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Event, TicketsItem

MOST_ITEMS = 90
"""The most items of one step: a transaction takes 100."""


@dataclass
class Record:
    """A ticket as counting sees it: its history, and what is counted of it."""

    ticket_id: str
    events: list[Event]
    answered_at: str | None
    """When staff first answered,"""
    answered_by: str | None
    """and who."""
    marks: dict[str, Counted]

    @property
    def last(self) -> str:
        """The key of the newest event that was read."""
        return str(self.events[-1].item) if self.events else ""

    @property
    def changed_at(self) -> str:
        """When the ticket last changed in a way that counts."""
        return max([event.at for event in self.events] + [self.answered_at or ""])

    def bag(self, generation: Generation) -> figures.Bag:
        """What the ticket adds to the figures."""
        return figures.of(self.events, self.answered_at, generation.time_zone, self.answered_by)

    def mark(self, generation: Generation) -> Counted:
        """The mark as stored, or an empty one."""
        item = mark_item(generation)
        shard = generation.shard_of(self.ticket_id)
        nothing = Counted(id=self.ticket_id, item=item, entries={}, through="", counters_shard=shard, revision=0)
        return self.marks.get(item, nothing)


def count(ticket_id: str) -> None:
    """Counts everything that has happened to a ticket. Raises Unavailable after too many lost races."""
    for generation in layout.counting(layout.ensure()):
        count_in(generation, ticket_id)


def count_in(generation: Generation, ticket_id: str) -> None:
    """Brings one generation's counters in line with a ticket."""

    def attempt() -> None:
        while _move(read(ticket_id), generation):
            pass

    until_it_holds(attempt)


def is_counted(ticket_id: str, generation: Generation) -> bool:
    """Whether the counters include all that has happened to a ticket."""
    record = read(ticket_id)
    return dict(record.mark(generation).entries) == dict(record.bag(generation))


def read(ticket_id: str) -> Record:
    """A ticket's history, as far as it counts, and its marks (strongly consistent). Of the comments only the first
    answer counts; when and whose it was is on the ticket."""
    items = list(TicketsItem.query(ticket_id, TicketsItem.item.between("event#", "metrics#~"), consistent_read=True))
    events = [item for item in items if isinstance(item, Event)]
    ticket = tickets.read(ticket_id)
    answered_at, answered_by = (ticket.first_response_at, ticket.first_response_by) if ticket else (None, None)
    marks = {str(item.item): item for item in items if isinstance(item, Counted)}
    return Record(ticket_id, events, answered_at, answered_by, marks)


def mark_item(generation: Generation) -> str:
    return f"metrics#{generation.number}"


def _move(record: Record, generation: Generation) -> bool:
    """Moves mark and counters towards the history, as far as one transaction goes. Returns False if nothing was left to
    do. Raises LostRace."""
    mark = record.mark(generation)
    if mark.through > record.last:
        raise LostRace  # the mark knows an event that came while the history was being read
    wanted = record.bag(generation)
    entries: Counter[str] = Counter(mark.entries)
    shard = int(mark.counters_shard)
    numbers: dict[Key, Counter[str]] = {}
    transaction = Transaction()
    for text, by in figures.difference(mark.entries, wanted):
        there = list(counters.places(text, generation.number, shard))
        waits = counters.waiting_key(text, generation.number, record.ticket_id)
        if len(numbers.keys() | {place.key for place in there}) + len(transaction) >= MOST_ITEMS:
            break
        _add(numbers, there, by)
        if waits and by > 0:
            transaction.put(MetricsItem(period=waits.period, item=waits.item))
        elif waits:
            transaction.delete(MetricsItem(period=waits.period, item=waits.item))
        entries[text] += by
    if not numbers:
        return False
    for key, sums in numbers.items():
        actions = [Path([name]).add({"N": str(by)}) for name, by in sorted(sums.items()) if by]
        if actions:
            transaction.update(MetricsItem(period=key.period, item=key.item), actions)
    transaction.put(_next(mark, +entries, record.last), _as_read(mark), label="mark")
    transaction.commit()
    return True


def _add(numbers: dict[Key, Counter[str]], there: list[Increment], by: int) -> None:
    for place in there:
        numbers.setdefault(place.key, Counter())[place.attribute] += by * place.amount


def _next(mark: Counted, entries: Counter[str], through: str) -> Counted:
    return Counted(
        id=mark.id,
        item=mark.item,
        entries=dict(entries),
        through=through,
        counters_shard=mark.counters_shard,
        revision=mark.revision + 1,
    )


def _as_read(mark: Counted) -> Condition:
    return Counted.revision == mark.revision if mark.revision else Counted.revision.does_not_exist()
