"""A feature behind the edge, driven by the events that API Gateway would send; its table is the deployed one."""

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from moto import mock_aws

from chalicelib import ambient, dynamo, keys
from chalicelib.edge import mount
from tests.unit.edge.shelf import Clock, Shelf

RESOURCES = Path(__file__).parents[3] / "infra" / "resources.yaml"


@pytest.fixture(autouse=True)
def _the_application_stays_mounted() -> Iterator[None]:
    """What these tests mount is not what later ones in this process are to find."""
    importlib.import_module("app")  # mounted now, whatever ran before: one of these tests may be the first to import it
    mounted = list(mount.mounted)
    yield
    mount.mounted[:] = mounted


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(ambient, "clock", clock)
    return clock


@pytest.fixture
def shelf(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(
        keys, "all_keys", lambda purpose: [f"{age} {purpose}".encode().ljust(32) for age in ("new", "old")]
    )
    return Shelf()


@pytest.fixture
def operations(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table `operations`, empty."""
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, os.environ.get(name, "eu-central-1" if "REGION" in name else "test"))
    table = yaml.safe_load(RESOURCES.read_text())["Resources"]["Operations"]["Properties"]
    wanted = {name: table[name] for name in ("BillingMode", "AttributeDefinitions", "KeySchema")}
    with mock_aws():
        client: Any = dynamo.connection.client
        client.create_table(TableName="lambdesk-operations", **wanted)
        yield
