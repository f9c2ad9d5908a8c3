"""A message to 200 who listen to a ticket, beside one to 2; the last 50 subscriptions beside the first 50. The local
runner as a process, plain JSON over WebSockets, wall clock.
"""

import json
import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from infra.replay.server import ADMIN_EMAIL, ADMIN_PASSWORD, running

LISTENERS = 200
_EACH = 20
"""Connections that an account may have."""
_MESSAGES = 7


@dataclass(frozen=True)
class Listening:
    """`message`: until the last of 200 has it, in times of a message to 2. `milliseconds`: of that one. `subscribing`:
    the last 50 subscriptions, in times of the first 50."""

    message: float
    milliseconds: float
    subscribing: float


def measured(engine: str = "moto") -> Listening:
    with ExitStack() as stack:
        url = stack.enter_context(running(engine, DEMO="0"))
        api = stack.enter_context(httpx.Client(base_url=f"{url}/api", timeout=60))
        admin = _signed_in(api, ADMIN_EMAIL, ADMIN_PASSWORD)
        filed = api.post("/tickets", headers=admin, json={"title": "T", "description": "D"}).json()["id"]
        sockets: list[ClientConnection] = []
        took: list[float] = []
        for account in range(LISTENERS // _EACH):
            person = {"email": f"a{account}@example.com", "name": "A", "role": "admin", "password": ADMIN_PASSWORD}
            api.post("/users", headers=admin, json=person).raise_for_status()
            headers = _signed_in(api, person["email"], ADMIN_PASSWORD)
            for _ in range(_EACH):
                socket = stack.enter_context(
                    connect(url.replace("http", "ws") + "/ws-chat", subprotocols=["json"], additional_headers=headers)  # type: ignore[list-item]
                )
                began = time.perf_counter()
                _ask(socket, {"action": "subscribe", "destination": f"/topic/ticket/{filed}"})
                took.append(time.perf_counter() - began)
                sockets.append(socket)
                if len(sockets) == 2:
                    few = median(_message(sockets, filed, str(number)) for number in range(_MESSAGES))
        many = median(_message(sockets, filed, f"to all {number}") for number in range(_MESSAGES))
        return Listening(many / few, few * 1000, sum(took[-50:]) / sum(took[:50]))


def _signed_in(api: httpx.Client, email: str, password: str) -> dict[str, str]:
    signed = api.post("/auth/login", json={"email": email, "password": password}).raise_for_status().json()
    return {"Authorization": f"Bearer {signed['access_token']}"}


def _ask(socket: ClientConnection, frame: dict[str, Any]) -> None:
    socket.send(json.dumps({**frame, "request_id": "r"}))
    while json.loads(socket.recv(30)).get("request_id") != "r":
        continue


def _message(sockets: list[ClientConnection], ticket_id: str, content: str) -> float:
    """Seconds from sending to when the last of them has it."""
    began = time.perf_counter()
    sockets[0].send(json.dumps({"action": "chat", "ticket_id": ticket_id, "content": content}))
    for socket in sockets:
        while json.loads(socket.recv(60)).get("content") != content:
            continue
    return time.perf_counter() - began
