"""SockJS's customary test services, by the code of the chat's: `/_local/sockjs/{echo,disabled_websocket_echo,
cookie_needed_echo,close}`. What no function of API Gateway's can do is done here: streams go on, clients that go away
are noticed, there are WebSockets.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.types import Receive, Scope, Send

from chalicelib.chat.sockjs import codec, endpoints, sessions
from chalicelib.chat.sockjs.codec import InvalidRequest, Response
from chalicelib.chat.sockjs.endpoints import Answer, Request
from chalicelib.chat.sockjs.polls import Receiver, Service
from chalicelib.settings import settings
from infra.local.lambdesk import sockjs_line
from infra.local.lambdesk.sockjs import raw_path, refuse

BASE = "/_local/sockjs"

LIMIT = 4096
"""Characters of a stream, as SockJS's tests expect of these services."""

_LOOK_SECONDS = 0.02
_THREADS = 64

T = TypeVar("T")


class Echo:
    """Says what it hears."""

    def admit(self, token: str | None, session_id: str, ip: str) -> None:
        """Everybody."""

    def knows(self, connection_id: str) -> bool:  # noqa: ARG002
        return True

    def opened(self, connection_id: str, visitor: None) -> None:
        """Needs nothing."""

    def begun(self, connection_id: str) -> None:
        """Waits."""

    def arrived(self, connection_id: str, texts: Sequence[str], at: int) -> None:  # noqa: ARG002 (when doesn't matter)
        sessions.append_all(connection_id, texts)

    def gone(self, connection_id: str) -> None:
        """Nobody misses it."""


class Close(Echo):
    """Closes each session at once."""

    def begun(self, connection_id: str) -> None:
        try:
            sessions.close(connection_id)
        except sessions.Closed:
            return


class Services:
    """The ASGI app under `/_local/sockjs`."""

    def __init__(self) -> None:
        made = {
            "echo": Service(f"{BASE}/echo", Echo(), websocket=True, limit=LIMIT),
            "disabled_websocket_echo": Service(f"{BASE}/disabled_websocket_echo", Echo(), limit=LIMIT),
            "cookie_needed_echo": Service(
                f"{BASE}/cookie_needed_echo", Echo(), websocket=True, cookie_needed=True, limit=LIMIT
            ),
            "close": Service(f"{BASE}/close", Close(), websocket=True, limit=LIMIT),
        }
        self._services = made
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="sockjs")

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = raw_path(scope).removeprefix(BASE)
        name, slash, rest = path.removeprefix("/").partition("/")
        service = self._services.get(name)
        if scope["type"] == "websocket":
            await self._websocket(service, slash + rest, receive, send)
            return
        request = await _request(scope, receive, slash + rest)
        if service is None:
            await _write(send, Answer(404, {"Content-Type": "text/plain"}, f"Here are {', '.join(self._services)}.\n"))
        else:
            await self._http(service, request, receive, send)

    async def _http(self, service: Service, request: Request, receive: Receive, send: Send) -> None:
        try:
            asked = endpoints.receiving(service, request)
        except InvalidRequest as error:
            await _write(send, endpoints.unreadable(service, request, error))
            return
        if asked is None:
            await _write(send, await self._thread(endpoints.answer, service, request))
            return
        response, name = asked
        headers = endpoints.session_headers(service, request, response.transport.content_type)
        receiver = Receiver(service, name, request.token)
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await self._stream(receiver, response, headers, gone, send)
        finally:
            gone.cancel()
            await self._thread(receiver.interrupt)

    async def _stream(
        self, receiver: Receiver, response: Response, headers: dict[str, str], gone: "asyncio.Future[None]", send: Send
    ) -> None:
        """Writes frames as they come, until the response is full, the session closed or the client gone."""
        stay = response.transport.streaming
        frames = await self._thread(receiver.start, stay=stay)
        await _begin(send, 200, headers)
        await _chunk(send, response.prelude)
        beat = time.monotonic() + settings.sockjs_hold_seconds
        while True:
            for frame in frames:
                await _chunk(send, response.write(frame))
                beat = time.monotonic() + settings.sockjs_hold_seconds
            if response.full or not receiver.attached:
                break
            await asyncio.wait({gone}, timeout=_LOOK_SECONDS)
            if gone.done():
                return
            frames = []
            if await self._thread(receiver.waiting):
                frames = await self._thread(receiver.take, stay=stay) or ([] if stay else [codec.HEARTBEAT])
            elif time.monotonic() >= beat:
                frames = await self._thread(receiver.take, stay=stay) or [codec.HEARTBEAT]
        for frame in await self._thread(receiver.detach):
            await _chunk(send, response.write(frame))
        await send({"type": "http.response.body", "body": b""})

    async def _websocket(self, service: Service | None, path: str, receive: Receive, send: Send) -> None:
        """A session is the connection, whatever its name (WebsocketHybi10)."""
        if service is None or not service.websocket or not endpoints.is_websocket(path):
            await refuse(receive, send, 404)
            return
        line = sockjs_line.raw if path == "/websocket" else sockjs_line.framed
        await line(_closing if isinstance(service.application, Close) else _echoing, receive, send)

    async def _thread(self, function: Callable[..., T], *args: Any, **named: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: function(*args, **named))


async def _echoing(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        if message.get("text") is None:
            await send({"type": "websocket.close", "code": 1003})
            return
        await send({"type": "websocket.send", "text": message["text"]})


async def _closing(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": 3000, "reason": "Go away!"})


async def _request(scope: Scope, receive: Receive, path: str) -> Request:
    chunks: list[bytes] = []
    more = True
    while more:
        message = await receive()
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return Request(
        method=scope["method"],
        path=path,
        query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        body=b"".join(chunks),
        at=int(time.time() * 1000),
        request_id=str(uuid4()),
    )


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


async def _write(send: Send, answer: Answer) -> None:
    body = answer.body.encode()
    headers = dict(answer.headers)
    if answer.status not in (204, 304):
        headers["Content-Length"] = str(len(body))
    await _begin(send, answer.status, headers)
    await send({"type": "http.response.body", "body": body})


async def _begin(send: Send, status: int, headers: dict[str, str]) -> None:
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})


async def _chunk(send: Send, text: str) -> None:
    if text:
        await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
