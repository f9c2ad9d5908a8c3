"""CPU time of the commonest requests' handlers, beside one written by hand with botocore alone that does as little as
the same answer takes: verifies the token, reads the body, makes the fewest calls, unpacks their items, writes the same
JSON. It checks nothing, decides nothing, logs nothing. The fewest calls: those of the handler, where reads by key that
don't need each other's answers are one BatchGetItem.

Both are answered with what DynamoDB said when it was asked: nobody else's time is measured, and what the network takes
is left out for both, which makes the ratio larger than it is.
"""

import io
import json
import os
import time
import zlib
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

MOST = 1.2
"""How many times the hand-written one a handler may cost."""

OWN_LIST, TEAM_LIST = "GET /tickets, 25 of a client's", "GET /tickets, 25 of a team's"

_ID = 26
"""Characters of an id: what is shorter is the name of a kind."""

Handler = Callable[[Any, Any], Any]
Answers = list[tuple[int, dict[str, str], bytes]]


@dataclass
class Recorded:
    """A request as API Gateway delivers it, the calls that it made and how they were answered."""

    event: Json = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    answers: Answers = field(default_factory=list)
    answer: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """`ratio`: how many times the hand-written one ours costs. `milliseconds`: CPU of the hand-written one. `calls`: of
    both."""

    ratio: float
    milliseconds: float
    calls: str


def ratios(pairs: int = 9, repeats: int = 20) -> dict[str, Found]:
    """By request: the medians of so many pairs of `repeats` runs each, in turns."""
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
        least = fewest(request)
        hand = by_hand(least, bare)
        assert app.app(request.event, context_after(told, request, context))["statusCode"] < 300, name
        runs = []
        for _ in range(pairs):
            ours = _milliseconds(app.app, request, context, told, repeats)
            runs.append((ours, _milliseconds(hand, least, context, told, repeats)))
        calls = f"{len(request.calls)}, by hand {len(least.calls)}"
        found[name] = Found(median(a / b for a, b in runs), median(b for _, b in runs), calls)
    return found


def requests(playing: Desk) -> dict[str, Recorded]:
    """Those that a help desk sees most."""
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
        OWN_LIST: _recorded(playing, "GET", "/tickets", person),
        TEAM_LIST: _recorded(playing, "GET", "/tickets", agent),
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
            for item in _items(answer):
                for value in item.values():
                    read(value)
        return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(body)}

    return handler


def fewest(request: Recorded) -> Recorded:
    """The same request with reads by key together that don't need each other's answers."""
    made = Recorded(request.event, [], [], request.answer)
    for (operation, params), answer in zip(request.calls, request.answers, strict=True):
        before = made.calls[-1][0] if made.calls else ""
        if operation == before == "BatchGetItem" and not _needs(params, made.answers[-1]):
            tables = made.calls[-1][1]["RequestItems"]
            if not tables.keys() & params["RequestItems"].keys():
                made.calls[-1] = operation, {"RequestItems": {**tables, **params["RequestItems"]}}
                made.answers[-1] = _together(made.answers[-1], answer)
                continue
        made.calls.append((operation, params))
        made.answers.append(answer)
    return made


def _needs(params: Json, earlier: tuple[int, dict[str, str], bytes]) -> bool:
    """Whether a key that is asked for stands in an earlier answer, other than as the key that was asked for there."""
    said = {value for item in _items(json.loads(earlier[2])) for value in map(str, item.values())}
    keys = (key for asked in params["RequestItems"].values() for key in asked["Keys"])
    return any(str(value) in said for key in keys for value in key.values() if len(str(value)) > _ID)


def _together(*some: tuple[int, dict[str, str], bytes]) -> tuple[int, dict[str, str], bytes]:
    answers = [json.loads(body) for _, _, body in some]
    body = json.dumps({"Responses": {k: v for each in answers for k, v in each["Responses"].items()}}).encode()
    return 200, {"Content-Type": "application/x-amz-json-1.0", "x-amz-crc32": str(zlib.crc32(body))}, body


def _items(answer: Json) -> list[Json]:
    if "Responses" in answer:
        return [item for some in answer["Responses"].values() for item in some]
    return answer.get("Items") or [answer.get("Item", {})]


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

    for name, each in ratios().items():
        sys.stderr.write(f"{name}: {each.ratio:.2f} x {each.milliseconds:.2f} ms, calls: {each.calls}\n")
