"""API Gateway and CloudFront on one port: HTTP to proxy events for the app and back, with what they add, take away and
refuse by themselves."""

import asyncio
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from starlette.types import Receive, Scope, Send

from infra.local.engine.template import Template
from infra.local.functions.runtime import HTTP, FunctionError, Functions, Throttled
from infra.local.gateway import proxy

MOST_BODY = 10 * 2**20
MOST_ANSWER = 6 * 2**20
TIMEOUT = 29.0

_FORWARDED = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE")
"""The methods that CloudFront can be told to let through."""

_THREADS = 48


class Gateway:
    """The ASGI app under `/api`; with other `routes`, those of another function of the REST API, whose paths CloudFront
    sends there with the stage put before them."""

    def __init__(
        self,
        functions: Functions,
        template: Template,
        now: Callable[[], float],
        *,
        function: str = HTTP,
        routes: proxy.RouteTable | None = None,
        threads: int = _THREADS,
    ) -> None:
        """`now`: the application's clock, epoch seconds."""
        self._functions = functions
        self._now = now
        self._function = function
        self._prefix = "" if routes else f"/{proxy.STAGE}"
        self._routes = routes or proxy.RouteTable.of(functions.app)
        self._responses = GatewayResponses(template)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=function)
        self.under_way = 0
        """Requests that came in and are not answered."""

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.under_way += 1
        try:
            await self._serve(scope, receive, send)
        except ConnectionAbortedError:
            return
        finally:
            self.under_way -= 1

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = str(uuid4())
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1").removeprefix(self._prefix) or "/"
        body = await _read(receive)
        match = self._routes.match(path)
        if body is None:
            answer = _too_large()
        elif scope["method"] not in _FORWARDED:
            answer = _method_refused(scope["method"], request_id)
        elif match is None or scope["method"] not in match.methods:
            text = "Missing Authentication Token"
            answer = self._responses.answer("MISSING_AUTHENTICATION_TOKEN", 403, text, request_id)
        else:
            headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
            peer = scope["client"][0] if scope.get("client") else "127.0.0.1"
            query = scope["query_string"].decode("latin-1")
            event = proxy.event(match, scope["method"], path, query, headers, body, peer, request_id, self._now())
            answer = await self._invoke(event, request_id)
        status, answer_headers, content = answer
        answer_headers = [*answer_headers, ("x-amzn-RequestId", request_id)]
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1", "replace")) for name, value in answer_headers]
        raw.append((b"content-length", str(len(content)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})

    async def _invoke(self, event: dict[str, Any], request_id: str) -> tuple[int, proxy.Headers, bytes]:
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._threads, self._functions.invoke, self._function, event)
        try:
            answer = proxy.response(await asyncio.wait_for(asyncio.shield(running), TIMEOUT))
        except TimeoutError:
            running.add_done_callback(_look_away)
            return self._responses.answer("INTEGRATION_TIMEOUT", 504, "Endpoint request timed out", request_id)
        except Throttled:
            return self._responses.answer("INTEGRATION_FAILURE", 500, "Internal server error", request_id)
        except (FunctionError, proxy.Malformed):
            return self._responses.answer("DEFAULT_5XX", 502, "Internal server error", request_id)
        if len(answer[2]) > MOST_ANSWER:
            return self._responses.answer("DEFAULT_5XX", 502, "Internal server error", request_id)
        return answer


def _too_large() -> tuple[int, proxy.Headers, bytes]:
    """API Gateway's own answer to more than 10 MB, which no gateway response can change."""
    headers = [("Content-Type", "application/json"), ("x-amzn-ErrorType", "RequestEntityTooLargeException")]
    return 413, headers, b'{"message":"Request Too Long"}'


def _method_refused(method: str, request_id: str) -> tuple[int, proxy.Headers, bytes]:
    """CloudFront's answer to other methods, in the REST API's words."""
    body = {
        "type": "about:blank",
        "title": "Method not allowed",
        "status": 405,
        "detail": f"{method} is not served here.",
        "request_id": request_id,
        "errors": [],
    }
    headers = [
        ("Content-Type", "application/problem+json"),
        ("X-Request-Id", request_id),
        ("Allow", ", ".join(_FORWARDED)),
    ]
    return 405, headers, json.dumps(body).encode()


def _look_away(running: "asyncio.Future[Any]") -> None:
    """What becomes of an invocation after its client was told 504 interests nobody."""
    if not running.cancelled():
        running.exception()


async def _read(receive: Receive) -> bytes | None:
    """The request's body; None when it is too large."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionAbortedError
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= MOST_BODY:
            chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks) if size <= MOST_BODY else None


class GatewayResponses:
    """What API Gateway answers by itself: `{"message": …}`, unless the template says how."""

    def __init__(self, template: Template) -> None:
        self._declared: dict[str, dict[str, Any]] = {}
        for properties in template.of_type("AWS::ApiGateway::GatewayResponse").values():
            resolved = template.resolve({key: value for key, value in properties.items() if key != "RestApiId"})
            self._declared[resolved["ResponseType"]] = resolved
        for resource in template.resources.values():
            for kind, resolved in template.resolve(resource.get("Properties", {}).get("GatewayResponses", {})).items():
                self._declared[kind] = resolved

    def answer(self, kind: str, status: int, message: str, request_id: str) -> tuple[int, proxy.Headers, bytes]:
        declared = self._declared.get(kind) or self._declared.get(f"DEFAULT_{str(status)[0]}XX") or {}
        status = int(declared.get("StatusCode", status))
        templates: dict[str, str] = declared.get("ResponseTemplates", {})
        content_type, text = next(
            iter(templates.items()), ("application/json", '{"message":$context.error.messageString}')
        )
        values = {
            "context.error.message": message,
            "context.error.messageString": json.dumps(message),
            "context.error.responseType": kind,
            "context.requestId": request_id,
            "context.status": str(status),
        }
        body = re.sub(r"\$([a-zA-Z.]*[a-zA-Z])", lambda found: values.get(found.group(1), ""), text)
        headers = {"Content-Type": content_type, "x-amzn-ErrorType": kind} | _parameters(declared, values)
        return status, list(headers.items()), body.encode()


def _parameters(declared: dict[str, Any], values: dict[str, str]) -> dict[str, str]:
    """Headers: `gatewayresponse.header.Name`, or SAM's `Headers: {Name: …}`; a text in quotes or a context variable."""
    parameters = declared.get("ResponseParameters", {})
    headers: dict[str, Any] = dict(parameters.get("Headers", {}))
    for name, value in parameters.items():
        if name.startswith("gatewayresponse.header."):
            headers[name.removeprefix("gatewayresponse.header.")] = value
    return {name: values.get(value, str(value).strip("'")) for name, value in headers.items()}
