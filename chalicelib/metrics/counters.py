"""Where each entry of a ticket's figures is counted: keys and attributes of the `metrics` table. Pure.

| period                             | item                 | attributes                                              |
| ---------------------------------- | -------------------- | ------------------------------------------------------- |
| <generation>#team#<team>#<shard>   | <size>#<first day>   | rn rs R<bucket>: resolutions, how many, how long        |
|                                    |                      | fn fs F<bucket>: first responses                        |
|                                    | <size>#<first day>   | a assigned, n resolved, s how long                      |
|                                    | #<agent id>          |                                                         |
|                                    | volume#<first day>   | c r x o, each with the day's place in the block:        |
|                                    |                      | created, resolved, closed, reopened                     |
| <generation>#now#<shard>           | <team>               | open … closed, low … urgent, waiting                    |
| <generation>#waiting#<team>        | <since>#<ticket>     | who waits, longest first: an item a ticket              |

A size is 01 or 64 days (`periods.LONG`): what a team counts in a span of days is read by a range of keys for each.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from chalicelib.metrics import sketch
from chalicelib.metrics.figures import ACTIVE, NOBODY, parts
from chalicelib.metrics.periods import block_of, blocks_with

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


def block_item(size: int, first: date, agent: str | None = None) -> str:
    """Of a team, or of an agent of it."""
    item = f"{size:02}#{first.isoformat()}"
    return f"{item}#{agent}" if agent else item


def agent_of(item: str) -> str | None:
    """Whose item of a block it is; None: the team's."""
    return item.split("#", 2)[2] if item.count("#") > 1 else None


def volume_item(first: date) -> str:
    """`first`: the first day of a longer block."""
    return f"volume#{first.isoformat()}"


def volume_attribute(name: str, day: date) -> str:
    return f"{VOLUME[name]}{(day - block_of(day)).days}"


def now(generation: int, shard: int) -> str:
    return f"{generation}#now#{shard}"


def waiting(generation: int, team: str) -> str:
    return f"{generation}#waiting#{team}"


def waiting_key(text: str, generation: int, ticket_id: str) -> Key | None:
    """The item that an entry is by itself, if it says that the ticket waits."""
    team, kind, *rest = parts(text)
    return Key(waiting(generation, team), f"{rest[0]}#{ticket_id}") if kind == "waits" else None


def places(text: str, generation: int, shard: int) -> Iterator[Increment]:
    """Every number that an entry is counted in."""
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
    if kind in VOLUME:
        yield Increment(Key(period, volume_item(block_of(day))), volume_attribute(kind, day), 1)
    for agent, attribute, amount in _in_blocks(kind, rest[1:]):
        for size, first in blocks_with(day):
            yield Increment(Key(period, block_item(size, first, agent)), attribute, amount)


def _in_blocks(kind: str, rest: list[str]) -> Iterator[tuple[str | None, str, int]]:
    """Whose item (None: the team's), which number, and how much."""
    match kind, rest:
        case "assigned", [agent]:
            yield agent, "a", 1
        case "answered", [length]:
            yield from _duration("f", int(length))
        case "resolved", [agent, length]:
            yield from _duration("r", int(length))
            if agent != NOBODY:
                yield agent, "n", 1
                yield agent, "s", int(length)


def _duration(which: str, milliseconds: int) -> Iterator[tuple[None, str, int]]:
    yield None, f"{which}n", 1
    yield None, f"{which}s", milliseconds
    yield None, f"{which.upper()}{sketch.bucket(milliseconds)}", 1
