"""Faults for drills: what POST /_local/faults takes, and when each strikes.

Bodies are checked with pydantic; a name that isn't known is refused with those that are.
"""

import itertools
import random
import threading
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.exceptions import UnknownServiceError
from botocore.model import OperationModel
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from infra.local.engine import answers
from infra.local.engine.calls import Call
from infra.local.engine.invocations import Invocation

ALL, CONSUMERS = "*", "consumers"

Probability = Annotated[float, Field(ge=0, le=1)]

_ALIASES = {"ses": ("ses", "sesv2")}
"""`ses:SendEmail` means both of SES's interfaces."""


class Refusal(ValueError):
    """The body isn't a fault; `errors` holds (field, message)."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors))
        self.errors = errors


class _Fault(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OperationFault(_Fault):
    """An AWS operation fails: before it does anything, or `after` it is done."""

    operation: str
    error: str
    probability: Probability = 1.0
    after: bool = False
    function: str = ALL


class DuplicateFault(_Fault):
    """Batches of stream records and queue messages are delivered twice."""

    duplicate: Probability
    function: str = ALL


class SwallowFault(_Fault):
    """Stream records and queue messages are lost, as nothing in AWS loses them: to see whether it is noticed."""

    swallow: Probability
    function: str = ALL


class CrashFault(_Fault):
    """One invocation dies right after its n-th DynamoDB or S3 write."""

    crash_after_writes: Annotated[int, Field(ge=1)]
    function: str = ALL


class IndexDelayFault(_Fault):
    """Global secondary indexes answer as of so many seconds ago."""

    gsi_delay_seconds: Annotated[float, Field(ge=0, le=3600)]


class WebSocketFault(_Fault):
    """What the WebSocket gateway does to messages and connections."""

    websocket: Literal["reorder", "drop_disconnect", "gone"]
    probability: Probability = 1.0


_KINDS: dict[str, type[_Fault]] = {
    "operation": OperationFault,
    "duplicate": DuplicateFault,
    "swallow": SwallowFault,
    "crash_after_writes": CrashFault,
    "gsi_delay_seconds": IndexDelayFault,
    "websocket": WebSocketFault,
}
"""The kind of a fault, told by the field that only this kind has."""


class Faults:
    """The faults in force. `functions` are the names there are, `consumers` those of them that nobody waits for."""

    def __init__(self) -> None:
        self.functions: frozenset[str] = frozenset()
        self.consumers: frozenset[str] = frozenset()
        self.on_delay: Callable[[float], object] | None = None
        """Told of the delay of global indexes whenever it changes; 0: none."""
        self.delayed: Callable[[Call], AWSResponse | None] | None = None
        """Answers a call from the past (lagging.py), or leaves it to the engine."""
        self._faults: list[_Fault] = []
        self._lock = threading.Lock()
        self._random = random.Random()

    @property
    def in_force(self) -> list[dict[str, Any]]:
        return [fault.model_dump() for fault in self._faults]

    @property
    def websocket(self) -> list[WebSocketFault]:
        return [fault for fault in self._faults if isinstance(fault, WebSocketFault)]

    def seed(self, seed: int) -> None:
        """Makes what strikes repeatable."""
        self._random.seed(seed)

    def add(self, body: object) -> None:
        """Puts one more fault in force. Raises Refusal."""
        fault = self._parsed(body)
        with self._lock:
            self._faults = [*self._faults, fault]
        self._tell_delay()

    def clear(self) -> None:
        with self._lock:
            self._faults = []
        self._tell_delay()

    # --- what calls.py asks ---

    def before(self, call: Call) -> AWSResponse | None:
        return self._strike(call, after=False) if self._faults else None

    def instead(self, call: Call) -> AWSResponse | None:
        return self.delayed(call) if self._faults and self.delayed else None

    def after(self, call: Call) -> AWSResponse | None:
        return self._strike(call, after=True) if self._faults else None

    def kills(self, invocation: Invocation) -> bool:
        """Whether this invocation is to die after the write that it has just made. If so, the fault is used up."""
        if not self._faults:
            return False
        with self._lock:
            for fault in self._faults:
                if (
                    isinstance(fault, CrashFault)
                    and self._means(fault.function, invocation.function)
                    and invocation.writes == fault.crash_after_writes
                ):
                    self._faults = [other for other in self._faults if other is not fault]
                    return True
        return False

    # --- what the mappings ask ---

    def strikes(self, what: str) -> bool:
        """Whether this happens to a message or a connection of the WebSocket gateway now."""
        return any(fault.websocket == what and self._random.random() < fault.probability for fault in self.websocket)

    def duplicates(self, function: str) -> bool:
        return any(
            isinstance(fault, DuplicateFault)
            and self._means(fault.function, function)
            and self._random.random() < fault.duplicate
            for fault in self._faults
        )

    def swallows(self, function: str) -> bool:
        return any(
            isinstance(fault, SwallowFault)
            and self._means(fault.function, function)
            and self._random.random() < fault.swallow
            for fault in self._faults
        )

    def _strike(self, call: Call, *, after: bool) -> AWSResponse | None:
        for fault in self._faults:
            if (
                isinstance(fault, OperationFault)
                and fault.after == after
                and _names(fault.operation, call)
                and self._means(fault.function, call.function or "")
                and self._random.random() < fault.probability
            ):
                return answers.error(call, _code(fault.error, call))
        return None

    def _means(self, pattern: str, function: str) -> bool:
        return pattern in (ALL, function) or (pattern == CONSUMERS and function in self.consumers)

    def _tell_delay(self) -> None:
        if self.on_delay:
            delays = [fault.gsi_delay_seconds for fault in self._faults if isinstance(fault, IndexDelayFault)]
            self.on_delay(sum(delays))

    def _parsed(self, body: object) -> _Fault:
        if not isinstance(body, dict):
            raise Refusal([("", "A fault is a JSON object.")])
        kinds = [kind for field, kind in _KINDS.items() if field in body]
        if len(kinds) != 1:
            raise Refusal([("", f"A fault has exactly one of the fields {_list(_KINDS)}.")])
        try:
            fault = kinds[0].model_validate(body, strict=True)
        except ValidationError as invalid:
            raise Refusal(
                [(".".join(map(str, error["loc"])), error["msg"] + ".") for error in invalid.errors()]
            ) from None
        self._check_names(fault)
        return fault

    def _check_names(self, fault: _Fault) -> None:
        function = getattr(fault, "function", ALL)
        if function not in (ALL, CONSUMERS) and function not in self.functions:
            raise Refusal([("function", _unknown("function", function, {ALL, CONSUMERS} | self.functions))])
        if isinstance(fault, OperationFault):
            known = set(itertools.chain.from_iterable(map(answers.errors, _operations(fault.operation))))
            if fault.error not in known:
                raise Refusal([("error", _unknown(f"error of {fault.operation}", fault.error, known))])


def _operations(name: str) -> list[OperationModel]:
    """The operations that a name like `dynamodb:PutItem` means. Raises Refusal."""
    session = botocore.session.get_session()
    prefix, _, operation = name.partition(":")
    services = _ALIASES.get(prefix, (prefix,))
    try:
        models = [session.get_service_model(service) for service in services]
    except UnknownServiceError:
        raise Refusal([("operation", _unknown("service", prefix, session.get_available_services()))]) from None
    found = [model.operation_model(operation) for model in models if operation in model.operation_names]
    if not found:
        known = [f"{prefix}:{name}" for model in models for name in model.operation_names]
        raise Refusal([("operation", _unknown("operation", name, known))])
    return found


def _names(operation: str, call: Call) -> bool:
    prefix, _, name = operation.partition(":")
    return name == call.operation and call.service in _ALIASES.get(prefix, (prefix,))


def _code(error: str, call: Call) -> str:
    # Of a write outside a transaction the same conflict has its own name.
    single = error == "TransactionConflict" and not call.operation.startswith("Transact")
    return "TransactionConflictException" if single else error


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    return f"There is no {kind} {name!r}. Known: {_list(sorted(set(known)))}."


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
