"""What a region lacks: CloudFormation refuses a template with a type of resource that the region doesn't know, even if
the resource's condition is false. cfn-lint ships the lists (CloudFormation's registry).
"""

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from infra import package

RECEIVING = frozenset({"AWS::SES::ReceiptRule", "AWS::SES::ReceiptRuleSet"})
"""The types that receive mail. SES sends in many more regions than it receives in; the rest works without these."""


NO_ACCESS_LOGS = frozenset(
    {
        "af-south-1",
        "ap-east-1",
        "ap-east-2",
        "ap-south-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "ap-southeast-5",
        "ap-southeast-6",
        "ap-southeast-7",
        "ca-west-1",
        "eu-central-2",
        "eu-south-1",
        "eu-south-2",
        "il-central-1",
        "me-central-1",
        "me-south-1",
        "mx-central-1",
    }
)
"""The regions that an account opts in to. CloudFront writes access logs to no bucket of theirs (its guide: "Configure
standard logging (legacy)", "Choose an Amazon S3 bucket"), and refuses a distribution that asks for it."""


def unknown(types: set[str], region: str) -> set[str]:
    """The types among these that the region lacks."""
    return types - set(PROVIDER_SCHEMA_MANAGER.get_resource_types(region))


@cache
def needed() -> set[str]:
    """The types without which there is no help desk."""
    return _types(package.template()) - RECEIVING


def fitted(sam: Mapping[str, Any], region: str) -> dict[str, Any]:
    """The template as it can be deployed in the region: without what receives mail where SES receives none, and without
    access logs where CloudFront delivers none."""
    absent = unknown(set(RECEIVING), region)
    kept = {name: each for name, each in sam["Resources"].items() if each["Type"] not in absent}
    if region in NO_ACCESS_LOGS:
        kept = copy.deepcopy(kept)
        for each in kept.values():
            if each["Type"] == "AWS::CloudFront::Distribution":
                each["Properties"]["DistributionConfig"].pop("Logging", None)
    return {**sam, "Resources": kept}


def _types(sam: dict[str, Any]) -> set[str]:
    return {each["Type"] for each in package.transformed(sam)["Resources"].values()}
