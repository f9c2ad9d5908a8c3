"""sockjs-client and stompjs, unmodified, in Node and in Debian's Chromium: every transport they can be forced to,
against the local runner, which to them is API Gateway."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from infra.replay.server import running
from tests.e2e.printed import Printed

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / "tests" / "clients"
NODE = ["websocket", "xhr-streaming", "eventsource", "xhr-polling"]
BROWSER = [*NODE, "jsonp-polling", "iframe-eventsource", "iframe-htmlfile", "iframe-xhr-polling", "htmlfile"]
TEXTS = ["a", "ü€😀", "x y%41</script>", "\0\n\r\u2028", "x" * 4000]
SAID = ["Hello", "zwölf € 😀", "a\0b", "x" * 4000]


@pytest.fixture(scope="module")
def server(plain: str) -> Iterator[str]:
    """It allows the plain page's origin."""
    with running("moto", SOCKJS_HOLD_SECONDS="5", ALLOWED_ORIGINS=plain.rpartition("/")[0]) as url:
        yield url


@pytest.fixture(scope="module")
def http(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client


def signed_in(http: httpx.Client, who: str = "client1") -> str:
    answer = http.post("/api/auth/login", json={"email": f"{who}@example.com", "password": "demo-password-1"})
    return str(answer.json()["access_token"])


def chat_token(http: httpx.Client, access: str) -> str:
    answer = http.post("/api/chat/token", headers={"Authorization": f"Bearer {access}"})
    return str(answer.json()["token"])


@pytest.fixture(scope="module")
def access(http: httpx.Client) -> str:
    return signed_in(http)


@pytest.fixture
def ticket(http: httpx.Client, access: str) -> str:
    filed = {"title": "The printer is on fire", "description": "Third floor."}
    answer = http.post("/api/tickets", json=filed, headers={"Authorization": f"Bearer {access}"})
    http.get("/_local/idle").raise_for_status()
    return str(answer.json()["id"])


def node(script: str, *arguments: str) -> dict[str, Any]:
    """What the script prints."""
    ended = subprocess.run(
        ["node", CLIENTS / script, *arguments], capture_output=True, text=True, timeout=120, check=True
    )
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


# Node


@pytest.mark.parametrize("transport", NODE)
def test_echo_in_node(server: str, transport: str) -> None:
    told = node("echo.cjs", f"{server}/_local/sockjs/echo", transport, json.dumps(TEXTS))
    assert told["received"] == TEXTS
    assert (told["transport"], told["code"]) == (transport, 1000)


@pytest.mark.parametrize("transport", NODE)
def test_stomp_in_node(server: str, http: httpx.Client, access: str, ticket: str, transport: str) -> None:
    url = f"{server}/ws-chat-sockjs?token={chat_token(http, access)}"
    told = node("chat.cjs", url, transport, ticket, json.dumps(SAID))
    assert [(each["seq"], each["content"]) for each in told["messages"]] == list(enumerate(SAID, 1)), told
    assert told["version"] == "1.2"


def test_stomp_in_node_with_an_access_token_in_connect(server: str, access: str, ticket: str) -> None:
    """By WebSocket: over the other transports the session is bound to a cookie, which Node doesn't keep."""
    told = node("chat.cjs", f"{server}/ws-chat-sockjs", "websocket", ticket, json.dumps(SAID), access)
    assert [each["content"] for each in told["messages"]] == SAID, told
    nobody = node("chat.cjs", f"{server}/ws-chat-sockjs", "websocket", ticket, json.dumps(SAID))
    assert (nobody["messages"], "Authorization" in nobody["error"]) == ([], True)


# Chromium


class Files(SimpleHTTPRequestHandler):
    """tests/clients, with the clients' own files."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments, directory=str(CLIENTS))

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def plain() -> Iterator[str]:
    """A plain page, on a server, and so of an origin, of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as files:
        thread = threading.Thread(target=files.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{files.server_address[1]}/plain.html"
        files.shutdown()
        thread.join()


ECHO = """([url, transport, texts]) => new Promise((done) => {
    const line = new SockJS(url, null, {transports: [transport], timeout: 20000}), received = [];
    line.onopen = () => texts.forEach((text) => line.send(text));
    line.onmessage = (event) => {
        received.push(event.data);
        if (received.length === texts.length) { done({received, transport: line.transport}); line.close(); }
    };
    line.onclose = (event) => done({received, code: event.code, reason: event.reason});
})"""


@pytest.mark.parametrize("transport", BROWSER)
def test_echo_in_chromium(server: str, page: Page, plain: str, transport: str) -> None:
    """The page is another origin's: what can't cross origins by itself does in SockJS's iframe."""
    page.goto(plain)
    told = page.evaluate(ECHO, [f"{server}/_local/sockjs/echo", transport, TEXTS])
    if transport == "htmlfile":
        assert told == {"received": [], "code": 2000, "reason": "All transports failed"}, "it is Internet Explorer's"
        return
    assert told == {"received": TEXTS, "transport": transport}


CHAT = """([url, ticket, texts]) => new Promise((done) => {
    const messages = [], client = new StompJs.Client({webSocketFactory: () => new SockJS(url), reconnectDelay: 0});
    client.onConnect = () => {
        client.subscribe(`/topic/ticket/${ticket}`, (frame) => {
            const body = JSON.parse(frame.body);
            if (body.type === "message") messages.push(body.content);
            if (messages.length === texts.length) done({messages, transport: line.transport});
        }, {receipt: "listening"});
        client.watchForReceipt("listening", () => say(0));
    };
    const say = (at) => {
        if (at === texts.length) return;
        client.watchForReceipt(`said-${at}`, () => say(at + 1));
        client.publish({destination: "/app/chat", headers: {receipt: `said-${at}`},
                        body: JSON.stringify({ticket_id: ticket, content: texts[at]})});
    };
    let line;
    client.webSocketFactory = () => (line = new SockJS(url, null, {timeout: 20000}));
    client.onWebSocketClose = (event) => done({messages, code: event.code, reason: event.reason});
    client.onStompError = (frame) => done({messages, error: frame.body});
    client.activate();
})"""


@pytest.mark.parametrize("blocked", [False, True], ids=["as it is", "WebSockets blocked"])
def test_stomp_in_chromium(
    server: str, http: httpx.Client, access: str, ticket: str, page: Page, plain: str, blocked: bool
) -> None:
    if blocked:
        page.route_web_socket("**/*", lambda line: line.close(code=1011))
    page.goto(plain)
    url = f"{server}/ws-chat-sockjs?token={chat_token(http, access)}"
    told = page.evaluate(CHAT, [url, ticket, SAID])
    assert told == {"messages": SAID, "transport": "xhr-streaming" if blocked else "websocket"}


# As the documentation has it


def block(heading: str, language: str) -> str:
    """The first example under a heading of docs/chat.md."""
    section = (ROOT / "docs" / "chat.md").read_text().partition(f"\n## {heading}")[2]
    return section.partition(f"```{language}\n")[2].partition("```")[0]


@pytest.mark.parametrize("blocked", [False, True], ids=["as it is", "WebSockets blocked"])
def test_a_plain_page_chats_with_stomp_py_in_a_terminal(
    server: str, http: httpx.Client, access: str, ticket: str, page: Page, plain: str, blocked: bool
) -> None:
    if blocked:
        page.route_web_socket("**/*", lambda line: line.close(code=1011))
    given = {"API": server, "ACCESS": access, "TICKET": ticket}
    with terminal(given) as one:
        one.until("Hello from stomp.py")
        page.goto(plain)
        page.evaluate("(given) => Object.assign(globalThis, given)", given)
        script = block("SockJS", "html").partition('<script type="module">')[2].partition("</script>")[0]
        page.add_script_tag(content=script, type="module")
        one.until("Hello from a page")
        with terminal(given):
            page.wait_for_function("document.body.textContent.includes('Hello from stomp.py')")


@contextmanager
def terminal(given: dict[str, str]) -> Iterator[Printed]:
    """What stomp.py hears, as the documentation has it."""
    command = [sys.executable, "-c", block("stomp.py", "python")]
    with subprocess.Popen(
        command, env={**os.environ, **given}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield Printed(process)
        finally:
            process.kill()
