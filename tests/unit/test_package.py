"""The template that `make package` makes: what CloudFormation is told, function by function."""

import io
import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from chalicelib.assignment import handlers, sweep
from chalicelib.log import log
from chalicelib.settings import Settings, settings
from infra import package
from tests.unit.deployed import allows, functions, of_type

METHODS = {"delete", "get", "head", "options", "patch", "post", "put"}
STREAMS = {
    "OnTicketChange": "Tickets",
    "FanOut": "Tickets",
    "OnRosterChange": "Roster",
    "OnTeamChange": "Roster",
    "OnAccountChange": "Accounts",
    "OnReportRequest": "Reports",
    "OnChatMessage": "Chat",
    "OnAccountStatusChange": "Accounts",
}
QUEUES = {
    "OnRequeue": "Requeue",
    "OnMetrics": "Metrics",
    "OnLive": "Live",
    "OnUpload": "Uploads",
    "OnSearch": "Search",
    "OnMail": "Mail",
    "OnMailEvent": "MailEvents",
}
DEAD_LETTERS = {"MailEvents": "Mail"}
"""Queues whose dead letters go where another's do."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("package")
    package.package(made, code=False)
    return made


def test_cfn_lint_and_the_transform_have_nothing_to_say(folder: Path) -> None:
    assert package.complaints(folder) == []


def test_cloudformation_can_read_it(folder: Path) -> None:
    written = (folder / "sam.yaml").read_text()
    assert not re.search(r"[:-] [&*]id\d", written), "YAML aliases"


def test_every_function_of_the_app_is_there(deployed: dict[str, Any]) -> None:
    handlers = {each["Handler"] for each in functions(deployed).values()}
    assert handlers == {
        "app.app",
        "app.websocket_connect",
        "app.websocket_message",
        "app.websocket_disconnect",
        "app.sockjs",
        "app.end_silent",
        "app.on_chat_message",
        "app.on_live",
        "app.on_team_change",
        "app.tell_unread",
        "app.on_account_status_change",
        "app.on_ticket_change",
        "app.fan_out",
        "app.on_roster_change",
        "app.on_account_change",
        "app.on_requeue",
        "app.on_metrics",
        "app.on_mail",
        "app.on_mail_event",
        "app.on_mail_in",
        "app.on_upload",
        "app.on_search",
        "app.close_resolved",
        "app.check_metrics",
        "app.on_report_request",
        "app.schedule_reports",
        "app.sweep",
    }


@pytest.mark.parametrize(("function", "table"), STREAMS.items())
def test_a_stream_is_consumed_in_parts_that_can_fail_apart(deployed: dict[str, Any], function: str, table: str) -> None:
    [source] = [
        each
        for each in of_type(deployed, "AWS::Lambda::EventSourceMapping").values()
        if each["FunctionName"] == {"Ref": function}
    ]
    stream = {"Fn::GetAtt": [table, "StreamArn"]}
    assert source["EventSourceArn"] == stream
    assert source["StartingPosition"] == "TRIM_HORIZON"
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["BisectBatchOnFunctionError"] is True
    assert 0 < source["MaximumRetryAttempts"] < 10_000
    assert source["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["FailedRecords", "Arn"]}
    assert source.get("ParallelizationFactor", 1) == 1
    for filtered in source["FilterCriteria"]["Filters"]:
        assert json.loads(filtered["Pattern"])["dynamodb"]
    for action in ("DescribeStream", "GetRecords", "GetShardIterator"):
        assert allows(deployed, function, f"dynamodb:{action}", stream)
    assert allows(deployed, function, "dynamodb:ListStreams", "*"), "the action knows no resource"
    assert allows(deployed, function, "s3:PutObject", {"Fn::Sub": "${FailedRecords.Arn}/aws/lambda/*"})
    assert allows(deployed, function, "s3:ListBucket", {"Fn::GetAtt": ["FailedRecords", "Arn"]})


@pytest.mark.parametrize(("function", "queued"), QUEUES.items())
def test_a_message_outlives_its_functions_attempts(deployed: dict[str, Any], function: str, queued: str) -> None:
    [source] = [
        each
        for each in of_type(deployed, "AWS::Lambda::EventSourceMapping").values()
        if each["FunctionName"] == {"Ref": function}
    ]
    queue = {"Fn::GetAtt": [f"{queued}Queue", "Arn"]}
    assert source["EventSourceArn"] == queue
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    properties = deployed[f"{queued}Queue"]["Properties"]
    timeout = deployed[function]["Properties"]["Timeout"]
    assert properties["VisibilityTimeout"] >= 6 * timeout, "six times, says AWS's guide to Lambda with SQS"
    letters = {"Fn::GetAtt": [f"{DEAD_LETTERS.get(queued, queued)}DeadLetters", "Arn"]}
    assert properties["RedrivePolicy"]["deadLetterTargetArn"] == letters
    for action in ("DeleteMessage", "GetQueueAttributes", "ReceiveMessage"):
        assert allows(deployed, function, f"sqs:{action}", queue)


def test_the_sweep_runs_every_minute_and_is_not_repeated(deployed: dict[str, Any]) -> None:
    rules = of_type(deployed, "AWS::Events::Rule").values()
    [rule] = [each for each in rules if each["Targets"][0]["Arn"] == {"Fn::GetAtt": ["Sweep", "Arn"]}]
    assert rule["ScheduleExpression"] == "rate(1 minute)"
    invocations = of_type(deployed, "AWS::Lambda::EventInvokeConfig").values()
    [invocation] = [each for each in invocations if each["FunctionName"] == {"Ref": "Sweep"}]
    assert invocation["MaximumRetryAttempts"] == 0


def test_mail_that_comes_in_is_stored_before_a_function_sees_it(deployed: dict[str, Any]) -> None:
    [rule] = of_type(deployed, "AWS::SES::ReceiptRule").values()
    stored, called = rule["Rule"]["Actions"]
    assert stored["S3Action"] == {"BucketName": {"Ref": "MailIn"}, "ObjectKeyPrefix": "inbound/"}
    assert called["LambdaAction"] == {"FunctionArn": {"Fn::GetAtt": ["OnMailIn", "Arn"]}, "InvocationType": "Event"}
    assert rule["Rule"]["ScanEnabled"] is True, "no verdicts otherwise"
    permission = deployed["MailInCalls"]["Properties"]
    assert (permission["Principal"], permission["FunctionName"]) == ("ses.amazonaws.com", {"Ref": "OnMailIn"})
    invocations = of_type(deployed, "AWS::Lambda::EventInvokeConfig").values()
    [invocation] = [each for each in invocations if each["FunctionName"] == {"Ref": "OnMailIn"}]
    letters = {"Fn::GetAtt": ["MailInDeadLetters", "Arn"]}
    assert invocation["DestinationConfig"]["OnFailure"]["Destination"] == letters
    assert allows(deployed, "OnMailIn", "sqs:SendMessage", letters)


def test_what_ses_says_of_mail_comes_to_a_queue(deployed: dict[str, Any]) -> None:
    destination = deployed["MailEventDestination"]["Properties"]
    assert destination["ConfigurationSetName"] == {"Ref": "MailConfigurationSet"}
    assert set(destination["EventDestination"]["MatchingEventTypes"]) >= {"bounce", "complaint"}
    assert destination["EventDestination"]["SnsDestination"] == {"TopicARN": {"Ref": "MailEventTopic"}}
    subscription = deployed["MailEventSubscription"]["Properties"]
    assert subscription["TopicArn"] == {"Ref": "MailEventTopic"}
    assert subscription["Endpoint"] == {"Fn::GetAtt": ["MailEventsQueue", "Arn"]}
    assert subscription["RawMessageDelivery"] is True, "the function reads what SES wrote"


def test_every_function_gets_the_settings(deployed: dict[str, Any]) -> None:
    every = {field.name.upper() for field in fields(Settings) if field.init}
    named = {name for name in every if name.endswith(("_TABLE", "_QUEUE_URL", "_PARAMETER"))}
    for name, function in functions(deployed).items():
        variables = set(function["Environment"]["Variables"])
        assert named <= variables, name
        assert {each for each in variables if not each.startswith("POWERTOOLS_")} <= every, name


def test_every_function_logs_to_a_group_of_its_own(deployed: dict[str, Any]) -> None:
    groups = set()
    for name, function in functions(deployed).items():
        group = function["LoggingConfig"]["LogGroup"]["Ref"]
        assert function["LoggingConfig"]["LogFormat"] == "JSON"
        assert deployed[group]["Properties"]["RetentionInDays"]
        assert allows(deployed, name, "logs:PutLogEvents", {"Fn::GetAtt": [group, "Arn"]})
        groups.add(group)
    assert len(groups) == len(functions(deployed))


def test_the_gateway_gives_every_path_and_method_to_the_api(deployed: dict[str, Any]) -> None:
    paths = deployed["RestAPI"]["Properties"]["Body"]["paths"]
    assert {"/", "/{proxy+}", "/tickets/{ticket_id}", "/openapi.json"} <= paths.keys()
    for path, methods in paths.items():
        polled = path.startswith("/ws-chat-sockjs")
        assert methods.keys() == ({"x-amazon-apigateway-any-method"} if polled else METHODS), path
        for method in methods.values():
            integration = method["x-amazon-apigateway-integration"]
            assert integration["type"] == "aws_proxy", path
            assert ("Sockjs.Arn" if polled else "APIHandler.Arn") in json.dumps(integration["uri"]), path


def test_mail_in_may_keep_invocations_and_keeps_none_unless_told_to(deployed: dict[str, Any]) -> None:
    kept = {"Fn::If": ["HasMailInConcurrency", {"Ref": "MailInConcurrency"}, {"Ref": "AWS::NoValue"}]}
    assert deployed["OnMailIn"]["Properties"]["ReservedConcurrentExecutions"] == kept


def test_polls_have_a_function_of_their_own_that_keeps_nobody_else_out(deployed: dict[str, Any]) -> None:
    paths = deployed["RestAPI"]["Properties"]["Body"]["paths"]
    assert {"/ws-chat-sockjs", "/ws-chat-sockjs/{proxy+}"} <= paths.keys()
    properties = deployed["Sockjs"]["Properties"]
    kept = {"Fn::If": ["HasSockjsConcurrency", {"Ref": "SockjsConcurrency"}, {"Ref": "AWS::NoValue"}]}
    assert properties["ReservedConcurrentExecutions"] == kept, "a new account's quota leaves nothing to keep"
    assert properties["Environment"]["Variables"]["SOCKJS_CONCURRENCY"]["Fn::If"][1:] == [
        {"Ref": "SockjsConcurrency"},
        5,
    ]
    assert settings.sockjs_hold_seconds < properties["Timeout"] <= 29
    [permission] = [
        each
        for each in of_type(deployed, "AWS::Lambda::Permission").values()
        if each["FunctionName"] == {"Ref": "Sockjs"}
    ]
    assert permission["SourceArn"]["Fn::Sub"].endswith(":${RestAPI}/*/*/ws-chat-sockjs*")
    distribution = deployed["Distribution"]["Properties"]["DistributionConfig"]
    [origin] = [each for each in distribution["Origins"] if each["Id"] == "sockjs"]
    [stage] = of_type(deployed, "AWS::ApiGateway::Stage").values()
    assert origin["OriginPath"] == f"/{stage['StageName']}"
    assert origin["OriginCustomHeaders"] == [{"HeaderName": "x-api-key", "HeaderValue": {"Ref": "OriginSecret"}}]
    patterns = [each["PathPattern"] for each in distribution["CacheBehaviors"] if each["TargetOriginId"] == "sockjs"]
    assert patterns == ["/ws-chat-sockjs", "/ws-chat-sockjs/*"]


def test_the_gateway_is_entered_through_cloudfront_alone(deployed: dict[str, Any]) -> None:
    paths = deployed["RestAPI"]["Properties"]["Body"]["paths"]
    assert all(method["security"] == [{"api_key": []}] for methods in paths.values() for method in methods.values())
    assert deployed["OriginKey"]["Properties"]["Value"] == {"Ref": "OriginSecret"}
    distribution = deployed["Distribution"]["Properties"]["DistributionConfig"]
    [rest] = [origin for origin in distribution["Origins"] if origin["Id"] == "rest"]
    assert rest["OriginCustomHeaders"] == [{"HeaderName": "x-api-key", "HeaderValue": {"Ref": "OriginSecret"}}]
    [rest_behaviour] = [each for each in distribution["CacheBehaviors"] if each["TargetOriginId"] == "rest"]
    [stage] = of_type(deployed, "AWS::ApiGateway::Stage").values()
    assert rest_behaviour["PathPattern"] == f"/{stage['StageName']}/*"


def test_so_is_the_chat(deployed: dict[str, Any]) -> None:
    routes = {each["RouteKey"]: each for each in of_type(deployed, "AWS::ApiGatewayV2::Route").values()}
    assert routes.keys() == {"$connect", "$default", "$disconnect"}
    assert routes["$connect"]["ApiKeyRequired"] is True
    [stage] = of_type(deployed, "AWS::ApiGatewayV2::Stage").values()
    assert {"ApiId": {"Ref": "WebsocketAPI"}, "Stage": {"Ref": "WebsocketAPIStage"}} in deployed["OriginPlan"][
        "Properties"
    ]["ApiStages"]
    distribution = deployed["Distribution"]["Properties"]["DistributionConfig"]
    [origin] = [origin for origin in distribution["Origins"] if origin["Id"] == "chat"]
    assert origin["OriginCustomHeaders"] == [{"HeaderName": "x-api-key", "HeaderValue": {"Ref": "OriginSecret"}}]
    [behaviour] = [each for each in distribution["CacheBehaviors"] if each["TargetOriginId"] == "chat"]
    assert behaviour["PathPattern"] == f"/{stage['StageName']}"


def test_nobody_is_given_an_error_that_was_anothers(deployed: dict[str, Any]) -> None:
    """CloudFront keeps errors for 10 s by default, `no-store` or not (its guide: "HTTP status codes")."""
    distribution = deployed["Distribution"]["Properties"]["DistributionConfig"]
    kept = {each["ErrorCode"]: each["ErrorCachingMinTTL"] for each in distribution["CustomErrorResponses"]}
    assert kept == dict.fromkeys([400, 403, 404, 405, 414, 500, 501, 502, 503, 504], 0)
    assert all("ResponsePagePath" not in each for each in distribution["CustomErrorResponses"])


def test_what_reaches_the_functions_says_who_asks(deployed: dict[str, Any]) -> None:
    """`X-Viewer-Address` is CloudFront's word; a path without the function would take a caller's own."""
    behaviours = deployed["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    asked = [each for each in behaviours if each["TargetOriginId"] in ("rest", "sockjs")]
    assert len(asked) == 3
    for behaviour in asked:
        [associated] = behaviour["FunctionAssociations"]
        assert associated["FunctionARN"] == {"Fn::GetAtt": ["ApiCaller", "FunctionARN"]}, behaviour["PathPattern"]


def test_what_the_gateway_answers_itself_has_the_security_headers_too(deployed: dict[str, Any]) -> None:
    behaviours = deployed["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    for behaviour in behaviours:
        if behaviour["TargetOriginId"] in ("rest", "sockjs"):
            assert behaviour["ResponseHeadersPolicyId"] == {"Ref": "ApiHeaders"}, behaviour["PathPattern"]
    sent = deployed["ApiHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    assert sent.keys() == {
        "ContentSecurityPolicy",
        "ContentTypeOptions",
        "ReferrerPolicy",
        "StrictTransportSecurity",
    }
    assert sent["ContentSecurityPolicy"]["Override"] is False, "the documentation's page has a policy of its own"


def test_the_gateway_answers_within_its_own_limit(deployed: dict[str, Any]) -> None:
    assert deployed["APIHandler"]["Properties"]["Timeout"] <= 29


def test_what_the_gateway_refuses_is_a_problem_too(deployed: dict[str, Any]) -> None:
    responses = deployed["RestAPI"]["Properties"]["Body"]["x-amazon-apigateway-gateway-responses"]
    assert {"DEFAULT_4XX", "DEFAULT_5XX", "MISSING_AUTHENTICATION_TOKEN", "THROTTLED"} <= responses.keys()
    for kind, response in responses.items():
        text = response["responseTemplates"]["application/json"]
        body = json.loads(text.replace("$context.error.messageString", '"why"'))
        assert body.keys() == {"type", "title", "status", "detail", "request_id", "errors"}, kind
        assert str(body["status"]) == response["statusCode"], kind
        assert body["request_id"] == "$context.requestId", kind
        headers = response["responseParameters"]
        assert headers["gatewayresponse.header.Content-Type"] == "'application/problem+json'", kind
        assert headers["gatewayresponse.header.X-Request-Id"] == "context.requestId", kind
        assert ("gatewayresponse.header.Retry-After" in headers) == (body["status"] in (429, 503)), kind


def test_what_people_made_outlives_the_stack(deployed: dict[str, Any]) -> None:
    for name in ("Accounts", "Roster", "Tickets", "Audit", "Chat"):
        assert deployed[name]["DeletionPolicy"] == "RetainExceptOnCreate"
        assert deployed[name]["UpdateReplacePolicy"] == "Retain"
        assert deployed[name]["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True


def test_every_function_that_fails_is_heard_of(deployed: dict[str, Any]) -> None:
    alarms = json.dumps(
        [each for each in of_type(deployed, "AWS::CloudWatch::Alarm").values() if "Errors" in str(each)]
    )
    for name in functions(deployed):
        assert json.dumps({"Name": "FunctionName", "Value": {"Ref": name}}) in alarms, name
    for alarm in of_type(deployed, "AWS::CloudWatch::Alarm").values():
        assert alarm["AlarmActions"] == [{"Ref": "Alarms"}]


def test_the_alarms_listen_to_what_the_sweep_says(deployed: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "a-stack")
    monkeypatch.setattr(sweep, "sweep", lambda: sweep.Findings(unsettled=2, waiting=1, reweighed=7))
    written_to = io.StringIO()
    monkeypatch.setattr(log.registered_handler, "stream", written_to)
    assert handlers.swept() == {"unsettled": 2, "waiting": 1, "reweighed": 7}
    [said] = [line for line in map(json.loads, written_to.getvalue().splitlines()) if "_aws" in line]
    assert (said["UnsettledTickets"], said["SweepFindings"]) == ([2], [3])
    [written] = said["_aws"]["CloudWatchMetrics"]
    alarms = [
        each
        for each in of_type(deployed, "AWS::CloudWatch::Alarm").values()
        if each.get("Namespace") == written["Namespace"]
    ]
    assert {each["MetricName"] for each in alarms} - {
        "WrongFigures",
        "MailsKept",
        "SignInsFailed",
        "ClientErrors",
        "AddressesRefused",
    } == {each["Name"] for each in written["Metrics"]}
    for alarm in alarms:
        assert [[each["Name"] for each in alarm["Dimensions"]]] == written["Dimensions"]
        assert [each["Value"] for each in alarm["Dimensions"]] == [{"Ref": "AWS::StackName"}]
    assert said["service"] == "a-stack"
    variables = deployed["Sweep"]["Properties"]["Environment"]["Variables"]
    assert variables["POWERTOOLS_SERVICE_NAME"] == {"Ref": "AWS::StackName"}
