"""What a region lacks is found before CloudFormation is asked, and mail in is left out where SES receives none."""

from typing import Any

import pytest

from infra import package
from infra.deploy import regions


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    return package.template()


@pytest.mark.parametrize("region", package.REGIONS)
def test_the_regions_that_are_linted_have_everything(template: dict[str, Any], region: str) -> None:
    assert regions.unknown(regions.needed(), region) == set()
    assert regions.fitted(template, region)["Resources"].keys() == template["Resources"].keys()


@pytest.mark.parametrize("region", ["me-central-1", "eu-central-2", "ca-west-1"])
def test_where_ses_receives_nothing_the_rest_is_deployed(template: dict[str, Any], region: str) -> None:
    assert regions.unknown(regions.needed(), region) == set()
    made = regions.fitted(template, region)
    assert template["Resources"].keys() - made["Resources"].keys() == {"MailInRule", "MailInRules"}
    types = {each["Type"] for each in package.transformed(made)["Resources"].values()}
    assert regions.unknown(types, region) == set()
    assert '"MailInRule' not in repr(made).replace("'", '"'), "nothing that is left refers to what went"


@pytest.mark.parametrize(("region", "logged"), [("eu-central-1", True), ("us-east-1", True), ("af-south-1", False)])
def test_cloudfront_is_asked_for_logs_where_it_delivers_them(
    template: dict[str, Any], region: str, logged: bool
) -> None:
    """A bucket in a region that an account opts in to gets none, and the distribution would be refused."""
    made = regions.fitted(template, region)["Resources"]
    assert ("Logging" in made["Distribution"]["Properties"]["DistributionConfig"]) == logged
    assert "Logging" in template["Resources"]["Distribution"]["Properties"]["DistributionConfig"], "it is left alone"


@pytest.mark.parametrize("region", ["ap-east-1", "cn-north-1", "us-gov-west-1"])
def test_where_something_is_needed_and_missing(region: str) -> None:
    assert regions.unknown(regions.needed(), region)
