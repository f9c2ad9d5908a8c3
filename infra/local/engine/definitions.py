"""Whether an existing table is the one that the template declares."""

from collections.abc import Mapping
from typing import Any

Definition = Mapping[str, Any]


def changes(found: Definition, wanted: Definition) -> list[str]:
    """What differs, in words: `found` as DescribeTable tells it, `wanted` as CreateTable takes it."""
    differences = []
    if _keys(found) != _keys(wanted):
        differences.append(f"key {_said(_keys(found))}, now {_said(_keys(wanted))}")
    for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
        before = {index["IndexName"]: _index(index) for index in found.get(kind, [])}
        after = {index["IndexName"]: _index(index) for index in wanted.get(kind, [])}
        differences += [f"index {name} is new" for name in sorted(after.keys() - before.keys())]
        differences += [f"index {name} is gone" for name in sorted(before.keys() - after.keys())]
        both = sorted(before.keys() & after.keys())
        differences += [f"index {name} has changed" for name in both if before[name] != after[name]]
    types = _types(found), _types(wanted)
    differences += [
        f"{name} has changed its type" for name in types[0] if types[1].get(name, types[0][name]) != types[0][name]
    ]
    views = _view(found), _view(wanted)
    if views[0] != views[1]:
        differences.append(f"stream {views[0]}, now {views[1]}")
    return differences


def _keys(definition: Definition) -> list[tuple[str, str]]:
    return [(key["KeyType"], key["AttributeName"]) for key in definition["KeySchema"]]


def _said(keys: list[tuple[str, str]]) -> str:
    return " · ".join(name for _, name in keys)


def _index(index: Definition) -> tuple[Any, ...]:
    projection = index["Projection"]
    return _keys(index), projection["ProjectionType"], sorted(projection.get("NonKeyAttributes", []))


def _types(definition: Definition) -> dict[str, str]:
    return {each["AttributeName"]: each["AttributeType"] for each in definition["AttributeDefinitions"]}


def _view(definition: Definition) -> str:
    stream = definition.get("StreamSpecification") or {}
    return str(stream.get("StreamViewType")) if stream.get("StreamEnabled") else "none"
