"""The chat as a test sees it: a WebSocket, and what comes on it."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from chalicelib.chat.stomp.decoder import Decoder
from chalicelib.chat.stomp.frames import Frame, Limits, Version, encode
from tests.e2e import asyncapi
from tests.e2e.client import Json, Person
from tests.e2e.sockjs import PolledLine

PATIENCE = 20.0
_ANY = Limits(body=1 << 20, frame=1 << 20)
SILENCE = 0.6
"""Seconds of polling after which nothing more is expected, once the server is idle."""


def address(url: str, token: str | None = None) -> str:
    return url.replace("http", "ws", 1) + "/ws-chat" + (f"?token={token}" if token is not None else "")


def token(person: Person) -> str:
    return str(person.post("/chat/token", None, expect=200)["token"])


class Chat:
    """A connection. `closed` once the server has closed it: the code."""

    protocol: str | None = None

    def __init__(self, person: Person, *, sub_protocol: str | None = "", **more: Any) -> None:
        self.person = person
        self.socket = self.opened(self.protocol if sub_protocol == "" else sub_protocol, **more)
        self.closed: int | None = None
        self.seen: list[Json] = []
        """Bodies of all events and answers so far, in order."""

    def opened(self, sub_protocol: str | None, **more: Any) -> ClientConnection | PolledLine:
        subprotocols: Any = [sub_protocol] if sub_protocol else None
        url = address(self.person.api.url, token(self.person))
        return connect(
            url, subprotocols=subprotocols, compression=None, max_size=None, ping_interval=None, legacy=True, **more
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def text(self, timeout: float) -> str | None:
        """The next text; None: none came, or it is closed."""
        try:
            received = self.socket.recv(timeout=timeout)
        except TimeoutError:
            return None
        except ConnectionClosed as error:
            self.closed = error.rcvd.code if error.rcvd else 1006
            return None
        assert isinstance(received, str)
        return received

    def bodies(self, timeout: float) -> Iterator[Json] | None:
        """What the next text holds; None: there is none."""
        raise NotImplementedError

    def until(self, wanted: Callable[[Json], bool], timeout: float = PATIENCE) -> Json:
        """The first that is wanted, of all that come from now on."""
        end = time.monotonic() + timeout
        while (left := end - time.monotonic()) > 0:
            found = None
            for body in self.bodies(left) or ():
                found = body if found is None and wanted(body) else found
            if found is not None:
                return found
            assert self.closed is None, f"closed with {self.closed}; seen: {self.seen[-5:]}"
        raise AssertionError(f"It never came. Seen: {self.seen[-5:]}")

    def event(self, kind: str, **fields: Any) -> Json:
        """The next event of this type with these fields."""
        return self.until(lambda body: body.get("type") == kind and fields.items() <= body.items())

    def rest(self) -> list[Json]:
        """Everything that comes until the server is idle and has nothing more to say."""
        self.person.api.wait_idle()
        start = len(self.seen)
        if isinstance(self.socket, PolledLine):
            self._take(SILENCE)
        else:
            self._take_until_answered(self.socket)
        return self.seen[start:]

    def _take(self, silence: float) -> None:
        while self.bodies(silence) is not None:
            pass

    def _take_until_answered(self, socket: ClientConnection) -> None:
        """A pong comes behind whatever was sent before it. The application sees neither it nor the ping."""
        with suppress(ConnectionClosed):
            answered = socket.ping()
            while self.closed is None and not answered.wait(0.02):
                self._take(0)
        self._take(0)

    def messages(self) -> list[Json]:
        """All messages so far."""
        return [body for body in self.seen if body.get("type") == "message"]

    def until_closed(self, timeout: float = PATIENCE) -> int:
        """The code with which the server closes."""
        end = time.monotonic() + timeout
        while self.closed is None:
            assert time.monotonic() < end, "It stays open."
            self.bodies(0.2)
        return self.closed


class JsonChat(Chat):
    protocol = "json"

    def bodies(self, timeout: float) -> Iterator[Json] | None:
        text = self.text(timeout)
        if text is None:
            return None
        body = json.loads(text)
        if "connectionId" in body:  # API Gateway's own word: a function died
            return iter(())
        asyncapi.check(body)
        self.seen.append(body)
        return iter([body])

    def send(self, action: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"action": action, **fields}, ensure_ascii=False))

    def ask(self, action: str, **fields: Any) -> Json:
        """Sends a frame and waits for what answers it."""
        request_id = f"r{time.monotonic_ns()}"
        self.send(action, request_id=request_id, **fields)
        return self.until(lambda body: body.get("request_id") == request_id)

    def watch(self, ticket: Json) -> None:
        answer = self.ask("subscribe", destination=f"/topic/ticket/{ticket['id']}")
        assert answer["type"] == "ack", answer


class PolledChat(JsonChat):
    """JSON over SockJS, by polling."""

    def opened(self, sub_protocol: str | None, **more: Any) -> PolledLine:
        return PolledLine(f"{self.person.api.url}/ws-chat-sockjs", token(self.person))


class StompChat(Chat):
    protocol = "v12.stomp"

    def __init__(self, person: Person, version: Version = "1.2", *, connects: bool = True, **more: Any) -> None:
        super().__init__(person, **more)
        self._version = version
        self._decoder = Decoder(version, limits=_ANY)
        self.frames: list[Frame] = []
        if connects:
            self.send("CONNECT", {"accept-version": version, "host": "desk"})
            assert self.frame("CONNECTED").headers["version"] == version

    def bodies(self, timeout: float) -> Iterator[Json] | None:
        text = self.text(timeout)
        if text is None:
            return None
        self._decoder.feed(text)
        bodies = []
        for frame in self._decoder.frames():
            self.frames.append(frame)
            if frame.command == "MESSAGE":
                bodies.append(json.loads(frame.body))
                asyncapi.check(bodies[-1])
        self.seen += bodies
        return iter(bodies)

    def send(self, command: str, headers: dict[str, str] | None = None, body: Any = None) -> None:
        self.socket.send(self.written(command, headers, body))

    def written(self, command: str, headers: dict[str, str] | None = None, body: Any = None) -> str:
        octets = b"" if body is None else body.encode() if isinstance(body, str) else _utf8(body)
        return encode(Frame(command, headers or {}, octets), self._version).decode()

    def frame(self, command: str, **headers: str) -> Frame:
        """The next frame of this kind that has come or comes."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for frame in self.frames:
                if frame.command == command and headers.items() <= frame.headers.items():
                    self.frames.remove(frame)
                    return frame
            before = len(self.frames)
            self.bodies(0.5)
            assert (
                self.closed is None
                or len(self.frames) > before
                or any(frame.command == command for frame in self.frames)
            ), f"closed with {self.closed}: {self.frames}"
        raise AssertionError(f"No {command} {headers}: {self.frames}")

    def do(self, command: str, headers: dict[str, str] | None = None, body: Any = None) -> None:
        """Sends a frame and waits for its receipt."""
        receipt = f"r{time.monotonic_ns()}"
        self.send(command, {**(headers or {}), "receipt": receipt}, body)
        self.frame("RECEIPT", **{"receipt-id": receipt})

    def listen(self, destination: str, name: str = "0") -> None:
        self.do("SUBSCRIBE", {"id": name, "destination": destination})

    def watch(self, ticket: Json, name: str = "0") -> None:
        self.listen(f"/topic/ticket/{ticket['id']}", name)

    def say(self, ticket: Json, content: str, **more: Any) -> None:
        self.do("SEND", {"destination": "/app/chat"}, {"ticket_id": ticket["id"], "content": content, **more})


def _utf8(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def sign_in(person: Person) -> Callable[[], None]:
    """Signs in anew; answers what signs out again."""
    credentials = {"email": person.email, "password": person.password}
    opened = person.api.http.post("/api/auth/login", json=credentials).json()
    person._token = opened["access_token"]

    def sign_out() -> None:
        answer = person.send("POST", "/auth/logout", json={"refresh_token": opened["refresh_token"]})
        assert answer.status_code == 204, answer.text

    return sign_out


def refused(url: str, **more: Any) -> int:
    """The status with which a handshake is refused."""
    from websockets.exceptions import InvalidStatus

    with suppress(ConnectionClosed):
        try:
            connect(url, legacy=True, **more).close()
        except InvalidStatus as error:
            return error.response.status_code
    raise AssertionError("It opened.")
