"""The one place where the process's AWS calls are seen.

Two doors of botocore's are wrapped, both below the retries and above the engine: `Endpoint._do_get_response`, through
which its own clients go, and the HTTP session, for what speaks DynamoDB without an endpoint of botocore's. So an
injected error is retried as a real one would be, a recorded call is one that was really sent, and every feature is
covered without its help. Calls of an invocation (a function that runs) can be recorded, stepped, failed and killed; the
runner's own calls (no invocation) only go to the engine.
"""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Protocol

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.endpoint import Endpoint
from botocore.exceptions import HTTPClientError
from botocore.httpsession import URLLib3Session
from botocore.model import OperationModel, ServiceModel
from botocore.session import get_session

from infra.local.engine.invocations import Invocation, Killed, current, sending

WRITES = {
    "dynamodb": frozenset(
        {"BatchWriteItem", "DeleteItem", "PutItem", "TransactWriteItems", "UpdateItem", "ExecuteStatement"}
    ),
    "s3": frozenset(
        {"CompleteMultipartUpload", "CopyObject", "DeleteObject", "DeleteObjects", "PutObject", "UploadPart"}
    ),
}
"""What counts as a write for `crash_after_writes`, by service."""

_ENDPOINT: Any = Endpoint
_ORIGINAL = _ENDPOINT._do_get_response
_HTTP: Any = URLLib3Session
_TARGET = "DynamoDB_20120810."
"""What names the operation in a request to DynamoDB, before its name."""

_SENDS = frozenset({"SendMessage", "SendMessageBatch"})


class Call:
    """One request to AWS."""

    __slots__ = ("_params", "invocation", "operation", "operation_model", "request", "service")

    def __init__(
        self, request: AWSPreparedRequest, operation_model: OperationModel, invocation: Invocation | None
    ) -> None:
        self.request = request
        self.operation_model = operation_model
        self.service = operation_model.service_model.service_name
        self.operation = operation_model.name
        self.invocation = invocation
        self._params: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        """`dynamodb:PutItem`."""
        return f"{self.service}:{self.operation}"

    @property
    def function(self) -> str | None:
        return self.invocation.function if self.invocation else None

    @property
    def params(self) -> dict[str, Any]:
        """The request's JSON body as sent (DynamoDB, SQS, SSM, SESv2 …); for S3, its `Bucket/Key` as `Path`."""
        if self._params is None:
            body = self.request.body
            if self.service == "apigatewaymanagementapi":
                self._params = {"Path": self.request.url, "Data": _bytes(body or b"").decode(errors="replace")}
            elif self.operation_model.service_model.resolved_protocol in ("json", "rest-json") and body:
                self._params = json.loads(_bytes(body))
            else:
                self._params = {"Path": self.request.url.split("?")[0]}
        return self._params

    @property
    def is_write(self) -> bool:
        return self.operation in WRITES.get(self.service, ())

    @property
    def starts_work(self) -> bool:
        """Whether the call may give a consumer work: a stream record or a queue message."""
        return self.is_write or (self.service == "sqs" and self.operation in _SENDS)

    def names(self, thing: str) -> bool:
        """Whether the body mentions this table or queue. Fast: may be wrong with yes, never with no."""
        return thing.encode() in _bytes(self.request.body or b"")


Recorder = Callable[[str, dict[str, Any], str | None, bool], object]
"""Called after each call of an invocation with operation (`dynamodb:PutItem`), params, function, and whether it
succeeded."""


class Engine(Protocol):
    """What answers the calls: moto or DynamoDB Local."""

    def send(self, call: Call) -> AWSResponse: ...


class Post(Protocol):
    """What keeps the mail that SES takes (mail.py)."""

    def before(self, call: Call) -> None: ...

    def accept(self, call: Call) -> None: ...


class Judge(Protocol):
    """What a function may call (permissions.py)."""

    def judge(self, call: Call, function: str | None = None) -> AWSResponse | None: ...


class Drill(Protocol):
    """What may go wrong with a call of an invocation (faults.py)."""

    def before(self, call: Call) -> AWSResponse | None: ...

    def instead(self, call: Call) -> AWSResponse | None: ...

    def after(self, call: Call) -> AWSResponse | None: ...

    def kills(self, invocation: Invocation) -> bool: ...


class Calls:
    """The interception, from `install` to `uninstall`."""

    def __init__(self, engine: Engine, drill: Drill) -> None:
        self.engine = engine
        self.drill = drill
        self.recorders: list[Recorder] = []
        self.before_each: Callable[[Call], object] | None = None
        """For a scheduler that steps invocations: called in the invocation's thread before each of its calls is sent.
        It may block, and it may raise Killed."""
        self.on_work: list[Callable[[Call], object]] = []
        """Called after each call that may have made work for a consumer, whoever made it."""
        self.stored: Callable[[Call, AWSResponse], object] | None = None
        """Called after each successful call to S3 that may have stored something."""
        self.post: Post | None = None
        """Where SES's mail goes."""
        self.permissions: Judge | None = None
        """What may be called, None: anything."""
        self.begun = 0
        self.ended = 0
        self._counting = threading.Lock()
        self._before = _ENDPOINT._do_get_response, _HTTP.send

    def install(self) -> None:
        calls = self
        send = _HTTP.send

        def at_the_endpoint(
            endpoint: Endpoint, request: AWSPreparedRequest, operation_model: OperationModel, context: Any
        ) -> Any:
            try:
                answer = calls._answer(Call(request, operation_model, current.get()))
            except HTTPClientError as error:
                return None, error
            return _ORIGINAL(_Answered(endpoint, answer), request, operation_model, context)

        def at_the_session(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
            target = _text(request.headers.get("X-Amz-Target", ""))
            if not target.startswith(_TARGET):
                answer: AWSResponse = send(session, request)
                return answer
            model = _dynamodb().operation_model(target.removeprefix(_TARGET))
            return calls._answer(Call(request, model, current.get()))

        _ENDPOINT._do_get_response, _HTTP.send = at_the_endpoint, at_the_session

    def uninstall(self) -> None:
        _ENDPOINT._do_get_response, _HTTP.send = self._before

    def forward(self, call: Call, function: str | None = None) -> AWSResponse:
        """Answers a call that another program sent (aws.py), with the rights of `function` if that function signed
        it."""
        refused = self.permissions.judge(call, function) if function and self.permissions else None
        return refused or self._send(call)

    @contextlib.contextmanager
    def recording(self) -> Iterator[list[tuple[str, dict[str, Any], str | None, bool]]]:
        """The calls that invocations make meanwhile, as (operation, params, function, ok)."""
        seen: list[tuple[str, dict[str, Any], str | None, bool]] = []

        def record(operation: str, params: dict[str, Any], function: str | None, ok: bool) -> None:
            seen.append((operation, params, function, ok))

        self.recorders.append(record)
        try:
            yield seen
        finally:
            self.recorders.remove(record)

    def _answer(self, call: Call) -> AWSResponse:
        invocation = call.invocation
        if invocation is None:
            return self._send(call)
        with sending(invocation):
            return self._answer_invocation(call, invocation)

    def _answer_invocation(self, call: Call, invocation: Invocation) -> AWSResponse:
        if self.permissions and (refused := self.permissions.judge(call)):
            return refused
        if self.before_each:
            self.before_each(call)
        answer = self.drill.before(call)
        if answer is None:
            answer = self.drill.instead(call) or self._send(call)
            if _succeeded(answer):
                self._count_write(call, invocation)
                answer = self.drill.after(call) or answer
        for record in tuple(self.recorders):
            record(call.name, call.params, call.function, _succeeded(answer))
        return answer

    def _count_write(self, call: Call, invocation: Invocation) -> None:
        if not call.is_write:
            return
        invocation.writes += 1
        if self.drill.kills(invocation):
            invocation.dead = True
            for record in tuple(self.recorders):
                record(call.name, call.params, call.function, True)
            raise Killed

    def _send(self, call: Call) -> AWSResponse:
        if call.name == "sesv2:SendEmail" and self.post:
            return self._mail(call, self.post)
        if not call.starts_work:
            return self.engine.send(call)
        # `begun` and `ended` differ while a write is under way: idle waits for it.
        with self._counting:
            self.begun += 1
        try:
            answer = self.engine.send(call)
            if self.stored and call.service == "s3" and _succeeded(answer):
                self.stored(call, answer)
            return answer
        finally:
            for tell in self.on_work:
                tell(call)
            with self._counting:
                self.ended += 1

    def _mail(self, call: Call, post: Post) -> AWSResponse:
        post.before(call)
        answer = self.engine.send(call)
        if _succeeded(answer):
            post.accept(call)
        return answer


def _bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else b""


def _text(header: str | bytes) -> str:
    return header.decode() if isinstance(header, bytes) else header


@cache
def _dynamodb() -> ServiceModel:
    return get_session().get_service_model("dynamodb")


def _succeeded(answer: AWSResponse) -> bool:
    return bool(answer.status_code < 300)


class _Answered:
    """A botocore endpoint whose answer is given in advance: botocore parses it as if it had come from the network."""

    def __init__(self, endpoint: Any, answer: AWSResponse) -> None:
        self._endpoint = endpoint
        self._answer = answer
        self._event_emitter = self
        self._response_parser_factory = endpoint._response_parser_factory
        self._add_modeled_error_fields = endpoint._add_modeled_error_fields

    def emit(self, event_name: str, **kwargs: Any) -> Any:
        if event_name.startswith("before-send."):
            return [(None, self._answer)]
        return self._endpoint._event_emitter.emit(event_name, **kwargs)
