"""What can't be deployed over what runs is said before anything is done."""

import copy
from typing import Any

import pytest

from infra.deploy import upgrades


def table(**more: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::DynamoDB::Table",
        "DeletionPolicy": "RetainExceptOnCreate",
        "Properties": {
            "AttributeDefinitions": [
                {"AttributeName": name, "AttributeType": "S"} for name in ("id", "item", "team", "status", "due")
            ],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "item", "KeyType": "RANGE"}],
            "GlobalSecondaryIndexes": [index("by_team", "team"), index("by_status", "status")],
            **more,
        },
    }


def index(name: str, key: str, *projected: str) -> dict[str, Any]:
    projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(projected)}
    return {
        "IndexName": name,
        "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
        "Projection": projection if projected else {"ProjectionType": "KEYS_ONLY"},
    }


BEFORE = {"Tickets": table(), "Connections": {**table(), "DeletionPolicy": "Delete"}}


def refused(change: dict[str, Any]) -> list[str]:
    return upgrades.refusals(BEFORE, {**copy.deepcopy(BEFORE), **change})


def test_the_same_again_is_fine() -> None:
    assert refused({}) == []


@pytest.mark.parametrize(
    ("indexes", "words"),
    [
        ([index("by_team", "team", "title"), index("by_status", "status")], "index by_team changes"),
        ([index("by_team", "due"), index("by_status", "status")], "index by_team changes"),
        ([index(name, "due") for name in ("one", "two", "by_team", "by_status")], "one index can be made"),
        ([], "one index can be made and one deleted in an update, not 0 and 2"),
    ],
)
def test_indexes_that_one_update_cannot_make(indexes: list[Any], words: str) -> None:
    found = refused({"Tickets": table(GlobalSecondaryIndexes=indexes)})
    assert any(words in each for each in found), found


def test_one_index_made_and_one_deleted_is_fine() -> None:
    assert refused({"Tickets": table(GlobalSecondaryIndexes=[index("by_team", "team"), index("by_due", "due")])}) == []


def test_attributes_in_another_order_are_the_same() -> None:
    one, other = (index("by_team", "team", *names) for names in (("title", "status"), ("status", "title")))
    before = {"Tickets": table(GlobalSecondaryIndexes=[one])}
    assert upgrades.refusals(before, {"Tickets": table(GlobalSecondaryIndexes=[other])}) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]},
        {"LocalSecondaryIndexes": [index("place", "id")]},
    ],
)
def test_a_table_that_would_be_made_anew_empty(changed: dict[str, Any]) -> None:
    [found] = refused({"Tickets": table(**changed)})
    assert found.startswith("Tickets: its ")
    assert "empty table" in found


def test_a_table_that_would_go() -> None:
    assert upgrades.refusals(BEFORE, {}) == ["Tickets: the table would go; what is in it must be moved first."]


def test_what_holds_nothing_that_people_made_may_change() -> None:
    changed = {**table(KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}]), "DeletionPolicy": "Delete"}
    assert refused({"Connections": changed}) == []
