"""Idle is true only when it is."""

import threading
from typing import Any

import httpx

from infra.local.stack import Stack
from tests.integration.local.conftest import Does
from tests.integration.local.small_app import client, put


def is_idle(http: httpx.Client, timeout: float = 0.02) -> bool:
    return http.get(f"/_local/idle?timeout={timeout}").status_code == 200


def test_a_record_in_a_functions_hands_is_under_way(http: httpx.Client, does: Does) -> None:
    started, release = threading.Event(), threading.Event()

    def waits(_: Any) -> None:
        started.set()
        release.wait(10)

    does("on_thing", waits)
    assert is_idle(http)
    put("seen")
    started.wait(10)
    assert not is_idle(http)
    release.set()
    assert is_idle(http, 10)


def test_a_record_waiting_for_its_next_try_is_under_way(http: httpx.Client, does: Does) -> None:
    tries: list[bool] = []

    def fails_thrice(_: Any) -> None:
        tries.append(is_idle(http, 0))
        if len(tries) < 3:
            raise ValueError("again")

    does("on_thing", fails_thrice)
    put("seen")
    assert is_idle(http, 10)
    assert tries == [False, False, False]


def test_a_chain_of_functions_is_followed_to_its_end(stack: Stack, does: Does) -> None:
    """Stream to function to queue to function to stream, eight times over: whenever it says idle, all of it is done."""
    ends: list[str] = []

    def on_thing(event: Any) -> None:
        for record in event["Records"]:
            step = int(record["dynamodb"]["NewImage"]["step"]["N"])
            body = f"{record['dynamodb']['Keys']['id']['S']} {step + 1}"
            client("sqs").send_message(QueueUrl=jobs, MessageBody=body)

    def on_job(event: Any) -> None:
        for record in event["Records"]:
            chain, step = record["body"].split()
            if int(step) == 8:
                ends.append(chain)
            else:
                put(f"seen-{step}", id=chain, step=step)

    jobs = client("sqs").get_queue_url(QueueName="lambdesk-jobs")["QueueUrl"]
    does("on_thing", on_thing)
    does("on_job", on_job)
    for number in range(20):
        put("seen-0", id=f"chain{number}", step="0")
        stack.wait_idle()
        assert ends == [f"chain{each}" for each in range(number + 1)]


def test_a_bad_timeout_is_refused_by_name(http: httpx.Client) -> None:
    for query, field in (("timeout=soon", "timeout"), ("timeout=-1", "timeout"), ("wait=3", "wait")):
        answer = http.get(f"/_local/idle?{query}")
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [field]
