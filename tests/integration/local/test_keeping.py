"""What `ENGINE=dynamodb-local` keeps across restarts. `tests/e2e/test_kill_drill.py` kills it in the middle of load."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.local.engine import dynamodb_local
from infra.local.engine.store import AnotherFormat, Store
from infra.local.errors import CannotStart
from infra.local.stack import Stack
from tests.integration.local import small_app
from tests.integration.local.conftest import HERE, SMALL
from tests.integration.local.small_app import client, put
from tests.integration.local.test_starting import LOOPBACK, listening


@pytest.fixture(autouse=True)
def _forgetting() -> Any:
    small_app.behaviour.clear()
    yield
    small_app.behaviour.clear()


def kept(home: Path, **other: Any) -> Stack:
    return Stack("dynamodb-local", demo=None, home=home, **SMALL | other)


def test_nothing_is_forgotten_and_a_changed_table_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with kept(tmp_path) as stack:
        assert listening(os.getpid()) <= LOOPBACK
        before = do_things(stack)
        due = stack.pumps.schedules.due

        monkeypatch.setattr(dynamodb_local, "_ENDS_WITHIN", 0.1)
        with pytest.raises(CannotStart, match="in use"):
            dynamodb_local.DynamoDBLocal(tmp_path).start()

    delivered: list[str] = []
    small_app.behaviour["on_job"] = lambda event: delivered.extend(record["body"] for record in event["Records"])
    seen: list[str] = []
    small_app.behaviour["on_thing"] = lambda event: seen.extend(
        record["dynamodb"]["Keys"]["item"]["S"] for record in event["Records"]
    )
    with kept(tmp_path) as stack:
        assert things_now(stack) == before
        assert abs(stack.clock.offset - 7200) < 1
        assert stack.pumps.schedules.due == due
        put("seen-after")
        stack.pumps.advance(600)
        stack.wait_idle(60)
        assert delivered == ["later"], "the delayed message, and none that was done"
        assert seen == ["seen-after"], "the stream is read on from where it was"

    changed = yaml.safe_load((HERE / "resources.yaml").read_text())
    things = changed["Resources"]["Things"]["Properties"]
    things["GlobalSecondaryIndexes"][0]["IndexName"] = "by_colour_and_size"
    things["LocalSecondaryIndexes"][0]["Projection"] = {"ProjectionType": "KEYS_ONLY"}
    other = tmp_path / "resources.yaml"
    other.write_text(yaml.safe_dump(changed))
    with pytest.raises(CannotStart) as refused, kept(tmp_path, resources=other):
        pass
    said = str(refused.value)
    assert "table things" in said
    for word in ("by_colour_and_size is new", "by_colour is gone", "by_place has changed"):
        assert word in said
    assert f"rm -r {tmp_path / 'dynamodb'}" in said


def do_things(stack: Stack) -> Any:
    """Leaves something of every kind behind; answers what there is."""
    sqs, s3, ssm, ses = client("sqs"), client("s3"), client("ssm"), client("sesv2")
    jobs, dead = os.environ["JOBS_QUEUE_URL"], sqs.get_queue_url(QueueName="lambdesk-dead-jobs")["QueueUrl"]
    sqs.send_message(QueueUrl=jobs, MessageBody="now")
    sqs.send_message(QueueUrl=jobs, MessageBody="later", DelaySeconds=600)
    sqs.send_message(
        QueueUrl=dead, MessageBody="dead", MessageAttributes={"a": {"DataType": "String", "StringValue": "b"}}
    )
    s3.put_bucket_versioning(Bucket="lambdesk-failed-records", VersioningConfiguration={"Status": "Enabled"})
    for text in ("one", "two"):
        s3.put_object(Bucket="lambdesk-failed-records", Key="a/b c", Body=text.encode(), ContentType="text/plain")
    s3.put_object(Bucket="lambdesk-failed-records", Key="gone", Body=b"-")
    s3.delete_object(Bucket="lambdesk-failed-records", Key="gone")
    ssm.put_parameter(Name="/things/secret", Value="s3cret", Type="SecureString")
    ses.send_email(
        FromEmailAddress="desk@example.com",
        Destination={"ToAddresses": ["ben@example.com"]},
        Content={"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "text"}}}},
    )
    put("seen-before")
    stack.pumps.advance(7200)
    sqs.send_message(QueueUrl=jobs, MessageBody="later", DelaySeconds=600)
    stack.wait_idle()
    return things_now(stack)


def things_now(stack: Stack) -> Any:
    s3, ssm = client("s3"), client("ssm")
    versions = s3.list_object_versions(Bucket="lambdesk-failed-records")
    objects = [
        (
            each["Key"],
            each["VersionId"],
            s3.get_object(Bucket="lambdesk-failed-records", Key=each["Key"], VersionId=each["VersionId"])[
                "Body"
            ].read(),
        )
        for each in versions["Versions"]
    ]
    queues = {
        queue.name: sorted(
            (each.id, each.body, json.dumps(each.message_attributes, default=str)) for each in queue._messages
        )
        for queue in stack.engine.queues()
    }
    names = ["/things/secret", "/things/name", "/lambdesk/signing-keys/cursors"]
    parameters = [ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"] for name in names]
    item = client("dynamodb").get_item(TableName="things", Key={"id": {"S": "a"}, "item": {"S": "seen-before"}})["Item"]
    return (
        objects,
        len(versions["DeleteMarkers"]) if "DeleteMarkers" in versions else 0,
        queues,
        parameters,
        item,
        stack.outbox.messages,
    )


def test_a_write_is_whole_or_not_at_all_and_outlives_the_process(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    store.write("clock", {"offset": b"1"})
    with pytest.raises(sqlite3.Error):
        store.write("clock", {"offset": b"2", "bad": object()}, ["offset"])  # type: ignore[dict-item]

    # Read by another connection, the first one never closed: as after a kill.
    assert Store(tmp_path / "kept").read("clock") == {"offset": b"1"}
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_another_format_is_refused(tmp_path: Path) -> None:
    Store(tmp_path / "kept").close()
    with sqlite3.connect(tmp_path / "kept") as file:
        file.execute("PRAGMA user_version = 99")

    with pytest.raises(AnotherFormat, match="99"):
        Store(tmp_path / "kept")
