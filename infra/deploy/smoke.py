"""Tries a deployment's main job over its public address, as its users would."""

import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
from websockets.sync.client import connect

PATIENCE = 60.0
"""Seconds to wait for a consequence; the first of each kind includes a cold start."""


class Fails(Exception):
    """A step failed. The message says which, and what was answered."""


def run(address: str, email: str, password: str, say: Callable[[str], None] = print) -> None:
    """Signs in as an admin, files a ticket, waits for its assignment, chats on it, has a report made, and closes the
    ticket.

    `address`: without a `/` at the end. Raises Fails, httpx.HTTPError.
    """
    with httpx.Client(base_url=f"{address}/api", timeout=30) as http:
        admin = _Caller(http)
        say("  health")
        admin.ask("GET", "/health")
        say("  sign-in")
        signed_in = admin.ask("POST", "/auth/login", {"email": email, "password": password})
        if "access_token" not in signed_in:
            raise Fails("sign-in: this account has a second factor; name one for checks that has none")
        http.headers["Authorization"] = f"Bearer {signed_in['access_token']}"
        say("  a ticket, and its assignment")
        ticket = admin.ask(
            "POST", "/tickets", {"title": "Smoke test", "description": "Filed by the deployment to try itself."}
        )
        path = f"/tickets/{ticket['id']}"
        _until("the ticket's assignment", lambda: _is_given(admin, path))
        say("  chat")
        _chat(address, admin, ticket["id"])
        say("  a report")
        today = time.strftime("%Y-%m-%d", time.gmtime())
        report = admin.ask("POST", "/reports", {"kind": "overview", "format": "pdf", "from": today, "to": today})
        made = _until("the report", lambda: _is_made(admin, f"/reports/{report['id']}"))
        if not httpx.get(made["url"], timeout=30).content.startswith(b"%PDF-"):
            raise Fails("report: what its link leads to is no PDF")
        for status in ("in_progress", "resolved", "closed"):
            admin.ask("PATCH", path, {"status": status})


class _Caller:
    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._http.request(method, path, json=body)
        if not answer.is_success:
            raise Fails(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer.json() if answer.content else None


def _is_given(admin: _Caller, path: str) -> Any:
    """The ticket if it is assigned or, because nobody has room, queued; None while it is neither."""
    ticket = admin.ask("GET", path)
    if ticket["assignee_id"]:
        return ticket
    queued = admin.ask("GET", f"/queue?team={ticket['team']}&limit=100")["items"]
    return ticket if any(each["id"] == ticket["id"] for each in queued) else None


def _is_made(admin: _Caller, path: str) -> Any:
    report = admin.ask("GET", path)
    if report["status"] == "failed":
        raise Fails(f"report: {report.get('error')}")
    return report if report["status"] == "ready" else None


def _chat(address: str, admin: _Caller, ticket_id: str) -> None:
    token = admin.ask("POST", "/chat/token")["token"]
    content = f"smoke test {uuid4().hex[:8]}"
    where = address.replace("http", "ws", 1) + f"/ws-chat?token={token}"
    with connect(where, subprotocols=["json"], open_timeout=30) as socket:  # type: ignore[list-item]
        socket.send(json.dumps({"action": "subscribe", "destination": f"/topic/ticket/{ticket_id}"}))
        socket.send(json.dumps({"action": "chat", "ticket_id": ticket_id, "content": content}))
        ends = time.monotonic() + PATIENCE
        while (left := ends - time.monotonic()) > 0:
            event = json.loads(socket.recv(timeout=left))
            if event["type"] == "error":
                raise Fails(f"chat: {event}")
            if event["type"] == "message" and event["content"] == content:
                return
    raise Fails("chat: the message that was sent didn't come back")


def _until(what: str, look: Callable[[], Any]) -> Any:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if (found := look()) is not None:
            return found
        time.sleep(1)
    raise Fails(f"{what}: not within {PATIENCE:.0f} s")
