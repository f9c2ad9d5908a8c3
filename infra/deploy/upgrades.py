"""Finds changes of a template that can't be deployed over the running one, or would lose data.

CloudFormation finds them only while it deploys; then it rolls back and reports them in its own words. Sources:
CloudFormation's reference, AWS::DynamoDB::Table ("Update requires"), and DynamoDB's on UpdateTable.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Resources = Mapping[str, Any]

KEEPS = {"AWS::DynamoDB::Table": "table", "AWS::S3::Bucket": "bucket"}
"""Types of resources that hold data -> what they are called in sentences."""


def refusals(before: Resources, after: Resources) -> list[str]:
    """Why `after` can't be deployed over `before` (both a template's `Resources`), in sentences; empty if it can."""
    found = []
    for name, old in before.items():
        if old["Type"] not in KEEPS or old.get("DeletionPolicy") == "Delete":
            continue
        new = after.get(name)
        if new is None or new["Type"] != old["Type"]:
            found.append(f"{name}: the {KEEPS[old['Type']]} would go; what is in it must be moved first.")
        elif old["Type"] == "AWS::DynamoDB::Table":
            found += [f"{name}: {each}" for each in _of_table(old["Properties"], new["Properties"])]
    return found


def _of_table(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if _keys(old) != _keys(new):
        yield "its key changes, so CloudFormation would make an empty table instead."
    if _by_name(old, "LocalSecondaryIndexes") != _by_name(new, "LocalSecondaryIndexes"):
        yield "its local indexes change, so CloudFormation would make an empty table instead."
    was, will = _by_name(old, "GlobalSecondaryIndexes"), _by_name(new, "GlobalSecondaryIndexes")
    for index in sorted(was.keys() & will.keys()):
        if was[index] != will[index]:
            yield f"index {index} changes, which can't be done in place: give the new one another name."
    made, deleted = sorted(will.keys() - was.keys()), sorted(was.keys() - will.keys())
    if len(made) > 1 or len(deleted) > 1:
        yield (
            f"one index can be made and one deleted in an update, not {len(made)} and {len(deleted)} "
            f"({', '.join(made + deleted)}): release them one after the other."
        )


def _keys(table: Mapping[str, Any]) -> str:
    names = {key["AttributeName"] for key in table["KeySchema"]}
    types = {each["AttributeName"]: each["AttributeType"] for each in table["AttributeDefinitions"]}
    return json.dumps([table["KeySchema"], {name: types[name] for name in sorted(names)}], sort_keys=True)


def _by_name(table: Mapping[str, Any], kind: str) -> dict[str, str]:
    """An index's name -> its keys with their types, and its projection, as text that can be compared."""
    types = {each["AttributeName"]: each["AttributeType"] for each in table["AttributeDefinitions"]}
    return {
        index["IndexName"]: json.dumps(
            [
                [{**key, "AttributeType": types[key["AttributeName"]]} for key in index["KeySchema"]],
                {**index["Projection"], "NonKeyAttributes": sorted(index["Projection"].get("NonKeyAttributes", []))},
            ],
            sort_keys=True,
        )
        for index in table.get(kind, [])
    }
