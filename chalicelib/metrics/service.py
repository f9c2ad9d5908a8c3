"""Counting: brings the counters in line with a ticket's history.

What the counters include of a ticket is written down under the ticket (`Counted`). Mark and counters move in one
transaction, on condition that the mark is as it was read: an event told twice, late or after a later one finds nothing
to do, and a crash leaves nothing half done (docs/decisions/0002).
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
from chalicelib.tickets import outstanding
from chalicelib.tickets.kinds import kind_of
from chalicelib.tickets.models import Event, TicketsItem

MOST_ITEMS = 90
"""Items of one move: a transaction takes 100."""


@dataclass
class Record:
    """A ticket as counting sees it: its history, and what is counted of it."""

    ticket_id: str
    events: list[Event]
    marks: dict[str, Counted]

    @property
    def last(self) -> str:
        """The key of the last event."""
        return str(self.events[-1].item) if self.events else ""

    @property
    def changed_at(self) -> str | None:
        """When the ticket changed last: its `updated_at`."""
        return max(
            (event.at for event in self.events if kind_of(event.change, event.field).changes_ticket), default=None
        )

    def mark(self, generation: Generation) -> Counted:
        """The mark as stored, or one that says: nothing yet."""
        item = mark_item(generation)
        shard = generation.shard_of(self.ticket_id)
        nothing = Counted(id=self.ticket_id, item=item, entries={}, through="", shard=shard, revision=0)
        return self.marks.get(item, nothing)


def count(ticket_id: str) -> None:
    """Counts everything that has happened to a ticket. Raises Unavailable after too many lost races."""

    def attempt() -> None:
        shown, *building = layout.counting(layout.ensure())
        record, _ = count_in(shown, ticket_id)
        for generation in building:
            count_in(generation, ticket_id)
        if record.changed_at:
            outstanding.counted(ticket_id, record.changed_at)

    until_it_holds(attempt)


def count_in(generation: Generation, ticket_id: str) -> tuple[Record, bool]:
    """Brings one generation's counters in line with a ticket; whether anything had to be moved for it."""
    moved = False

    def attempt() -> Record:
        nonlocal moved
        record = read(ticket_id)
        while _move(record, generation):
            moved = True
            record = read(ticket_id)
        return record

    return until_it_holds(attempt), moved


def read(ticket_id: str) -> Record:
    """One strongly consistent query: a ticket's history, and the marks behind it."""
    items = list(TicketsItem.query(ticket_id, TicketsItem.item.between("event#", "metrics#~"), consistent_read=True))
    events = [item for item in items if isinstance(item, Event)]
    return Record(ticket_id, events, {str(item.item): item for item in items if isinstance(item, Counted)})


def mark_item(generation: Generation) -> str:
    return f"metrics#{generation.number}"


def _move(record: Record, generation: Generation) -> bool:
    """Moves mark and counters towards what the history says, as far as one transaction goes. False: they were there.
    Raises LostRace."""
    mark = record.mark(generation)
    if mark.through > record.last:
        raise LostRace  # the mark knows an event that came while the history was being read
    wanted = figures.of(record.events, generation.time_zone)
    entries: Counter[str] = Counter(mark.entries)
    shard = int(mark.shard)
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
        shard=mark.shard,
        revision=mark.revision + 1,
    )


def _as_read(mark: Counted) -> Condition:
    return Counted.revision == mark.revision if mark.revision else Counted.revision.does_not_exist()
