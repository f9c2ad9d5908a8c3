"""A SockJS client that sees everything: each request, each chunk of an answer."""

import http.client
import json
import socket
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx


def name() -> str:
    """Of a new session."""
    return uuid4().hex[:8]


opened: list["Stream"] = []
"""For whoever closes them all in the end."""


class Stream:
    """An answer read chunk by chunk, as it comes; HTTP/1.1."""

    def __init__(self, url: str, method: str = "POST", timeout: float = 60, **headers: str) -> None:
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
