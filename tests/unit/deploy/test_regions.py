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
    assert regions.fitted(template, region) == template


@pytest.mark.parametrize("region", ["me-central-1", "eu-central-2", "ca-west-1"])
def test_where_ses_receives_nothing_the_rest_is_deployed(template: dict[str, Any], region: str) -> None:
    assert regions.unknown(regions.needed(), region) == set()
    made = regions.fitted(template, region)
    assert template["Resources"].keys() - made["Resources"].keys() == {"MailInRule", "MailInRules"}
    types = {each["Type"] for each in package.transformed(made)["Resources"].values()}
    assert regions.unknown(types, region) == set()
    assert '"MailInRule' not in repr(made).replace("'", '"'), "nothing that is left refers to what went"


@pytest.mark.parametrize("region", ["ap-east-1", "cn-north-1", "us-gov-west-1"])
def test_where_something_is_needed_and_missing(region: str) -> None:
    assert regions.unknown(regions.needed(), region)
