"""Where each entry of a ticket's figures is counted: keys and attributes of the `metrics` table. Pure.

| period                                      | item              | attributes                                       |
| ------------------------------------------- | ----------------- | ------------------------------------------------ |
| <generation>#days#<size>#<index>#<shard>    | <team>            | rn rs R<bucket>: resolutions, how many, how long |
|                                             |                   | fn fs F<bucket>: first responses                 |
|                                             | <team>#<agent id> | a assigned, n resolved, s how long               |
| <generation>#series#<index>#<shard>         | <team>            | c r x o, each with the day's place: created,     |
|                                             |                   | resolved, closed, reopened                       |
| <generation>#now#<shard>                    | <team>            | open … closed, low … urgent, waiting             |
| <generation>#waiting#<team>                 | <since>#<ticket>  | who waits, longest first: an item a ticket       |
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from chalicelib.metrics import sketch
from chalicelib.metrics.figures import ACTIVE, NOBODY, parts
from chalicelib.metrics.periods import Block, blocks_with, place_in_series

VOLUME = {"created": "c", "resolved": "r", "closed": "x", "reopened": "o"}


class Key(NamedTuple):
    period: str
    item: str


class Increment(NamedTuple):
    """A number that an entry adds `amount` to."""

    key: Key
    attribute: str
    amount: int


def days(generation: int, block: Block, shard: int) -> str:
    return f"{generation}#days#{block.size}#{block.number}#{shard}"


def series(generation: int, index: int, shard: int) -> str:
    return f"{generation}#series#{index}#{shard}"


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
    if kind in VOLUME:
        index, place = place_in_series(day)
        yield Increment(Key(series(generation, index, shard), team), f"{VOLUME[kind]}{place}", 1)
    for item, attribute, amount in _in_blocks(team, kind, rest[1:]):
        for block in blocks_with(day):
            yield Increment(Key(days(generation, block, shard), item), attribute, amount)


def _in_blocks(team: str, kind: str, rest: list[str]) -> Iterator[tuple[str, str, int]]:
    match kind, rest:
        case "assigned", [agent]:
            yield f"{team}#{agent}", "a", 1
        case "answered", [length]:
            yield from _duration(team, "f", int(length))
        case "resolved", [agent, length]:
            yield from _duration(team, "r", int(length))
            if agent != NOBODY:
                yield f"{team}#{agent}", "n", 1
                yield f"{team}#{agent}", "s", int(length)


def _duration(team: str, which: str, milliseconds: int) -> Iterator[tuple[str, str, int]]:
    yield team, f"{which}n", 1
    yield team, f"{which}s", milliseconds
    yield team, f"{which.upper()}{sketch.bucket(milliseconds)}", 1
