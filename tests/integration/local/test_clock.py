"""Time: the application's clock, schedules and expiry follow it."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from chalicelib import ambient
from infra.local.events import schedules
from infra.local.stack import Stack
from tests.integration.local.conftest import Does
from tests.integration.local.small_app import client, put


def advance(http: httpx.Client, seconds: float) -> list[str]:
    answer = http.post("/_local/clock", json={"advance_seconds": seconds})
    assert answer.status_code == 200, answer.text
    started: list[str] = answer.json()["started"]
    return started


def test_moving_the_clock_moves_the_applications_time(http: httpx.Client) -> None:
    before = ambient.clock()
    advance(http, 86400)

    assert 86400 <= ambient.clock() - before < 86460
    assert http.get("/_local/clock").json()["now"][:16] == ambient.timestamp()[:16]


def test_a_schedule_runs_once_a_jump_however_far(stack: Stack, http: httpx.Client, does: Does) -> None:
    ran: list[dict[str, Any]] = []
    does("tick", ran.append)

    assert advance(http, 3600) == ["tick"]
    assert advance(http, 240) == []
    assert advance(http, 120) == ["tick"]
    stack.wait_idle()

    assert len(ran) == 2
    assert ran[0]["detail-type"] == "Scheduled Event"
    assert ran[0]["source"] == "aws.events"


def test_a_schedule_that_fails_is_tried_again(stack: Stack, http: httpx.Client, does: Does) -> None:
    tries: list[int] = []

    def fails_once(_: Any) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("first time")

    does("tick", fails_once)
    advance(http, 600)
    stack.wait_idle()

    assert len(tries) == 2


def test_what_expires_is_deleted_by_dynamodb_itself(stack: Stack, http: httpx.Client, does: Does) -> None:
    records: list[dict[str, Any]] = []
    does("on_thing", lambda event: records.extend(event["Records"]))
    put("seen-soon", expires_at=str(int(ambient.clock()) + 100))
    put("seen-late", expires_at=str(int(ambient.clock()) + 10_000))
    stack.wait_idle()

    advance(http, 101)
    stack.wait_idle()

    *_, removed = records
    assert removed["eventName"] == "REMOVE"
    assert removed["userIdentity"] == {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
    assert removed["dynamodb"]["Keys"]["item"] == {"S": "seen-soon"}
    left = client("dynamodb").scan(TableName="things")["Items"]
    assert [item["item"]["S"] for item in left] == ["seen-late"]


@pytest.mark.parametrize(
    ("expression", "after", "due"),
    [
        ("rate(1 minute)", "2026-01-01T00:00:30", "2026-01-01T00:01:30"),
        ("rate(2 days)", "2026-01-01T00:00:00", "2026-01-03T00:00:00"),
        ("cron(0 8 * * ? *)", "2026-01-01T08:00:00", "2026-01-02T08:00:00"),
        ("cron(*/15 * ? * MON-FRI *)", "2026-01-02T23:50:00", "2026-01-05T00:00:00"),
        ("cron(30 6 1 JAN,JUL ? *)", "2026-01-01T06:30:00", "2026-07-01T06:30:00"),
        ("cron(0 0 L * ? *)", "2026-02-01T00:00:00", "2026-02-28T00:00:00"),
        ("cron(0 12 29 2 ? 2028)", "2026-01-01T00:00:00", "2028-02-29T12:00:00"),
    ],
)
def test_when_a_schedule_is_due_next(expression: str, after: str, due: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC).timestamp()

    found = schedules.parse(expression)(moment)

    assert datetime.fromtimestamp(found, UTC).isoformat()[:19] == due


@pytest.mark.parametrize("expression", ["rate(5 weeks)", "cron(0 8 * *)", "soon"])
def test_a_schedule_that_means_nothing_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"cron|rate"):
        schedules.parse(expression)
