"""What DynamoDB charges, worked out from items and indexes as AWS's developer guide says ("DynamoDB item sizes and
formats", "Capacity unit consumption", "Transactions: capacity management", "Provisioned throughput considerations for
global / local secondary indexes"). Pure.

In a transaction the table's and the local indexes' part counts twice (prepare and commit). Global indexes are written
after the commit, as by any other write: once.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from infra.local.engine.template import Template

Item = Mapping[str, Mapping[str, Any]]
"""As on the wire: `{"id": {"S": "…"}, "version": {"N": "3"}}`."""

_READ_BYTES, _WRITE_BYTES = 4096, 1024


@dataclass(frozen=True)
class Index:
    """A secondary index. `projected` None: all attributes."""

    name: str
    keys: tuple[str, ...]
    projected: frozenset[str] | None
    local: bool

    def entry(self, item: Item | None) -> Item | None:
        """What of an item stands in the index; None if it isn't in it."""
        if item is None or any(key not in item for key in self.keys):
            return None
        if self.projected is None:
            return item
        return {name: value for name, value in item.items() if name in self.projected}


@dataclass(frozen=True)
class Table:
    name: str
    keys: tuple[str, ...]
    indexes: tuple[Index, ...] = ()

    def index(self, name: str) -> Index:
        return next(index for index in self.indexes if index.name == name)


def tables(template: Template) -> dict[str, Table]:
    """Every table that the template declares, by its physical name."""
    found = {}
    for logical, properties in template.of_type("AWS::DynamoDB::Table").items():
        keys = tuple(key["AttributeName"] for key in properties["KeySchema"])
        indexes = [
            _index(declared, keys, local)
            for kind, local in (("GlobalSecondaryIndexes", False), ("LocalSecondaryIndexes", True))
            for declared in properties.get(kind, [])
        ]
        name = template.name(logical)
        found[name] = Table(name, keys, tuple(indexes))
    return found


def _index(declared: Mapping[str, Any], table_keys: tuple[str, ...], local: bool) -> Index:
    keys = tuple(key["AttributeName"] for key in declared["KeySchema"])
    projection = declared["Projection"]
    projected = None
    if projection["ProjectionType"] != "ALL":
        projected = frozenset({*keys, *table_keys, *projection.get("NonKeyAttributes", [])})
    return Index(declared["IndexName"], keys, projected, local)


def item_size(item: Item | None) -> int:
    """Bytes, names and values."""
    return sum(len(name.encode()) + _value_size(value) for name, value in (item or {}).items())


def read_units(size: int, *, consistent: bool, transactional: bool = False) -> float:
    """Of reading `size` bytes: of one item, or of all that a page of a query goes through. Nothing costs as little as
    something small."""
    blocks = max(1, math.ceil(size / _READ_BYTES))
    return blocks * (2 if transactional else 1 if consistent else 0.5)


def write_units(table: Table, before: Item | None, after: Item | None, *, transactional: bool = False) -> int:
    """Of turning `before` into `after` (None: not there), indexes included. With both the same: of a write whose
    condition failed, of a condition check, or of an update that changed nothing."""
    twice = 2 if transactional else 1
    units = twice * _blocks(max(item_size(before), item_size(after)))
    if before == after:
        return units
    for index in table.indexes:
        units += index_units(index, before, after) * (twice if index.local else 1)
    return units


def index_units(index: Index, before: Item | None, after: Item | None) -> int:
    """None while what stands in the index stays the same; two writes when its key changed."""
    old, new = index.entry(before), index.entry(after)
    if old == new:
        return 0
    if old is None or new is None:
        return _blocks(item_size(old or new))
    if any(old[key] != new[key] for key in index.keys):
        return _blocks(item_size(old)) + _blocks(item_size(new))
    return _blocks(max(item_size(old), item_size(new)))


def _blocks(size: int) -> int:
    return max(1, math.ceil(size / _WRITE_BYTES))


def _value_size(value: Mapping[str, Any]) -> int:
    [(kind, content)] = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return _number_size(content)
    if kind == "B":
        return len(content) if isinstance(content, bytes) else len(content) * 3 // 4
    if kind in ("BOOL", "NULL"):
        return 1
    if kind == "L":
        return 3 + sum(1 + _value_size(entry) for entry in content)
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + _value_size(entry) for name, entry in content.items())
    return sum(_value_size({kind[0]: entry}) for entry in content)


def _number_size(text: str) -> int:
    """A byte for two significant digits, and one more; a negative one another."""
    number = Decimal(text).normalize()
    digits = len(number.as_tuple().digits)
    return (digits + 1) // 2 + 1 + (number < 0)
