"""The app's Lambda functions, found where Chalice keeps them, and called as Lambda calls them."""

import itertools
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chalice.app import BaseEventSourceConfig, Chalice, DynamoDBEventConfig, ScheduledEventConfig, SQSEventConfig
from chalice.local import CustomLocalChalice, LocalChalice
from chalice.utils import to_cfn_resource_name

from infra.local.calls import Invocation, Killed, current
from infra.local.engine import ACCOUNT, REGION
from infra.local.template import STACK, Template

HTTP = "api_handler"
"""The function behind all HTTP routes, named as Chalice names it."""

SOCKJS = "sockjs"
"""The function behind the paths below /ws-chat-sockjs."""

log = logging.getLogger("infra.local")


class FunctionError(Exception):
    """The function raised, died, or answered what JSON can't say."""


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
    memory: int
    source: Source | None = None

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
    """Every function of the app, by name; counts what runs."""

    def __init__(self, app: Chalice, template: Template) -> None:
        if not isinstance(app, LocalChalice):
            # Chalice keeps the request it serves in one attribute: `chalice local` makes it one per thread like this.
            CustomLocalChalice.__bases__ = (LocalChalice, app.__class__)
            app.__class__ = CustomLocalChalice
        self.app = app
        self.by_name = {function.name: function for function in _found(app, template)}
        self.started = 0
        self.running = 0
        self._counting = threading.Lock()
        self._ids = itertools.count(1)

    @property
    def consumers(self) -> frozenset[str]:
        """All functions but those that a person waits for (HTTP, WebSocket)."""
        return (
            frozenset(self.by_name)
            - {HTTP, SOCKJS}
            - {handler.name for handler in self.app.websocket_handlers.values()}
        )

    def invoke(self, name: str, event: Any) -> Any:
        """The function's answer to `event`. Raises FunctionError when it has none."""
        function = self.by_name[name]
        run = Invocation(name, deadline=time.monotonic() + function.timeout)
        context = Context(
            f"{STACK}-{name}",
            function.memory,
            function.arn,
            run.request_id,
            f"/aws/lambda/{STACK}-{name}",
            run.request_id.replace("-", ""),
            _deadline=run.deadline,
        )
        with self._counting:
            self.started += 1
            self.running += 1
        token = current.set(run)
        try:
            answer = function.handler(event, context)
            json.dumps(answer)
            return answer
        except Killed:
            log.info("%s was killed after %d writes", name, run.writes)
            raise FunctionError(f"{name} was killed") from None
        except (Exception, SystemExit) as error:
            log.warning("%s failed", name, exc_info=True)
            raise FunctionError(f"{name}: {error!r}") from error
        finally:
            current.reset(token)
            run.dead = True
            with self._counting:
                self.running -= 1


def _found(app: Chalice, template: Template) -> list[Function]:
    sources = {config.name: source for config in app.event_sources if (source := _source(config, template))}
    views = {entry.view_name for methods in app.routes.values() for entry in methods.values()}
    functions = [Function(HTTP, app, _timeout(template, "APIHandler", 29), 1024)] if app.routes else []
    for name, handler in app.handler_map.items():
        if name not in views:
            logical = to_cfn_resource_name(name)
            memory = int(template.function(logical).get("MemorySize", 1024))
            functions.append(Function(name, handler, _timeout(template, logical, 60), memory, sources.get(name)))
    return functions


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


def _timeout(template: Template, logical: str, default: float) -> float:
    return float(template.function(logical).get("Timeout", default))
