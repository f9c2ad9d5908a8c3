"""CPU time of the commonest requests' handlers, beside one written by hand with botocore alone that does as little as
the same answer takes: verifies the token, reads the body, makes the same calls, unpacks their items, writes the same
JSON. It checks nothing, decides nothing, logs nothing.

Both are answered with what DynamoDB said when it was asked: nobody else's time is measured, and what the network takes
is left out for both, which makes the ratio larger than it is.
"""

import io
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import jwt
from boto3.dynamodb.types import TypeDeserializer
from botocore import xform_name
from botocore.awsrequest import AWSResponse
from moto.core.botocore_stubber import MockRawResponse

from bench.desk import Desk, Json, Person, desk
from infra.local.engine import answers
from infra.local.engine.account import ENVIRONMENT, client
from infra.local.engine.calls import Call
from infra.local.functions.runtime import HTTP, Context

MOST = 1.5
"""How many times the hand-written one a handler may cost."""

Handler = Callable[[Any, Any], Any]
Answers = list[tuple[int, dict[str, str], bytes]]


@dataclass
class Recorded:
    """A request as API Gateway delivers it, the calls that it made and how they were answered."""

    event: Json = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    answers: Answers = field(default_factory=list)
    answer: Json = field(default_factory=dict)


def ratios(pairs: int = 9, repeats: int = 20) -> dict[str, tuple[float, float, int]]:
    """By request: how many times the hand-written one ours costs (the median of so many pairs of `repeats` runs each,
    in turns), the hand-written one's CPU milliseconds, and how many calls both make."""
    import app
    from chalicelib import keys
    from chalicelib.dynamo import connection
    from chalicelib.log import log
    from chalicelib.settings import settings

    # What a process keeps for seconds or a minute, it keeps here until the end: both measure the usual request.
    keys._KEPT_SECONDS = 1_000_000
    with desk(settings={"SESSION_CACHE_SECONDS": "1000000"}) as playing:
        recorded = requests(playing)
    os.environ.update(ENVIRONMENT)
    vars(settings)["session_cache_seconds"] = 1_000_000
    log.registered_handler.stream = io.StringIO()  # type: ignore[attr-defined]
    told = _Answers()
    bare = client("dynamodb")
    for each in (bare, connection.client):
        each.meta.events.register("before-send.dynamodb", told)  # type: ignore[arg-type]
    context = Context(HTTP, 1024, "arn", "request", "group", "stream", _deadline=time.monotonic() + 10_000)
    found = {}
    for name, request in recorded.items():
        hand = by_hand(request, bare)
        assert app.app(request.event, context_after(told, request, context))["statusCode"] < 300, name
        runs = []
        for _ in range(pairs):
            ours = _milliseconds(app.app, request, context, told, repeats)
            runs.append((ours, _milliseconds(hand, request, context, told, repeats)))
        found[name] = (median(a / b for a, b in runs), median(b for _, b in runs), len(request.calls))
    return found


def requests(playing: Desk) -> dict[str, Recorded]:
    """The five that a help desk sees most."""
    agent = playing.make("ann@example.com", "agent", team="support")
    person = playing.make("client@example.com", "client")
    playing.send("PUT", "/agents/me/availability", agent, json={"availability": "available"})
    filing = {"title": "It prints stars", "description": "The printer prints nothing but stars. " * 8}
    for _ in range(30):
        filed = playing.send("POST", "/tickets", person, json=filing).json()
    path = f"/tickets/{filed['id']}"
    text = {"body": "On my way, with sand."}
    return {
        "GET /tickets/{ticket_id}": _recorded(playing, "GET", path, person),
        "GET /tickets, 25 of a client's": _recorded(playing, "GET", "/tickets", person),
        "POST /tickets": _recorded(playing, "POST", "/tickets", person, filing),
        "POST /tickets/{ticket_id}/comments": _recorded(playing, "POST", f"{path}/comments", agent, text),
        "PATCH /tickets/{ticket_id}": _recorded(playing, "PATCH", path, agent, {"tags": ["printer"]}),
    }


def by_hand(request: Recorded, dynamodb: Any) -> Handler:
    """The least that answers this request; the calls' parameters stand ready."""
    from chalicelib import keys
    from chalicelib.auth import tokens

    [header] = [name for name in request.event["headers"] if name.lower() == "authorization"]
    token = request.event["headers"][header].removeprefix("Bearer ")
    key = keys.verifying_key(jwt.get_unverified_header(token)["kid"], tokens.TYPE) or b""
    calls = [(getattr(dynamodb, xform_name(operation)), params) for operation, params in request.calls]
    read = TypeDeserializer().deserialize
    body = json.loads(request.answer["body"])

    def handler(event: Any, _context: Any) -> Any:
        given = event["headers"][header].removeprefix("Bearer ")
        jwt.decode(given, key, algorithms=[tokens.ALGORITHM], issuer=tokens.ISSUER, audience=tokens.AUDIENCE)
        if event["body"]:
            json.loads(event["body"])
        for call, params in calls:
            answer = call(**params)
            for item in answer.get("Items") or [answer.get("Item", {})]:
                for value in item.values():
                    read(value)
        return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(body)}

    return handler


class _Answers:
    """Answers botocore's calls with what is recorded, in its order."""

    def __init__(self) -> None:
        self.left: Iterator[tuple[int, dict[str, str], bytes]] = iter(())

    def __call__(self, request: Any, **_: Any) -> AWSResponse:
        status, headers, body = next(self.left)
        return AWSResponse(request.url, status, headers, MockRawResponse(body))  # type: ignore[arg-type]


class _Recorder:
    """Stands before an engine and notes the calls of the HTTP function."""

    def __init__(self, playing: Desk, noted: Recorded) -> None:
        self._engine = playing.stack.calls.engine
        self._noted = noted

    def send(self, call: Call) -> AWSResponse:
        answer = self._engine.send(call)
        if call.function == HTTP:
            self._noted.calls.append((call.operation, dict(call.params)))
            self._noted.answers.append((answer.status_code, dict(answer.headers), answer.content))
            return answers.copy(answer)
        return answer


def context_after(told: _Answers, request: Recorded, context: Context) -> Context:
    """Readies the answers to one run of a request."""
    told.left = iter(request.answers)
    return context


def _recorded(playing: Desk, method: str, path: str, person: Person, body: Json | None = None) -> Recorded:
    more = {} if body is None else {"json": body}
    if method == "GET":
        playing.send(method, path, person, **more)
    noted, functions, calls = Recorded(), playing.stack.functions, playing.stack.calls
    invoke, engine = functions.invoke, calls.engine

    def noting(name: str, event: Any) -> Any:
        answer = invoke(name, event)
        if name == HTTP:
            noted.event, noted.answer = event, answer
        return answer

    functions.invoke, calls.engine = noting, _Recorder(playing, noted)  # type: ignore[method-assign]
    try:
        playing.send(method, path, person, **more)
    finally:
        functions.invoke, calls.engine = invoke, engine  # type: ignore[method-assign]
    return noted


def _milliseconds(handler: Handler, request: Recorded, context: Context, told: _Answers, repeats: int) -> float:
    """CPU time of one run."""
    began = time.process_time()
    for _ in range(repeats):
        handler(request.event, context_after(told, request, context))
    return (time.process_time() - began) / repeats * 1000


if __name__ == "__main__":
    import sys

    for name, (ratio, milliseconds, calls) in ratios().items():
        sys.stderr.write(f"{name}: {ratio:.2f} x {milliseconds:.2f} ms, {calls} calls\n")
