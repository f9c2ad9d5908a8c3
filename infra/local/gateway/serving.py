"""The one port that everything is served at."""

import socket
import threading

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from infra.local.errors import CannotStart
from infra.local.gateway.websocket import LARGEST_MESSAGE, FrameLimit


def bound(host: str, port: int) -> socket.socket:
    """Takes the port, 0: a free one, without listening on it. Raises CannotStart."""
    # Named as TCP: asyncio turns off Nagle's algorithm only where the protocol says so.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CannotStart(f"Port {port} can't be used ({error.strerror}): choose another with PORT=….") from None
    return listening


class _Requests(H11Protocol):
    """Uvicorn's HTTP. A WebSocket begins with GET (RFC 6455 §4.1); any other method is a plain request, whatever its
    headers say of upgrading."""

    def _should_upgrade(self) -> bool:
        return bool(self.scope["method"] == "GET" and super()._should_upgrade())


class Server:
    """Serves `app` in a thread from `start` to `stop`."""

    def __init__(self, app: ASGIApp, listening: socket.socket) -> None:
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            lifespan="off",
            backlog=512,
            # Longer than clients keep an idle connection (httpx: 5 s): if the server hangs up first, a request on the
            # way is lost.
            timeout_keep_alive=75,
            http=_Requests,
            ws=FrameLimit,
            ws_max_size=LARGEST_MESSAGE,
            ws_ping_interval=None,  # API Gateway sends none, and compresses nothing
            ws_per_message_deflate=False,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listening]}, name="gateway", daemon=True
        )

    def start(self) -> None:
        """Returns once it answers. Raises CannotStart."""
        self._thread.start()
        pause = threading.Event()
        while not self._server.started:
            if not self._thread.is_alive():
                raise CannotStart("The server did not start.")
            pause.wait(0.005)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
