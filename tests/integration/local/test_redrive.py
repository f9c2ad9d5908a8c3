"""`python -m infra.redrive` gives what a consumer gave up on to it once more."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from infra import redrive
from infra.local.stack import Stack
from tests.integration.local.conftest import Does
from tests.integration.local.small_app import client, put
from tests.integration.local.test_queues import dead_letters, send
from tests.integration.local.test_streams import failures

ROOT = Path(__file__).parents[3]


def command(stack: Stack, *arguments: str) -> tuple[int, str]:
    """The operator's command as a process of its own: its code, and what it says."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    said = subprocess.run(
        [sys.executable, "-m", "infra.redrive", "--local", stack.url, *arguments],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return said.returncode, said.stdout + said.stderr


def names(event: Any) -> list[str]:
    return [record["dynamodb"]["Keys"]["item"]["S"] for record in event["Records"]]


def test_records_are_played_again_and_deleted_once_they_are_done(stack: Stack, does: Does) -> None:
    failures()
    broken = True
    done: list[str] = []

    def on_thing(event: Any) -> Any:
        if broken:
            raise ValueError("not yet mended")
        done.extend(names(event))
        return {"batchItemFailures": []}

    does("on_thing", on_thing)
    put("seen-1", colour="red")
    put("seen-2", id="b")
    stack.wait_idle()

    code, said = command(stack, "--list")
    assert code == 0, said
    assert said.count("on_thing: 1 records, RetryAttemptsExhausted") == 2
    code, said = command(stack)
    assert code == 1, said
    assert "0 of 2 batches are done now" in said
    assert "not yet mended" in said
    assert len(redriven(stack)) == 2, "what fails again stays"

    broken = False
    code, said = command(stack)
    assert code == 0, said
    assert "2 of 2 batches are done now" in said
    assert sorted(done) == ["seen-1", "seen-2"]
    assert redriven(stack) == []
    code, said = command(stack, "--list")
    assert "Nothing was given up on." in said


def redriven(stack: Stack) -> list[redrive.Batch]:
    return list(redrive.batches(client("s3"), "lambdesk-failed-records"))


def test_a_batch_of_which_a_part_fails_again_stays(stack: Stack, does: Does) -> None:
    failures()
    does("on_thing", lambda event: {"batchItemFailures": [{"itemIdentifier": sequence(event)}]})
    put("seen-part")
    stack.wait_idle()
    code, said = command(stack, "--function", "on_thing")

    assert code == 1
    assert "1 records named as failed" in said
    (batch,) = redriven(stack)
    client("s3").delete_object(Bucket="lambdesk-failed-records", Key=batch.key)


def sequence(event: Any) -> str:
    return str(event["Records"][0]["dynamodb"]["SequenceNumber"])


def test_dead_letters_go_back_into_their_queue(stack: Stack, does: Does) -> None:
    seen: list[Any] = []

    def fails(event: Any) -> None:
        raise ValueError("no")

    does("on_job", fails)
    send("poison", MessageAttributes={"kind": {"DataType": "String", "StringValue": "test"}})
    stack.wait_idle()
    does("on_job", lambda event: seen.extend(event["Records"]))
    code, said = command(stack, "--list")
    assert "1 messages in lambdesk-dead-jobs" in said
    code, said = command(stack)
    stack.wait_idle()

    assert code == 0, said
    assert "1 messages back in lambdesk-jobs" in said
    (record,) = seen
    assert record["body"] == "poison"
    assert record["messageAttributes"]["kind"]["stringValue"] == "test"
    assert dead_letters() == []


def test_the_function_is_found_by_its_name_in_the_app() -> None:
    arn = "arn:aws:lambda:eu-central-1:123456789012:function:lambdesk-OnTicketChange-1A2B3C"

    assert redrive._is(arn, "on_ticket_change")
    assert redrive._is(arn, None)
    assert not redrive._is(arn, "on_roster_change")
