"""moto, as the runner uses it, answers as DynamoDB does: also many at a time, and also on the short cuts."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import botocore.session
import pytest
import yaml
from botocore.exceptions import ClientError
from moto import mock_aws

from infra.local.engine import engines
from infra.local.engine.calls import Calls
from infra.local.engine.faults import Faults
from infra.local.engine.resources import Resources
from tests.integration.local.conftest import HERE


@contextmanager
def corrected() -> Iterator[Any]:
    """A client of moto as the runner uses it."""
    engine = engines.Engine()
    calls = Calls(engine, Faults())
    engine.start()
    calls.install()
    try:
        resources = Resources(engine, HERE / "resources.yaml")
        resources.create()
        yield resources.dynamodb
    finally:
        calls.uninstall()
        engine.stop()


@contextmanager
def plain() -> Iterator[Any]:
    """A client of moto as it is."""
    with mock_aws():
        dynamodb: Any = botocore.session.get_session().create_client("dynamodb", region_name="eu-central-1")
        properties = yaml.safe_load((HERE / "resources.yaml").read_text())["Resources"]["Things"]["Properties"]
        for unasked in ("StreamSpecification", "TimeToLiveSpecification"):
            properties.pop(unasked)
        dynamodb.create_table(**properties)
        yield dynamodb


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    with corrected() as client:
        yield client


def key(item: str) -> dict[str, Any]:
    return {"id": {"S": "a"}, "item": {"S": item}}


def update(item: str, expression: str, condition: str | None = None, **values: Any) -> dict[str, Any]:
    """An update in the words of an expression whose names are `#name` and values `:value`."""
    words = [word.strip("(),") for word in f"{expression} {condition or ''}".split()]
    names = {word: word[1:] for word in words if word.startswith("#")}
    made: dict[str, Any] = {"TableName": "things", "Key": key(item), "UpdateExpression": expression}
    made["ExpressionAttributeNames"] = names
    if values:
        made["ExpressionAttributeValues"] = {f":{name}": value for name, value in values.items()}
    if condition:
        made["ConditionExpression"] = condition
    return made


def test_transactions_at_the_same_time_have_one_winner_and_lose_nothing(dynamodb: Any) -> None:
    dynamodb.put_item(TableName="things", Item=key("counter") | {"n": {"N": "0"}, "rev": {"N": "0"}})

    def increment(_: int) -> int:
        for tries in range(1, 200):
            item = dynamodb.get_item(TableName="things", Key=key("counter"), ConsistentRead=True)["Item"]
            rev = item["rev"]
            following = {"N": str(int(rev["N"]) + 1)}
            change = update(
                "counter", "SET #n = #n + :one , #rev = :next", "#rev = :seen", one={"N": "1"}, seen=rev, next=following
            )
            try:
                dynamodb.transact_write_items(
                    TransactItems=[{"Update": change}, {"Put": {"TableName": "things", "Item": key(f"won#{rev['N']}")}}]
                )
            except dynamodb.exceptions.TransactionCanceledException:
                continue
            return tries
        raise AssertionError("never won")

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(increment, range(48)))

    assert dynamodb.get_item(TableName="things", Key=key("counter"))["Item"]["n"] == {"N": "48"}
    assert len(dynamodb.scan(TableName="things")["Items"]) == 49


def test_an_index_is_asked_for_its_partition_alone_and_answers_right(dynamodb: Any) -> None:
    for number in range(30):
        colour = {"colour": {"S": ("red", "blue")[number % 2]}} if number % 3 else {}
        item = key(f"{number:02}") | {"size": {"N": "1"}, "weight": {"N": "2"}} | colour
        dynamodb.put_item(TableName="things", Item=item)
    dynamodb.delete_item(TableName="things", Key=key("01"))
    dynamodb.update_item(**update("02", "SET #colour = :red", red={"S": "red"}))
    dynamodb.update_item(**update("05", "REMOVE #colour"))

    def page(**more: Any) -> dict[str, Any]:
        answer: dict[str, Any] = dynamodb.query(
            TableName="things",
            IndexName="by_colour",
            KeyConditionExpression="colour = :c",
            ExpressionAttributeValues={":c": {"S": "red"}},
            ScanIndexForward=False,
            **more,
        )
        return answer

    every = page()["Items"]
    expected = ["28", "26", "22", "20", "16", "14", "10", "08", "04", "02"]
    assert [item["item"]["S"] for item in every] == expected
    assert all(set(item) == {"id", "item", "colour", "size"} for item in every), "only what the index projects"
    first = page(Limit=4)
    second = page(Limit=20, ExclusiveStartKey=first["LastEvaluatedKey"])
    assert [item["item"]["S"] for item in first["Items"] + second["Items"]] == expected


EXPRESSIONS = (
    "SET #colour = :text",
    "SET #size = :number , #note = :text",
    "SET #size = #size + :number",
    "SET #size = if_not_exists( #size , :number )",
    "SET #list = list_append( #list , :list )",
    "SET #list = :list REMOVE #note",
    "ADD #size :number",
    "REMOVE #colour",
    "SET #colour = :number",
    "SET #note = :empty",
    "SET #colour = :empty",
    "SET #item = :text",
    "SET #note = :text , #note = :number",
)

CONDITIONS = (None, "attribute_exists( #id )", "attribute_not_exists( #size )", "#size > :number", "#note = :text")


def script(seed: int) -> Iterator[dict[str, Any]]:
    """Random updates of a few items, some of which can't be."""
    chance = random.Random(seed)
    values = {
        "text": {"S": "red"},
        "number": {"N": "3"},
        "empty": {"S": ""},
        "list": {"L": [{"S": "x"}, {"N": "1"}]},
    }
    for _ in range(60):
        expression, condition = chance.choice(EXPRESSIONS), chance.choice(CONDITIONS)
        said = f"{expression} {condition or ''}"
        used = {name: value for name, value in values.items() if f":{name}" in said}
        yield update(str(chance.randrange(4)), expression, condition, **used)


def played(dynamodb: Any, seed: int) -> list[Any]:
    """What every step answers, alone and as a transaction, and what is there at the end."""
    answers: list[Any] = []
    for number, step in enumerate(script(seed)):
        try:
            if number % 2:
                answers.append(dynamodb.update_item(**step, ReturnValues="ALL_NEW")["Attributes"])
            else:
                dynamodb.transact_write_items(TransactItems=[{"Update": step}])
                answers.append("written")
        except ClientError as error:
            answers.append((error.response["Error"]["Code"], error.response["Error"]["Message"]))
    items = dynamodb.scan(TableName="things")["Items"]
    return [*answers, sorted(items, key=lambda item: str(item["item"]["S"]))]


@pytest.mark.parametrize("seed", range(8))
def test_the_short_cuts_answer_what_moto_answers(seed: int) -> None:
    with corrected() as dynamodb:
        quick = played(dynamodb, seed)
    with plain() as dynamodb:
        slow = played(dynamodb, seed)

    assert quick == slow
