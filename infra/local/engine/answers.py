"""HTTP answers as AWS gives them, in each service's protocol: what an injected error looks like on the wire."""

import json
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape

from botocore.awsrequest import AWSResponse
from botocore.model import OperationModel
from moto.core.botocore_stubber import MockRawResponse

from infra.local.engine.calls import Call

COMMON = {
    "AccessDeniedException": 400,
    "InternalFailure": 500,
    "InternalServerError": 500,
    "LimitExceededException": 400,
    "ProvisionedThroughputExceededException": 400,
    "RequestLimitExceeded": 400,
    "RequestTimeout": 400,
    "ServiceUnavailable": 503,
    "ThrottlingException": 400,
}
"""Errors that any operation may give, beyond those its model lists, and their status."""

_OF_SERVICE = {
    "s3": {"AccessDenied": 403, "InternalError": 500, "NoSuchKey": 404, "PreconditionFailed": 412, "SlowDown": 503},
    "ses": {"Throttling": 400},
    "sqs": {"OverLimit": 403, "RequestThrottled": 403},
}

CANCELLATIONS = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
"""Reasons for which a transaction may be cancelled: they come as a TransactionCanceledException."""

_TRANSACTIONS = frozenset({"TransactGetItems", "TransactWriteItems"})


def errors(operation: OperationModel) -> dict[str, int]:
    """Every error that the operation may give, with its HTTP status."""
    service = operation.service_model.service_name
    known = dict(COMMON) | _OF_SERVICE.get(service, {})
    for shape in operation.error_shapes:
        error = shape.metadata.get("error", {})
        code = error.get("code", shape.name)
        known[code] = error.get("httpStatusCode") or known.get(code, 500 if shape.metadata.get("fault") else 400)
    if service == "dynamodb" and operation.name in _TRANSACTIONS:
        known |= dict.fromkeys(CANCELLATIONS, 400)
    return known


def error(call: Call, code: str, message: str | None = None) -> AWSResponse:
    """The answer in which `call` fails with `code`."""
    status = errors(call.operation_model).get(code, 400)
    message = message or f"{code} (a fault of the local runner)"
    more: dict[str, Any] = {}
    if call.operation in _TRANSACTIONS and (code in CANCELLATIONS or code == "TransactionCanceledException"):
        more, message = _cancelled(call, "TransactionConflict" if code == "TransactionCanceledException" else code)
        code = "TransactionCanceledException"
    model = call.operation_model.service_model
    request_id = str(uuid4())
    headers = {"x-amzn-RequestId": request_id, "x-amz-request-id": request_id}
    if model.resolved_protocol == "json":
        headers["Content-Type"] = f"application/x-amz-json-{model.metadata.get('jsonVersion', '1.0')}"
        body = json.dumps({"__type": f"com.amazonaws.{call.service}#{code}", "message": message, **more})
    elif model.resolved_protocol == "rest-json":
        headers |= {"Content-Type": "application/json", "x-amzn-ErrorType": code}
        body = json.dumps({"message": message})
    else:
        headers["Content-Type"] = "text/xml"
        inner = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
        body = f"<Error>{inner}<RequestId>{request_id}</RequestId></Error>"
        if model.resolved_protocol == "query":
            body = f"<ErrorResponse>{body}</ErrorResponse>"
    return answer(call, status, headers, body.encode())


def answer(call: Call, status: int, headers: dict[str, str], body: bytes) -> AWSResponse:
    return AWSResponse(call.request.url, status, headers, MockRawResponse(body))  # type: ignore[arg-type]


def copy(response: AWSResponse) -> AWSResponse:
    """A copy of the answer, because a body can be read only once."""
    body = response.content
    return AWSResponse(response.url, response.status_code, response.headers, MockRawResponse(body))  # type: ignore[arg-type]


def _cancelled(call: Call, reason: str) -> tuple[dict[str, Any], str]:
    """The cancellation reasons of a transaction in which one write, the middle one, failed."""
    count = len(call.params.get("TransactItems", [])) or 1
    codes = ["None"] * count
    codes[count // 2] = reason
    text = "Transaction is ongoing for the item" if reason == "TransactionConflict" else reason
    reasons = [{"Code": code} if code == "None" else {"Code": code, "Message": text} for code in codes]
    message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{', '.join(codes)}]"
    return {"CancellationReasons": reasons, "Message": message}, message
