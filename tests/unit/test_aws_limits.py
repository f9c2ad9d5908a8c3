"""Limits that stand in AWS's documentation alone: neither cfn-lint nor the transform knows them, and a deployment that
breaks one is rolled back. Each with the page that says so."""

import copy
import fnmatch
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from infra.deploy import idle
from tests.unit.deployed import functions, of_type, role_of

Resources = dict[str, Any]


class Limit(NamedTuple):
    name: str
    most: int
    page: str
    """Below docs.aws.amazon.com/."""
    measured: Callable[[Resources], Iterator[tuple[str, int]]]
    """(what, how much) of everything in the template that the limit is about."""


def _metrics_of_alarms(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, alarm in of_type(deployed, "AWS::CloudWatch::Alarm").items():
        yield name, sum("MetricStat" in each for each in alarm.get("Metrics", []))


def _actions_of_alarms(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, alarm in of_type(deployed, "AWS::CloudWatch::Alarm").items():
        yield name, max(len(alarm.get(kind, [])) for kind in ("AlarmActions", "OKActions"))


def _seconds_of_alarms(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, alarm in of_type(deployed, "AWS::CloudWatch::Alarm").items():
        periods = [each["MetricStat"]["Period"] for each in alarm.get("Metrics", []) if "MetricStat" in each]
        yield name, alarm["EvaluationPeriods"] * max([alarm.get("Period", 0), *periods])


def _indexes(deployed: Resources) -> Iterator[tuple[str, str, Any]]:
    for name, table in of_type(deployed, "AWS::DynamoDB::Table").items():
        for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
            for index in table.get(kind, []):
                yield name, kind, index


def _attributes_of_an_index(deployed: Resources) -> Iterator[tuple[str, int]]:
    for table, _, index in _indexes(deployed):
        yield f"{table}.{index['IndexName']}", len(index["Projection"].get("NonKeyAttributes", []))


def _attributes_of_a_table(deployed: Resources) -> Iterator[tuple[str, int]]:
    for table in of_type(deployed, "AWS::DynamoDB::Table"):
        yield (
            table,
            sum(
                len(index["Projection"].get("NonKeyAttributes", []))
                for of, _, index in _indexes(deployed)
                if of == table
            ),
        )


def _global_indexes(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, table in of_type(deployed, "AWS::DynamoDB::Table").items():
        yield name, len(table.get("GlobalSecondaryIndexes", []))


def _local_indexes(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, table in of_type(deployed, "AWS::DynamoDB::Table").items():
        yield name, len(table.get("LocalSecondaryIndexes", []))


def _consumers_of_a_stream(deployed: Resources) -> Iterator[tuple[str, int]]:
    streams = [
        json.dumps(each["EventSourceArn"])
        for each in of_type(deployed, "AWS::Lambda::EventSourceMapping").values()
        if "StreamArn" in json.dumps(each["EventSourceArn"])
    ]
    for stream in set(streams):
        yield stream, streams.count(stream)


def _bytes_of_an_environment(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, function in functions(deployed).items():
        variables = function["Environment"]["Variables"]
        yield name, sum(len(key) + _length(deployed, value) for key, value in variables.items())


def _length(deployed: Resources, value: Any) -> int:
    """A text's own; of a reference what it may become with a stack's name of 30 characters. A parameter's: 64."""
    if isinstance(value, dict) and "Ref" in value:
        referred = deployed.get(value["Ref"])
        if referred is None:
            return 64
        named = len("s" * 30 + f"-{value['Ref']}-" + "x" * 13)
        address = "https://sqs.ap-southeast-1.amazonaws.com/123456789012/"
        return named + (len(address) if referred["Type"] == "AWS::SQS::Queue" else 0)
    return 100 if isinstance(value, dict) else len(str(value))


def _filters(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, source in of_type(deployed, "AWS::Lambda::EventSourceMapping").items():
        yield name, len(source.get("FilterCriteria", {}).get("Filters", []))


def _characters_of_inline_policies(deployed: Resources) -> Iterator[tuple[str, int]]:
    """White space isn't counted; a reference counts as an ARN of 120 characters."""
    for name in functions(deployed):
        policies = copy.deepcopy(role_of(deployed, name)["Properties"]["Policies"])
        text = json.dumps([_referred(policy["PolicyDocument"]) for policy in policies], separators=(",", ":"))
        yield name, len(text)


def _referred(value: Any) -> Any:
    if isinstance(value, list):
        return [_referred(each) for each in value]
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)).startswith(("Fn::", "Ref")):
            return "x" * 120
        return {key: _referred(each) for key, each in value.items()}
    return value


def _resources(deployed: Resources) -> Iterator[tuple[str, int]]:
    yield "the template", len(deployed)


def _behaviours(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, each in of_type(deployed, "AWS::CloudFront::Distribution").items():
        yield name, len(each["DistributionConfig"]["CacheBehaviors"]) + 1


def _bytes_of_cloudfront_functions(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, each in of_type(deployed, "AWS::CloudFront::Function").items():
        yield name, len(each["FunctionCode"])


def _named(value: Any) -> Iterator[str]:
    """Names that the template gives, with a stack's name of 30 characters and the longest region's."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "Name" and isinstance(each, dict) and "Fn::Sub" in each:
                yield each["Fn::Sub"].replace("${AWS::StackName}", "s" * 30).replace("${AWS::Region}", "ap-southeast-1")
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)


def _characters_of_cloudfront_names(deployed: Resources) -> Iterator[tuple[str, int]]:
    for name, each in deployed.items():
        if each["Type"].startswith("AWS::CloudFront::"):
            for given in _named(each["Properties"]):
                yield name, len(given)


LIMITS = [
    Limit(
        "metrics in an alarm's expression",
        10,
        "AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html",
        _metrics_of_alarms,
    ),
    Limit("actions of an alarm", 5, "AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html", _actions_of_alarms),
    Limit(
        "seconds that an alarm looks at",
        86_400,
        "AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html",
        _seconds_of_alarms,
    ),
    Limit(
        "attributes an index projects beside keys",
        20,
        "amazondynamodb/latest/APIReference/API_Projection.html",
        _attributes_of_an_index,
    ),
    Limit(
        "attributes all indexes of a table project",
        100,
        "amazondynamodb/latest/developerguide/ServiceQuotas.html",
        _attributes_of_a_table,
    ),
    Limit("global indexes of a table", 20, "amazondynamodb/latest/developerguide/ServiceQuotas.html", _global_indexes),
    Limit("local indexes of a table", 5, "amazondynamodb/latest/developerguide/ServiceQuotas.html", _local_indexes),
    Limit(
        "consumers of a table's stream",
        2,
        "amazondynamodb/latest/developerguide/Streams.html",
        _consumers_of_a_stream,
    ),
    Limit(
        "bytes of a function's environment",
        4096,
        "lambda/latest/dg/gettingstarted-limits.html",
        _bytes_of_an_environment,
    ),
    Limit("filters of an event source", 5, "lambda/latest/dg/invocation-eventfiltering.html", _filters),
    Limit(
        "characters of a role's inline policies",
        10_240,
        "IAM/latest/UserGuide/reference_iam-quotas.html",
        _characters_of_inline_policies,
    ),
    Limit(
        "resources of a template",
        500,
        "AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
        _resources,
    ),
    Limit(
        "behaviours of a distribution",
        25,
        "AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html",
        _behaviours,
    ),
    Limit(
        "bytes of a CloudFront function",
        10_240,
        "AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html",
        _bytes_of_cloudfront_functions,
    ),
    Limit(
        "characters of CloudFront's names",
        64,
        "cloudfront/latest/APIReference/API_OriginAccessControlConfig.html",
        _characters_of_cloudfront_names,
    ),
]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_the_template_keeps_within(deployed: Resources, limit: Limit) -> None:
    measured = list(limit.measured(deployed))
    assert measured, "the limit is about nothing here: is it still needed?"
    beyond = {what: amount for what, amount in measured if amount > limit.most}
    assert not beyond, f"at most {limit.most}, says https://docs.aws.amazon.com/{limit.page}"


def test_an_alarm_on_too_many_functions_is_found(deployed: Resources) -> None:
    worse = copy.deepcopy(deployed)
    metrics = worse["ConsumersFail"]["Properties"]["Metrics"]
    metrics += [dict(metrics[1], Id=f"more{number}") for number in range(10)]
    assert max(amount for _, amount in _metrics_of_alarms(worse)) > 10


def test_a_first_deployment_that_fails_leaves_nothing_behind(deployed: Resources) -> None:
    """`Retain` would keep the tables and buckets of a first deployment that was rolled back."""
    for name, each in deployed.items():
        if each["Type"] in ("AWS::DynamoDB::Table", "AWS::S3::Bucket"):
            assert each["DeletionPolicy"] in ("Delete", "RetainExceptOnCreate"), name
            assert each["UpdateReplacePolicy"] in ("Delete", "Retain"), name


def test_what_is_stored_is_encrypted_with_the_key_that_costs_nothing(deployed: Resources) -> None:
    """`SSEEnabled: true` is a KMS key, paid by request; without it DynamoDB encrypts with a key of its own."""
    for name, table in of_type(deployed, "AWS::DynamoDB::Table").items():
        assert "SSESpecification" not in table, name


def test_a_changed_route_reaches_the_stage() -> None:
    """API Gateway serves what was deployed, and CloudFormation deploys again for a new logical id alone."""
    from infra import package

    made = package.template()["Resources"]
    [before] = [name for name, each in made.items() if each["Type"] == "AWS::ApiGatewayV2::Deployment"]
    assert made["WebsocketAPIStage"]["Properties"]["DeploymentId"] == {"Ref": before}
    changed = json.loads(json.dumps(made).replace(before, package.DEPLOYMENT))
    assert before in package.finished({"Resources": changed}, "3.13")["Resources"], "the same routes, the same name"
    changed["WebsocketConnectRoute"]["Properties"]["ApiKeyRequired"] = False
    assert before not in package.finished({"Resources": changed}, "3.13")["Resources"]


def test_the_api_is_deployed_to_its_own_stage_alone(deployed: Resources) -> None:
    """A deployment that names a stage makes it, besides the one that is meant: an address that nobody watches."""
    for name, each in of_type(deployed, "AWS::ApiGateway::Deployment").items():
        assert "StageName" not in each, name


def test_a_new_account_can_deploy_it() -> None:
    """Its quota is 10 functions at a time, of which none can be reserved (Lambda's guide, "Reserved concurrency")."""
    from infra import package

    assert package.template()["Parameters"]["SockjsConcurrency"]["Default"] == 0


def test_a_path_that_only_begins_like_one_of_ours_is_the_web_clients(deployed: Resources) -> None:
    """/ws-chat-sockjsX would otherwise reach the gateway's catch-all with a viewer's address that a client made up."""
    [distribution] = of_type(deployed, "AWS::CloudFront::Distribution").values()
    patterns = [each["PathPattern"] for each in distribution["DistributionConfig"]["CacheBehaviors"]]
    for ours in ("/api/health", "/ws-chat", "/ws-chat-sockjs", "/ws-chat-sockjs/info"):
        assert any(fnmatch.fnmatchcase(ours, pattern) for pattern in patterns), ours
    for theirs in ("/ws-chat-sockjsX", "/ws-chatX", "/apiX", "/api", "/ws-chat/", "/index.html"):
        assert not any(fnmatch.fnmatchcase(theirs, pattern) for pattern in patterns), theirs


def test_two_regions_of_one_account_do_not_meet_in_cloudfront(deployed: Resources) -> None:
    """Its policies, functions and access controls are the account's, whatever region deploys them."""
    for name, each in deployed.items():
        if each["Type"].startswith("AWS::CloudFront::") and (given := list(_named(each["Properties"]))):
            assert all("ap-southeast-1" in text and "s" * 30 in text for text in given), name


def test_alarms_that_nobody_hears_are_not_paid_for(deployed: Resources) -> None:
    for name, each in deployed.items():
        if each["Type"] == "AWS::CloudWatch::Alarm":
            assert each["Condition"] == "HasAlarmEmail", name


def test_the_readme_says_what_it_costs_while_nobody_uses_it(deployed: Resources) -> None:
    """The sum is computed from the template: `python -m infra.deploy.idle`."""
    lines = idle.monthly(deployed)
    alarms = sum(line.dollars for line in lines if "alarms" in line.what)
    without, whole = (round(sum(line.dollars for line in lines) - each) for each in (alarms, 0.0))
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    assert f"about {without} $ a month while nobody uses it, about {whole} $ with alarms" in readme
