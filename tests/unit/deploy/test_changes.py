"""Change sets and releases, over moto's CloudFormation and S3."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from moto import mock_aws

from infra import destroy
from infra.deploy import changes, first, releases, web

REGION, STACK = "eu-central-1", "desk"
TABLE = {
    "Type": "AWS::DynamoDB::Table",
    "DeletionPolicy": "Retain",
    "Properties": {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    },
}
QUEUE = {"Type": "AWS::SQS::Queue"}


@pytest.fixture
def session() -> Iterator[boto3.Session]:
    with mock_aws():
        yield boto3.Session(region_name=REGION)


@pytest.fixture
def bucket(session: boto3.Session) -> str:
    return releases.bucket(session.client("s3"), session.client("sts"), REGION, make=True)


def placed(session: boto3.Session, bucket: str, **resources: Any) -> str:
    """The address of a template with these resources."""
    template = {"Resources": resources, "Outputs": {"QueueUrl": {"Value": {"Ref": "Queue"}}}}
    session.client("s3").put_object(Bucket=bucket, Key="template.json", Body=json.dumps(template).encode())
    return f"https://{bucket}.s3.{REGION}.amazonaws.com/template.json"


def test_a_change_set_is_shown_and_then_carried_out(session: boto3.Session, bucket: str) -> None:
    cloudformation, said = session.client("cloudformation"), list[str]()
    assert changes.current(cloudformation, STACK) is None
    proposed = changes.propose(cloudformation, STACK, placed(session, bucket, Queue=QUEUE, Tickets=TABLE), {}, "one")
    assert proposed is not None
    assert sorted(map(str, proposed)) == [
        "Add     Queue (AWS::SQS::Queue)",
        "Add     Tickets (AWS::DynamoDB::Table)",
    ]
    assert not [each for each in proposed if each.loses]
    assert session.client("sqs").list_queues().get("QueueUrls", []) == [], "shown, not done"
    changes.carry_out(cloudformation, STACK, "one", said.append)
    assert said[-1].strip() == "CREATE_COMPLETE"
    running = changes.current(cloudformation, STACK)
    assert running
    assert running["StackStatus"] == "CREATE_COMPLETE"
    [table] = session.client("dynamodb").list_tables()["TableNames"]

    again = changes.propose(cloudformation, STACK, placed(session, bucket, Queue=QUEUE), {}, "two")
    assert again is not None
    assert [each.logical for each in again if each.loses] == ["Tickets"]
    changes.withdraw(cloudformation, STACK, "two")
    assert session.client("dynamodb").list_tables()["TableNames"] == [table]


@pytest.mark.parametrize(
    ("kind", "action", "replaced", "loses"),
    [
        ("AWS::DynamoDB::Table", "Modify", True, True),
        ("AWS::DynamoDB::Table", "Modify", False, False),
        ("AWS::S3::Bucket", "Remove", False, True),
        ("AWS::SQS::Queue", "Remove", False, False),
    ],
)
def test_what_would_lose_what_people_made(kind: str, action: str, *, replaced: bool, loses: bool) -> None:
    assert changes.Change(action, "It", kind, replaced).loses is loses


def test_a_release_is_kept_with_its_code_and_can_be_had_back(
    session: boto3.Session, bucket: str, tmp_path: Path
) -> None:
    s3 = session.client("s3")
    assert releases.past(s3, bucket, STACK) == []
    for version in ("one", "two"):
        (tmp_path / "deployment.zip").write_bytes(version.encode())
        (tmp_path / "sam.yaml").write_text("Resources:\n  F:\n    Properties:\n      CodeUri: ./deployment.zip\n")
        releases.deployed(s3, bucket, STACK, releases.upload(s3, bucket, STACK, tmp_path))
    latest, before = (releases.Release(**each) for each in releases.past(s3, bucket, STACK))
    assert latest.code != before.code
    for release, content in ((latest, b"two"), (before, b"one")):
        template = yaml.safe_load(s3.get_object(Bucket=bucket, Key=release.template)["Body"].read())
        assert template["Resources"]["F"]["Properties"]["CodeUri"] == f"s3://{bucket}/{release.code}"
        assert s3.get_object(Bucket=bucket, Key=release.code)["Body"].read() == content
    blocked = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert all(blocked.values())


def test_the_origins_secret_is_made_once(session: boto3.Session) -> None:
    ssm = session.client("ssm")
    made = first.parameters(ssm, STACK, new=True)
    assert len(made["OriginSecret"]) >= 32
    assert first.parameters(ssm, STACK, new=True) == made, "a first deployment that failed is tried again"
    assert first.parameters(ssm, STACK, new=False) == {}, "a running stack keeps its own"
    assert first.parameters(ssm, "other", new=True)["OriginSecret"] != made["OriginSecret"]


def test_the_web_client_is_uploaded_with_its_headers(session: boto3.Session, bucket: str, tmp_path: Path) -> None:
    s3 = session.client("s3")

    def headers(name: str) -> tuple[str, str]:
        shown = s3.head_object(Bucket=bucket, Key=name)
        return shown["ContentType"], shown["CacheControl"]

    assert web.upload(s3, bucket, tmp_path / "nothing") == 1
    assert b"being set up" in s3.get_object(Bucket=bucket, Key="index.html")["Body"].read()
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "assets/app-1a2b.js", "assets/app-1a2b.js.br", "icon.svg"):
        (tmp_path / name).write_text("<p>the client")
    assert web.upload(s3, bucket, tmp_path) == 3
    assert headers("index.html") == ("text/html; charset=utf-8", "no-cache")
    assert headers("assets/app-1a2b.js") == ("text/javascript; charset=utf-8", "public, max-age=31536000, immutable")
    assert headers("icon.svg") == ("image/svg+xml", "no-cache")
    assert web.upload(s3, bucket, tmp_path / "nothing") == 0, "a client that is there isn't replaced by the notice"
    assert s3.get_object(Bucket=bucket, Key="index.html")["Body"].read() == b"<p>the client"


def test_destroying_keeps_what_people_wrote_unless_told(session: boto3.Session, bucket: str) -> None:
    cloudformation = session.client("cloudformation")
    body = json.dumps({"Resources": {"Queue": QUEUE, "Tickets": TABLE}})
    for data in (False, True):
        cloudformation.create_stack(StackName=STACK, TemplateBody=body)
        [held] = destroy.kept(cloudformation, STACK)
        left = destroy.remove(session, STACK, data=data)
        tables = session.client("dynamodb").list_tables()["TableNames"]
        assert (held in tables) == (held in left)
        assert not (data and left)
        assert changes.current(cloudformation, STACK) is None
