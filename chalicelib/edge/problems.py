"""The one place where exceptions become problem details (RFC 9457, contract §2)."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.dynamo import BUSY, LostRace, is_busy
from chalicelib.errors import Refused, Unavailable

CONTENT_TYPE = "application/problem+json"

TYPES = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    412: "changed-meanwhile",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid",
    429: "too-many-requests",
    500: "unforeseen",
    503: "try-again",
}
"""What a problem's `type` ends with: "urn:lambdesk:problem:not-found". Stable; `title` and `detail` are for people."""

_MOST_ERRORS = 100


class Unforeseen(Refused):
    """The problem for an error of ours (500). It says nothing of the cause; the log does."""

    status = 500
    title = "Something went wrong"

    def __init__(self) -> None:
        super().__init__("This is our fault. Nothing may have been done; if it happens again, tell us the request_id.")


def refusal(error: Exception) -> Refused:
    """The refusal to answer an exception with: the exception itself if it is one, 503 when DynamoDB throttled,
    otherwise 500."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, LostRace) or _engine_is_busy(error):
        return Unavailable()
    return Unforeseen()


def problem(refused: Refused, request_id: str) -> dict[str, Any]:
    """The body. `errors` is there always, and empty unless a field is at fault; `code` where there is one."""
    return {
        "type": f"urn:lambdesk:problem:{TYPES.get(refused.status, 'bad-request')}",
        "title": refused.title,
        "status": refused.status,
        "detail": refused.detail,
        "request_id": request_id,
        **({"code": refused.code} if refused.code else {}),
        **refused.members,
        "errors": [{**error._asdict(), "params": dict(error.params)} for error in refused.errors[:_MOST_ERRORS]],
    }


def _engine_is_busy(error: BaseException | None) -> bool:
    """Whether DynamoDB throttled, also when a library wrapped its error (powertools parameters, pynamodb
    transactions)."""
    while error is not None:
        if is_busy(error):
            return True
        if isinstance(error, ClientError):
            response: Mapping[str, Any] = error.response
            return response.get("Error", {}).get("Code") in BUSY
        error = error.__cause__
    return False
