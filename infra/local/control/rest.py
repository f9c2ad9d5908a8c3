"""The local AWS for operators' commands, those of its services whose protocol is REST: S3 and Lambda's Invoke. The JSON
ones are in aws.py. Signatures aren't looked at: who is on this machine may do everything here.
"""

import json
from typing import Any
from urllib.parse import quote

import botocore.session
from botocore.awsrequest import AWSPreparedRequest, HeadersDict
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.local.engine.account import REGION
from infra.local.engine.calls import Call, Calls
from infra.local.engine.template import STACK
from infra.local.functions.runtime import FunctionError, Functions, Throttled

_OBJECT = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject"}
_KEPT = ("authorization", "content-type", "x-amz-content-sha256", "x-amz-date")
_NOT_RETURNED = frozenset({"content-length", "transfer-encoding", "connection"})


class RestDoor:
    """The routes under `/_local/rest`."""

    def __init__(self, calls: Calls, functions: Functions) -> None:
        self._calls = calls
        self._functions = functions
        self._s3 = botocore.session.get_session().get_service_model("s3")

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/rest/lambda/2015-03-31/functions/{name:path}/invocations", self.invoke, methods=["POST"]),
            Route("/rest/s3/{path:path}", self.s3, methods=list(_OBJECT)),
        ]

    async def invoke(self, request: Request) -> Response:
        """https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, synchronously."""
        name = request.path_params["name"].rpartition("function:")[2].removeprefix(f"{STACK}-").partition(":")[0]
        if name not in self._functions.by_name:
            return _refused(404, "ResourceNotFoundException", f"Function not found: {name}")
        try:
            event = json.loads(await request.body() or b"{}")
        except ValueError:
            return _refused(400, "InvalidRequestContentException", "Could not parse request body into json")
        try:
            answer = await run_in_threadpool(self._functions.invoke, name, event)
        except Throttled as error:
            return _refused(429, "TooManyRequestsException", str(error))
        except FunctionError as error:
            body = json.dumps({"errorMessage": str(error), "errorType": type(error.__cause__).__name__})
            return Response(body, 200, headers={"X-Amz-Function-Error": "Unhandled"}, media_type="application/json")
        return Response(json.dumps(answer), 200, media_type="application/json")

    async def s3(self, request: Request) -> Response:
        """An object, or the list of a bucket's objects."""
        path = request.path_params["path"].strip("/")
        listing = request.method == "GET" and "/" not in path
        operation = "ListObjectsV2" if listing else _OBJECT[request.method]
        url = f"https://s3.{REGION}.amazonaws.com/{quote(path)}"
        if request.url.query:
            url += f"?{request.url.query}"
        headers: Any = HeadersDict({name: request.headers[name] for name in _KEPT if name in request.headers})
        headers["Host"] = f"s3.{REGION}.amazonaws.com"
        prepared = AWSPreparedRequest(request.method, url, headers, await request.body(), False)
        call = Call(prepared, self._s3.operation_model(operation), None)
        answer = await run_in_threadpool(self._calls.forward, call)
        returned = {name: value for name, value in answer.headers.items() if name.lower() not in _NOT_RETURNED}
        return Response(answer.content, answer.status_code, headers=returned)


def _refused(status: int, code: str, message: str) -> Response:
    body = json.dumps({"Type": "User", "Message": message})
    return Response(body, status, headers={"x-amzn-ErrorType": code}, media_type="application/json")
