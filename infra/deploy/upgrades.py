"""What of a new template can't be deployed over the one that runs, or would lose what people made.

CloudFormation finds these while it deploys, rolls back, and leaves the operator with a message in AWS's words. Sources:
CloudFormation's reference, AWS::DynamoDB::Table ("Update requires"), and UpdateTable in DynamoDB's.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Resources = Mapping[str, Any]

KEEPS = {"AWS::DynamoDB::Table": "table", "AWS::S3::Bucket": "bucket"}
"""Kinds of resources that hold what people made -> what they are called."""


def refusals(before: Resources, after: Resources) -> list[str]:
    """Sentences, none where `after` (a template's `Resources`) can be deployed over `before`."""
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
    """An index's name -> its keys with their types, and its projection."""
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
