"""The template, transformed once for all tests of it."""

from typing import Any

import pytest

from infra import package


@pytest.fixture(scope="session")
def deployed() -> dict[str, Any]:
    """The resources as CloudFormation sees them, Globals and event sources worked in."""
    resources: dict[str, Any] = package.transformed(package.template())["Resources"]
    return resources
