"""Where each entry of a ticket's figures is counted: keys and attributes of the `metrics` table. Pure.

| period                             | item                 | attributes                                              |
| ---------------------------------- | -------------------- | ------------------------------------------------------- |
| <generation>#team#<team>#<shard>   | <size>#<first day>   | rn rs R<bucket>: resolutions, how many, how long        |
|                                    |                      | fn fs F<bucket>: first responses                        |
|                                    | days#<first day>     | c r x o, each with the day's place in the row:          |
|                                    |                      | created, resolved, closed, reopened                     |
|                                    | days#<first day>     | a n s, so too: assigned, resolved, how long             |
|                                    | #<agent id>          |                                                         |
|                                    | own#<agent id>       | fn fs F<bucket>: first responses that they gave         |
|                                    | #<size>#<first day>  |                                                         |
| <generation>#now#<shard>           | <team>               | open … closed, low … urgent, waiting                    |
| <generation>#waiting#<team>        | <since>#<ticket>     | who waits, longest first: an item a ticket              |

A size is 01 or 64 days (`periods.LONG`), a row has 32 (`periods.ROW`): what a team counts in a span of days is read by
a range of keys for each.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from chalicelib.metrics import sketch
from chalicelib.metrics.figures import ACTIVE, NOBODY, parts
from chalicelib.metrics.periods import blocks_with, row_of

VOLUME = {"created": "c", "resolved": "r", "closed": "x", "reopened": "o"}


class Key(NamedTuple):
    period: str
    item: str


class Increment(NamedTuple):
    """A number that an entry adds `amount` to."""

    key: Key
    attribute: str
    amount: int


def series(generation: int, team: str, shard: int) -> str:
    return f"{generation}#team#{team}#{shard}"


def block_item(size: int, first: date) -> str:
    return f"{size:02}#{first.isoformat()}"


def own_item(agent: str, size: int, first: date) -> str:
    """The item of an agent's first responses in a block of `size` days."""
    return f"own#{agent}#{block_item(size, first)}"


def row_item(first: date, agent: str | None = None) -> str:
    """The item of a row of a team, or of one of its agents. `first`: the row's first day."""
    item = f"days#{first.isoformat()}"
    return f"{item}#{agent}" if agent else item


def row_of_item(item: str) -> tuple[date, str | None]:
    """The reverse of `row_item`."""
    _, first, *agent = item.split("#", 2)
    return date.fromisoformat(first), agent[0] if agent else None


def now(generation: int, shard: int) -> str:
    return f"{generation}#now#{shard}"


def waiting(generation: int, team: str) -> str:
    return f"{generation}#waiting#{team}"


def waiting_key(text: str, generation: int, ticket_id: str) -> Key | None:
    """The item that stands for an entry which says that the ticket waits; None for other entries."""
    team, kind, *rest = parts(text)
    return Key(waiting(generation, team), f"{rest[0]}#{ticket_id}") if kind == "waits" else None


def places(text: str, generation: int, shard: int) -> Iterator[Increment]:
    """Every counter to which an entry adds."""
    team, kind, *rest = parts(text)
    if kind == "waits":
        yield Increment(Key(now(generation, shard), team), "waiting", 1)
        return
    if kind == "is":
        status, priority = rest
        yield Increment(Key(now(generation, shard), team), status, 1)
        if status in ACTIVE:
            yield Increment(Key(now(generation, shard), team), priority, 1)
        return
    day = date.fromisoformat(rest[0])
    period = series(generation, team, shard)
    for agent, letter, amount in _in_rows(kind, rest[1:]):
        first = row_of(day)
        yield Increment(Key(period, row_item(first, agent)), f"{letter}{(day - first).days}", amount)
    for attribute, amount in _in_blocks(kind, rest[1:]):
        for block in blocks_with(day):
            yield Increment(Key(period, block_item(*block)), attribute, amount)
            if kind == "answered" and rest[1] != NOBODY:
                yield Increment(Key(period, own_item(rest[1], *block)), attribute, amount)


def _in_rows(kind: str, rest: list[str]) -> Iterator[tuple[str | None, str, int]]:
    """Whose row (None: the team's), which letter, and the amount."""
    if kind in VOLUME:
        yield None, VOLUME[kind], 1
    match kind, rest:
        case "assigned", [agent]:
            yield agent, "a", 1
        case "resolved", [agent, length] if agent != NOBODY:
            yield agent, "n", 1
            yield agent, "s", int(length)


def _in_blocks(kind: str, rest: list[str]) -> Iterator[tuple[str, int]]:
    match kind, rest:
        case "answered", [_, length]:
            yield from _duration("f", int(length))
        case "resolved", [_, length]:
            yield from _duration("r", int(length))


def _duration(which: str, milliseconds: int) -> Iterator[tuple[str, int]]:
    yield f"{which}n", 1
    yield f"{which}s", milliseconds
    yield f"{which.upper()}{sketch.bucket(milliseconds)}", 1
