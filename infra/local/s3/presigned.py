"""Whether a presigned URL is good: signed with the local credentials for this address, and not run out (AWS Signature
Version 4, by query). Moto takes any.
"""

import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

from starlette.requests import Request

from infra.local.engine.account import ENVIRONMENT
from infra.local.engine.clock import Clock


def refusal(request: Request, clock: Clock) -> tuple[str, str] | None:
    """S3's code and message for a URL that isn't good, None for one that is."""
    query = dict(parse_qsl(request.url.query, keep_blank_values=True))
    given = query.pop("X-Amz-Signature", None)
    if given is None or not {"X-Amz-Date", "X-Amz-Expires", "X-Amz-Credential", "X-Amz-SignedHeaders"} <= query.keys():
        return "AccessDenied", "Access Denied"
    signed_at = datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
    if clock.time() > signed_at + int(query["X-Amz-Expires"]):
        return "AccessDenied", "Request has expired"
    methods = ["GET", "HEAD"] if request.method == "HEAD" else [request.method]
    if not any(hmac.compare_digest(given, _signature(request, query, method)) for method in methods):
        return "SignatureDoesNotMatch", "The request signature we calculated does not match the one you provided."
    return None


def _signature(request: Request, query: dict[str, str], method: str) -> str:
    names = query["X-Amz-SignedHeaders"].split(";")
    canonical = "\n".join(
        [
            method,
            quote(request.url.path),
            "&".join(f"{quote(name, safe='')}={quote(query[name], safe='')}" for name in sorted(query)),
            *(f"{name}:{request.headers.get(name, '').strip()}" for name in names),
            "",
            ";".join(names),
            "UNSIGNED-PAYLOAD",
        ]
    )
    scope = query["X-Amz-Credential"].partition("/")[2]
    text = "\n".join(["AWS4-HMAC-SHA256", query["X-Amz-Date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
    return hmac.new(signing_key(scope), text.encode(), hashlib.sha256).hexdigest()


def signing_key(scope: str) -> bytes:
    """The local credentials' key for `<date>/<region>/s3/aws4_request`."""
    key = f"AWS4{ENVIRONMENT['AWS_SECRET_ACCESS_KEY']}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
