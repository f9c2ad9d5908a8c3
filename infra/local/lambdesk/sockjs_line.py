"""SockJS's frames around a WebSocket, for any ASGI WebSocket app: `o`, `a[…]`, `h`, `c[…]` outwards, arrays of texts
inwards, each of which the app gets as a message of its own.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from starlette.types import Message, Receive, Send

from chalicelib.chat.sockjs import codec
from chalicelib.settings import settings

App = Callable[[Receive, Send], Awaitable[None]]


async def raw(app: App, receive: Receive, send: Send) -> None:
    """Without frames, for clients of another kind (RawWebsocket)."""
    await app(receive, send)


async def framed(app: App, receive: Receive, send: Send) -> None:
    """Runs `app` until it ends. What can't be read ends the connection (WebsocketHybi10)."""
    waiting: deque[str] = deque()
    beats: list[asyncio.Task[None]] = []
    closed = False

    async def beat() -> None:
        while True:
            await asyncio.sleep(settings.sockjs_hold_seconds)
            await send(_text(codec.HEARTBEAT))

    async def inward() -> Message:
        while not waiting:
            message = await receive()
            if message["type"] != "websocket.receive" or message.get("text") is None:
                return message
            try:
                waiting.extend(codec.received_websocket(message["text"]))
            except codec.InvalidRequest:
                await end(1002, "Broken framing")
                return {"type": "websocket.disconnect", "code": 1002, "reason": "Broken framing"}
        return {"type": "websocket.receive", "text": waiting.popleft()}

    async def outward(message: Message) -> None:
        if message["type"] == "websocket.send":
            await send(_text(codec.messages([message["text"]])))
        elif message["type"] == "websocket.close":
            code = message.get("code") or 1000
            await send(_text(codec.close(code, message.get("reason") or "")))
            await end(code, message.get("reason") or "")
        else:
            await send(message)
            if message["type"] == "websocket.accept":
                await send(_text(codec.OPEN))
                beats.append(asyncio.create_task(beat()))

    async def end(code: int, reason: str) -> None:
        nonlocal closed
        if not closed:
            closed = True
            await send({"type": "websocket.close", "code": code, "reason": reason})

    try:
        await app(inward, outward)
    finally:
        for task in beats:
            task.cancel()


def _text(text: str) -> Message:
    return {"type": "websocket.send", "text": text}
