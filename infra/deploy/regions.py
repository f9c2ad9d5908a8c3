"""What a region lacks: CloudFormation refuses a template with a type of resource that the region doesn't know, even if
the resource's condition is false. cfn-lint ships the lists (CloudFormation's registry).
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from infra import package

RECEIVING = frozenset({"AWS::SES::ReceiptRule", "AWS::SES::ReceiptRuleSet"})
"""The types that receive mail. SES sends in many more regions than it receives in; the rest works without these."""


def unknown(types: set[str], region: str) -> set[str]:
    """The types among these that the region lacks."""
    return types - set(PROVIDER_SCHEMA_MANAGER.get_resource_types(region))


@cache
def needed() -> set[str]:
    """The types without which there is no help desk."""
    return _types(package.template()) - RECEIVING


def fitted(sam: Mapping[str, Any], region: str) -> dict[str, Any]:
    """The template as it can be deployed in the region: without what receives mail where SES receives none."""
    absent = unknown(set(RECEIVING), region)
    kept = {name: each for name, each in sam["Resources"].items() if each["Type"] not in absent}
    return {**sam, "Resources": kept}


def _types(sam: dict[str, Any]) -> set[str]:
    return {each["Type"] for each in package.transformed(sam)["Resources"].values()}
