"""Event filter patterns, as FilterCriteria of an event source mapping writes them.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html lists the operators. Of a stream's record
any field may be asked for: the Lambda guide (with-ddb-filtering.html) speaks of `dynamodb` alone, but DynamoDB's own
guide filters by `userIdentity` (time-to-live-ttl-streams.html), and CDK's documentation by `eventName`. Numeric
operators don't work on a stream, whose numbers are strings.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Pattern = Mapping[str, Any]

MOST = 10
"""Patterns in a mapping: five, ten when AWS is asked."""

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


def parse(criteria: Mapping[str, Any] | None, *, numbers: bool = True) -> list[Pattern]:
    """The patterns of a FilterCriteria property; `numbers`: whether the source has any. Raises BadPattern."""
    filters = (criteria or {}).get("Filters", [])
    if len(filters) > MOST:
        raise BadPattern(f"{len(filters)} filters, and at most {MOST} are possible")
    patterns = [json.loads(entry["Pattern"]) for entry in filters]
    for pattern in patterns:
        _check(pattern, numbers)
    return patterns


def matches(patterns: Sequence[Pattern], record: Mapping[str, Any]) -> bool:
    """Whether the record goes to the function: any pattern is enough, and no pattern at all."""
    return not patterns or any(_matches(pattern, record) for pattern in patterns)


def _check(pattern: object, numbers: bool) -> None:
    if not isinstance(pattern, dict):
        raise BadPattern(f"{pattern!r} is no pattern: values stand in a list")
    for name, rule in pattern.items():
        if name == "$or":
            for entry in rule:
                _check(entry, numbers)
        elif isinstance(rule, list):
            for condition in rule:
                _check_condition(name, condition, numbers)
        else:
            _check(rule, numbers)


def _check_condition(name: str, condition: object, numbers: bool) -> None:
    if not isinstance(condition, dict):
        return
    if len(condition) != 1 or set(condition) - _OPERATORS:
        raise BadPattern(f"{name}: {condition!r} has an operator that isn't known here")
    if isinstance(condition.get("anything-but"), dict):
        raise BadPattern(f"{name}: {condition!r}: EventBridge's buses know this, Lambda's filters don't")
    if "numeric" in condition and not numbers:
        raise BadPattern(f"{name}: {condition!r}: in a stream's record numbers are strings, and no number matches")


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
        return value not in (operand if isinstance(operand, list) else [operand])
    if operator == "numeric":
        return _numeric(operand, value)
    if not isinstance(value, str):
        return False
    if operator == "prefix":
        return value.startswith(str(operand))
    if operator == "suffix":
        return value.endswith(str(operand))
    return value.lower() == str(operand).lower()


def _numeric(operand: Sequence[Any], value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return all(_COMPARE[sign](value, limit) for sign, limit in zip(operand[::2], operand[1::2], strict=True))
