"""DynamoDB's answers as they reach pynamodb."""

from collections.abc import Iterator
from typing import Any

from botocore.awsrequest import AWSResponse
from moto.core.botocore_stubber import MockRawResponse
from pynamodb.attributes import Attribute, BinaryAttribute, BinarySetAttribute, ListAttribute, MapAttribute

import app  # noqa: F401 - with it come all models
from chalicelib import wire
from chalicelib.dynamo import Item
from infra.local.engine.account import REGION

ANSWER = b"""{"Count": 1, "Items": [{"id": {"S": "7"},
    "size": {"N": "1.50"}, "none": {"NULL": true}, "yes": {"BOOL": false},
    "tags": {"L": [{"S": "a"}, {"M": {"b": {"N": "2"}}}]}, "names": {"SS": ["c", "d"]}, "empty": {"M": {}}}],
    "ConsumedCapacity": {"TableName": "things", "CapacityUnits": 0.5}, "LastEvaluatedKey": {"id": {"S": "7"}}}"""


def answered(session: Any, status: int, body: bytes, **asked: Any) -> tuple[Any, str]:
    """What a client of the session makes of an answer, and the name that it gave itself."""
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    client = session.create_client("dynamodb", region_name=REGION, **keys)
    names: list[str] = []

    def instead(request: Any, **_: Any) -> AWSResponse:
        names.append(request.headers["User-Agent"].decode())
        return AWSResponse(request.url, status, {"x-amzn-RequestId": "r"}, MockRawResponse(body))  # type: ignore[arg-type]

    client.meta.events.register("before-send", instead)
    try:
        found = client.query(TableName="things", KeyConditionExpression="id = :id")
    except client.exceptions.ClientError as error:
        found = error.response
    return found, names[-1]


def test_items_are_what_botocore_would_have_made_of_them() -> None:
    from botocore.session import get_session

    assert answered(wire.session(), 200, ANSWER)[0] == answered(get_session(), 200, ANSWER)[0]


def test_errors_too() -> None:
    from botocore.session import get_session

    refused = b'{"__type": "com.amazonaws.dynamodb.v20120810#ValidationException", "message": "no"}'
    assert answered(wire.session(), 400, refused)[0] == answered(get_session(), 400, refused)[0]


def test_the_client_says_who_it_is() -> None:
    assert answered(wire.session(), 200, ANSWER)[1].startswith("Botocore/")


def test_no_item_has_bytes() -> None:
    """They would arrive as base64."""
    kinds = list(models(Item))
    assert len(kinds) > 20
    for kind in kinds:
        for name, attribute in kind.get_attributes().items():
            assert not has_bytes(attribute), (kind, name)


def models(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from models(each)


def has_bytes(attribute: Attribute[Any]) -> bool:
    if isinstance(attribute, BinaryAttribute | BinarySetAttribute):
        return True
    if isinstance(attribute, ListAttribute):
        return isinstance(attribute.element_type, type) and issubclass(attribute.element_type, BinaryAttribute)
    return isinstance(attribute, MapAttribute) and any(map(has_bytes, attribute.get_attributes().values()))
