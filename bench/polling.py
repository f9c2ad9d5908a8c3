"""SockJS's part of bench/operations.py: what opening, sending and polling cost."""

import json
from collections.abc import Callable
from functools import partial

import httpx

from bench.desk import Desk, Person
from chalicelib import ambient

SOCKJS = "sockjs"


def play(desk: Desk, client: Person, ticket_id: str) -> None:
    """`client` may see the ticket, speaks JSON."""
    desk.stack.pumps.advance(2)  # a new subscription is sent what was said in the second before it
    desk.stack.wait_idle()
    token = desk.send("POST", "/chat/token", client).json()["token"]
    ask = partial(_ask, desk, client, token)
    ask("opened with a chat token", "xhr", answered="o")
    ask("a poll that waits to its end", "xhr", answered="h", at_once=True)
    _send(ask, "subscribe", {"action": "subscribe", "destination": f"/topic/ticket/{ticket_id}"})
    ask("a poll that finds something", "xhr", answered="a[")
    _send(
        ask, "a message to oneself", {"action": "chat", "ticket_id": ticket_id, "content": "The printer prints suns."}
    )
    desk.scheduled("end_silent", "one who watched has left", 120)
    desk.scheduled("end_silent", "finds nothing", 60)
    ask("after its end", "xhr", answered="c[1002")


def _send(ask: Callable[..., None], case: str, frame: dict[str, str]) -> None:
    ask(case, "xhr_send", json.dumps([json.dumps(frame | {"request_id": case})]))


def _ask(
    desk: Desk,
    person: Person,
    token: str,
    case: str,
    transport: str,
    body: str = "",
    answered: str = "",
    at_once: bool = False,
) -> None:
    """Sends a SockJS request and notes its cost. `at_once`: waiting takes no time."""

    def act() -> None:
        url = f"{desk.stack.url}/ws-chat-sockjs/000/polls/{transport}"
        answer = httpx.post(url, params={"token": token}, content=body, timeout=60)
        assert answer.is_success, answer.text
        assert answer.text.startswith(answered), answer.text

    wait_for = ambient.wait_for
    if at_once:
        ambient.wait_for = lambda *_: None
    try:
        desk.sent(SOCKJS, case, person, act)
    finally:
        ambient.wait_for = wait_for
