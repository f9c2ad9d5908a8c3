"""Each function's role: what it may do, and what no function may."""

import json
import re
from typing import Any

import pytest

from chalicelib import keys
from chalicelib.attachments.models import Attachment
from chalicelib.people.models import Account
from chalicelib.tickets.models import TicketsItem
from tests.unit.deployed import allows, functions, of_type, role_of, statements

ACCOUNTS = {
    "APIHandler": {"Arn"},
    "OnAccountChange": {"Arn", "StreamArn"},
    "OnAccountStatusChange": {"StreamArn"},
    "OnReportRequest": {"Arn"},
    "OnLive": {"Arn"},
    "OnTeamChange": {"Arn"},
    "OnMail": {"Arn"},
    "OnMailEvent": {"Arn"},
    "OnMailIn": {"Arn"},
    "WebsocketConnect": {"Arn"},
    "WebsocketMessage": {"Arn"},
    "Sockjs": {"Arn"},
}
"""Who may touch the table of accounts, or its stream."""
KEYS = {"APIHandler", "OnAccountChange", "OnMail", "OnMailIn", "WebsocketConnect", "WebsocketMessage", "Sockjs"}
"""Who reads the keys that sign tokens."""
MAILERS = {"OnAccountChange", "OnMail", "OnMailIn", "OnReportRequest"}

NAMELESS = {"dynamodb:ListStreams", "xray:PutTelemetryRecords", "xray:PutTraceSegments"}
"""Actions on nothing that has a name: `*` is all that IAM takes for them."""


def test_every_function_has_a_role_of_its_own(deployed: dict[str, Any]) -> None:
    roles = [each["Role"]["Fn::GetAtt"][0] for each in functions(deployed).values()]
    assert len(set(roles)) == len(roles)
    for role in roles:
        trust = deployed[role]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        assert [each["Principal"] for each in trust] == [{"Service": "lambda.amazonaws.com"}]


def test_no_role_names_more_than_it_means(deployed: dict[str, Any]) -> None:
    for name in functions(deployed):
        for actions, resources in statements(role_of(deployed, name)):
            assert not [action for action in actions if "*" in action], name
            if not NAMELESS.issuperset(actions):
                assert "*" not in resources, (name, actions)
                named = json.dumps(resources).replace("${FailedRecords.Arn}/aws/lambda/*", "")
                named = re.sub(r"\${(ReportFiles.Arn}/reports|AttachmentFiles.Arn}/(pending|kept))/\*", "", named)
                named = re.sub(r"\${MailIn.Arn}/(inbound|kept)/\*", "", named)
                named = re.sub(r"\$\{WebsocketAPI\}/ws-chat/(DELETE|GET|POST)/@connections/\*", "", named)
                assert "*" not in named, (name, actions)


def test_what_the_roles_name_exists(deployed: dict[str, Any]) -> None:
    indexes = {
        (table, index["IndexName"])
        for table, properties in of_type(deployed, "AWS::DynamoDB::Table").items()
        for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes")
        for index in properties.get(kind, [])
    }
    for name in functions(deployed):
        for _, resources in statements(role_of(deployed, name)):
            for resource in resources:
                if isinstance(resource, dict) and "Fn::Sub" in resource:
                    found = re.fullmatch(r"\$\{(\w+)\.Arn\}/index/(\w+)", resource["Fn::Sub"])
                    assert found is None or (found[1], found[2]) in indexes, resource
                elif resource != "*":
                    assert resource["Fn::GetAtt"][0] in deployed, resource


def test_who_reads_accounts_and_keys_and_who_sends_mail(deployed: dict[str, Any]) -> None:
    for name in functions(deployed):
        text = json.dumps(list(statements(role_of(deployed, name))))
        read = re.findall(r'\["Accounts", "(\w+)"\]', text)
        assert set(read) == ACCOUNTS.get(name, set()), name
        assert ("ssm:" in text) == (name in KEYS), name
        assert ("ses:" in text) == (name in MAILERS), name


KEYS_OF = {
    "APIHandler": {"access", "cursors", "second-factor", "unsubscribe"},
    "OnAccountChange": {"one-time"},
    "OnMail": {"reply", "unsubscribe"},
    "OnMailIn": {"reply", "unsubscribe"},
    "Sockjs": {"access"},
    "WebsocketConnect": {"access"},
    "WebsocketMessage": {"access"},
}


def test_each_function_reads_the_keys_of_its_purposes_alone(deployed: dict[str, Any]) -> None:
    assert KEYS_OF.keys() == KEYS
    assert set().union(*KEYS_OF.values()) == set(keys.PURPOSES)
    for name, purposes in KEYS_OF.items():
        text = json.dumps(list(statements(role_of(deployed, name))))
        assert set(re.findall(r"parameter\$\{SigningKeys\}(?:/([\w-]+))?", text)) == purposes, name


def test_what_parses_strangers_mail_writes_no_password_and_makes_no_token_known(deployed: dict[str, Any]) -> None:
    for policy in role_of(deployed, "OnMailIn")["Properties"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Resource"] == {"Fn::GetAtt": ["Accounts", "Arn"]}:
                named = statement["Condition"]["ForAllValues:StringEquals"]["dynamodb:Attributes"]
                assert not {"password_hash", "hash"} & set(named)


def test_the_mail_function_is_shown_no_password_hashes(deployed: dict[str, Any]) -> None:
    """The stream has accounts too: the filter lets only records through that say which mail they ask for."""
    [source] = [
        each
        for each in of_type(deployed, "AWS::Lambda::EventSourceMapping").values()
        if each["FunctionName"] == {"Ref": "OnAccountChange"}
    ]
    [pattern] = [json.loads(each["Pattern"]) for each in source["FilterCriteria"]["Filters"]]
    assert pattern == {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"mail": {"S": [{"exists": True}]}}}}
    assert not hasattr(Account, "mail")


def test_no_function_changes_or_deletes_what_the_audit_says(deployed: dict[str, Any]) -> None:
    for name in functions(deployed):
        for actions, resources in statements(role_of(deployed, name)):
            if "Audit" in json.dumps(resources):
                assert set(actions) <= {"dynamodb:PutItem", "dynamodb:Query"}, name


@pytest.mark.parametrize(
    ("function", "more"),
    [
        ("OnReportRequest", {"role", "active", "email", "email_notifications", "locale", "mail_refused"}),
        ("OnLive", set()),
        ("OnTeamChange", set()),
    ],
)
def test_names_and_who_is_told_are_read_and_nothing_else_of_accounts(
    deployed: dict[str, Any], function: str, more: set[str]
) -> None:
    [statement] = [
        each
        for policy in role_of(deployed, function)["Properties"]["Policies"]
        for each in policy["PolicyDocument"]["Statement"]
        if "Accounts" in json.dumps(each["Resource"])
    ]
    assert statement["Action"] == ["dynamodb:BatchGetItem"]
    attributes = statement["Condition"]["ForAllValues:StringEquals"]["dynamodb:Attributes"]
    assert set(attributes) == {"id", "item", "kind", "name"} | more
    assert statement["Condition"]["StringEqualsIfExists"]["dynamodb:Select"] == "SPECIFIC_ATTRIBUTES"


def test_a_file_that_is_kept_is_written_by_no_request(deployed: dict[str, Any]) -> None:
    """Whoever has a form that the API signed may write under pending/ alone; S3's message makes a file of it."""
    sent, kept = ({"Fn::Sub": f"${{AttachmentFiles.Arn}}/{place}/*"} for place in ("pending", "kept"))
    assert allows(deployed, "APIHandler", "s3:PutObject", sent)
    assert not allows(deployed, "APIHandler", "s3:PutObject", kept)
    assert allows(deployed, "OnUpload", "s3:PutObject", kept)
    bucket = deployed["AttachmentFiles"]["Properties"]
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    [told] = bucket["NotificationConfiguration"]["QueueConfigurations"]
    assert told["Queue"] == {"Fn::GetAtt": ["UploadsQueue", "Arn"]}
    assert told["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "pending/"}]
    rules = [rule for rule in bucket["LifecycleConfiguration"]["Rules"] if "ExpirationInDays" in rule]
    assert {rule["Prefix"]: (rule["ExpirationInDays"], rule.get("TagFilters")) for rule in rules} == {
        "pending/": (1, None),
        "kept/": (2, [{"Key": "held", "Value": "true"}]),
    }
    assert deployed["Tickets"]["Properties"]["TimeToLiveSpecification"]["AttributeName"] == "expires_at"


def test_who_writes_postings_and_who_reads_them(deployed: dict[str, Any]) -> None:
    table = {"Fn::GetAtt": ["Search", "Arn"]}
    for name in functions(deployed):
        may = {
            action
            for actions, resources in statements(role_of(deployed, name))
            for action in actions
            if table in resources
        }
        assert bool(may & {"dynamodb:BatchWriteItem", "dynamodb:UpdateItem"}) == (name == "OnSearch"), name
        assert ("dynamodb:Query" in may) == (name == "APIHandler"), name


def test_only_a_file_of_a_ticket_expires() -> None:
    kinds: list[type[TicketsItem]] = [TicketsItem, *TicketsItem.__subclasses__()]
    assert [kind for kind in kinds if "expires_at" in kind.get_attributes()] == [Attachment]


def test_no_function_deletes_a_ticket_or_its_history(deployed: dict[str, Any]) -> None:
    for name in functions(deployed):
        assert not allows(deployed, name, "dynamodb:DeleteItem", {"Fn::GetAtt": ["Tickets", "Arn"]}), name


def test_no_function_but_that_of_http_is_shown_password_hashes(deployed: dict[str, Any]) -> None:
    for function in ACCOUNTS.keys() - {"APIHandler"}:
        for policy in role_of(deployed, function)["Properties"]["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                if statement["Resource"] != {"Fn::GetAtt": ["Accounts", "Arn"]}:
                    continue
                actions = set(statement["Action"])
                assert "dynamodb:Scan" not in actions, function
                if actions & {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:UpdateItem", "dynamodb:Query"}:
                    attributes = statement["Condition"]["ForAllValues:StringEquals"]["dynamodb:Attributes"]
                    assert "password_hash" not in attributes, function
                if "dynamodb:Query" in actions:
                    assert statement["Condition"]["StringEquals"]["dynamodb:Select"] == "SPECIFIC_ATTRIBUTES"
                if actions & {"dynamodb:GetItem", "dynamodb:BatchGetItem"}:
                    assert statement["Condition"]["StringEqualsIfExists"]["dynamodb:Select"] == "SPECIFIC_ATTRIBUTES"
