"""Which permissions a call takes, and whether a policy gives them: AWS's Service Authorization Reference and IAM's user
guide ("Policy evaluation logic", "Using wildcards", "Fine-grained access to DynamoDB")."""

from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.botocore_stubber import MockRawResponse

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.calls import Call
from infra.local.engine.invocations import Invocation
from infra.local.engine.needs import needs
from infra.local.engine.permissions import Permissions, Statement
from infra.local.engine.template import Template

TABLE = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/things"
FILES = "arn:aws:s3:::files"
KEY = {"id": {"S": "1"}}


def called(service: str, operation: str, **params: Any) -> Call:
    """The call as botocore would send it, by function `f`."""
    session = botocore.session.get_session()
    made = session.create_client(service, region_name=REGION, aws_access_key_id="key", aws_secret_access_key="secret")
    sent: list[AWSPreparedRequest] = []

    def instead(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        sent.append(request)
        return AWSResponse(request.url, 200, {}, MockRawResponse(b""))  # type: ignore[arg-type]

    made.meta.events.register("before-send", instead)  # type: ignore[arg-type]
    method = botocore.xform_name(operation)
    getattr(made, method)(**params)
    return Call(sent[0], made.meta.service_model.operation_model(operation), Invocation("f"))


def judged(call: Call, *statements: dict[str, Any]) -> bool:
    """Whether these statements allow the call."""
    template = Template({}, lambda _table: "")
    read = tuple(Statement.read({"Effect": "Allow", **each}, template) for each in statements)
    return Permissions({"f": read}).judge(call) is None


@pytest.mark.parametrize(
    ("service", "operation", "params", "needed"),
    [
        ("dynamodb", "GetItem", {"TableName": "things", "Key": KEY}, {("dynamodb:GetItem", TABLE)}),
        (
            "dynamodb",
            "Query",
            {"TableName": "things", "IndexName": "by_age", "KeyConditionExpression": "age = :age"},
            {("dynamodb:Query", f"{TABLE}/index/by_age")},
        ),
        (
            "dynamodb",
            "TransactWriteItems",
            {
                "TransactItems": [
                    {"Put": {"TableName": "things", "Item": KEY}},
                    {"Delete": {"TableName": "things", "Key": KEY}},
                    {"Update": {"TableName": "others", "Key": KEY, "UpdateExpression": "REMOVE age"}},
                    {"ConditionCheck": {"TableName": "things", "Key": KEY, "ConditionExpression": "age = :age"}},
                ]
            },
            {
                ("dynamodb:PutItem", TABLE),
                ("dynamodb:DeleteItem", TABLE),
                ("dynamodb:UpdateItem", TABLE.replace("things", "others")),
                ("dynamodb:ConditionCheckItem", TABLE),
            },
        ),
        (
            "dynamodb",
            "BatchGetItem",
            {"RequestItems": {"things": {"Keys": [KEY]}, "others": {"Keys": [KEY]}}},
            {("dynamodb:BatchGetItem", TABLE), ("dynamodb:BatchGetItem", TABLE.replace("things", "others"))},
        ),
        (
            "sqs",
            "SendMessageBatch",
            {"QueueUrl": f"https://sqs/{ACCOUNT}/jobs", "Entries": [{"Id": "1", "MessageBody": "x"}]},
            {("sqs:SendMessage", f"arn:aws:sqs:{REGION}:{ACCOUNT}:jobs")},
        ),
        ("s3", "PutObject", {"Bucket": "files", "Key": "a/b c", "Body": b""}, {("s3:PutObject", f"{FILES}/a/b c")}),
        ("s3", "HeadObject", {"Bucket": "files", "Key": "a"}, {("s3:GetObject", f"{FILES}/a")}),
        ("s3", "ListObjectsV2", {"Bucket": "files"}, {("s3:ListBucket", FILES)}),
        (
            "s3",
            "GetObject",
            {"Bucket": "files", "Key": "a", "VersionId": "7"},
            {("s3:GetObjectVersion", f"{FILES}/a")},
        ),
        (
            "s3",
            "CopyObject",
            {"Bucket": "files", "Key": "a", "CopySource": {"Bucket": "old", "Key": "b"}},
            {("s3:PutObject", f"{FILES}/a"), ("s3:GetObject", "arn:aws:s3:::old/b")},
        ),
        (
            "ssm",
            "GetParameter",
            {"Name": "/desk/keys"},
            {("ssm:GetParameter", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/desk/keys")},
        ),
    ],
)
def test_what_a_call_takes(service: str, operation: str, params: dict[str, Any], needed: set[tuple[str, str]]) -> None:
    assert {(need.action, need.resource) for need in needs(called(service, operation, **params))} == needed


@pytest.mark.parametrize(
    ("content", "action"),
    [
        ({"Simple": {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}}, "ses:SendEmail"),
        ({"Raw": {"Data": b"x"}}, "ses:SendRawEmail"),
    ],
)
def test_raw_mail_takes_the_older_permission(content: dict[str, Any], action: str) -> None:
    """github.com/anymail/django-anymail issue 384 saw what AWS's reference doesn't say."""
    sent = called("sesv2", "SendEmail", FromEmailAddress="Desk <help@example.com>", Content=content)
    [need] = needs(sent)
    assert (need.action, need.resource) == (action, f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/example.com")


def test_a_table_is_not_its_index_and_an_action_not_another() -> None:
    read = called("dynamodb", "GetItem", TableName="things", Key=KEY)
    assert judged(read, {"Action": ["dynamodb:GetItem"], "Resource": TABLE})
    assert not judged(read, {"Action": ["dynamodb:GetItem"], "Resource": f"{TABLE}/index/by_age"})
    assert not judged(read, {"Action": ["dynamodb:Query"], "Resource": TABLE})
    assert not judged(read)


def test_a_transaction_needs_all_of_its_permissions() -> None:
    parts = [{"Put": {"TableName": "things", "Item": KEY}}, {"Delete": {"TableName": "things", "Key": KEY}}]
    write = called("dynamodb", "TransactWriteItems", TransactItems=parts)
    assert not judged(write, {"Action": "dynamodb:PutItem", "Resource": TABLE})
    assert judged(write, {"Action": ["dynamodb:PutItem", "dynamodb:DeleteItem"], "Resource": [TABLE]})


def test_wildcards() -> None:
    put = called("s3", "PutObject", Bucket="files", Key="reports/7", Body=b"")
    assert judged(put, {"Action": "s3:PutObject", "Resource": f"{FILES}/reports/*"})
    assert judged(put, {"Action": "s3:PutObject", "Resource": f"{FILES}/report?/7"})
    assert not judged(put, {"Action": "s3:PutObject", "Resource": f"{FILES}/other/*"})
    assert not judged(put, {"Action": "s3:PutObject", "Resource": f"{FILES}/reports/"})


def test_attributes_alone() -> None:
    """Names, and no whole items: both conditions are needed, for a request that names no attribute gets all."""
    names = {
        "Action": "dynamodb:GetItem",
        "Resource": TABLE,
        "Condition": {
            "ForAllValues:StringEquals": {"dynamodb:Attributes": ["id", "name"]},
            "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"},
        },
    }
    asked = {"TableName": "things", "Key": KEY}
    placeholders = {"#0": "name", "#1": "password_hash"}
    assert judged(called("dynamodb", "GetItem", **asked, ProjectionExpression="id, name"), names)
    assert not judged(called("dynamodb", "GetItem", **asked, ProjectionExpression="id, password_hash"), names)
    hidden = called(
        "dynamodb", "GetItem", **asked, ProjectionExpression="#0, #1", ExpressionAttributeNames=placeholders
    )
    assert not judged(hidden, names)
    assert not judged(called("dynamodb", "GetItem", **asked), names)


def test_a_get_must_be_allowed_whether_or_not_it_says_select() -> None:
    """AWS's guide: a parameter of Query and Scan. A policy that insists on it may refuse every GetItem."""
    insisting = {
        "Action": "dynamodb:GetItem",
        "Resource": TABLE,
        "Condition": {"StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}},
    }
    assert not judged(called("dynamodb", "GetItem", TableName="things", Key=KEY, ProjectionExpression="id"), insisting)


def test_an_update_that_may_not_read_answers_nothing() -> None:
    quiet = {
        "Action": "dynamodb:UpdateItem",
        "Resource": TABLE,
        "Condition": {"StringEqualsIfExists": {"dynamodb:ReturnValues": ["NONE"]}},
    }
    change = {"TableName": "things", "Key": KEY, "UpdateExpression": "REMOVE age"}
    assert judged(called("dynamodb", "UpdateItem", **change), quiet)
    assert judged(called("dynamodb", "UpdateItem", **change, ReturnValues="NONE"), quiet)
    assert not judged(called("dynamodb", "UpdateItem", **change, ReturnValues="ALL_OLD"), quiet)


def test_what_cannot_be_judged_is_said_at_once() -> None:
    template = Template({}, lambda _table: "")
    allowing = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": FILES}
    with pytest.raises(ValueError, match="can't be judged"):
        Statement.read({**allowing, "Effect": "Deny"}, template)
    with pytest.raises(ValueError, match="can't be judged"):
        Statement.read({**allowing, "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}, template)


def test_a_refusal_is_worded_as_by_each_service() -> None:
    permissions = Permissions({"f": ()})
    refused = permissions.judge(called("s3", "GetObject", Bucket="files", Key="a"))
    assert refused is not None
    assert (refused.status_code, b"<Code>AccessDenied</Code>" in refused.content) == (403, True)
    refused = permissions.judge(called("dynamodb", "GetItem", TableName="things", Key=KEY))
    assert refused is not None
    assert (refused.status_code, b"AccessDeniedException" in refused.content) == (400, True)
    assert [function for function, _ in permissions.refused] == ["f", "f"]
