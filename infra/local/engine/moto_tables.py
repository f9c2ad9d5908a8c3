"""What moto's DynamoDB does differently from AWS, put right while the local runner uses it.

- A transaction copies whole tables, and puts the copy back when it fails: cost grows with the table, and what others
  committed is lost. Here it keeps the items that it touches, and puts back those.
- An update that creates an item reports two records, one that changes nothing reports one; AWS reports one and none.
  (Records always hold both images: all our streams do.)
- A query goes through the whole table. Here it goes through the partition, also of an index.

All of it relies on the engine's lock: one call at a time.
"""

import copy
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from moto.core.utils import utcnow
from moto.dynamodb.comparisons import get_filter_expression
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import StreamRecord, StreamShard, Table

from infra.local.engine import moto_speed

_Key = tuple[Any, Any]

_transact = DynamoDBBackend.transact_write_items
_update = DynamoDBBackend.update_item
_put = Table.put_item
_query = Table.query


def corrected() -> ExitStack:
    """Applies the corrections until the returned stack is closed."""
    stack = ExitStack()
    for owner, name, replacement in (
        (DynamoDBBackend, "transact_write_items", _transact_write_items),
        (DynamoDBBackend, "update_item", _update_item),
        (Table, "put_item", _put_item),
        (Table, "query", _query_partition),
        (StreamShard, "add", _add_record),
    ):
        stack.enter_context(patch.object(owner, name, replacement))
    # Only the transaction (whose undoing is ours, below) and backups copy a table.
    stack.enter_context(patch.object(Table, "__deepcopy__", lambda table, _memo: table, create=True))
    return stack


class _Undo:
    """The items that a call is about to touch, as they are now. None of them is changed: a changed one replaces it."""

    def __init__(self, backend: DynamoDBBackend, touched: list[tuple[str, dict[str, Any]]]) -> None:
        self._items: list[tuple[Table, Any, Any, Item | None]] = []
        self._shards: dict[str, tuple[StreamShard, int]] = {}
        for name, keys in touched:
            table = backend.tables.get(name)
            if table is None or any(key not in keys for key in table.table_key_attrs):
                continue
            hash_key, range_key = backend.get_keys_value(table, keys)
            self._items.append((table, hash_key, range_key, table.get_item(hash_key, range_key)))
            if table.stream_shard:
                self._shards.setdefault(name, (table.stream_shard, len(table.stream_shard.items)))

    def roll_back(self) -> None:
        for table, hash_key, range_key, item in self._items:
            if item is not None:
                _place(table, item)
            elif range_key is None:
                table.items.pop(hash_key, None)
            else:
                table.items[hash_key].pop(range_key, None)
        for shard, length in self._shards.values():
            del shard.items[length:]


def _transact_write_items(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    touched = []
    for entry in transact_items:
        operation = next(iter(entry.values()))
        touched.append((operation.get("TableName", ""), operation.get("Key") or operation.get("Item") or {}))
    undo = _Undo(backend, touched)
    try:
        _transact(backend, transact_items)
    except BaseException:
        undo.roll_back()
        raise


def _place(table: Table, item: Item) -> None:
    if item.range_key is None:
        table.items[item.hash_key] = item  # type: ignore[assignment]
    else:
        table.items[item.hash_key][item.range_key] = item
    _note(table, item)


def _update_item(backend: DynamoDBBackend, table_name: str, key: dict[str, Any], **given: Any) -> Item:
    table = backend.get_table(table_name)
    old = table.get_item(*backend.get_keys_value(table, key))
    new = None if given.get("attribute_updates") or given.get("expected") else _updated(table, key, old, given)
    if new is None:
        return _slowly_updated(backend, table, key, old, given)
    _place(table, new)
    if table.stream_shard:
        table.stream_shard.add(old, new)
    return new


def _updated(table: Table, key: dict[str, Any], old: Item | None, given: dict[str, Any]) -> Item | None:
    """The item after a plain update whose condition holds."""
    names, values = given.get("expression_attribute_names"), given.get("expression_attribute_values")
    condition = get_filter_expression(given.get("condition_expression"), names, values)
    if not condition.expr(old):
        return None
    item = old or Item(DynamoType(key[table.hash_key_attr]), _range_of(table, key), key)
    return moto_speed.updated(table, item, given["update_expression"], names, values)


def _range_of(table: Table, key: dict[str, Any]) -> DynamoType | None:
    return DynamoType(key[table.range_key_attr]) if table.range_key_attr else None


def _slowly_updated(
    backend: DynamoDBBackend, table: Table, key: dict[str, Any], old: Item | None, given: dict[str, Any]
) -> Item:
    undo = _Undo(backend, [(table.name, key)])
    if old is not None:
        # moto changes an item in place: whoever holds this one keeps it as it was.
        _place(table, copy.deepcopy(old))
    shard = table.stream_shard
    before = len(shard.items) if shard else 0
    try:
        item = _update(backend, table.name, key, **given)
    except BaseException:
        undo.roll_back()
        raise
    if shard and len(shard.items) - before > 1:
        # A new item: moto reported its bare key first.
        whole = shard.items.pop()
        whole.record["dynamodb"]["SequenceNumber"] = shard.items[before].record["dynamodb"]["SequenceNumber"]
        shard.items[before:] = [whole]
    _note(table, item)
    return item


def _put_item(table: Table, *args: Any, **kwargs: Any) -> Item:
    item = _put(table, *args, **kwargs)
    _note(table, item)
    return item


def _add_record(shard: StreamShard, old: Item | None, new: Item | None) -> None:
    # As moto does it, but for the record's size, which costs more than all the rest.
    if old is not None and new is not None and old.attrs == new.attrs:
        return
    table = shard.table
    item = new if old is None else old
    assert item is not None
    keys = {table.hash_key_attr: item.hash_key.to_json()}
    if table.range_key_attr is not None and item.range_key is not None:
        keys[table.range_key_attr] = item.range_key.to_json()
    change: dict[str, Any] = {
        "ApproximateCreationDateTime": utcnow(),
        "Keys": keys,
        "SequenceNumber": str(len(shard.items) + shard.starting_sequence_number),
        "SizeBytes": 1,
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    }
    if new is not None:
        change["NewImage"] = new.to_json()["Attributes"]
    if old is not None:
        change["OldImage"] = old.to_json()["Attributes"]
    record: Any = StreamRecord.__new__(StreamRecord)
    record.record = {
        "eventID": uuid4().hex,
        "eventName": "INSERT" if old is None else "REMOVE" if new is None else "MODIFY",
        "eventSource": "aws:dynamodb",
        "eventVersion": "1.1",
        "awsRegion": table.region_name,
        "dynamodb": change,
    }
    shard.items.append(record)


def expired(table: Table, attribute: str, now: int) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Keys of the items whose epoch second in `attribute` has come, each with that attribute's value."""
    found = []
    for partition in table.items.values():
        items: list[Any] = list(partition.values()) if table.has_range_key else [partition]
        for item in items:
            expires = item.attrs.get(attribute)
            if expires is not None and expires.type == "N" and float(expires.value) <= now:
                key = {name: item.attrs[name].to_json() for name in table.table_key_attrs}
                found.append((key, expires.to_json()))
    return found


# --- partitions of indexes -------------------------------------------------------------------------------------------


def _note(table: Table, item: Item) -> None:
    """Remembers under which values of the global indexes' hash keys the item stands. Entries that no longer hold are
    dropped when they are met."""
    for attribute, partitions in _partitions(table).items():
        value = item.attrs.get(attribute)
        if value is not None:
            partitions.setdefault(value.value, {})[(item.hash_key, item.range_key)] = None


def forget(table: Table) -> None:
    """Drops what was remembered of a table that is emptied."""
    _partitions(table).clear()
    del table._noted  # type: ignore[attr-defined]


def _partitions(table: Table) -> dict[str, dict[Any, dict[_Key, None]]]:
    noted: dict[str, dict[Any, dict[_Key, None]]] | None = getattr(table, "_noted", None)
    if noted is None:
        hash_keys = {
            key["AttributeName"] for index in table.global_indexes for key in index.schema if key["KeyType"] == "HASH"
        }
        noted = {attribute: {} for attribute in hash_keys}
        table._noted = noted  # type: ignore[attr-defined]
    return noted


def _in_index(table: Table, attribute: str, value: Any) -> list[Item]:
    noted = _partitions(table)[attribute].get(value.value, {})
    items = []
    for hash_key, range_key in list(noted):
        item = table.get_item(hash_key, range_key)
        held = item.attrs.get(attribute) if item is not None else None
        if item is not None and held is not None and held == value:
            items.append(item)
        else:
            del noted[(hash_key, range_key)]
    return items


def _query_partition(table: Table, hash_key: Any, *args: Any, **kwargs: Any) -> Any:
    conditions = dict(kwargs.get("hash_key_conditions") or [])
    index_name = kwargs.get("index_name") or (args[6] if len(args) > 6 else None)
    candidates: list[Any] | None = None
    if index_name is None or index_name in {index.name for index in table.indexes}:
        value = hash_key if index_name is None else conditions.get(table.hash_key_attr)
        if value is not None:
            partition = table.items.get(value, {})
            candidates = list(partition.values()) if table.has_range_key else ([partition] if partition else [])
    elif len(conditions) == 1 and (attribute := next(iter(conditions))) in _partitions(table):
        candidates = _in_index(table, attribute, conditions[attribute])
    if candidates is None:
        return _query(table, hash_key, *args, **kwargs)
    table.all_items = lambda: candidates  # type: ignore[method-assign]
    try:
        return _query(table, hash_key, *args, **kwargs)
    finally:
        del table.all_items
