"""What every test needs before the first import of the deployed code: the environment that its functions would have."""

import gc
import os

import hypothesis
import pytest

from infra.local.engine.account import ENVIRONMENT
from infra.local.engine.template import RESOURCES, Template

os.environ.update(ENVIRONMENT)
os.environ.update(Template.read(RESOURCES, stream_arn=lambda table: table).environment())

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

# Garbage is looked for seldom: it would take a tenth of the time.
gc.set_threshold(100_000, 20, 100)


LONGEST = (
    "test_replay",
    "test_budgets",
    "test_concurrency",
    "test_main_job",
    "test_chat",
    "test_chat_people",
    "test_metrics",
    "test_races",
    "test_chat_storm",
    "test_kill_drill",
    "test_sockjs_clients",
    "test_schemathesis",
    "test_attachments",
    "test_reports",
    "test_state_machine",
)
"""Files that take half a minute and more, the longest first. Begun first, none keeps one worker busy at the end while
the other has nothing left to do."""


@pytest.hookimpl(trylast=True)  # after --random-order
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {name: number for number, name in enumerate(LONGEST)}
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.timeout(0))  # how long is long, nobody knows
    items.sort(key=lambda item: place.get(item.path.stem, len(LONGEST)))
