"""Short cuts through moto's DynamoDB and SQS that change no answer: without them one ticket costs 30 ms of moto's time,
and a queue of some hundred messages more than everything else.

Each handles the common case and leaves every other, errors included, to moto itself.
"""

import binascii
import copy
import json
import re
import time
from contextlib import ExitStack
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import moto.dynamodb.comparisons as comparisons
import moto.dynamodb.models as models
import moto.dynamodb.models.table as table_module
import moto.dynamodb.responses as responses
import moto.sqs.models as queues
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing import expressions
from moto.sqs.models import Message, Queue, SQSBackend

from infra.local.engine.calls import Call

_parser = comparisons.ConditionExpressionParser
_updates: Any = vars(expressions)["UpdateExpressionParser"]
_make = _updates.make
_project = Item.project
_set_attribute = LimitedSizeDict.__setitem__

_LARGE = 1000
"""Bytes of an attribute from which on it can matter for the limit of 400 KB an item."""

_DIRECT = {
    "BatchGetItem": "batch_get_item",
    "DeleteItem": "delete_item",
    "GetItem": "get_item",
    "PutItem": "put_item",
    "Query": "query",
    "Scan": "scan",
    "TransactGetItems": "transact_get_items",
    "TransactWriteItems": "transact_write_items",
    "UpdateItem": "update_item",
}


def applied() -> ExitStack:
    """Applies the short cuts until the returned stack is closed."""
    stack = ExitStack()
    replaced: tuple[tuple[Any, str, Any], ...] = (
        (Item, "project", _projected),
        (LimitedSizeDict, "__setitem__", _set_quickly),
        (_updates, "make", lru_cache(1024)(_make)),
        (comparisons, "create_condition_expression_parser", _condition_parser),
        (models, "create_condition_expression_parser", _condition_parser),
        (responses, "create_condition_expression_parser", _condition_parser),
        # An answer is written out before anything can change its items: they need no copies.
        (table_module, "copy", SimpleNamespace(copy=copy.copy, deepcopy=lambda value: value)),
        (responses, "dynamo_to_dict", lambda value: value),
        (queues, "unix_time_millis", _now),
        (Queue, "messages", property(_visible)),
        (SQSBackend, "is_message_valid_based_on_retention_period", _is_kept),
    )
    for owner, name, replacement in replaced:
        stack.enter_context(patch.object(owner, name, replacement))
    return stack


def answer(call: Call, account: str, region: str) -> tuple[int, dict[str, str], bytes] | None:
    """Moto's answer without its HTTP layer; None if the call takes the long way. A call that fails changes nothing and
    takes the long way, where moto says why."""
    if call.service != "dynamodb" or call.operation not in _DIRECT:
        return None
    handler = responses.DynamoHandler()
    handler.body = call.params
    handler.current_account, handler.region = account, region
    try:
        result: Any = getattr(handler, _DIRECT[call.operation])().result
    except Exception:
        return None
    body = json.dumps({name: value for name, value in result.items() if value is not None}, default=_encoded).encode()
    return 200, {"Content-Type": "application/x-amz-json-1.0", "x-amz-crc32": str(binascii.crc32(body))}, body


def _encoded(value: Any) -> Any:
    return value.to_json()


# --- conditions ------------------------------------------------------------------------------------------------------


def _condition_parser(expression: str | None, names: Any, values: Any) -> Any:
    """What moto's parser finds. moto parses one condition up to four times a call."""
    if not expression:
        return _parser(expression, names, values)
    operation, names_found, values_found = _parsed(expression, repr(names), repr(values), _Unseen((names, values)))
    return SimpleNamespace(
        parse=lambda: operation, expr_attr_names_found=[*names_found], expr_attr_values_found=[*values_found]
    )


class _Unseen(tuple[Any, Any]):
    """Goes along with a cached call without being part of its key."""

    __slots__ = ()

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return True


@lru_cache(512)
def _parsed(expression: str, _names: str, _values: str, given: _Unseen) -> tuple[Any, list[str], list[str]]:
    parser = _parser(expression, *given)
    return parser.parse(), parser.expr_attr_names_found, parser.expr_attr_values_found


# --- items -----------------------------------------------------------------------------------------------------------


def _projected(item: Item, expressions: list[list[str]]) -> Item:
    """The item with these attributes alone."""
    if any(len(path) > 1 for path in expressions):
        return _project(item, expressions)
    projected = Item(item.hash_key, item.range_key, {})
    for (name,) in expressions:
        if name in item.attrs:
            dict.__setitem__(projected.attrs, name, item.attrs[name])
    return projected


def _set_quickly(attributes: LimitedSizeDict, key: str, value: Any) -> None:
    """moto weighs all the item's attributes for each that is set; only a large one can matter."""
    if isinstance(value, DynamoType) and value.size() < _LARGE:
        dict.__setitem__(attributes, key, value)
    else:
        _set_attribute(attributes, key, value)


# --- updates ---------------------------------------------------------------------------------------------------------

_CLAUSES = re.compile(r"\b(SET|REMOVE|ADD) ")
_ACTIONS = {
    "SET": re.compile(r"(?P<name>#\w+)\s*=\s*((?P<plus>#\w+)\s*\+\s*)?(?P<value>:\w+)"),
    "ADD": re.compile(r"(?P<name>#\w+)\s+(?P<value>:\w+)"),
    "REMOVE": re.compile(r"(?P<name>#\w+)"),
}


def updated(
    table: Table, item: Item, expression: str, names: dict[str, str] | None, values: dict[str, Any] | None
) -> Item | None:
    """The item after an update that only sets whole attributes, removes attributes or adds numbers; None if the
    expression does anything else, or something that moto would refuse. `item` itself is not changed."""
    parts = _CLAUSES.split(expression.strip())
    if parts[0] or len(set(parts[1::2])) < len(parts[1::2]):
        return None
    fresh = Item(item.hash_key, item.range_key, {})
    attributes = fresh.attrs
    dict.update(attributes, item.attrs)
    touched = set()
    for clause, actions in zip(parts[1::2], parts[2::2], strict=True):
        for action in actions.split(","):
            found = (match := _ACTIONS[clause].fullmatch(action.strip())) and match.groupdict()
            name = (names or {}).get(found["name"]) if found else None
            if not found or name is None or name in touched or name in table.table_key_attrs:
                return None
            touched.add(name)
            if clause == "REMOVE":
                attributes.pop(name, None)
                continue
            given = (values or {}).get(found["value"])
            if given is None or not _fits_indexes(table, name, given):
                return None
            value = DynamoType(given)
            if clause == "ADD" or found["plus"]:
                before = item.attrs.get(name if clause == "ADD" else (names or {}).get(found["plus"], ""))
                if value.type != "N" or (before is None and clause == "SET") or (before and before.type != "N"):
                    return None
                value = before + value if before else value
            attributes[name] = value
    return fresh


def _fits_indexes(table: Table, name: str, value: dict[str, Any]) -> bool:
    """Whether an index can hold the value, if the attribute is a key of one."""
    kind, content = next(iter(value.items()))
    declared = [attribute["AttributeType"] for attribute in table.attr if attribute["AttributeName"] == name]
    return not declared or (declared[0] == kind and content != "")


# --- queues ----------------------------------------------------------------------------------------------------------


def _now() -> float:
    """Milliseconds. moto makes two datetimes for it, for each message that it looks at."""
    return time.time() * 1000


def _visible(queue: Queue) -> list[Message]:
    now = _now()
    return [message for message in queue._messages if message.visible_at < now and message.delayed_until <= now]


def _is_kept(backend: SQSBackend, queue_name: str, message: Message) -> bool:
    """moto makes all attributes of the queue, its counts included, to look at one."""
    kept: float = backend.get_queue(queue_name).message_retention_period  # type: ignore[attr-defined]
    return kept + (message.sent_timestamp or 0) / 1000 > time.time()
