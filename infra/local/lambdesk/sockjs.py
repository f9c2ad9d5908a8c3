"""The chat's SockJS: which requests its function answers, its WebSockets, and polls that wait."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qsl

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from chalicelib import ambient
from chalicelib.chat import service
from chalicelib.chat.sockjs import endpoints
from chalicelib.chat.sockjs.polls import CONNECT_SECONDS
from chalicelib.chat.transport import Address
from chalicelib.settings import settings
from infra.local.engine.calls import Call, Calls
from infra.local.engine.template import Template
from infra.local.functions.runtime import Functions
from infra.local.gateway import websocket_events
from infra.local.gateway.http import Gateway
from infra.local.gateway.proxy import RouteTable
from infra.local.gateway.websocket import Sockets
from infra.local.lambdesk import sockjs_line
from infra.local.lambdesk.host import SOCKJS

CHAT = "/ws-chat-sockjs"

_POLLS = 128
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def chat(functions: Functions, template: Template, now: Callable[[], float]) -> Gateway:
    """The REST API's paths below /ws-chat-sockjs, as infra/resources.yaml has them: a function of their own."""
    paths = RouteTable({CHAT: _METHODS, f"{CHAT}/{{proxy+}}": _METHODS})
    return Gateway(functions, template, now, function=SOCKJS, routes=paths, threads=_POLLS)


def routes(polls: Gateway, sockets: Sockets) -> list[BaseRoute]:
    """What is below /ws-chat-sockjs. Its WebSockets are the chat's; who doesn't say who they are has to do so in
    CONNECT, under the same conditions as over the other transports (contract §7)."""
    limit = _Openings()

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await polls(scope, receive, send)
            return
        path = raw_path(scope).removeprefix(CHAT)
        if not endpoints.is_websocket(path):
            await refuse(receive, send, 404)
            return
        line = sockjs_line.raw if path == "/websocket" else sockjs_line.framed
        if not _says_who(scope):
            opened = websocket_events.opened(scope, ambient.clock())
            if not limit.allows(opened.ip):
                await refuse(receive, send, 429)
                return
            scope["anonymous"] = True
            watch = asyncio.create_task(_end_unless_known(sockets, scope))
        try:
            await line(partial(sockets, scope), receive, send)
        finally:
            if scope.get("anonymous"):
                watch.cancel()

    return [Route(CHAT, endpoint=polls), Mount(CHAT, app=serve)]


def _says_who(scope: Scope) -> bool:
    query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    return bool(query.get("token")) or any(name == b"authorization" for name, _ in scope["headers"])


async def _end_unless_known(sockets: Sockets, scope: Scope) -> None:
    await asyncio.sleep(CONNECT_SECONDS)
    id_ = str(scope.get("connection_id"))
    known = await asyncio.get_running_loop().run_in_executor(None, service.knows, Address("websocket", id_))
    socket = sockets.find(id_)
    if socket is not None and not known:
        sockets.shut(socket, 3000, "CONNECT within 10 seconds")


class _Openings:
    """How many connections an address has opened in the last minute without saying who it is."""

    def __init__(self) -> None:
        self._at: dict[str, list[float]] = {}

    def allows(self, ip: str) -> bool:
        now = ambient.clock()
        recent = [at for at in self._at.get(ip, ()) if at > now - 60]
        allowed = len(recent) < settings.sockjs_openings_per_minute
        self._at[ip] = [*recent, now] if allowed else recent
        return allowed


async def refuse(receive: Receive, send: Send, status: int) -> None:
    """Answers the handshake of a WebSocket."""
    await receive()
    await send({"type": "websocket.http.response.start", "status": status, "headers": []})
    await send({"type": "websocket.http.response.body", "body": b""})


def raw_path(scope: Scope) -> str:
    """As it was sent, escapes and all."""
    return str(scope.get("raw_path", scope["path"].encode()).decode("latin-1"))


class Held:
    """The polls that wait, of the chat's sessions, from `start` to `stop`: a text for one ends its wait at once."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._waiting: dict[str, list[threading.Event]] = {}
        self._written: set[str] = set()
        self._lock = threading.Lock()

    @property
    def count(self) -> int:
        with self._lock:
            return sum(map(len, self._waiting.values()))

    def start(self) -> None:
        self._before, ambient.wait_for = ambient.wait_for, self._wait_for
        self._calls.on_work.append(self._told)

    def stop(self) -> None:
        ambient.wait_for = self._before
        self._calls.on_work.remove(self._told)
        for session_id in list(self._waiting):
            self._end(session_id)

    def _wait_for(self, session_id: str, seconds: float) -> None:
        ended = threading.Event()
        with self._lock:
            if session_id in self._written:
                self._written.remove(session_id)
                return
            self._waiting.setdefault(session_id, []).append(ended)
        ended.wait(seconds)
        with self._lock:
            waiting = self._waiting.get(session_id, [])
            if ended in waiting:
                waiting.remove(ended)

    def _told(self, call: Call) -> None:
        if call.name != "dynamodb:UpdateItem" or not call.names("sockjs."):
            return
        session_id = call.params["Key"].get("id", {}).get("S", "")
        if session_id.startswith("sockjs."):
            self._end(session_id)

    def _end(self, session_id: str) -> None:
        """Who waits goes on, or, if it is about to wait, doesn't."""
        with self._lock:
            waiting = self._waiting.pop(session_id, [])
            if not waiting:
                self._written.add(session_id)
            for ended in waiting:
                ended.set()
