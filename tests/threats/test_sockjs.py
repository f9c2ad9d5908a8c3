"""Strangers at the chat: its SockJS sessions, and how much of it one may have (contract §7)."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from infra.replay.server import running
from tests.e2e.chat import JsonChat, PolledChat, StompChat, address, refused, token
from tests.e2e.client import Api, Person
from tests.e2e.sockjs import name

ORIGIN = "https://desk.example.com"
CONNECT = "CONNECT\naccept-version:1.2\nhost:desk\n{}\n\n\0"


@pytest.fixture(scope="module")
def api() -> Iterator[Api]:
    with running("moto", DEMO="0", ALLOWED_ORIGINS=ORIGIN) as url:
        api = Api(url)
        yield api
        api.http.close()


@pytest.fixture(scope="module")
def client(api: Api) -> Person:
    return api.make("client")


strangers: list[httpx.Client] = []
"""To be closed."""


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while strangers:
        strangers.pop().close()


class Stranger:
    """A browser that knows an address of a session, from an address of its own."""

    def __init__(self, api: Api, ip: str, session: str | None = None) -> None:
        self.http = httpx.Client(base_url=api.url, timeout=60, headers={"X-Forwarded-For": ip})
        self.path = f"/ws-chat-sockjs/000/{session or name()}"
        strangers.append(self.http)

    def poll(self, **more: Any) -> httpx.Response:
        return self.http.post(f"{self.path}/xhr", **more)

    def send(self, *texts: str, **more: Any) -> int:
        return self.http.post(f"{self.path}/xhr_send", content=json.dumps(texts), **more).status_code


def test_who_saw_the_address_of_a_session_has_nothing_of_it(api: Api, client: Person) -> None:
    opened = Stranger(api, "10.0.0.1")
    query = {"token": token(client)}
    assert opened.poll(params=query).text == "o\n"
    other = Stranger(api, "10.0.0.2", opened.path.rpartition("/")[2])
    assert other.send(CONNECT.format("")) == 404
    assert other.poll().text == "o\n", "a session of its own"
    assert opened.send(CONNECT.format(""), params=query) == 204
    assert "CONNECTED" in opened.poll(params=query).text
    assert other.poll().text == "h\n"
    assert Stranger(api, "10.0.0.3").poll(params=query).status_code == 401, "the token is that session's"


def test_a_session_without_a_token_belongs_to_its_cookie(api: Api, client: Person) -> None:
    mine = Stranger(api, "10.0.1.1")
    first = mine.poll()
    assert first.text == "o\n"
    cookie = first.headers["Set-Cookie"]
    assert cookie.startswith("sockjs=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "SameSite=Strict", f"Path={mine.path}"}
    other = Stranger(api, "10.0.1.2", mine.path.rpartition("/")[2])
    assert other.send(CONNECT.format(f"Authorization:Bearer {client.token}")) == 404
    assert other.send("x", headers={"Cookie": "sockjs=guessed"}) == 404
    assert mine.send(CONNECT.format(f"Authorization:Bearer {client.token}")) == 204
    answer = mine.poll()
    assert "CONNECTED" in answer.text
    assert "Set-Cookie" not in answer.headers
    for path in ("0/a;b", "0/a%0d%0a"):
        assert "Set-Cookie" not in mine.http.post(f"/ws-chat-sockjs/{path}/xhr").headers


def test_who_does_not_say_who_they_are_never_waits_and_is_gone(api: Api) -> None:
    nobody = Stranger(api, "10.0.2.1")
    nobody.poll()
    began = time.monotonic()
    assert [nobody.poll().text for _ in range(20)] == ["h\n"] * 20
    assert nobody.send("SEND\ndestination:/app/chat\n") == 204, "a piece of a frame waits for no other"
    assert time.monotonic() - began < 10
    api.advance(11)
    assert nobody.poll().text == 'c[1002,"Connection interrupted"]\n'
    assert nobody.send("x") == 404


def test_who_says_nonsense_first_is_closed(api: Api) -> None:
    nobody = Stranger(api, "10.0.2.2")
    nobody.poll()
    assert nobody.send('{"action":"ping"}') == 204
    assert "401" in nobody.poll().text
    assert nobody.poll().text.startswith("c[")


def test_an_address_opens_thirty_a_minute(api: Api) -> None:
    statuses = []
    for _ in range(31):
        answer = Stranger(api, "10.0.3.1").poll()
        statuses.append(answer.status_code)
    assert statuses == [200] * 30 + [429]
    assert int(answer.headers["Retry-After"]) > 0
    assert Stranger(api, "10.0.3.2").poll().status_code == 200
    api.advance(61)
    assert Stranger(api, "10.0.3.1").poll().status_code == 200


@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
def test_only_allowed_origins_are_answered_to(api: Api, method: str) -> None:
    path = Stranger(api, "10.0.4.1").path
    for origin, allowed in ((ORIGIN, True), ("https://evil.example", False), ("null", False)):
        for url in ("/ws-chat-sockjs/info", f"{path}/xhr"):
            asked = "GET" if url.endswith("info") and method == "POST" else method
            headers = {"Origin": origin, "X-Forwarded-For": f"10.0.4.{len(origin)}"}
            answer = api.http.request(asked, url, headers=headers)
            assert answer.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
            assert ("Access-Control-Allow-Credentials" in answer.headers) is allowed
    answer = api.http.get("/ws-chat-sockjs/info")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Strict-Transport-Security" in answer.headers


class TestWebSocket:
    """SockJS's own, where the host carries one."""

    @staticmethod
    def url(api: Api) -> str:
        return api.url.replace("http", "ws", 1) + f"/ws-chat-sockjs/000/{name()}/websocket"

    def test_connect_may_say_who_it_is(self, api: Api, client: Person) -> None:
        with connect(self.url(api), legacy=True) as socket:
            assert socket.recv() == "o"
            socket.send(json.dumps([CONNECT.format(f"Authorization:Bearer {client.token}")]))
            assert "CONNECTED" in str(socket.recv())
        assert refused(address(api.url)) == 401, "the chat's own needs a token"

    def test_who_does_not_is_closed(self, api: Api) -> None:
        with connect(self.url(api), legacy=True) as socket:
            assert socket.recv() == "o"
            closed = socket.recv(timeout=15)
            assert "CONNECT within" in str(closed)

    @pytest.mark.parametrize(
        ("service", "path", "method", "headers", "status"),
        [
            ("/ws-chat-sockjs", "/0/0/websocket", "GET", {}, 400),
            ("/ws-chat-sockjs", "/websocket", "GET", {}, 400),
            ("/ws-chat-sockjs", "/0/0/websocket", "POST", {}, 405),
            ("/_local/sockjs/echo", "/websocket", "GET", {}, 400),
            ("/_local/sockjs/disabled_websocket_echo", "/0/0/websocket", "GET", {}, 404),
            ("/_local/sockjs/disabled_websocket_echo", "/websocket", "GET", {}, 404),
        ],
    )
    def test_plain_requests(
        self, api: Api, service: str, path: str, method: str, headers: dict[str, str], status: int
    ) -> None:
        assert api.http.request(method, service + path, headers=headers).status_code == status

    @pytest.mark.parametrize("path", ["/0/0/websocket", "/websocket"])
    def test_a_disabled_one_upgrades_nobody(self, api: Api, path: str) -> None:
        base = api.url.replace("http", "ws", 1) + "/_local/sockjs/disabled_websocket_echo"
        assert refused(base + path) == 404


class TestEnough:
    """Of the chat one may have so much."""

    def test_twenty_connections_an_account(self, api: Api) -> None:
        person = api.make("client")
        opened = [JsonChat(person) if number % 2 else PolledChat(person) for number in range(20)]
        assert refused(address(api.url, token(person))) == 429
        polled = Stranger(api, "10.0.5.1")
        assert polled.poll(params={"token": token(person)}).text.startswith("c[3000,")
        assert opened[1].ask("ping")["type"] == "ack", "nobody else's is closed"
        connect(address(api.url, token(api.make("client"))), legacy=True).close()
        opened[3].socket.close()
        api.wait_idle()
        opened.append(JsonChat(person))
        for each in opened:
            each.socket.close()

    def test_who_vanished_keeps_nobody_out(self, api: Api) -> None:
        person = api.make("client")
        api.fault(websocket="drop_disconnect", probability=1.0)
        try:
            for _ in range(20):
                JsonChat(person).socket.close()
        finally:
            api.wait_idle()
            api.clear_faults()
        api.advance(20)
        with JsonChat(person) as chat:
            assert chat.ask("ping")["type"] == "ack"

    def test_fifty_subscriptions_a_connection(self, api: Api, client: Person) -> None:
        with StompChat(client) as chat:
            for number in range(5):
                frames = [
                    chat.written("SUBSCRIBE", {"id": f"{number}.{each}", "destination": "/user/queue/errors"})
                    for each in range(10)
                ]
                chat.socket.send("".join(frames))
                api.advance(2)
            chat.send("SUBSCRIBE", {"id": "one more", "destination": "/user/queue/errors"})
            assert "50 subscriptions" in chat.frame("ERROR").headers["message"]
            chat.until_closed()
