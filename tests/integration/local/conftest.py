"""One small stack for each module of tests, and what each test may do with it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.local.stack import Stack
from tests.integration.local import small_app

HERE = Path(__file__).parent
SMALL: dict[str, Any] = {"app": "tests.integration.local.small_app:app", "resources": HERE / "resources.yaml"}


@pytest.fixture(scope="module")
def running() -> Iterator[Stack]:
    with Stack(demo=None, **SMALL) as stack:
        yield stack


@pytest.fixture
def stack(running: Stack) -> Iterator[Stack]:
    """The stack, idle, empty, without faults; the app does nothing until the test says what."""
    small_app.behaviour.clear()
    running.faults.clear()
    running.wait_idle()
    running.engine.clear()
    yield running
    small_app.behaviour.clear()
    running.faults.clear()
    running.wait_idle()


@pytest.fixture
def http(stack: Stack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.url, timeout=40) as client:
        yield client


Does = Callable[[str, Callable[[Any], Any]], None]


@pytest.fixture
def does() -> Does:
    """`does("on_thing", function)` says what a function of the app does with its event."""
    return small_app.behaviour.__setitem__


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Waits for something that only the runner's inside shows."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "It never held."
        time.sleep(0.002)
