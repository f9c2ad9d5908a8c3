"""Which permissions an AWS call takes, by AWS's Service Authorization Reference: the action isn't always the
operation's name, and a transaction or a batch takes one for each thing it touches.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.calls import Call

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Need:
    """`resource`: an ARN; None where there is none to be told locally (an API's id). `context`: condition keys and
    their values, of those that policies here may ask about."""

    action: str
    resource: str | None
    context: Mapping[str, frozenset[str]] = field(default_factory=dict)


def needs(call: Call) -> list[Need]:
    """All that must be allowed for this call."""
    told = _TOLD.get(call.service)
    return list(told(call)) if told else [Need(f"{call.service}:{call.operation}", None)]


# --- DynamoDB --------------------------------------------------------------------------------------------------------

_IN_TRANSACTIONS = {
    "ConditionCheck": "ConditionCheckItem",
    "Delete": "DeleteItem",
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
}
_EXPRESSIONS = ("ConditionExpression", "FilterExpression", "KeyConditionExpression", "UpdateExpression")
_RETURNING = frozenset({"PutItem", "UpdateItem", "DeleteItem"})
_NAME = re.compile(r"(?<![:#\w.])([A-Za-z_]\w*)(?!\w*\s*\()")
_KEYWORDS = frozenset({"ADD", "AND", "BETWEEN", "DELETE", "IN", "NOT", "OR", "REMOVE", "SET"})


def _dynamodb(call: Call) -> Iterator[Need]:
    params = call.params
    if call.operation in ("TransactWriteItems", "TransactGetItems"):
        for entry in params["TransactItems"]:
            [(kind, part)] = entry.items()
            yield from _on_table(_IN_TRANSACTIONS[kind], part["TableName"], part)
    elif call.operation == "BatchGetItem":
        for table, asked in params["RequestItems"].items():
            yield from _on_table("BatchGetItem", table, {**asked, "Key": asked["Keys"][0]})
    elif call.operation == "BatchWriteItem":
        for table in params["RequestItems"]:
            yield from _on_table("BatchWriteItem", table, {})
    else:
        yield from _on_table(call.operation, params["TableName"], params)


def _on_table(operation: str, table: str, part: Params) -> Iterator[Need]:
    """AWS's guide calls dynamodb:Select a parameter of Query and Scan, its examples ask for it in GetItem as well. A
    policy must allow a GetItem whichever is right, so it is asked with the key and without."""
    arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}"
    if index := part.get("IndexName"):
        arn += f"/index/{index}"
    selects = "SPECIFIC_ATTRIBUTES" if _projection(part) else part.get("Select", "ALL_ATTRIBUTES")
    context = {"dynamodb:Attributes": frozenset(_attributes(part))}
    if operation in _RETURNING:
        context["dynamodb:ReturnValues"] = frozenset({part.get("ReturnValues", "NONE")})
    yield Need(f"dynamodb:{operation}", arn, {**context, "dynamodb:Select": frozenset({selects})})
    if operation in ("GetItem", "BatchGetItem"):
        yield Need(f"dynamodb:{operation}", arn, context)


def _projection(part: Params) -> list[str]:
    listed = part.get("ProjectionExpression", "").split(",")
    return [*part.get("AttributesToGet", []), *(path.strip() for path in listed if path.strip())]


def _attributes(part: Params) -> Iterable[str]:
    """Every attribute that the call names, wherever it does."""
    names: Mapping[str, str] = part.get("ExpressionAttributeNames", {})
    yield from part.get("Key", part.get("Item", {}))
    yield from names.values()
    for path in _projection(part):
        first = re.split(r"[.\[]", path)[0]
        yield names.get(first, first)
    for kind in _EXPRESSIONS:
        yield from set(_NAME.findall(part.get(kind, ""))) - _KEYWORDS


# --- the others ------------------------------------------------------------------------------------------------------


def _sqs(call: Call) -> Iterator[Need]:
    """A batch takes the permission of what it is a batch of."""
    name = call.params.get("QueueUrl", "").rpartition("/")[2]
    action = call.operation.removesuffix("Batch")
    yield Need(f"sqs:{action}", f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}" if name else None)


_OF_OBJECTS = {
    "AbortMultipartUpload": "AbortMultipartUpload",
    "CompleteMultipartUpload": "PutObject",
    "CopyObject": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "HeadObject": "GetObject",
    "UploadPart": "PutObject",
}
_OF_BUCKETS = {
    "HeadBucket": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
}
_BY_VERSION = frozenset({"DeleteObject", "DeleteObjectTagging", "GetObject", "GetObjectTagging", "PutObjectTagging"})


def _s3(call: Call) -> Iterator[Need]:
    address = urlsplit(call.request.url)
    host, path = address.netloc.partition(".s3.")[0], unquote(address.path).lstrip("/")
    bucket, _, key = path.partition("/") if host == address.netloc else (host, "", path)
    if call.operation in _OF_BUCKETS or not key:
        action = _OF_BUCKETS.get(call.operation, call.operation)
        yield Need(f"s3:{action}", f"arn:aws:s3:::{bucket}" if call.operation != "DeleteObjects" else None)
        return
    action = _OF_OBJECTS.get(call.operation, call.operation)
    if action in _BY_VERSION and "versionId" in dict(parse_qsl(address.query)):
        action = action.replace("Object", "ObjectVersion", 1)
    yield Need(f"s3:{action}", f"arn:aws:s3:::{bucket}/{key}")
    headers = {str(name).lower(): _text(value) for name, value in call.request.headers.items()}
    if "x-amz-tagging" in headers:
        yield Need("s3:PutObjectTagging", f"arn:aws:s3:::{bucket}/{key}")
    if source := headers.get("x-amz-copy-source"):
        path, _, version = unquote(source).lstrip("/").partition("?versionId=")
        yield Need("s3:GetObjectVersion" if version else "s3:GetObject", f"arn:aws:s3:::{path}")


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _sesv2(call: Call) -> Iterator[Need]:
    """What is sent raw takes the older interface's permission. The identity is the sender's domain."""
    domain = parseaddr(call.params.get("FromEmailAddress", ""))[1].rpartition("@")[2]
    raw = call.operation == "SendEmail" and "Raw" in call.params.get("Content", {})
    action = "SendRawEmail" if raw else call.operation
    yield Need(f"ses:{action}", f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{domain}" if domain else None)
    if used := call.params.get("ConfigurationSetName"):
        yield Need(f"ses:{action}", f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{used}")


def _ssm(call: Call) -> Iterator[Need]:
    name = str(call.params.get("Name", "")).lstrip("/")
    yield Need(f"ssm:{call.operation}", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{name}" if name else None)


def _connections(_call: Call) -> Iterator[Need]:
    yield Need("execute-api:ManageConnections", None)


_TOLD = {
    "apigatewaymanagementapi": _connections,
    "dynamodb": _dynamodb,
    "s3": _s3,
    "sesv2": _sesv2,
    "sqs": _sqs,
    "ssm": _ssm,
}
