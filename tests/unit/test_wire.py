"""The shorter way to DynamoDB, beside botocore's own: the same answers, errors, endpoints and retries."""

import hashlib
import hmac
import json
import re
import socket
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ChecksumError, ClientError, EndpointConnectionError, ReadTimeoutError
from botocore.httpsession import URLLib3Session
from botocore.session import get_session
from moto.core.botocore_stubber import MockRawResponse
from pynamodb.attributes import Attribute, BinaryAttribute, BinarySetAttribute, ListAttribute, MapAttribute

import app  # noqa: F401 - with it come all models
from chalicelib import ambient, wire
from chalicelib.dynamo import Item
from infra.local.engine.account import REGION

ANSWER = b"""{"Count": 1, "Items": [{"id": {"S": "7"},
    "size": {"N": "1.50"}, "none": {"NULL": true}, "yes": {"BOOL": false},
    "tags": {"L": [{"S": "a"}, {"M": {"b": {"N": "2"}}}]}, "names": {"SS": ["c", "d"]}, "empty": {"M": {}}}],
    "ConsumedCapacity": {"TableName": "things", "CapacityUnits": 0.5}, "LastEvaluatedKey": {"id": {"S": "7"}}}"""
REASONS = [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Message": "no", "Item": {"id": {"S": "7"}}}]
ASKED = {"TableName": "things", "KeyConditionExpression": "id = :id", "ExpressionAttributeValues": {":id": {"S": "⭐"}}}
KEYS: dict[str, Any] = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "aws_session_token": "token"}
MOST = 4

Script = Sequence[tuple[int, bytes] | tuple[int, bytes, dict[str, str]] | BotoCoreError]


def error(code: str, **more: Any) -> bytes:
    return json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "no", **more}).encode()


THROTTLED = 400, error("ThrottlingException")


class Network:
    """Answers what is sent, one after the other; the last answer again and again."""

    def __init__(self) -> None:
        self.sent: list[AWSPreparedRequest] = []
        self.script: Script = [(200, ANSWER)]

    def send(self, _session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        self.sent.append(request)
        answer = self.script[min(len(self.sent), len(self.script)) - 1]
        if isinstance(answer, BotoCoreError):
            raise answer
        status, body, *more = answer
        headers = {"x-amzn-RequestId": "r", **(more[0] if more else {})}
        return AWSResponse(request.url, status, headers, MockRawResponse(body))  # type: ignore[arg-type]


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    network = Network()
    monkeypatch.setattr(URLLib3Session, "send", lambda session, request: network.send(session, request))
    return network


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr(ambient, "sleep", pauses.append)
    return pauses


ours, botocores = cache(wire.session), cache(get_session)
"""Each reads DynamoDB's description once."""


def client(session: Any = None) -> Any:
    config = Config(parameter_validation=False, retries={"mode": "standard", "total_max_attempts": MOST})
    return (session or ours()).create_client("dynamodb", region_name=REGION, config=config, **KEYS)


def answered(by: Any, operation: str = "Query", asked: Any = None) -> Any:
    try:
        return by._make_api_call(operation, dict(ASKED if asked is None else asked))
    except ClientError as refused:
        return type(refused).__name__, str(refused), refused.response


@pytest.mark.parametrize(
    ("operation", "status", "body"),
    [
        ("Query", 200, ANSWER),
        ("GetItem", 200, b"{}"),
        ("Query", 400, error("ValidationException")),
        ("PutItem", 400, error("ConditionalCheckFailedException", Item={"id": {"S": "7"}})),
        ("TransactWriteItems", 400, error("TransactionCanceledException", CancellationReasons=REASONS)),
        ("Query", 413, b"<html>too large</html>"),
        ("Query", 400, b""),
    ],
)
def test_answers_and_errors_are_those_of_botocore(network: Network, operation: str, status: int, body: bytes) -> None:
    network.script = [(status, body, {"Date": "Mon, 30 Nov 2026 17:00:00 GMT"})]
    assert answered(client(), operation, {}) == answered(client(botocores()), operation, {})


def test_what_is_sent_is_what_botocore_would_send(network: Network) -> None:
    for session in (ours(), botocores()):
        answered(client(session))
    shorter, theirs = network.sent
    assert (shorter.method, shorter.url, shorter.body) == (theirs.method, theirs.url, theirs.body)
    for name in ("Content-Type", "X-Amz-Target", "X-Amz-Security-Token", "Content-Length"):
        assert shorter.headers[name] == theirs.headers[name]
    assert shorter.headers["User-Agent"].startswith(b"Botocore/")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"AWS_USE_FIPS_ENDPOINT": "true"},
        {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
        {"AWS_ACCOUNT_ID_ENDPOINT_MODE": "preferred", "AWS_ACCOUNT_ID": "123456789012"},
        {"AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:8000/_local/aws"},
    ],
)
@pytest.mark.parametrize("region", [REGION, "us-gov-west-1", "cn-north-1"])
def test_the_endpoint_is_the_one_that_botocore_chooses(
    network: Network, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], region: str
) -> None:
    monkeypatch.delenv("AWS_ACCOUNT_ID_ENDPOINT_MODE")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for session in (wire.session(), get_session()):
        calling: Any = session.create_client("dynamodb", region_name=region)
        calling.query(**ASKED)
    shorter, theirs = (request.url.rstrip("/") for request in network.sent)
    assert shorter == theirs
    assert signature_of(network.sent[0], "local", region) == signature(network.sent[0])


def test_the_signature_is_what_the_standard_says(network: Network) -> None:
    answered(client())
    assert signature(network.sent[0]) == signature_of(network.sent[0], "secret")


def test_credentials_that_changed_sign_the_next_attempt(network: Network, pauses: list[float]) -> None:
    network.script = [THROTTLED, (200, ANSWER)]
    calling = client()

    def renewed(_pause: float) -> None:
        calling._request_signer._credentials.secret_key = "newer"

    ambient.sleep = renewed
    answered(calling)
    first, second = network.sent
    assert signature(first) == signature_of(first, "secret")
    assert signature(second) == signature_of(second, "newer")


@pytest.mark.parametrize("ahead", [timedelta(hours=3), -timedelta(minutes=20)])
def test_a_clock_that_is_wrong_is_corrected(network: Network, pauses: list[float], ahead: timedelta) -> None:
    theirs = datetime.now(UTC) + ahead
    network.script = [
        (400, error("InvalidSignatureException"), {"Date": format_datetime(theirs, usegmt=True)}),
        (200, ANSWER),
    ]
    calling = client()
    assert answered(calling)["Count"] == 1
    assert answered(calling)["Count"] == 1
    assert len(network.sent) == 3
    assert pauses == []
    for request in network.sent[1:]:
        stamp = datetime.strptime(written(request, "X-Amz-Date"), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        assert abs(stamp - theirs) < timedelta(seconds=30)
        assert signature(request) == signature_of(request, "secret")


def test_a_wrong_signature_isnt_blamed_on_the_clock(network: Network, pauses: list[float]) -> None:
    network.script = [(400, error("InvalidSignatureException"), {"Date": format_datetime(datetime.now(UTC))})]
    assert answered(client())[0] == "ClientError"
    assert len(network.sent) == 1


def test_a_clock_that_stays_refused_is_corrected_once(network: Network, pauses: list[float]) -> None:
    network.script = [(400, error("InvalidSignatureException"), {"Date": "Mon, 30 Nov 1999 17:00:00 GMT"})]
    assert answered(client())[0] == "ClientError"
    assert len(network.sent) == 2


@pytest.mark.parametrize(
    "refusal",
    [
        THROTTLED,
        (400, error("ProvisionedThroughputExceededException")),
        (400, error("TransactionInProgressException")),
        (500, error("InternalServerError")),
        (503, b"<html>busy</html>"),
        (429, b""),
        (200, ANSWER, {"x-amz-crc32": "1"}),
        EndpointConnectionError(endpoint_url="https://dynamodb"),
    ],
)
def test_what_passes_is_tried_again(network: Network, pauses: list[float], refusal: Any) -> None:
    network.script = [refusal, refusal, (200, ANSWER, {"x-amz-crc32": str(zlib.crc32(ANSWER))})]
    found = answered(client())
    assert found["Count"] == 1
    assert found["ResponseMetadata"]["RetryAttempts"] == 2
    assert len(pauses) == 2


@pytest.mark.parametrize(
    "code",
    ["ValidationException", "ConditionalCheckFailedException", "AccessDeniedException", "ResourceNotFoundException"],
)
def test_what_stays_is_said_at_once(network: Network, pauses: list[float], code: str) -> None:
    network.script = [(400, error(code))]
    assert answered(client())[2]["Error"]["Code"] == code
    assert len(network.sent) == 1


def test_what_doesnt_pass_is_said_after_as_many_attempts_as_are_set(network: Network, pauses: list[float]) -> None:
    network.script = [THROTTLED]
    name, _, response = answered(client())
    assert (name, response["Error"]["Code"]) == ("ThrottlingException", "ThrottlingException")
    assert response["ResponseMetadata"]["RetryAttempts"] == MOST - 1
    network.script = [EndpointConnectionError(endpoint_url="https://dynamodb")]
    with pytest.raises(EndpointConnectionError):
        client().query(**ASKED)
    network.script = [(200, ANSWER, {"x-amz-crc32": "1"})]
    with pytest.raises(ChecksumError):
        client().query(**ASKED)
    assert len(network.sent) == 3 * MOST


def test_pauses_grow_and_are_up_to_chance(network: Network, pauses: list[float]) -> None:
    network.script = [THROTTLED]
    for _ in range(20):
        answered(client())
    for turn in range(MOST - 1):
        those = pauses[turn :: MOST - 1]
        assert max(those) <= 2**turn
        assert len(set(those)) == 20
    assert max(pauses[2 :: MOST - 1]) > 1


def test_a_process_whose_calls_all_fail_stops_trying_again(network: Network, pauses: list[float]) -> None:
    """botocore's quota: with each call that goes well there is a little more of it."""
    calling = client()
    network.script = [(500, error("InternalServerError"))]
    for _ in range(30):
        answered(calling)
    before = len(network.sent)
    answered(calling)
    assert len(network.sent) == before + 1
    network.script = [(200, ANSWER)]
    for _ in range(20):
        answered(calling)
    network.script, before = [(500, error("InternalServerError"))], len(network.sent)
    answered(calling)
    assert len(network.sent) > before + 1


def test_a_transaction_that_is_tried_again_is_the_same_one(network: Network, pauses: list[float]) -> None:
    network.script = [THROTTLED, (200, b"{}")]
    calling = client()
    for _ in range(2):
        answered(calling, "TransactWriteItems", {"TransactItems": []})
    first, again, other = (json.loads(body_of(request))["ClientRequestToken"] for request in network.sent)
    assert first == again != other
    answered(calling, "TransactWriteItems", {"TransactItems": [], "ClientRequestToken": "mine"})
    assert json.loads(body_of(network.sent[-1]))["ClientRequestToken"] == "mine"


def test_nobody_waits_for_ever(pauses: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        config = Config(read_timeout=0.05, retries={"mode": "standard", "total_max_attempts": 2})
        calling: Any = wire.session().create_client("dynamodb", endpoint_url=url, config=config)
        with pytest.raises(ReadTimeoutError):
            calling.query(**ASKED)
    assert len(pauses) == 1


def test_no_item_has_bytes() -> None:
    """They would arrive as base64."""
    kinds = list(models(Item))
    assert len(kinds) > 20
    for kind in kinds:
        for name, attribute in kind.get_attributes().items():
            assert not has_bytes(attribute), (kind, name)


def written(request: AWSPreparedRequest, header: str) -> str:
    """A header as it goes out: bytes."""
    value: Any = request.headers[header]
    return str(value.decode())


def body_of(request: AWSPreparedRequest) -> bytes:
    assert isinstance(request.body, bytes)
    return request.body


def signature(request: AWSPreparedRequest) -> str:
    return written(request, "Authorization").rpartition("Signature=")[2]


def signature_of(request: AWSPreparedRequest, secret: str, region: str = REGION) -> str:
    """By AWS's description ("Create a signed AWS API request"), for POST / without a query."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    headers = {name: value.decode() if isinstance(value, bytes) else value for name, value in headers.items()}
    found = re.search("SignedHeaders=([^,]+)", headers["authorization"])
    assert found
    names = found[1].split(";")
    assert {"host", "x-amz-date", "x-amz-security-token", "x-amz-target"} <= set(names)
    _, _, rest = request.url.partition("://")
    headers["host"], _, path = rest.partition("/")
    canonical = "".join(f"{name}:{headers[name]}\n" for name in names)
    digest = hashlib.sha256(body_of(request)).hexdigest()
    asked = f"POST\n/{path}\n\n{canonical}\n{found[1]}\n{digest}"
    stamp = headers["x-amz-date"]
    scope = f"{stamp[:8]}/{region}/dynamodb/aws4_request"
    assert f"/{scope}," in headers["authorization"]
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(asked.encode()).hexdigest()}"
    return hmac.digest(key, text.encode(), "sha256").hex()


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
