"""The app's Lambda functions, found where Chalice keeps them, and called as Lambda calls them."""

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from chalice.app import BaseEventSourceConfig, Chalice, DynamoDBEventConfig, ScheduledEventConfig, SQSEventConfig
from chalice.local import CustomLocalChalice, LocalChalice
from chalice.utils import to_cfn_resource_name

from infra.local.engine.account import ACCOUNT, REGION
from infra.local.engine.invocations import Invocation, Killed, current
from infra.local.engine.template import STACK, Template
from infra.local.functions import environment
from infra.local.functions.deadlines import Deadlines

HTTP = "api_handler"
"""The function behind all HTTP routes, named as Chalice names it."""

log = logging.getLogger("infra.local")


class FunctionError(Exception):
    """The function raised, died, or answered what JSON can't say."""


class Throttled(FunctionError):
    """The function's reserved concurrency is used up: it was not invoked."""


@dataclass(frozen=True)
class Source:
    """What calls a function: `kind` is stream, queue or schedule; `properties` as in the SAM template."""

    kind: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class Function:
    name: str
    handler: Callable[[Any, Any], Any]
    timeout: float
    """Seconds."""
    memory: int
    source: Source | None = None
    concurrency: int | None = None
    """`ReservedConcurrentExecutions`: how many invocations there may be at a time."""
    retries: int = 2
    """How often an asynchronous invocation (a schedule's) is tried again: `EventInvokeConfig`."""
    event_age: float = 21600
    """For how many seconds it is tried: `EventInvokeConfig`."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Its environment."""

    @property
    def arn(self) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{STACK}-{self.name}"


@dataclass
class Context:
    """What a handler gets as `context`."""

    function_name: str
    memory_limit_in_mb: int
    invoked_function_arn: str
    aws_request_id: str
    log_group_name: str
    log_stream_name: str
    function_version: str = "$LATEST"
    client_context: None = None
    identity: None = None
    _deadline: float = field(default=0.0, repr=False)

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._deadline - time.monotonic()) * 1000))


class Functions:
    """Every function of the app, by name; counts what runs. `variables`: those of the environment that every function
    has here, besides its own in the template. `behind_http`: what an HTTP request waits for, besides the API's own."""

    def __init__(
        self, app: Chalice, template: Template, variables: Mapping[str, str], behind_http: Collection[str]
    ) -> None:
        if not isinstance(app, LocalChalice):
            # Chalice keeps the request it serves in one attribute: `chalice local` makes it one per thread like this.
            CustomLocalChalice.__bases__ = (LocalChalice, app.__class__)
            app.__class__ = CustomLocalChalice
        self.app = app
        self._behind_http = behind_http
        self.by_name = {function.name: function for function in _found(app, template, variables)}
        self.deadlines = Deadlines()
        self.started = 0
        self._busy: Counter[str] = Counter()
        self._counting = threading.Lock()

    @property
    def consumers(self) -> frozenset[str]:
        """All functions but those that a person waits for (HTTP, WebSocket)."""
        return (
            frozenset(self.by_name)
            - {HTTP, *self._behind_http}
            - {handler.name for handler in self.app.websocket_handlers.values()}
        )

    @property
    def running(self) -> int:
        """How many invocations there are at this moment."""
        return self._busy.total()

    def invoke(self, name: str, event: Any) -> Any:
        """The function's answer to `event`. Raises FunctionError when it has none, Throttled when it can't be asked."""
        function = self.by_name[name]
        with self._counting:
            if function.concurrency is not None and self._busy[name] >= function.concurrency:
                raise Throttled(f"{name} runs {function.concurrency} times already")
            self.started += 1
            self._busy[name] += 1
        try:
            return self._run(function, event)
        finally:
            with self._counting:
                self._busy[name] -= 1

    def _run(self, function: Function, event: Any) -> Any:
        deadline = time.monotonic() + function.timeout
        run = Invocation(function.name, deadline=deadline, variables=dict(function.variables))
        token = current.set(run)
        try:
            return self._handled(function, event, run)
        except Killed:
            if run.timed_out:
                log.warning("%s timed out after %.2f seconds", function.name, function.timeout)
                raise FunctionError(f"{function.name}: Task timed out after {function.timeout:.2f} seconds") from None
            log.info("%s was killed after %d writes", function.name, run.writes)
            raise FunctionError(f"{function.name} was killed") from None
        except (Exception, SystemExit) as error:
            log.warning("%s failed", function.name, exc_info=True)
            raise FunctionError(f"{function.name}: {error!r}") from error
        finally:
            current.reset(token)
            run.dead = True

    def _handled(self, function: Function, event: Any, run: Invocation) -> Any:
        context = Context(
            f"{STACK}-{function.name}",
            function.memory,
            function.arn,
            run.request_id,
            _log_group(function.name),
            run.request_id.replace("-", ""),
            _deadline=run.deadline,
        )
        self.deadlines.begin(run)
        try:
            answer = function.handler(event, context)
            json.dumps(answer)
            return answer
        finally:
            self.deadlines.end(run)


def _log_group(name: str) -> str:
    return f"/aws/lambda/{STACK}-{name}"


def _found(app: Chalice, template: Template, variables: Mapping[str, str]) -> list[Function]:
    sources = {config.name: source for config in app.event_sources if (source := _source(config, template))}
    views = {entry.view_name for methods in app.routes.values() for entry in methods.values()}
    functions = [_declared(template, HTTP, app, "APIHandler", 29, None, variables)] if app.routes else []
    for name, handler in app.handler_map.items():
        if name not in views:
            logical = to_cfn_resource_name(name)
            functions.append(_declared(template, name, handler, logical, 60, sources.get(name), variables))
    return functions


def _declared(
    template: Template,
    name: str,
    handler: Callable[[Any, Any], Any],
    logical: str,
    timeout: float,
    source: Source | None,
    variables: Mapping[str, str],
) -> Function:
    """The function with what the template says of it."""
    said = template.function(logical)
    memory = int(said.get("MemorySize", 1024))
    limit = said.get("ReservedConcurrentExecutions")
    asynchronous = said.get("EventInvokeConfig", {})
    declared = {**template.variables(logical), **variables}
    return Function(
        name,
        handler,
        float(said.get("Timeout", timeout)),
        memory,
        source,
        None if limit is None else int(limit),
        int(asynchronous.get("MaximumRetryAttempts", 2)),
        float(asynchronous.get("MaximumEventAgeInSeconds", 21600)),
        environment.of_function(f"{STACK}-{name}", memory, _log_group(name), declared),
    )


def _source(config: BaseEventSourceConfig, template: Template) -> Source | None:
    """What calls the function: Chalice's declaration, and over it what the template says."""
    events = template.function(to_cfn_resource_name(config.name)).get("Events", {})
    over: dict[str, Any] = next((event.get("Properties", {}) for event in events.values()), {})
    if isinstance(config, DynamoDBEventConfig):
        return Source("stream", {"Stream": config.stream_arn, "BatchSize": config.batch_size} | over)
    if isinstance(config, SQSEventConfig):
        return Source("queue", {"Queue": config.queue_arn or config.queue, "BatchSize": config.batch_size} | over)
    if isinstance(config, ScheduledEventConfig):
        expression = config.schedule_expression
        text = expression if isinstance(expression, str) else expression.to_string()
        return Source("schedule", {"Schedule": text} | over)
    return None
