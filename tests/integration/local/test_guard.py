"""Who is answered at `/_local`: programs and pages of this machine, no page from elsewhere."""

import socket
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from infra.local.stack import Stack

FAULT = {"gsi_delay_seconds": 0}


@pytest.fixture
def port(http: httpx.Client) -> int:
    assert http.base_url.port is not None
    return http.base_url.port


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
@pytest.mark.parametrize("with_port", [True, False])
def test_names_of_this_machine_are_answered(http: httpx.Client, port: int, name: str, with_port: bool) -> None:
    answer = http.get("/_local/clock", headers={"Host": f"{name}:{port}" if with_port else name})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "rebound.example",
        "127.0.0.1.rebound.example",
        "localhost.rebound.example",
        "rebound.example:8000",
        "127.0.0.1@rebound.example",
        "127.0.0.1:80:80",
        "127.0.0.2",
        "2130706433",
        "::1",
        "localhost.",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/_local/", "/_local", "/_local/mail", "/_local/s3/x/y", "/_local/sockjs/echo/info"])
def test_any_other_name_is_misdirected(http: httpx.Client, name: str, path: str) -> None:
    answer = http.get(path, headers={"Host": name})
    assert answer.status_code == 421
    assert answer.json()["status"] == 421


def test_another_name_changes_nothing(stack: Stack, http: httpx.Client) -> None:
    before = http.get("/_local/clock").json()["now"]
    answer = http.post("/_local/clock", json={"advance_seconds": 3600}, headers={"Host": "rebound.example"})
    assert answer.status_code == 421
    assert stack.clock.timestamp()[:13] == before[:13]


def test_two_names_at_once_are_none(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /_local/clock HTTP/1.1\r\nHost: localhost\r\nHost: rebound.example\r\n\r\n")
        status = int(line.recv(100).split()[1])
    assert status in (400, 421)


def test_a_websocket_by_another_name_is_not_opened(port: int) -> None:
    line = socket.create_connection(("127.0.0.1", port))
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://rebound.example:{port}/_local/sockjs/echo/websocket", sock=line)
    assert refused.value.response.status_code == 421


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/_local/clock", {"advance_seconds": 1}),
        ("POST", "/_local/faults", FAULT),
        ("DELETE", "/_local/faults", None),
        ("POST", "/_local/mail/events", {"kind": "bounce", "recipient": "a@example.com"}),
        ("POST", "/_local/mail/inbound?from=a@example.com&to=b@example.com", {}),
        ("POST", "/_local/aws", {}),
        ("PUT", "/_local/s3/bucket/key", {}),
        ("POST", "/_local/s3/bucket", {}),
        ("PATCH", "/_local/anything", {}),
    ],
)
@pytest.mark.parametrize(
    "origin",
    ["https://elsewhere.example", "http://localhost:1", "https://{own}", "http://{own}.elsewhere.example", "null"],
)
def test_a_page_from_elsewhere_changes_nothing(
    http: httpx.Client, port: int, origin: str, method: str, path: str, body: Any
) -> None:
    said = {"Origin": origin.replace("{own}", f"127.0.0.1:{port}")}
    answer = http.request(method, path, json=body, headers=said)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("origin", ["http://127.0.0.1:{port}", "http://localhost:{port}"])
def test_our_own_pages_may(http: httpx.Client, port: int, origin: str) -> None:
    said = {"Origin": origin.replace("{port}", str(port))}
    assert http.post("/_local/faults", json=FAULT, headers=said).status_code == 201
    assert http.delete("/_local/faults", headers=said).status_code == 204


def test_who_is_no_page_may(http: httpx.Client) -> None:
    assert http.delete("/_local/faults").status_code == 204


def test_reading_is_no_change(http: httpx.Client) -> None:
    """No page from elsewhere sees the answer: nothing here allows it to (CORS)."""
    answer = http.get("/_local/mail", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


def test_the_sockjs_services_are_for_any_page(http: httpx.Client) -> None:
    """As sockjs-protocol has them."""
    answer = http.post("/_local/sockjs/echo", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 405, "its own answer"


def test_the_api_is_not_the_runners(http: httpx.Client) -> None:
    """Its own rules hold there, whatever it is called."""
    assert http.get("/api/nowhere", headers={"Host": "desk.example"}).status_code != 421
