"""API Gateway's WebSocket API on this machine: a connection's events for the app's functions, and `@connections`.

As there: the handshake is answered with what `$connect` answers; each message is an invocation of its own, several at
once and in no order; a connection ends after 10 minutes without a message in either direction, and after 2 hours;
frames of more than 32 KB and messages of more than 128 KB end it too, and so does a binary one; `$disconnect` comes if
it comes.
"""

import asyncio
import random
import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from starlette.types import Message, Receive, Scope, Send
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame

from infra.local.engine.clock import Clock
from infra.local.functions.runtime import FunctionError, Functions
from infra.local.gateway import websocket_events
from infra.local.gateway.websocket_events import Socket

LARGEST_FRAME = 32 * 1024
LARGEST_MESSAGE = 128 * 1024
IDLE = 600.0
LIFETIME = 7200.0

_THREADS = 96
_LONGEST_DELAY = 0.15
"""Seconds by which the fault `reorder` holds a message back at most."""
_LOOK = 1.0


class Drill(Protocol):
    def strikes(self, what: str) -> bool: ...


class FrameLimit(WebSocketsSansIOProtocol):
    """Uvicorn's WebSocket, with API Gateway's limit on a frame."""

    def handle_text(self, event: Frame) -> None:
        if self._fits(event):
            super().handle_text(event)

    def handle_cont(self, event: Frame) -> None:
        if self._fits(event):
            super().handle_cont(event)

    async def send(self, message: Any) -> None:
        await super().send(message)
        if message["type"] == "websocket.http.response.body":
            self.handshake_complete = True  # refused, but answered

    def _fits(self, event: Frame) -> bool:
        if len(event.data) <= LARGEST_FRAME:
            return True
        self.conn.fail(CloseCode.MESSAGE_TOO_BIG, "Frame too large")
        self.handle_parser_exception()
        return False


class Sockets:
    """The ASGI app at `/ws-chat`, and what `@connections` does."""

    def __init__(self, functions: Functions, clock: Clock, drill: Drill) -> None:
        self._functions = functions
        self._clock = clock
        self._drill = drill
        self._names = {route: handler.name for route, handler in functions.app.websocket_handlers.items()}
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="websocket")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watch: asyncio.Task[None] | None = None
        self.open: dict[str, Socket] = {}
        self.under_way = 0
        """Events that came in and aren't dealt with, texts that aren't sent; changed in the loop's thread alone,"""
        self.posted = 0
        """but for these: texts that are on their way to it,"""
        self.taken = 0
        """and those that arrived."""

    @property
    def pending(self) -> int:
        return self.under_way + self.posted - self.taken

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def expire(self) -> None:
        """Ends what has been idle or open for too long; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._expire)

    # --- what calls of @connections do; from any thread ---

    def find(self, connection_id: str) -> Socket | None:
        """The open connection; None while it is being opened, and afterwards."""
        socket = self.open.get(connection_id)
        return socket if socket is not None and socket.state == "open" else None

    def post(self, socket: Socket, text: str) -> bool:
        """Sends a text; False if the connection has vanished, unnoticed until now."""
        if self._drill.strikes("gone"):
            socket.state = "closed"
            self._put(socket, None)
            return False
        socket.active_at = self._clock.time()
        self._put(socket, text)
        return True

    def shut(self, socket: Socket, code: int = 1000, reason: str = "Connection Closed Normally") -> None:
        socket.state = "closed"
        self._put(socket, (code, reason))

    def _put(self, socket: Socket, what: str | tuple[int, str] | None) -> None:
        assert self._loop is not None
        self.posted += 1

        def take() -> None:
            self.taken += 1
            self.under_way += 1
            socket.out.put_nowait(what)

        self._loop.call_soon_threadsafe(take)

    # --- a connection's life; in the loop ---

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._loop = asyncio.get_running_loop()
        if self._watch is None or self._watch.done():
            self._watch = self._loop.create_task(self._keep_watch())
        socket = websocket_events.opened(scope, self._clock.time())
        scope["connection_id"] = socket.id
        await receive()  # websocket.connect
        self.under_way += 1
        try:
            answer = await self._invoke("$connect", self._event(socket, "$connect", None, scope))
        finally:
            self.under_way -= 1
        status = int(answer.get("statusCode", 200)) if isinstance(answer, dict) else 502
        if not 200 <= status < 300:
            await _deny(send, status, answer if isinstance(answer, dict) else {})
            return
        headers = {name.lower(): value for name, value in (answer.get("headers") or {}).items()}
        await send({"type": "websocket.accept", "subprotocol": headers.get("sec-websocket-protocol")})
        socket.state = "open"
        self.open[socket.id] = socket
        writer = self._loop.create_task(self._write(socket, send))
        reader = self._loop.create_task(self._read(socket, receive))
        await asyncio.wait({writer, reader}, return_when=asyncio.FIRST_COMPLETED)
        await self._ended(socket, writer, reader)

    async def _read(self, socket: Socket, receive: Receive) -> None:
        while True:
            message: Message = await receive()
            if message["type"] == "websocket.disconnect":
                if socket.ended == (1006, ""):
                    socket.ended = (message.get("code") or 1005, message.get("reason") or "")
                return
            if socket.state != "open":
                continue
            if message.get("text") is None:
                self.shut(socket, 1003, "Binary frames are not supported")
                continue
            self._arrived(socket, message["text"])

    async def _write(self, socket: Socket, send: Send) -> None:
        while True:
            what = await socket.out.get()
            try:
                if isinstance(what, str):
                    await send({"type": "websocket.send", "text": what})
                elif what is not None:
                    socket.ended = what
                    await send({"type": "websocket.close", "code": what[0], "reason": what[1]})
            except Exception:
                return  # the client has gone meanwhile
            finally:
                self.under_way -= 1
            if not isinstance(what, str):
                return

    async def _ended(self, socket: Socket, writer: "asyncio.Task[None]", reader: "asyncio.Task[None]") -> None:
        socket.state = "closed"
        self.under_way += 1
        try:
            for task in (writer, reader):
                task.cancel()
            await asyncio.gather(writer, reader, return_exceptions=True)
            while not socket.out.empty():
                socket.out.get_nowait()
                self.under_way -= 1
            self.open.pop(socket.id, None)
            if not self._drill.strikes("drop_disconnect"):
                code, reason = socket.ended
                more = {"disconnectStatusCode": code, "disconnectReason": reason}
                await self._invoke("$disconnect", self._event(socket, "$disconnect", more))
        finally:
            self.under_way -= 1

    def _arrived(self, socket: Socket, text: str) -> None:
        assert self._loop is not None
        socket.active_at = self._clock.time()
        event = self._event(socket, "$default", {"messageId": secrets.token_urlsafe(11) + "="})
        event["body"] = text
        delay = random.uniform(0, _LONGEST_DELAY) if self._drill.strikes("reorder") else 0.0
        self.under_way += 1
        task = self._loop.create_task(self._dispatch(socket, event, delay))
        task.add_done_callback(lambda _: None)

    async def _dispatch(self, socket: Socket, event: dict[str, Any], delay: float) -> None:
        try:
            if delay:
                await asyncio.sleep(delay)
            answer = await self._invoke("$default", event)
            if answer is None and socket.state == "open":
                context = event["requestContext"]
                said = f'"connectionId":"{socket.id}", "requestId":"{context["requestId"]}"'
                self._put(socket, f'{{"message": "Internal server error", {said}}}')
        finally:
            self.under_way -= 1

    async def _invoke(self, route: str, event: dict[str, Any]) -> Any:
        """The function's answer; None when it failed or there is none."""
        assert self._loop is not None
        if route not in self._names:
            return {"statusCode": 403} if route == "$connect" else {}
        try:
            return await self._loop.run_in_executor(self._threads, self._functions.invoke, self._names[route], event)
        except FunctionError:
            return None

    async def _keep_watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            self._expire()

    def _event(
        self, socket: Socket, route: str, more: Mapping[str, Any] | None = None, scope: Scope | None = None
    ) -> dict[str, Any]:
        return websocket_events.event(socket, route, self._clock.time(), more, scope)

    def _expire(self) -> None:
        now = self._clock.time()
        for socket in list(self.open.values()):
            if socket.state == "open" and (now >= socket.active_at + IDLE or now >= socket.connected_at + LIFETIME):
                self.shut(socket, 1001, "Going away")


async def _deny(send: Send, status: int, answer: Mapping[str, Any]) -> None:
    """Answers the handshake with what `$connect` said."""
    body = str(answer.get("body") or "").encode()
    given = {
        "content-type": "application/json",
        **{k.lower(): str(v) for k, v in (answer.get("headers") or {}).items()},
    }
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given.items()]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": body})
