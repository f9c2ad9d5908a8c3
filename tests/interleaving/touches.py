"""Which items an AWS call reads and writes, and whether two calls depend on each other's order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Item = tuple[str, ...]
"""Table, then key values; a partition is (table, hash key), a whole table (table,)."""

_HASH = {
    "accounts": "id",
    "roster": "team",
    "tickets": "id",
    "operations": "key",
    "audit": "id",
    "metrics": "period",
    "search": "term",
    "chat": "conversation",
    "connections": "id",
    "readers": "ticket_id",
    "notifications": "account_id",
}


@dataclass
class Touch:
    operation: str
    reads: set[Item] = field(default_factory=set)
    writes: set[Item] = field(default_factory=set)

    def __str__(self) -> str:
        return f"{self.operation} reads {sorted(self.reads)} writes {sorted(self.writes)}"


def depend(one: Touch, other: Touch) -> bool:
    """Whether the order of two calls can matter: one writes what the other touches."""
    return _meet(one.writes, other.reads | other.writes) or _meet(other.writes, one.reads)


def _meet(some: set[Item], others: set[Item]) -> bool:
    return any(one[: len(other)] == other[: len(one)] for one in some for other in others)


def touched(operation: str, request: Mapping[str, Any]) -> Touch:
    """What a DynamoDB request touches."""
    touch = Touch(operation)
    match operation:
        case "GetItem":
            touch.reads.add(_key(request["TableName"], request["Key"]))
        case "BatchGetItem":
            for table, wanted in request["RequestItems"].items():
                touch.reads |= {_key(table, key) for key in wanted["Keys"]}
        case "Query":
            touch.reads.add(_partition(request))
        case "BatchWriteItem":
            for table, requests in request["RequestItems"].items():
                for each in requests:
                    ((_, part),) = each.items()
                    touch.writes.add(_key(table, part.get("Key") or part["Item"]))
        case "PutItem":
            touch.writes.add(_key(request["TableName"], request["Item"]))
        case "UpdateItem" | "DeleteItem":
            touch.writes.add(_key(request["TableName"], request["Key"]))
        case "TransactWriteItems":
            for write in request["TransactItems"]:
                ((kind, part),) = write.items()
                key = _key(part["TableName"], part.get("Key") or part["Item"])
                (touch.reads if kind == "ConditionCheck" else touch.writes).add(key)
        case "SendEmail":
            touch.writes.add(("outbox",))
        case _:
            touch.writes.add(())
    return touch


def _key(table: str, attributes: Mapping[str, Any]) -> Item:
    table = table.rpartition("-")[2]
    values = [attributes[_HASH[table]]["S"]]
    values += [attributes[name]["S"] for name in ("item", "reader") if name in attributes]
    if table == "notifications":
        values.append(attributes["id"]["S"])
    if "seq" in attributes:
        values.append(attributes["seq"]["N"])
    return (table, *values)


def _partition(request: Mapping[str, Any]) -> Item:
    """A query on the table or on the local index reads one partition; on a global index anything may be in it."""
    name = request["TableName"].rpartition("-")[2]
    if request.get("IndexName") not in (None, "place", "unread"):
        return (name,)
    (value,) = [
        request["ExpressionAttributeValues"][part.split("=")[1].strip()]["S"]
        for part in request["KeyConditionExpression"].replace("(", "").replace(")", "").split(" AND ")
        if "=" in part and "<" not in part and ">" not in part
    ]
    return (name, value)
