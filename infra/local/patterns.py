"""Event filter patterns, as FilterCriteria of an event source mapping writes them."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Pattern = Mapping[str, Any]

_MISSING = object()

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "=": lambda value, limit: value == limit,
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
}

_OPERATORS = frozenset({"anything-but", "equals-ignore-case", "exists", "numeric", "prefix", "suffix"})


class BadPattern(ValueError):
    """The pattern says something that isn't known here: better no start than a filter that lets through too much."""


def parse(criteria: Mapping[str, Any] | None) -> list[Pattern]:
    """The patterns of a FilterCriteria property. Raises BadPattern."""
    patterns = [json.loads(entry["Pattern"]) for entry in (criteria or {}).get("Filters", [])]
    for pattern in patterns:
        _check(pattern)
    return patterns


def matches(patterns: Sequence[Pattern], record: Mapping[str, Any]) -> bool:
    """Whether the record goes to the function: any pattern is enough, and no pattern at all."""
    return not patterns or any(_matches(pattern, record) for pattern in patterns)


def _check(pattern: object) -> None:
    if not isinstance(pattern, dict):
        raise BadPattern(f"{pattern!r} is no pattern")
    for name, rule in pattern.items():
        if name == "$or":
            for entry in rule:
                _check(entry)
        elif isinstance(rule, list):
            for condition in rule:
                if isinstance(condition, dict) and set(condition) - _OPERATORS:
                    raise BadPattern(f"{name}: {condition!r} has an operator that isn't known here")
        else:
            _check(rule)


def _matches(pattern: Pattern, value: object) -> bool:
    for name, rule in pattern.items():
        if name == "$or":
            if not any(_matches(entry, value) for entry in rule):
                return False
            continue
        found = value.get(name, _MISSING) if isinstance(value, Mapping) else _MISSING
        if isinstance(rule, list):
            values = found if isinstance(found, list) else [found]
            if not any(_holds(condition, each) for condition in rule for each in values):
                return False
        elif not _matches(rule, found):
            return False
    return True


def _holds(condition: Any, value: Any) -> bool:
    if not isinstance(condition, Mapping):
        return value is not _MISSING and type(value) is type(condition) and value == condition
    operator, operand = next(iter(condition.items()))
    if operator == "exists":
        # Only of a leaf: an object is never "there" for this operator.
        return (value is not _MISSING and not isinstance(value, Mapping)) is operand
    if value is _MISSING:
        return False
    if operator == "anything-but":
        return _differs(operand, value)
    if operator == "numeric":
        return _numeric(operand, value)
    if not isinstance(value, str):
        return False
    if operator == "prefix":
        return value.startswith(str(operand))
    if operator == "suffix":
        return value.endswith(str(operand))
    return value.lower() == str(operand).lower()


def _differs(operand: Any, value: Any) -> bool:
    if isinstance(operand, Mapping):
        return not _holds(operand, value)
    return value not in (operand if isinstance(operand, list) else [operand])


def _numeric(operand: Sequence[Any], value: Any) -> bool:
    # DynamoDB's numbers are strings in a record; Lambda compares them as numbers all the same.
    try:
        number = float(value)
    except (TypeError, ValueError):
        return False
    return all(_COMPARE[sign](number, limit) for sign, limit in zip(operand[::2], operand[1::2], strict=True))
