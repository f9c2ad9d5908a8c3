"""Faults strike where the AWS call is made, as often as they say, and only what they mean."""

import time
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from botocore.config import Config

from infra.local.engine.invocations import invocation
from infra.local.stack import Stack
from tests.integration.local.conftest import Does
from tests.integration.local.small_app import client, put

KEY = {"id": {"S": "a"}, "item": {"S": "x"}}


@pytest.fixture
def dynamodb(stack: Stack) -> Any:
    """A client that tries once."""
    import botocore.session

    once = Config(retries={"total_max_attempts": 1})
    return botocore.session.get_session().create_client("dynamodb", region_name="eu-central-1", config=once)


def code(error: Any) -> str:
    return str(error.value.response["Error"]["Code"])


def test_an_error_comes_before_anything_is_done(stack: Stack, dynamodb: Any) -> None:
    stack.faults.add({"operation": "dynamodb:PutItem", "error": "ThrottlingException"})
    with invocation("api_handler"), pytest.raises(dynamodb.exceptions.ClientError) as refused:
        dynamodb.put_item(TableName="things", Item=KEY)

    assert code(refused) == "ThrottlingException"
    assert "Item" not in dynamodb.get_item(TableName="things", Key=KEY)


def test_an_error_after_the_write_leaves_it_done(stack: Stack, dynamodb: Any) -> None:
    stack.faults.add({"operation": "dynamodb:PutItem", "error": "InternalServerError", "after": True})
    with invocation("api_handler"), pytest.raises(dynamodb.exceptions.ClientError) as refused:
        dynamodb.put_item(TableName="things", Item=KEY)

    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert "Item" in dynamodb.get_item(TableName="things", Key=KEY)


def test_botocore_tries_again_as_after_a_real_error(stack: Stack) -> None:
    stack.faults.seed(2)
    stack.faults.add({"operation": "dynamodb:PutItem", "error": "ThrottlingException", "probability": 0.2})
    with invocation("api_handler"), stack.calls.recording() as calls:
        for number in range(10):
            put(str(number))

    assert len(client("dynamodb").scan(TableName="things")["Items"]) == 10
    refused = [ok for _, _, _, ok in calls if not ok]
    assert len(calls) == 10 + len(refused) > 10


def transaction(*items: str) -> list[dict[str, Any]]:
    return [{"Put": {"TableName": "things", "Item": {"id": {"S": "a"}, "item": {"S": item}}}} for item in items]


def test_a_conflict_comes_as_a_cancelled_transaction_with_reasons(stack: Stack, dynamodb: Any) -> None:
    stack.faults.add({"operation": "dynamodb:TransactWriteItems", "error": "TransactionConflict"})
    with invocation("on_thing"), pytest.raises(dynamodb.exceptions.TransactionCanceledException) as refused:
        dynamodb.transact_write_items(TransactItems=transaction("1", "2", "3"))

    codes = [reason["Code"] for reason in refused.value.response["CancellationReasons"]]
    assert sorted(codes) == ["None", "None", "TransactionConflict"]


def test_an_answer_lost_after_a_transaction_is_repeated_by_its_token(stack: Stack) -> None:
    """botocore tries again with the same token: DynamoDB answers the first success and writes nothing twice."""
    stack.faults.seed(2)
    stack.faults.add(
        {"operation": "dynamodb:TransactWriteItems", "error": "InternalServerError", "after": True, "probability": 0.2}
    )
    add = {
        "TableName": "things",
        "Key": KEY,
        "UpdateExpression": "ADD #n :one",
        "ExpressionAttributeNames": {"#n": "count"},
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }
    with invocation("api_handler"), stack.calls.recording() as calls:
        for _ in range(12):
            client("dynamodb").transact_write_items(TransactItems=[{"Update": add}])

    assert len(calls) > 12
    assert client("dynamodb").get_item(TableName="things", Key=KEY)["Item"]["count"] == {"N": "12"}


def test_a_token_with_another_payload_is_refused(stack: Stack, dynamodb: Any) -> None:
    dynamodb.transact_write_items(TransactItems=transaction("1"), ClientRequestToken="token")
    with pytest.raises(dynamodb.exceptions.IdempotentParameterMismatchException):
        dynamodb.transact_write_items(TransactItems=transaction("2"), ClientRequestToken="token")


def test_the_runners_own_calls_and_other_functions_are_spared(stack: Stack, dynamodb: Any) -> None:
    stack.faults.add({"operation": "dynamodb:PutItem", "error": "ThrottlingException", "function": "consumers"})

    dynamodb.put_item(TableName="things", Item=KEY)
    with invocation("api_handler"):
        dynamodb.put_item(TableName="things", Item=KEY)
    with invocation("on_thing"), pytest.raises(dynamodb.exceptions.ClientError):
        dynamodb.put_item(TableName="things", Item=KEY)


@pytest.mark.parametrize(
    ("fault", "call"),
    [
        (
            {"operation": "s3:PutObject", "error": "SlowDown"},
            ("s3", "put_object", {"Bucket": "lambdesk-failed-records", "Key": "k"}),
        ),
        (
            {"operation": "ssm:GetParameter", "error": "ParameterNotFound"},
            ("ssm", "get_parameter", {"Name": "/things/name"}),
        ),
        ({"operation": "sqs:ListQueues", "error": "OverLimit"}, ("sqs", "list_queues", {})),
    ],
)
def test_any_service_can_fail(stack: Stack, fault: dict[str, Any], call: tuple[str, str, dict[str, Any]]) -> None:
    import botocore.session

    service, method, arguments = call
    once = Config(retries={"total_max_attempts": 1})
    made = botocore.session.get_session().create_client(service, region_name="eu-central-1", config=once)
    stack.faults.add(fault)
    with invocation("api_handler"), pytest.raises(made.exceptions.ClientError) as refused:
        getattr(made, method)(**arguments)

    assert code(refused) == fault["error"]


def test_a_crash_kills_one_consumer_after_its_nth_write_and_the_record_comes_again(stack: Stack, does: Does) -> None:
    runs: list[int] = []

    def writes(event: Any) -> None:
        runs.append(len(event["Records"]))
        put("one", id="b")
        put("two", id="b")
        put("three", id="b")

    does("on_thing", writes)
    stack.faults.add({"function": "consumers", "crash_after_writes": 2})
    put("seen")
    stack.wait_idle()

    assert runs == [1, 1]
    assert stack.faults.in_force == []
    assert len(client("dynamodb").scan(TableName="things")["Items"]) == 4


def test_a_dead_invocation_makes_no_further_call(stack: Stack, does: Does) -> None:
    swallowed: list[str] = []

    def stubborn(_: Any) -> None:
        try:
            put("first", id="b")
        except BaseException as death:
            swallowed.append(type(death).__name__)
        put("second", id="b")

    does("on_thing", stubborn)
    stack.faults.add({"function": "on_thing", "crash_after_writes": 1})
    stack.faults.add({"function": "on_thing", "crash_after_writes": 1})
    put("seen")
    stack.wait_idle()

    assert swallowed == ["Killed", "Killed"]


def test_duplicates_deliver_a_batch_twice(stack: Stack, does: Does) -> None:
    got: list[str] = []
    does("on_thing", lambda event: got.extend(record["eventID"] for record in event["Records"]))
    stack.faults.add({"function": "*", "duplicate": 1.0})
    put("seen")
    stack.wait_idle()

    assert len(got) == 2
    assert len(set(got)) == 1


def by_colour(colour: str) -> list[str]:
    with invocation("api_handler"):
        answer = client("dynamodb").query(
            TableName="things",
            IndexName="by_colour",
            KeyConditionExpression="colour = :c",
            ExpressionAttributeValues={":c": {"S": colour}},
        )
    return [item["item"]["S"] for item in answer["Items"]]


def test_global_indexes_lag_and_catch_up(stack: Stack) -> None:
    put("there", colour="red")
    stack.faults.add({"gsi_delay_seconds": 0.4})
    changed = time.monotonic()
    put("there", colour="blue")
    put("new", colour="blue")
    stack.wait_idle()

    with invocation("api_handler"):
        local = client("dynamodb").query(
            TableName="things",
            KeyConditionExpression="id = :a",
            ExpressionAttributeValues={":a": {"S": "a"}},
            ConsistentRead=True,
        )
    stale = (by_colour("red"), by_colour("blue"))
    if time.monotonic() - changed < 0.4:
        assert stale == (["there"], [])
    assert {item["colour"]["S"] for item in local["Items"]} == {"blue"}
    while time.monotonic() - changed < 0.5:
        time.sleep(0.05)
    assert (by_colour("red"), by_colour("blue")) == ([], ["new", "there"])


def test_an_entry_that_gets_another_key_is_nowhere_for_a_while(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on AWS, which deletes the one entry and then inserts the other."""
    put("moves", colour="red")
    stack.wait_idle()  # its record is read before there is a lag
    started = time.monotonic()
    now = started
    monkeypatch.setattr("infra.local.events.lagging.time", SimpleNamespace(monotonic=lambda: now))
    stack.faults.add({"gsi_delay_seconds": 60})
    put("moves", colour="blue")
    stack.wait_idle()
    seen: dict[int, tuple[bool, bool]] = {}
    for seconds in (0, 29, 30, 59, 60):
        now = started + seconds
        seen[seconds] = "moves" in by_colour("red"), "moves" in by_colour("blue")
    old, nowhere, new = (True, False), (False, False), (False, True)
    assert seen == {0: old, 29: old, 30: nowhere, 59: nowhere, 60: new}


def test_without_the_fault_indexes_are_up_to_date_again(stack: Stack) -> None:
    stack.faults.add({"gsi_delay_seconds": 60})
    put("new", colour="green")
    stack.wait_idle()
    assert by_colour("green") == []

    stack.faults.clear()
    assert by_colour("green") == ["new"]


@pytest.mark.parametrize(
    ("body", "field", "names"),
    [
        ({"operation": "dynamodb:Foo", "error": "ThrottlingException"}, "operation", "dynamodb:PutItem"),
        ({"operation": "nothing:PutItem", "error": "ThrottlingException"}, "operation", "dynamodb"),
        ({"operation": "dynamodb:PutItem", "error": "Nonsense"}, "error", "ConditionalCheckFailedException"),
        ({"operation": "dynamodb:PutItem"}, "error", "required"),
        ({"operation": "dynamodb:PutItem", "error": "ThrottlingException", "probability": 2}, "probability", "1"),
        ({"operation": "dynamodb:PutItem", "error": "ThrottlingException", "often": True}, "often", "not permitted"),
        ({"duplicate": 0.3, "function": "nobody"}, "function", "on_bulk, on_job"),
        ({"crash_after_writes": 0}, "crash_after_writes", "1"),
        ({"gsi_delay_seconds": -1}, "gsi_delay_seconds", "0"),
        ({"websocket": "slow"}, "websocket", "reorder"),
        ({"duplicate": 0.3, "gsi_delay_seconds": 3}, "", "exactly one of"),
        ({}, "", "operation, duplicate"),
        ([], "", "JSON object"),
    ],
)
def test_a_bad_fault_is_refused_with_what_is_known(http: httpx.Client, body: Any, field: str, names: str) -> None:
    answer = http.post("/_local/faults", json=body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert names in error["message"]
    assert http.get("/_local/faults").json() == {"faults": []}


def test_faults_add_up_and_are_cleared(http: httpx.Client) -> None:
    for fault in (
        {"websocket": "gone", "probability": 0.2},
        {"function": "*", "duplicate": 0.3},
        {"operation": "ses:SendEmail", "error": "TooManyRequestsException"},
    ):
        assert http.post("/_local/faults", json=fault).status_code == 201
    assert len(http.get("/_local/faults").json()["faults"]) == 3

    assert http.delete("/_local/faults").status_code == 204
    assert http.get("/_local/faults").json() == {"faults": []}


def test_a_fault_that_is_no_json_is_400(http: httpx.Client) -> None:
    assert http.post("/_local/faults", content="{").status_code == 400
