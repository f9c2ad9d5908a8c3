"""The WebSocket gateway as API Gateway is, by what the functions see and by what a client does."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from infra.local.stack import Stack
from tests.integration.local import small_app
from tests.integration.local.conftest import Does, until

NAMES = ("ws_connect", "ws_message", "ws_disconnect")


@contextmanager
def opened(stack: Stack, **more: Any) -> Iterator[ClientConnection]:
    url = stack.url.replace("http", "ws", 1) + "/ws-chat?a=1&a=2"
    socket = connect(url, legacy=True, **more)
    try:
        yield socket
    finally:
        socket.close()


@pytest.fixture
def events(does: Does) -> dict[str, list[Any]]:
    """What the functions were handed."""
    seen: dict[str, list[Any]] = {name: [] for name in NAMES}
    for name in NAMES:
        does(name, seen[name].append)
    return seen


def id_of(event: Any) -> str:
    return str(event["requestContext"]["connectionId"])


def post(connection_id: str, text: str) -> None:
    small_app.client("apigatewaymanagementapi").post_to_connection(ConnectionId=connection_id, Data=text.encode())


def status(call: Callable[[], object]) -> int:
    """With which @connections refuses."""
    with pytest.raises(ClientError) as refused:
        call()
    return int(refused.value.response["ResponseMetadata"]["HTTPStatusCode"])


def code(socket: ClientConnection) -> int | None:
    """With which it is closed."""
    while True:
        try:
            socket.recv(timeout=20)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


def test_the_three_events(stack: Stack, events: dict[str, list[Any]]) -> None:
    with opened(stack, additional_headers={"X-Forwarded-For": "10.0.0.1, 10.0.0.2"}) as socket:
        socket.send("hello")
        until(lambda: bool(events["ws_message"]))
    until(lambda: bool(events["ws_disconnect"]))
    [connected], [message], [gone] = (events[name] for name in NAMES)
    assert connected["multiValueQueryStringParameters"] == {"a": ["1", "2"]}
    assert connected["headers"]["Sec-Websocket-Version"] == "13"
    assert message["body"] == "hello"
    for event, route, kind in (
        (connected, "$connect", "CONNECT"),
        (message, "$default", "MESSAGE"),
        (gone, "$disconnect", "DISCONNECT"),
    ):
        context = event["requestContext"]
        assert (context["routeKey"], context["eventType"], context["stage"]) == (route, kind, "ws-chat")
        assert context["identity"]["sourceIp"] == "10.0.0.2"
        assert context["connectedAt"] <= context["requestTimeEpoch"]
        assert id_of(event) == id_of(connected)
    assert gone["requestContext"]["disconnectStatusCode"] == 1000
    times = [event["requestContext"]["requestTimeEpoch"] for event in (connected, message, gone)]
    assert times == sorted(set(times))


@pytest.mark.parametrize("answer", [401, 403])
def test_a_refused_handshake_is_answered_so(stack: Stack, does: Does, answer: int) -> None:
    does("ws_connect", lambda _: {"statusCode": answer})
    with pytest.raises(InvalidStatus) as refused, opened(stack):
        pass
    assert refused.value.response.status_code == answer


def test_a_function_that_fails_refuses(stack: Stack, does: Does) -> None:
    does("ws_connect", lambda _: 1 / 0)
    with pytest.raises(InvalidStatus) as refused, opened(stack):
        pass
    assert refused.value.response.status_code >= 500


def test_the_sub_protocol_is_what_connect_says(stack: Stack, does: Does) -> None:
    does("ws_connect", lambda _: {"statusCode": 200, "headers": {"sec-websocket-protocol": "two"}})
    with opened(stack, subprotocols=["one", "two"]) as socket:
        assert socket.subprotocol == "two"


def test_connections(stack: Stack, does: Does, events: dict[str, list[Any]]) -> None:
    refused = []

    def early(event: Any) -> None:
        events["ws_connect"].append(event)
        refused.append(status(lambda: post(id_of(event), "too early")))

    does("ws_connect", early)
    management = small_app.client("apigatewaymanagementapi")
    with opened(stack) as socket:
        name = id_of(events["ws_connect"][0])
        assert refused == [410]
        until(lambda: stack.sockets.find(name) is not None)
        for text in ("one", "zwei ü", "x" * (128 * 1024)):
            post(name, text)
            assert socket.recv(timeout=20) == text
        assert status(lambda: post(name, "x" * (128 * 1024 + 1))) == 413
        shown = management.get_connection(ConnectionId=name)
        assert shown["ConnectedAt"] <= shown["LastActiveAt"]
        post(name, "last")
        management.delete_connection(ConnectionId=name)
        assert status(lambda: post(name, "too late")) == 410
        assert socket.recv(timeout=20) == "last"
        assert code(socket) == 1000
    assert status(lambda: management.delete_connection(ConnectionId=name)) == 410


def test_invocations_of_one_connection_run_at_the_same_time(stack: Stack, does: Does) -> None:
    together = threading.Barrier(3)
    met = []
    does("ws_message", lambda _: met.append(together.wait(20)))
    with opened(stack) as socket:
        for _ in range(3):
            socket.send("x")
        until(lambda: sorted(met) == [0, 1, 2], 20)


def test_a_failed_message_is_said_to_the_client(stack: Stack, does: Does) -> None:
    does("ws_message", lambda _: 1 / 0)
    with opened(stack) as socket:
        socket.send("x")
        said = json.loads(socket.recv(timeout=20))
        assert said["message"] == "Internal server error"
        assert said.keys() == {"message", "connectionId", "requestId"}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(b"\0", 1003), ("x" * 32_769, 1009), (["x" * 32_768] * 5, 1009)],
    ids=["binary", "large frame", "large message"],
)
@pytest.mark.usefixtures("events")
def test_what_ends_it(stack: Stack, sent: Any, expected: int) -> None:
    with opened(stack, compression=None) as socket:
        with suppress(ConnectionClosed):  # it may be ended before everything is sent
            socket.send(sent)
        assert code(socket) == expected


def test_frames_up_to_the_limit(stack: Stack, events: dict[str, list[Any]]) -> None:
    with opened(stack, compression=None) as socket:
        socket.send(["x" * 32_768] * 4)
        until(lambda: bool(events["ws_message"]))
    assert len(events["ws_message"][0]["body"]) == 128 * 1024


def test_ten_minutes_without_a_message_either_way(stack: Stack, events: dict[str, list[Any]]) -> None:
    with opened(stack) as silent, opened(stack) as listening:
        name = id_of(events["ws_connect"][1])
        for _ in range(2):
            stack.pumps.advance(400)
            post(name, "still here")
            assert listening.recv(timeout=20) == "still here"
        assert code(silent) == 1001


def test_two_hours(stack: Stack, events: dict[str, list[Any]]) -> None:
    with opened(stack) as socket:
        for _ in range(13):
            stack.pumps.advance(550)
            seen = len(events["ws_message"])
            socket.send("x")
            until(partial(lambda seen: len(events["ws_message"]) > seen, seen))
        stack.pumps.advance(100)
        assert code(socket) == 1001


def test_faults(stack: Stack, events: dict[str, list[Any]]) -> None:
    stack.faults.add({"websocket": "drop_disconnect"})
    with opened(stack):
        pass
    until(lambda: not stack.sockets.open)
    stack.wait_idle()
    assert not events["ws_disconnect"]
    stack.faults.clear()
    stack.faults.add({"websocket": "gone"})
    with opened(stack) as socket:
        name = id_of(events["ws_connect"][-1])
        until(lambda: stack.sockets.find(name) is not None)
        assert status(lambda: post(name, "x")) == 410
        assert code(socket) is None
    stack.faults.clear()
    stack.faults.add({"websocket": "reorder"})
    with opened(stack) as socket:
        for number in range(30):
            socket.send(str(number))
        until(lambda: len(events["ws_message"]) == 30, 30)
    arrived = [int(event["body"]) for event in events["ws_message"]]
    assert sorted(arrived) == list(range(30))
    assert arrived != sorted(arrived)
    stamps = {int(e["body"]): e["requestContext"]["requestTimeEpoch"] for e in events["ws_message"]}
    assert [stamps[number] for number in range(30)] == sorted(stamps.values())
