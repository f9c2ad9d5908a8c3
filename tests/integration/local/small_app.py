"""A small Chalice app for tests of the local runner: it does what a test tells it to."""

import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import botocore.session
from chalice.app import Chalice, Rate, Response

app = Chalice(app_name="small")

behaviour: dict[str, Callable[[Any], Any]] = {}
"""What each function does with its event; a test sets it."""


@lru_cache
def client(service: str) -> Any:
    return botocore.session.get_session().create_client(service, region_name="eu-central-1")


def put(item: str, *, id: str = "a", **attributes: str) -> None:  # noqa: A002
    """Writes one thing."""
    values = {name: {"N" if value.isdigit() else "S": value} for name, value in attributes.items()}
    key = {"id": {"S": id}, "item": {"S": item}}
    client("dynamodb").put_item(TableName=os.environ["THINGS_TABLE"], Item=key | values)


def _does(name: str, event: Any) -> Any:
    return behaviour[name](event) if name in behaviour else None


@app.route("/echo/{name}", methods=["GET", "POST"])
@app.route("/echo/fixed", methods=["GET"])
def echo(name: str = "fixed") -> Any:
    """The event as it came."""
    assert app.current_request is not None
    return {"name": name, "event": app.current_request.to_original_event()}


@app.route("/do", methods=["POST"], content_types=["application/json"])
def do() -> Any:
    """Whatever the test says."""
    answer = _does("http", app.current_request)
    return answer if isinstance(answer, Response) else {"done": True}


@app.route("/{proxy+}", methods=["GET"])
def rest() -> Any:
    return Response({"message": "nothing"}, status_code=404)


@app.on_ws_connect(name="ws_connect")
def ws_connect(event: Any) -> Any:
    return _does("ws_connect", event.to_dict())


@app.on_ws_message(name="ws_message")
def ws_message(event: Any) -> Any:
    return _does("ws_message", event.to_dict())


@app.on_ws_disconnect(name="ws_disconnect")
def ws_disconnect(event: Any) -> Any:
    return _does("ws_disconnect", event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:in:resources:yaml")
def on_thing(event: Any) -> Any:
    return _does("on_thing", event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:in:resources:yaml")
def on_aged(event: Any) -> Any:
    """Gives up on records older than a minute, and on nothing else."""
    return _does("on_aged", event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:in:resources:yaml")
def on_parallel(event: Any) -> Any:
    """Four batches of a shard at a time."""
    return _does("on_parallel", event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:in:resources:yaml")
def on_windowed(event: Any) -> Any:
    """Waits five minutes for three records."""
    return _does("on_windowed", event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:in:resources:yaml")
def on_single(event: Any) -> Any:
    """One invocation at a time, of a second at most, with a variable of its own."""
    return _does("on_single", event.to_dict())


@app.on_sqs_message(queue_arn="arn:in:resources:yaml")
def on_bulk(event: Any) -> Any:
    """Up to 25 messages, gathered for a minute; two invocations at a time; large ones alone."""
    return _does("on_bulk", event.to_dict())


@app.on_sqs_message(queue_arn="arn:in:resources:yaml")
def on_job(event: Any) -> Any:
    return _does("on_job", event.to_dict())


@app.schedule(Rate(5, unit=Rate.MINUTES))
def tick(event: Any) -> Any:
    return _does("tick", event.to_dict())


@app.lambda_function()
def plain(event: Any, context: Any) -> Any:
    return {"event": event, "id": context.aws_request_id, "left": context.get_remaining_time_in_millis()}
