"""Filter patterns let through what Lambda would let through."""

import json
from typing import Any

import pytest

from infra.local.patterns import BadPattern, matches, parse

RECORD = {"eventName": "MODIFY", "dynamodb": {"NewImage": {"name": {"S": "ticket#1"}, "size": {"N": "12"}}}}


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
        (image({"name": {"S": [{"anything-but": {"prefix": "event#"}}]}}), True),
        (image({"size": {"N": [{"numeric": [">", 10, "<=", 12]}]}}), True),
        (image({"size": {"N": [{"numeric": ["=", 13]}]}}), False),
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


def test_an_operator_that_isnt_known_is_refused() -> None:
    with pytest.raises(BadPattern, match="cidr"):
        parse({"Filters": [{"Pattern": '{"ip":[{"cidr":"10.0.0.0/8"}]}'}]})
