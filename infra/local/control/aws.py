"""The local AWS for other programs: `/_local/aws` takes what an AWS client sends (`AWS_ENDPOINT_URL=…/_local/aws`), so
that operators' commands work on the local runner as on the real thing. `/_local/s3/…` is S3 for browsers and curl:
presigned URLs and POST policies lead there.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

import botocore.session
from botocore.awsrequest import AWSPreparedRequest, HeadersDict
from botocore.model import OperationModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.local.engine.account import REGION
from infra.local.engine.calls import Call, Calls
from infra.local.engine.clock import Clock
from infra.local.functions.runtime import HTTP
from infra.local.host import Host
from infra.local.s3 import post_policy, presigned

_SCOPE = re.compile(r"Credential=([^/]+)/\d{8}/[^/]+/([a-z0-9-]+)/aws4_request")
_BY_PATH = {
    ("ses", "POST", "/v2/email/outbound-emails"): ("sesv2", "SendEmail"),
    ("execute-api", "POST", "/@connections"): ("apigatewaymanagementapi", "PostToConnection"),
    ("execute-api", "DELETE", "/@connections"): ("apigatewaymanagementapi", "DeleteConnection"),
}
"""Services that name the operation by method and path (of connections: its beginning)."""
_NOT_FORWARDED = frozenset({"host", "connection", "accept-encoding"})
_NOT_RETURNED = frozenset({"content-length", "transfer-encoding", "connection"})


class Door:
    """Lets programs of this machine in."""

    def __init__(self, calls: Calls, clock: Clock, host: Host) -> None:
        self._host = host
        self._calls = calls
        self._clock = clock
        self._session = botocore.session.get_session()

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/aws", self.aws, methods=["POST"]),
            Route("/aws/{path:path}", self.aws, methods=["POST", "DELETE"]),
            Route("/s3/{path:path}", self.s3, methods=["GET", "HEAD", "PUT", "POST", "OPTIONS"]),
        ]

    async def aws(self, request: Request) -> Response:
        """A call of a service that speaks JSON (DynamoDB, SQS, SSM, SES), or of the connections. Whoever signs with a
        function's name as access key has that function's rights."""
        found = _SCOPE.search(request.headers.get("Authorization", ""))
        signer, service = found.groups() if found else ("", "")
        path = "/" + request.path_params.get("path", "")
        operation = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
        host = {"ses": "email"}.get(service, service)
        known = "/@connections" if path.startswith("/@connections/") else path
        service, operation = _BY_PATH.get((service, request.method, known), (service, operation))
        if not service or not operation:
            return Response('{"message":"This takes what AWS clients send, JSON alone."}', 400)
        model = self._session.get_service_model(service).operation_model(operation)
        url = f"https://{host}.{REGION}.amazonaws.com{path}"
        return await self._send(request.method, request.headers.items(), url, model, await request.body(), signer)

    async def s3(self, request: Request) -> Response:
        """What a presigned URL or POST policy allows, with the rights of the HTTP function, which signs them; what a
        page of an allowed origin may ask (CORS); and what an AWS client sends, as above."""
        allowed = _cors(request, self._host.origins)
        if request.method == "OPTIONS":
            return Response(status_code=200 if allowed else 403, headers=allowed)
        try:
            answer = await (self._posted(request) if request.method == "POST" else self._asked(request))
        except post_policy.Refusal as refusal:
            text = f"<Error><Code>{refusal.code}</Code><Message>{escape(refusal.message)}</Message></Error>"
            answer = Response(f"<?xml version='1.0'?>{text}", refusal.status, media_type="application/xml")
        answer.headers.update(allowed)
        return answer

    async def _asked(self, request: Request) -> Response:
        client = _SCOPE.search(request.headers.get("Authorization", ""))
        if not client and (refusal := presigned.refusal(request, self._clock)):
            raise post_policy.Refusal(403, *refusal)
        operation = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject"}[request.method]
        path = quote(request.path_params["path"])
        url = f"https://s3.{REGION}.amazonaws.com/{path}?{request.url.query}"
        model, body = self._model(operation), await request.body()
        signer = client[1] if client else HTTP
        return await self._send(request.method, request.headers.items(), url, model, body, signer)

    async def _posted(self, request: Request) -> Response:
        form = post_policy.read(request.headers.get("Content-Type", ""), await request.body())
        bucket = request.path_params["path"].strip("/")
        content = post_policy.judge(form, bucket, self._clock)
        kind = form.fields.get("content-type", "binary/octet-stream")
        url = f"https://s3.{REGION}.amazonaws.com/{quote(bucket)}/{quote(form.key)}"
        # Moto lets nobody but a signed request write over an object; the form's signature is judged.
        signed = ("Authorization", f"AWS4-HMAC-SHA256 Credential={form.fields['x-amz-credential']}")
        headers = [("Content-Type", kind), signed]
        stored = await self._send("PUT", headers, url, self._model("PutObject"), content, HTTP)
        if stored.status_code != 200:
            return stored
        kept = {name: stored.headers[name] for name in ("etag", "x-amz-version-id") if name in stored.headers}
        answered = {**kept, "Location": f"{str(request.url).rstrip('/')}/{quote(form.key)}"}
        if (target := form.fields.get("success_action_redirect", "")).startswith(("http://", "https://")):
            return Response(status_code=303, headers={**kept, "Location": target})
        status = form.fields.get("success_action_status", "204")
        if status == "201":
            place = f"<Bucket>{escape(bucket)}</Bucket><Key>{escape(form.key)}</Key>"
            text = f"<?xml version='1.0'?><PostResponse>{place}</PostResponse>"
            return Response(text, 201, headers=answered, media_type="application/xml")
        return Response(status_code=200 if status == "200" else 204, headers=answered)

    def _model(self, operation: str) -> OperationModel:
        return self._session.get_service_model("s3").operation_model(operation)

    async def _send(
        self,
        method: str,
        sent: Iterable[tuple[str, str]],
        url: str,
        model: OperationModel,
        body: bytes,
        signer: str,
    ) -> Response:
        """`signer`: the function with whose rights the request is made."""
        headers: Any = HeadersDict(_but(_NOT_FORWARDED, sent))
        headers["Host"] = url.split("/")[2]
        prepared = AWSPreparedRequest(method, url, headers, body, False)
        answer = await run_in_threadpool(self._calls.forward, Call(prepared, model, None), signer)
        returned = dict(_but(_NOT_RETURNED, answer.headers.items()))
        return Response(answer.content, answer.status_code, headers=returned)


def _but(names: frozenset[str], headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in names]


def _cors(request: Request, origins: Collection[str]) -> dict[str, str]:
    """What the buckets' CORS rules let a page see: those of the web client's origins alone."""
    origin = request.headers.get("Origin")
    if origin is None or origin not in origins:
        return {}
    allowed = {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "ETag", "Vary": "Origin"}
    if request.method == "OPTIONS":
        asked = request.headers.get("Access-Control-Request-Headers", "")
        allowed |= {"Access-Control-Allow-Methods": "GET, HEAD, POST", "Access-Control-Max-Age": "3600"}
        allowed |= {"Access-Control-Allow-Headers": asked} if asked else {}
    return allowed
