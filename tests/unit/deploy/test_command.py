"""`make deploy` from the first release to a rollback, over moto's CloudFormation, S3, SES and SSM.

moto can't make a REST API: the template here is a small one, with the parameters and outputs that the command reads.
"""

import argparse
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from botocore.awsrequest import AWSResponse
from moto import mock_aws
from moto.cloudformation.models import CloudFormationBackend
from moto.core.models import DEFAULT_ACCOUNT_ID as ACCOUNT_ID
from moto.ses.models import ses_backends

from infra import package
from infra.deploy import __main__ as command, changes, first, regions, releases, upgrades

EXECUTE = CloudFormationBackend.execute_change_set
REGION, STACK = "eu-central-1", "desk"
OK = AWSResponse("https://aws.test", 200, {}, None)  # type: ignore[arg-type]
TABLE: dict[str, Any] = {
    "Type": "AWS::DynamoDB::Table",
    "DeletionPolicy": "RetainExceptOnCreate",
    "Properties": {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("id", "team", "status")],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    },
}
QUEUE = {"Type": "AWS::SQS::Queue"}


def index(name: str) -> dict[str, Any]:
    keys = [{"AttributeName": name, "KeyType": "HASH"}]
    return {"IndexName": f"by_{name}", "KeySchema": keys, "Projection": {"ProjectionType": "KEYS_ONLY"}}


def template(**resources: Any) -> dict[str, Any]:
    parameters = ("MailDomain", "MailFrom", "OriginSecret", "SigningKeys")
    return {
        "Parameters": {
            **{name: {"Type": "String"} for name in parameters},
            "PublicUrl": {"Type": "String", "Default": command.NOT_SET},
        },
        "Resources": {
            "Web": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "RetainExceptOnCreate"},
            # What releases.upload gives its place; moto makes a topic of it without asking.
            "Code": {"Type": "AWS::SNS::Topic", "Metadata": {"CodeUri": "./deployment.zip"}},
            **resources,
        },
        "Outputs": {
            "PublicAddress": {"Value": {"Ref": "PublicUrl"}},
            "Address": {"Value": "https://d1.cloudfront.net"},
            "WebBucket": {"Value": {"Ref": "Web"}},
        },
    }


def executed(self: Any, change_set_name: str, stack_name: str | None = None, *, before: Any = EXECUTE) -> None:
    """moto's, which forgets the change set's parameters and the outputs."""
    before(self, change_set_name, stack_name)
    [change_set] = [each for each in self.change_sets.values() if each.change_set_name == change_set_name]
    stack = self.stacks[change_set.stack_id]
    stack.parameters = change_set.parameters
    stack.resource_map.resolved_parameters.update(change_set.parameters)
    stack._parse_template()
    stack.output_map = stack._create_output_map()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.Session]:
    """An account that lacks nothing. Two calls that moto doesn't know are answered here."""
    with mock_aws():
        session = boto3.Session(region_name=REGION)
        made = session.client

        def client(service: str, **how: Any) -> Any:
            it = made(service, **how)  # type: ignore[call-overload]
            for call, answer in (
                ("service-quotas.GetServiceQuota", {"Quota": {"Value": 1000.0}}),
                ("sesv2.GetAccount", {"ProductionAccessEnabled": True}),
            ):
                it.meta.events.register(f"before-call.{call}", lambda answer=answer, **_: (OK, answer))
            return it

        monkeypatch.setattr(session, "client", client)
        monkeypatch.setattr(CloudFormationBackend, "execute_change_set", executed)
        client("sesv2").create_email_identity(EmailIdentity="example.com")
        ses_backends[ACCOUNT_ID][REGION].email_identities["example.com"].verified_for_sending_status = True
        monkeypatch.setattr(first, "people", lambda *_: ("", ""))
        monkeypatch.setattr("infra.web.build", lambda: None)
        monkeypatch.setattr(regions, "needed", set)
        monkeypatch.setattr(package, "complaints", lambda *_: [])
        yield session


Deploys = Callable[..., str | None]


@pytest.fixture
def deploy(aws: boto3.Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Deploys:
    """`deploy(resources, plan=True, …)`: what the command answers, None where all went well."""

    def run(
        resources: dict[str, Any] | None = None,
        *,
        plan: bool = False,
        rollback: bool = False,
        tried: bool = False,
        **parameters: str,
    ) -> str | None:
        def packaged(out: Path, **_: Any) -> None:
            package.write(template(**(resources or {})), out / "sam.yaml")
            with zipfile.ZipFile(out / "deployment.zip", "w") as code:
                code.writestr("app.py", repr(resources))

        monkeypatch.setattr(package, "package", packaged)
        monkeypatch.setattr(command, "BUILT_WEB", tmp_path / "no build")
        given = argparse.Namespace(
            stack=STACK,
            region=REGION,
            plan=plan,
            rollback=rollback,
            yes=True,
            no_smoke=not tried,
            admin=None,
            set={"MailDomain": "example.com", "MailFrom": "Help <help@example.com>", **parameters},
        )
        return command.Deployment(aws, given).run()

    return run


def queues(aws: boto3.Session) -> int:
    return len(aws.client("sqs").list_queues().get("QueueUrls", []))


def stack(aws: boto3.Session) -> dict[str, str]:
    described = aws.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    return {each["ParameterKey"]: each["ParameterValue"] for each in described["Parameters"]}


def test_a_first_release_has_its_address_its_secret_and_a_page(aws: boto3.Session, deploy: Deploys) -> None:
    assert deploy({"Queue": QUEUE}) is None
    parameters = stack(aws)
    assert parameters["PublicUrl"] == "https://d1.cloudfront.net"
    assert len(parameters["OriginSecret"]) >= 32
    [web] = [each["Name"] for each in aws.client("s3").list_buckets()["Buckets"] if "releases" not in each["Name"]]
    assert b"being set up" in aws.client("s3").get_object(Bucket=web, Key="index.html")["Body"].read()
    secret = parameters["OriginSecret"]
    assert deploy({"Queue": QUEUE, "Other": QUEUE}) is None
    assert stack(aws)["OriginSecret"] == secret
    assert queues(aws) == 2


def test_an_address_of_ones_own_is_told_the_record_that_it_needs(
    aws: boto3.Session, deploy: Deploys, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody knows CloudFront's name before the first deployment, so it can't be in DNS yet."""
    monkeypatch.setattr(first, "people", lambda *_: ("admin@example.com", "password"))
    with pytest.raises(changes.Failed, match=r"It is deployed, but help\.example\.invalid can't be reached"):
        deploy({"Queue": QUEUE}, tried=True, PublicUrl="https://help.example.invalid")
    assert "help.example.invalid leads here by a CNAME record with d1.cloudfront.net." in capsys.readouterr().out
    assert stack(aws)["PublicUrl"] == "https://help.example.invalid"


@pytest.mark.parametrize("name", ["", "2nd", "help_desk", "a" * 31])
def test_a_name_that_cloudfront_would_refuse_is_refused_at_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["deploy", "--stack", name])
    with pytest.raises(SystemExit):
        command.arguments()


def test_a_plan_touches_nothing(aws: boto3.Session, deploy: Deploys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "transformed", lambda sam: sam)
    assert deploy({"Queue": QUEUE}, plan=True) is None
    assert aws.client("s3").list_buckets()["Buckets"] == []
    assert aws.client("cloudformation").list_stacks()["StackSummaries"] == []
    assert aws.client("ssm").describe_parameters()["Parameters"] == []


def test_the_release_before_comes_back_with_its_code(aws: boto3.Session, deploy: Deploys) -> None:
    assert deploy(rollback=True) == "There is no release before the one that runs."
    assert deploy({"Queue": QUEUE}) is None
    assert deploy({"Queue": QUEUE, "Other": QUEUE}) is None
    assert deploy(rollback=True) is None
    assert queues(aws) == 1
    s3 = aws.client("s3")
    bucket = releases.bucket(s3, aws.client("sts"), REGION, make=False)
    latest, newer, before = (releases.Release(**each) for each in releases.past(s3, bucket, STACK))
    assert latest == before
    code = [s3.get_object(Bucket=bucket, Key=each.code)["Body"].read() for each in (latest, newer)]
    assert code[0] != code[1]


def test_a_rollback_that_the_tables_do_not_allow_is_refused(aws: boto3.Session, deploy: Deploys) -> None:
    """Two releases made an index each; the bucket's history leads back over both at once."""
    plain, both = (
        TABLE,
        {
            **TABLE,
            "Properties": {**TABLE["Properties"], "GlobalSecondaryIndexes": list(map(index, ("team", "status")))},
        },
    )
    assert upgrades.refusals({"T": both}, {"T": plain})
    assert deploy({"Tickets": both}) is None
    s3 = aws.client("s3")
    bucket = releases.bucket(s3, aws.client("sts"), REGION, make=False)
    body = yaml.dump(template(Tickets=plain)).encode()
    s3.put_object(Bucket=bucket, Key="releases/desk/old.yaml", Body=body)
    releases.deployed(s3, bucket, STACK, releases.Release("old", "code/old.zip", "releases/desk/old.yaml"))
    releases.deployed(s3, bucket, STACK, releases.Release(**releases.past(s3, bucket, STACK)[1]))
    said = deploy(rollback=True)
    assert said is not None
    assert "This can't be deployed over what runs" in said
    assert "one index can be made and one deleted" in said


def test_a_table_that_would_be_made_anew_stops_the_release_before_anything_is_uploaded(
    aws: boto3.Session, deploy: Deploys
) -> None:
    assert deploy({"Tickets": TABLE}) is None
    s3 = aws.client("s3")
    bucket = releases.bucket(s3, aws.client("sts"), REGION, make=False)
    before = s3.list_objects_v2(Bucket=bucket)["KeyCount"]
    changed = {
        **TABLE,
        "Properties": {**TABLE["Properties"], "KeySchema": [{"AttributeName": "team", "KeyType": "HASH"}]},
    }
    said = deploy({"Tickets": changed})
    assert said is not None
    assert "empty table" in said
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == before
