"""The local AWS for other programs: `/_local/aws` takes what an AWS client sends (`AWS_ENDPOINT_URL=…/_local/aws`), so
that operators' commands work on the local runner as on the real thing. `/_local/s3/…` is S3 for browsers and curl:
presigned URLs lead there.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import botocore.session
from botocore.awsrequest import AWSPreparedRequest, HeadersDict
from botocore.model import OperationModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.local import presigned
from infra.local.calls import Call, Calls
from infra.local.clock import Clock
from infra.local.engine import REGION
from infra.local.functions import HTTP

_SCOPE = re.compile(r"Credential=([^/]+)/\d{8}/[^/]+/([a-z0-9]+)/aws4_request")
_BY_PATH = {("ses", "/v2/email/outbound-emails"): ("sesv2", "SendEmail")}
"""Services that name the operation by its path."""
_NOT_FORWARDED = frozenset({"host", "connection", "accept-encoding"})
_NOT_RETURNED = frozenset({"content-length", "transfer-encoding", "connection"})


class Door:
    """Lets programs of this machine in."""

    def __init__(self, calls: Calls, clock: Clock) -> None:
        self._calls = calls
        self._clock = clock
        self._session = botocore.session.get_session()

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/aws", self.aws, methods=["POST"]),
            Route("/aws/{path:path}", self.aws, methods=["POST"]),
            Route("/s3/{path:path}", self.s3, methods=["GET", "HEAD", "PUT", "POST"]),
        ]

    async def aws(self, request: Request) -> Response:
        """A call of a service that speaks JSON (DynamoDB, SQS, SSM, SES). Whoever signs with a function's name as
        access key has that function's rights."""
        found = _SCOPE.search(request.headers.get("Authorization", ""))
        signer, service = found.groups() if found else ("", "")
        path = "/" + request.path_params.get("path", "")
        operation = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
        host = {"ses": "email"}.get(service, service)
        service, operation = _BY_PATH.get((service, path), (service, operation))
        if not service or not operation:
            return Response('{"message":"This takes what AWS clients send, JSON alone."}', 400)
        model = self._session.get_service_model(service).operation_model(operation)
        url = f"https://{host}.{REGION}.amazonaws.com{path}"
        return await self._send(request, url, model, await request.body(), signer)

    async def s3(self, request: Request) -> Response:
        """What a presigned URL or POST policy allows, with the rights of the HTTP function, which signs them; and what
        an AWS client sends, as above."""
        client = _SCOPE.search(request.headers.get("Authorization", ""))
        if request.method != "POST" and not client and (refusal := presigned.refusal(request, self._clock)):
            code, message = refusal
            text = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
            return Response(text, 403, media_type="application/xml")
        operation = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "POST": "PutObject"}[request.method]
        model = self._session.get_service_model("s3").operation_model(operation)
        path = quote(request.path_params["path"])
        url = f"https://s3.{REGION}.amazonaws.com/{path}?{request.url.query}"
        return await self._send(request, url, model, await request.body(), client[1] if client else HTTP)

    async def _send(self, request: Request, url: str, model: OperationModel, body: bytes, signer: str) -> Response:
        """`signer`: the function with whose rights the request is made."""
        headers: Any = HeadersDict(_but(_NOT_FORWARDED, request.headers.items()))
        headers["Host"] = url.split("/")[2]
        prepared = AWSPreparedRequest(request.method, url, headers, body, False)
        answer = await run_in_threadpool(self._calls.forward, Call(prepared, model, None), signer)
        sent = dict(_but(_NOT_RETURNED, answer.headers.items()))
        return Response(answer.content, answer.status_code, headers=sent)


def _but(names: frozenset[str], headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in names]
