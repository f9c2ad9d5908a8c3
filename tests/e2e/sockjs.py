"""A SockJS client that sees everything: each request, each chunk of an answer."""

import http.client
import json
import socket
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from websockets.exceptions import ConnectionClosedError
from websockets.frames import Close


def name() -> str:
    """Of a new session."""
    return uuid4().hex[:8]


opened: list["Stream"] = []
"""For whoever closes them all in the end."""


class Stream:
    """An answer read chunk by chunk, as it comes; HTTP/1.1."""

    def __init__(self, url: str, method: str = "POST", *, timeout: float = 60, **headers: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        self._socket = socket.create_connection((parts.hostname, parts.port or 80), timeout=timeout)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        lines = [f"{method} {target} HTTP/1.1", f"Host: {parts.netloc}", "Content-Length: 0"]
        lines += [f"{key}: {value}" for key, value in headers.items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._file = self._socket.makefile("rb")
        opened.append(self)
        self.status = int(self._file.readline().split()[1])
        self.headers = http.client.parse_headers(self._file)

    def read(self) -> str:
        """The next chunk; "" is the end."""
        size = int(self._file.readline(), 16)
        chunk = self._file.read(size)
        assert self._file.readline() == b"\r\n"
        return chunk.decode()

    def close(self) -> None:
        self._file.close()
        self._socket.close()


class Session:
    """A session of a SockJS service, by polling."""

    def __init__(self, http: httpx.Client, service: str, **query: str) -> None:
        self.http = http
        self.url = f"{service}/000/{name()}"
        self.query = query

    def poll(self) -> str:
        answer = self.http.post(f"{self.url}/xhr", params=self.query)
        assert answer.status_code == 200, answer.text
        return answer.text.removesuffix("\n")

    def send(self, *texts: str) -> httpx.Response:
        return self.http.post(f"{self.url}/xhr_send", params=self.query, content=json.dumps(texts))

    def received(self) -> list[Any]:
        """The texts of the next array."""
        while (frame := self.poll()) == "h":
            continue
        assert frame.startswith("a"), frame
        return list(json.loads(frame[1:]))


class PolledLine:
    """A session of a SockJS service with the manners of a WebSocket of `websockets.sync`: polls all the time, as a
    SockJS client does, and like it takes any failure for the end."""

    def __init__(self, service: str, token: str) -> None:
        """AssertionError: it was refused."""
        self._url = f"{service}/000/{name()}"
        self._http = httpx.Client(params={"token": token}, timeout=120)
        self._came: SimpleQueue[str | Close] = SimpleQueue()
        self._end: Close | None = None
        first = self._poll()
        assert first == "o", first
        Thread(target=self._receive, daemon=True, name="polling").start()

    def recv(self, timeout: float) -> str:
        """TimeoutError, ConnectionClosed."""
        if self._end is not None:
            raise ConnectionClosedError(self._end, None)
        try:
            came = self._came.get(timeout=timeout)
        except Empty:
            raise TimeoutError from None
        if isinstance(came, str):
            return came
        self._end = came
        raise ConnectionClosedError(came, None)

    def send(self, text: str) -> None:
        """ConnectionClosed."""
        if self._end is None:
            with suppress(httpx.TransportError):
                if self._http.post(f"{self._url}/xhr_send", content=json.dumps([text])).status_code == 204:
                    return
        raise ConnectionClosedError(self._end, None)

    def close(self) -> None:
        self._http.close()

    def _poll(self) -> str:
        answer = self._http.post(f"{self._url}/xhr")
        return answer.text.removesuffix("\n") if answer.status_code == 200 else f"status {answer.status_code}"

    def _receive(self) -> None:
        try:
            while (frame := self._poll())[0] in "ah":
                for text in json.loads(frame[1:] or "[]"):
                    self._came.put(text)
        except (httpx.TransportError, OSError, RuntimeError) as error:  # httpx says RuntimeError once it is closed
            self._came.put(Close(1006, type(error).__name__))
        else:
            code, reason = json.loads(frame[1:]) if frame[0] == "c" else (1006, frame)
            self._came.put(Close(code, reason))
