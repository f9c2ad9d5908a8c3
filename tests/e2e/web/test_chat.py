"""The chat in the browser: what is said arrives, whatever happens to the connection, and a page shows it live."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.e2e.web.conftest import Visit
from tests.e2e.web.test_client import file_ticket, holder_of

BLACK_HOLE = """
    window.WebSocket = class extends EventTarget {
        static CONNECTING = 0; static OPEN = 1; static CLOSING = 2; static CLOSED = 3;
        readyState = 0;
        send() {}
        close() { this.readyState = 3; this.onclose?.(new CloseEvent("close", {code: 1006})); }
    };
"""
"""A WebSocket that never opens, as behind a proxy that swallows it."""


def chat(page: Page) -> Locator:
    """Opens the chat of the ticket that is shown."""
    page.get_by_role("button", name=re.compile("^Chat")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Message")).to_be_focused()
    return dialog


def say(dialog: Locator, text: str) -> None:
    field = dialog.get_by_role("textbox", name="Message")
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_value("")


def messages(dialog: Locator) -> Locator:
    return dialog.get_by_role("log", name="Messages")


def said(dialog: Locator, *texts: str) -> None:
    """These, in this order, each once, and none of them still on its way."""
    for text in texts:
        expect(messages(dialog).get_by_text(text, exact=True)).to_have_count(1)
    expect(messages(dialog).get_by_role("article", name="Being sent")).to_have_count(0)
    shown = messages(dialog).inner_text()
    assert sorted(texts, key=shown.index) == list(texts)


def test_client_and_agent_talk_while_the_ticket_moves(visit: Visit) -> None:
    client = visit("client1@example.com")
    url = file_ticket(client, "The chat works")
    agent = visit(holder_of(client))
    agent.goto(url)
    agent.get_by_role("button", name="Start").click()
    expect(client.get_by_text("In progress", exact=True)).to_be_visible()
    agent.get_by_role("textbox", name="Comment").fill("Tell me in the chat.")
    agent.get_by_role("button", name="Send comment").click()
    expect(client.get_by_role("article").filter(has_text="Tell me in the chat.")).to_be_visible()

    with_client = chat(client)
    assert "The chat works" in (with_client.get_attribute("aria-label") or "")
    expect(client).to_have_url(f"{url}?chat=1")
    say(with_client, "one")
    expect(agent.get_by_role("button", name="Chat, 1 new")).to_be_visible()
    with_agent = chat(agent)
    said(with_agent, "one")
    with_agent.get_by_role("textbox", name="Message").press_sequentially("tw")
    expect(with_client.get_by_text("is writing")).to_be_visible()
    say(with_agent, "two\n<script>alert(1)</script>")
    expect(messages(with_client).get_by_text("<script>alert(1)</script>")).to_be_visible()
    expect(with_client.get_by_text(re.compile("here now"))).to_be_visible()
    expect(with_agent.get_by_text(re.compile("^Seen by"))).to_be_visible()

    client.reload()
    again = client.get_by_role("dialog")
    said(again, "one")
    field = again.get_by_role("textbox", name="Message")
    field.fill("a line")
    field.press("Shift+Enter")
    field.press_sequentially("below")
    expect(field).to_have_value("a line\nbelow")
    client.get_by_role("button", name="Close chat").click()
    expect(client).to_have_url(url)
    expect(client.get_by_role("dialog")).to_have_count(0)
    client.get_by_role("button", name=re.compile("^Chat")).click()
    expect(client.get_by_role("textbox", name="Message")).to_have_value("a line\nbelow")


def test_what_is_said_while_the_line_is_cut_arrives_on_both_sides(visit: Visit) -> None:
    client = visit("client2@example.com")
    url = file_ticket(client, "The line is cut")
    agent = visit(holder_of(client))
    agent.goto(url)
    open_lines: list[WebSocketRoute] = []
    cut: dict[str, Any] = {"now": False}

    def line(socket: WebSocketRoute) -> None:
        if cut["now"]:
            socket.close()
            return
        socket.connect_to_server()
        open_lines.append(socket)

    client.route_web_socket(re.compile(r"/ws-chat\?"), line)
    client.route(re.compile(r"/ws-chat-sockjs"), lambda route: route.abort() if cut["now"] else route.continue_())
    client.reload()
    with_client, with_agent = chat(client), chat(agent)
    say(with_client, "before")
    said(with_agent, "before")

    cut["now"] = True
    for each in open_lines:
        each.close()
    expect(with_client.get_by_text(re.compile("^Connecting"))).to_be_visible()
    say(with_agent, "missed one")
    say(with_agent, "missed two")
    said(with_agent, "before", "missed one", "missed two")
    say(with_client, "kept")
    expect(messages(with_client).get_by_role("article", name="Being sent")).to_be_visible()
    cut["now"] = False
    expect(with_client.get_by_text(re.compile("^Connecting"))).to_have_count(0, timeout=60_000)
    said(with_client, "before", "missed one", "missed two", "kept")
    said(with_agent, "before", "missed one", "missed two", "kept")


def test_where_websockets_are_swallowed_the_chat_comes_by_itself_another_way(visit: Visit) -> None:
    client = visit("client1@example.com")
    url = file_ticket(client, "No WebSocket gets through")
    agent = visit(holder_of(client))
    agent.goto(url)
    client.add_init_script(BLACK_HOLE)
    client.reload()
    with_client, with_agent = chat(client), chat(agent)
    expect(with_client.get_by_text("Connected another way")).to_be_visible(timeout=30_000)
    say(with_client, "by polling")
    said(with_agent, "by polling")
    say(with_agent, "heard")
    said(with_client, "by polling", "heard")


def test_a_private_conversation_is_seen_by_two_alone(visit: Visit) -> None:
    client = visit("client1@example.com")
    url = file_ticket(client, "Between you and me")
    holder = holder_of(client)
    agent = visit(holder)
    agent.goto(url)
    with_agent = chat(agent)
    with_agent.get_by_role("button", name="Privately").click()
    agent.get_by_role("menuitem", name="Client 1").click()
    expect(agent).to_have_url(re.compile(r"\?chat=1&with=\w{26}$"))
    say(with_agent, "for you alone")
    said(with_agent, "for you alone")

    expect(client.get_by_role("button", name="Chat, 1 new")).to_be_visible()
    with_client = chat(client)
    expect(messages(with_client).get_by_text("for you alone")).to_have_count(0)
    with_client.get_by_role("button", name=re.compile(r"Agent \d")).click()
    said(with_client, "for you alone")
    admin = visit("admin@example.com")
    admin.goto(url)
    with_admin = chat(admin)
    expect(with_admin.get_by_text("Nothing was said here yet")).to_be_visible()


def test_a_long_conversation_stays_in_its_place_when_older_messages_come(visit: Visit) -> None:
    client = visit("client2@example.com")
    file_ticket(client, "A long talk")
    dialog = chat(client)
    for number in range(70):
        say(dialog, f"message {number}")
        if number % 15 == 14:  # twenty frames a second are taken
            said(dialog, f"message {number}")
    said(dialog, "message 69")
    client.reload()
    log = messages(client.get_by_role("dialog"))
    expect(log.get_by_text("message 69", exact=True)).to_be_in_viewport()
    expect(log.get_by_text("message 5", exact=True)).to_have_count(0)
    # What stands first on the screen, in the instant of scrolling: older messages come only after it.
    anchor, before = log.evaluate(
        """log => {
            log.scrollTop = 150;
            const top = log.getBoundingClientRect().top;
            const first = [...log.querySelectorAll("article")].find(each => each.getBoundingClientRect().top >= top);
            return [first.querySelector("[dir=auto]").textContent, first.getBoundingClientRect().top];
        }"""
    )
    expect(log.get_by_text("message 5", exact=True)).to_have_count(1)
    place = log.get_by_role("article").filter(has=client.get_by_text(anchor, exact=True))
    after = place.bounding_box()
    assert after
    assert abs(before - after["y"]) < 24, "what is read stays where it is"
