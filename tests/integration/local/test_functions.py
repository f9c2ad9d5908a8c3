"""A function runs with its timeout, its environment and its concurrency. Each test names the page of AWS's
documentation that it is written from, under https://docs.aws.amazon.com/lambda/latest/dg/.
"""

import os
import threading
import time
from functools import partial
from typing import Any

import httpx
import pytest

from infra.local.functions.runtime import FunctionError, Throttled
from infra.local.stack import Stack
from tests.integration.local.conftest import Does, until
from tests.integration.local.small_app import put
from tests.integration.local.test_streams import failures


def test_a_function_that_takes_too_long_is_ended_and_its_batch_fails(stack: Stack, does: Does) -> None:
    """configuration-timeout.html: "When the specified timeout is reached, Lambda stops the function"."""
    ended: list[str] = []

    def never_ends(_: Any) -> None:
        try:
            while True:
                time.sleep(0.01)
        finally:
            ended.append("stopped")

    does("on_single", never_ends)
    began = time.monotonic()
    with pytest.raises(FunctionError, match=r"timed out after 1\.00 seconds"):
        stack.functions.invoke("on_single", {"Records": []})

    assert ended == ["stopped"]
    assert time.monotonic() - began >= 1
    put("single")
    stack.wait_idle()
    (kept,) = failures()
    assert kept["requestContext"]["approximateInvokeCount"] == 2


def test_what_a_function_does_after_its_time_does_nothing(stack: Stack, does: Does) -> None:
    """configuration-timeout.html."""

    def late(_: Any) -> None:
        time.sleep(1.5)  # one call that nothing can tear it from
        put("late")

    does("on_single", late)
    with pytest.raises(FunctionError, match="timed out"):
        stack.functions.invoke("on_single", {"Records": []})

    from tests.integration.local.small_app import client

    found = client("dynamodb").get_item(TableName="things", Key={"id": {"S": "a"}, "item": {"S": "late"}})
    assert "Item" not in found


def test_the_thread_of_an_ended_function_goes_on_unharmed(stack: Stack, does: Does) -> None:
    """The next invocation in the same thread isn't ended for the one before."""
    does("on_single", lambda event: _spin() if event["Records"] else "fine")
    for _ in range(2):
        with pytest.raises(FunctionError, match="timed out"):
            stack.functions.invoke("on_single", {"Records": ["forever"]})
        for _ in range(50):
            assert stack.functions.invoke("on_single", {"Records": []}) == "fine"


def _spin() -> None:
    while True:
        pass


def test_a_function_sees_its_own_environment_alone(stack: Stack, does: Does, monkeypatch: pytest.MonkeyPatch) -> None:
    """configuration-envvars.html: its own variables, and the runtime's."""
    monkeypatch.setenv("OF_THE_SHELL", "a secret")
    seen: dict[str, dict[str, str]] = {}
    for name in ("on_single", "on_aged"):
        does(name, partial(lambda name, _: seen.update({name: dict(os.environ)}), name))
        stack.functions.invoke(name, {"Records": []})

    assert seen["on_single"]["OWN"] == "of on_single alone"
    assert "OWN" not in seen["on_aged"]
    assert seen["on_aged"]["THINGS_TABLE"] == "things"
    assert seen["on_aged"]["AWS_LAMBDA_FUNCTION_NAME"] == "lambdesk-on_aged"
    assert seen["on_aged"]["AWS_REGION"] == "eu-central-1"
    for environment in seen.values():
        assert not environment.keys() & {"OF_THE_SHELL", "HOME", "USER", "PYTEST_CURRENT_TEST"}
    assert os.environ["OF_THE_SHELL"] == "a secret"


def test_what_a_function_writes_into_its_environment_stays_there(stack: Stack, does: Does) -> None:
    does("on_single", lambda _: os.environ.update(LEFT="behind"))
    stack.functions.invoke("on_single", {"Records": []})

    assert "LEFT" not in os.environ
    does("on_single", lambda _: os.getenv("LEFT"))
    assert stack.functions.invoke("on_single", {"Records": []}) is None


class Held:
    """A function that waits until it is let go."""

    def __init__(self) -> None:
        self.started, self.release = threading.Event(), threading.Event()
        self.running = self.most = 0

    def __call__(self, _: Any) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        self.started.set()
        while not self.release.is_set():
            time.sleep(0.005)
        self.running -= 1


def test_reserved_concurrency_throttles_what_is_beyond_it(stack: Stack, does: Does) -> None:
    """configuration-concurrency.html: reserved concurrency is the most instances there may be."""
    does("on_single", held := Held())
    thread = threading.Thread(target=stack.functions.invoke, args=("on_single", {"Records": []}))
    thread.start()
    assert held.started.wait(10)
    with pytest.raises(Throttled):
        stack.functions.invoke("on_single", {"Records": []})
    held.release.set()
    thread.join()


def test_a_throttled_batch_waits_and_is_not_a_failed_one(stack: Stack, does: Does) -> None:
    """services-dynamodb-errors.html, "Before invocation": it is retried until it is too old, whatever
    MaximumRetryAttempts says. Here records of several shards share one instance."""
    seen: list[str] = []
    running = threading.Semaphore(1)
    together: list[bool] = []

    def alone(event: Any) -> None:
        together.append(not running.acquire(blocking=False))
        time.sleep(0.03)
        seen.append(event["Records"][0]["dynamodb"]["Keys"]["id"]["S"])
        running.release()

    does("on_single", alone)
    ids = [f"shard{number}" for number in range(12)]
    for each in ids:
        put("single", id=each)
    stack.wait_idle()

    assert sorted(seen) == sorted(ids)
    assert not any(together)
    assert failures() == []


def test_a_throttled_request_is_answered_by_the_gateway(stack: Stack, does: Does, http: httpx.Client) -> None:
    """apigateway/latest/developerguide/supported-gateway-response-types.html, INTEGRATION_FAILURE."""
    function = stack.functions.by_name["api_handler"]
    stack.functions.by_name["api_handler"] = type(function)(**{**vars(function), "concurrency": 0})
    try:
        answer = http.get("/api/echo/fixed")
    finally:
        stack.functions.by_name["api_handler"] = function

    assert answer.status_code in (500, 502, 503, 504)
    assert http.get("/api/echo/fixed").status_code == 200


def test_a_schedules_retries_are_those_of_its_configuration(stack: Stack, does: Does, http: httpx.Client) -> None:
    """invocation-async-configuring.html: MaximumRetryAttempts 0 to 2, default 2."""
    tries: list[int] = []

    def fails(_: Any) -> None:
        tries.append(1)
        raise ValueError("no")

    does("tick", fails)
    http.post("/_local/clock", json={"advance_seconds": 600})
    stack.wait_idle()
    assert len(tries) == 3

    function = stack.functions.by_name["tick"]
    assert function.retries == 2
    until(lambda: stack.functions.running == 0)
