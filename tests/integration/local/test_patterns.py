"""Filter patterns let through what Lambda would let through:
https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
"""

import json
from typing import Any

import pytest

from infra.local.events.patterns import BadPattern, matches, parse

RECORD = {
    "eventName": "MODIFY",
    "userIdentity": {"type": "Service", "principalId": "dynamodb.amazonaws.com"},
    "dynamodb": {
        "NewImage": {
            "name": {"S": "ticket#1"},
            "size": {"N": "12"},
            "nothing": {"NULL": True},
            "empty": {"S": ""},
            "open": {"BOOL": True},
            "tags": {"SS": ["red", "blue"]},
        }
    },
}


def image(rule: Any) -> dict[str, Any]:
    return {"dynamodb": {"NewImage": rule}}


@pytest.mark.parametrize(
    ("pattern", "passes"),
    [
        ({"eventName": ["INSERT", "MODIFY"]}, True),
        ({"eventName": ["INSERT"]}, False),
        (image({"name": {"S": [{"exists": True}]}}), True),
        (image({"other": {"S": [{"exists": True}]}}), False),
        (image({"other": {"S": [{"exists": False}]}}), True),
        (image({"name": [{"exists": True}]}), False),
        ({"dynamodb": {"OldImage": {"name": {"S": [{"exists": False}]}}}}, True),
        (image({"name": {"S": [{"prefix": "ticket#"}]}}), True),
        (image({"name": {"S": [{"prefix": "event#"}, "ticket#1"]}}), True),
        (image({"name": {"S": [{"suffix": "#2"}]}}), False),
        (image({"name": {"S": [{"equals-ignore-case": "TICKET#1"}]}}), True),
        (image({"name": {"S": [{"anything-but": ["ticket#1"]}]}}), False),
        (image({"name": {"S": [{"anything-but": ["event#1"]}]}}), True),
        (image({"size": {"N": ["12"]}}), True),
        (image({"size": {"N": [12]}}), False),  # DynamoDB writes numbers as strings
        (image({"empty": {"S": [""]}}), True),
        (image({"name": {"S": [""]}}), False),
        (image({"open": {"BOOL": [True]}}), True),
        (image({"open": {"BOOL": [False]}}), False),
        (image({"tags": {"SS": ["blue"]}}), True),
        (image({"tags": {"SS": ["green"]}}), False),
        ({"userIdentity": {"type": ["Service"], "principalId": ["dynamodb.amazonaws.com"]}}, True),
        (image({"name": {"S": ["ticket#1"]}, "size": {"N": ["13"]}}), False),
        ({"$or": [{"eventName": ["REMOVE"]}, image({"size": {"N": ["12"]}})]}, True),
    ],
)
def test_a_pattern_passes_what_it_describes(pattern: dict[str, Any], passes: bool) -> None:
    assert matches(parse({"Filters": [{"Pattern": json.dumps(pattern)}]}), RECORD) is passes


def test_any_of_several_patterns_is_enough_and_none_lets_everything_through() -> None:
    several = {"Filters": [{"Pattern": '{"eventName":["REMOVE"]}'}, {"Pattern": '{"eventName":["MODIFY"]}'}]}

    assert matches(parse(several), RECORD)
    assert matches(parse(None), RECORD)


@pytest.mark.parametrize(
    ("condition", "passes"),
    [
        ({"numeric": [">", 10, "<=", 12]}, True),
        ({"numeric": ["=", 13]}, False),
        ({"numeric": ["<", 12.5]}, True),
        (12, True),
        ("12", False),
        (None, False),
    ],
)
def test_a_message_has_numbers(condition: Any, passes: bool) -> None:
    criteria = {"Filters": [{"Pattern": json.dumps({"body": {"size": [condition]}})}]}

    assert matches(parse(criteria), {"body": {"size": 12}}) is passes


def test_null_is_a_value() -> None:
    criteria = {"Filters": [{"Pattern": '{"body":{"owner":[null]}}'}]}

    assert matches(parse(criteria), {"body": {"owner": None}})
    assert not matches(parse(criteria), {"body": {"owner": "anna"}})
    assert not matches(parse(criteria), {"body": {}})


@pytest.mark.parametrize(
    "pattern",
    [
        {"ip": [{"cidr": "10.0.0.0/8"}]},
        {"ip": "10.0.0.1"},
        {"ip": [{"wildcard": "10.*"}]},
        {"ip": [{"anything-but": {"prefix": "10."}}]},
        {"ip": [{"prefix": "1", "suffix": "2"}]},
    ],
)
def test_what_lambda_doesnt_know_is_refused(pattern: dict[str, Any]) -> None:
    with pytest.raises(BadPattern, match=r"10|prefix"):
        parse({"Filters": [{"Pattern": json.dumps(pattern)}]})


def test_numbers_cant_be_compared_in_a_stream() -> None:
    criteria = {"Filters": [{"Pattern": json.dumps(image({"size": {"N": [{"numeric": [">", 1]}]}}))}]}

    with pytest.raises(BadPattern, match="strings"):
        parse(criteria, numbers=False)


def test_more_filters_than_lambda_takes_are_refused() -> None:
    with pytest.raises(BadPattern, match="11"):
        parse({"Filters": [{"Pattern": "{}"}] * 11})
