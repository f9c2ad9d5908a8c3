"""Recounts from the tickets: to check whether the figures are right, and to correct them.

A rebuild counts a new generation beside the one that is shown. It first adds it to the layout, after which every change
is counted in both; then it goes through all tickets; then it makes the new one the one shown. So no half-counted figure
is ever read. A changed TIME_ZONE takes effect by a rebuild.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from chalicelib import ambient
from chalicelib.dynamo import until_it_holds
from chalicelib.metrics import counters, late, layout, service
from chalicelib.metrics.counters import Key
from chalicelib.metrics.layout import Generation
from chalicelib.metrics.models import Counted, MetricsItem
from chalicelib.settings import settings
from chalicelib.tickets import service as tickets
from chalicelib.tickets.models import Ticket, TicketsItem

T = TypeVar("T")

READERS_GONE = 30
"""Seconds after which nobody reads by an earlier layout: a request ends after 29."""

_ROUNDS = 3
_BETWEEN_ROUNDS = 2
"""Seconds."""

GRACE = timedelta(minutes=10)
"""How long a change may take to be counted before it counts as forgotten."""

_TIMES = 16
"""How many random times the daily check starts from, going back."""

Progress = Callable[[int], object]
"""Called with the number of tickets done since the last call."""

Numbers = dict[tuple[Key, str], int]


def _quiet(_count: int) -> None:
    pass


@dataclass
class Difference:
    """One wrong figure: what is counted, and what it should be."""

    what: str
    counted: object
    right: object

    def __str__(self) -> str:
        return f"{self.what}: counted {self.counted}, right {self.right}"


@dataclass
class _Round:
    """One comparison of everything. Changes that aren't counted yet look like differences, but not for long."""

    tickets: dict[str, Difference] = field(default_factory=dict)
    numbers: dict[tuple[Key, str], tuple[int, int]] = field(default_factory=dict)


def verify(segments: int = 4, progress: Progress = _quiet) -> list[Difference]:
    """Compares the shown figures with a recount of all tickets, while work goes on. What differs is compared again;
    only what stays wrong by the same amount is a difference."""
    found = layout.find()
    if found is None:
        return []
    generation = layout.shown(found)
    first = _look(generation, segments, progress)
    for _ in range(_ROUNDS - 1):
        if not first.tickets and not first.numbers:
            break
        ambient.sleep(_BETWEEN_ROUNDS)
        second = _look(generation, segments, _quiet)
        first.tickets = {id_: each for id_, each in second.tickets.items() if first.tickets.get(id_) == each}
        off = {key: counted - right for key, (counted, right) in first.numbers.items()}
        first.numbers = {key: each for key, each in second.numbers.items() if each[0] - each[1] == off.get(key)}
    differences = list(first.tickets.values())
    differences += [Difference(f"{k.period} {k.item} {name}", *each) for (k, name), each in first.numbers.items()]
    return differences + _zone_difference(generation)


def rebuild(segments: int = 4, progress: Progress = _quiet) -> int:
    """Counts all tickets into a new generation and shows it; continues a rebuild that was broken off. Returns the
    number of tickets."""
    generation = until_it_holds(layout.begin)
    total = sum(_in_parts(segments, lambda segment: _build(generation, segment, segments, progress)))
    layout.show(generation)
    ambient.sleep(READERS_GONE)
    _forget_all_but(generation)
    return total


def look_at_some(most: int = 400) -> list[Difference]:
    """The daily check: compares about `most` tickets, from random times, with what is counted of them, and corrects it.
    Changes of the last minutes are left alone, since they may not be counted yet."""
    found = layout.find()
    if found is None:
        return []
    generation = layout.shown(found)
    settled = ambient.timestamp(ambient.now() - GRACE)
    wrong = []
    for ticket_id in _some_ids(most):
        record = service.read(ticket_id)
        difference = _ticket_difference(record, generation)
        if difference and record.changed_at < settled:
            wrong.append(difference)
            service.count(ticket_id)
    late.forget_counted(lambda ticket_id: service.is_counted(ticket_id, generation))
    return wrong + _zone_difference(generation)


def _build(generation: Generation, segment: int, segments: int, progress: Progress) -> int:
    total = 0
    for ticket_id in ticket_ids(segment, segments):
        service.count_in(generation, ticket_id)
        total += 1
        progress(1)
    return total


def ticket_ids(segment: int = 0, segments: int = 1) -> Iterator[str]:
    """The ids of all tickets, or of one of `segments` parts of the table (a scan: for operators)."""
    found = Ticket.scan(
        Ticket.item == "ticket",
        segment=segment,
        total_segments=segments,
        attributes_to_get=["id", "item", "kind"],
        consistent_read=True,
    )
    return (str(ticket.id) for ticket in found)


def _some_ids(most: int) -> Iterator[str]:
    """Ids of tickets filed before each of some random times."""
    oldest = tickets.first_id()
    if oldest is None:
        return
    first = ambient.moment(ambient.time_of(oldest)).timestamp()
    seen: set[str] = set()
    for _ in range(_TIMES):
        then = datetime.fromtimestamp(random.uniform(first, ambient.clock()) + 1, UTC)
        seen |= set(islice(tickets.all_ids(ambient.lowest_id(then)), most // _TIMES))
    yield from sorted(seen)


def _look(generation: Generation, segments: int, progress: Progress) -> _Round:
    """Compares marks with histories, and counters with marks, since these two always change together."""
    looked = _Round()
    right: Counter[tuple[Key, str]] = Counter()
    for part in _in_parts(segments, lambda segment: _look_at(generation, segment, segments, progress)):
        looked.tickets |= part[0]
        right.update(part[1])
    counted = _counted(generation)
    for key in counted.keys() | right.keys():
        if counted.get(key, 0) != right.get(key, 0):
            looked.numbers[key] = counted.get(key, 0), right.get(key, 0)
    return looked


def _look_at(
    generation: Generation, segment: int, segments: int, progress: Progress
) -> tuple[dict[str, Difference], Numbers]:
    differences: dict[str, Difference] = {}
    numbers: Counter[tuple[Key, str]] = Counter()
    for ticket_id in ticket_ids(segment, segments):
        record = service.read(ticket_id)
        if difference := _ticket_difference(record, generation):
            differences[ticket_id] = difference
        mark = record.mark(generation)
        for text, times in mark.entries.items():
            for place in counters.places(text, generation.number, int(mark.counters_shard)):
                numbers[place.key, place.attribute] += times * place.amount
            if waits := counters.waiting_key(text, generation.number, ticket_id):
                numbers[waits, "waits"] += 1
        progress(1)
    return differences, numbers


def _ticket_difference(record: service.Record, generation: Generation) -> Difference | None:
    counted = dict(record.mark(generation).entries)
    right = dict(record.bag(generation))
    return Difference(f"ticket {record.ticket_id}", counted, right) if counted != right else None


def _zone_difference(generation: Generation) -> list[Difference]:
    if generation.time_zone == settings.time_zone:
        return []
    return [Difference("time zone (a rebuild changes it)", generation.time_zone, settings.time_zone)]


def _counted(generation: Generation) -> Numbers:
    """Every counter of a generation as stored, unless it is zero."""
    numbers: Numbers = {}
    for item in _stored(f"{generation.number}#"):
        key = Key(item["period"]["S"], item["item"]["S"])
        found = {name: int(value["N"]) for name, value in item.items() if "N" in value}
        if key.period.startswith(f"{generation.number}#waiting#"):
            found["waits"] = 1
        numbers |= {(key, name): number for name, number in found.items() if number}
    return numbers


def _stored(prefix: str) -> Iterator[dict[str, Any]]:
    for page in MetricsItem.scan(MetricsItem.period.startswith(prefix), consistent_read=True).page_iter:
        yield from page["Items"]


def _forget_all_but(generation: Generation) -> None:
    """Deletes the counters and the marks of other generations."""
    kept = f"{generation.number}#"
    with MetricsItem.batch_write() as batch:
        for item in _stored(""):
            period, key = item["period"]["S"], item["item"]["S"]
            if period != "layout" and not period.startswith(kept):
                batch.delete(MetricsItem(period=period, item=key))
    mark = service.mark_item(generation)
    with TicketsItem.batch_write() as batch:
        old = TicketsItem.item.startswith("metrics#") & (TicketsItem.item != mark)
        for marked in Counted.scan(old, consistent_read=True):
            batch.delete(TicketsItem(id=marked.id, item=marked.item))


def _in_parts(segments: int, do: Callable[[int], T]) -> list[T]:
    """Runs `do` for each part of a scan, all at the same time."""
    with ThreadPoolExecutor(segments) as pool:
        return list(pool.map(do, range(segments)))
