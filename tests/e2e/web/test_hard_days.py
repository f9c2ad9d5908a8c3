"""What a browser goes through on a bad day: restored tabs, an old token, no network, a closed lid; and keys alone."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, Request, Route, WebSocketRoute, expect

from tests.e2e.web.conftest import PASSWORD, Visit
from tests.e2e.web.test_chat import chat, said, say
from tests.e2e.web.test_client import file_ticket, holder_of

pytestmark = pytest.mark.long


def refreshes(page: Page) -> list[Request]:
    """The refreshes of the page's browser from now on."""
    found: list[Request] = []
    page.context.on("request", lambda sent: found.append(sent) if sent.url.endswith("/auth/refresh") else None)
    return found


def test_six_tabs_restored_at_once_share_a_refresh_and_stay_signed_in(visit: Visit) -> None:
    first = visit("client1@example.com")
    asked = refreshes(first)
    held: list[Route] = []
    first.context.route("**/api/auth/refresh", lambda route: held.append(route), times=1)
    tabs = [first, *(first.context.new_page() for _ in range(5))]
    for tab in tabs:
        tab.goto("/tickets", wait_until="commit")
    tabs[-1].wait_for_function("navigator.locks.query().then(found => found.pending.length === 5)")
    held[0].continue_()
    for tab in tabs:
        expect(tab.get_by_role("heading", level=1, name="My tickets")).to_be_visible()
    first.reload()
    expect(first.get_by_role("heading", level=1, name="My tickets")).to_be_visible()
    assert len(asked) == 1, "a tab asked although another had been answered"


def test_a_tab_that_is_opened_later_asks_the_others(visit: Visit) -> None:
    first = visit("client1@example.com")
    asked = refreshes(first)
    second = first.context.new_page()
    second.goto("/tickets")
    expect(second.get_by_role("heading", level=1, name="My tickets")).to_be_visible()
    assert asked == []
    first.close()
    second.reload()
    expect(second.get_by_role("heading", level=1, name="My tickets")).to_be_visible()
    assert len(asked) == 1, "there is no other any more"


def test_a_token_that_ended_is_renewed_without_a_word(desk: str, visit: Visit) -> None:
    page = visit("client1@example.com")
    file_ticket(page, "Longer than an hour")
    asked = refreshes(page)
    httpx.post(f"{desk}/_local/clock", json={"advance_seconds": 3700}, timeout=120).raise_for_status()
    page.get_by_role("textbox", name="Comment").fill("Written in the second hour")
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("article").filter(has_text="Written in the second hour")).to_be_visible()
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("")
    assert len(asked) == 1


def test_a_minute_offline_loses_nothing_that_was_typed_and_catches_up(visit: Visit) -> None:
    page = visit("client1@example.com")
    url = file_ticket(page, "No network for a minute")
    agent = visit(holder_of(page))
    agent.goto(url)
    page.clock.install()
    page.context.set_offline(True)
    expect(page.get_by_text(re.compile("offline", re.I))).to_be_visible()
    page.get_by_role("textbox", name="Comment").fill("Typed without a network")
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("Typed without a network")
    agent.get_by_role("button", name="Start").click()
    expect(agent.get_by_text("In progress", exact=True)).to_be_visible()
    page.clock.fast_forward(61_000)
    page.context.set_offline(False)
    expect(page.get_by_text("In progress", exact=True)).to_be_visible()
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("article").filter(has_text="Typed without a network")).to_have_count(1)
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("")


def test_after_a_closed_lid_everything_is_there_once(visit: Visit) -> None:
    page = visit("client1@example.com")
    opened: list[WebSocketRoute] = []
    dead: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        """To the server, until the lid closes: nothing comes and nothing goes, and nobody says so."""
        opened.append(socket)
        server = socket.connect_to_server()
        socket.on_message(lambda message: None if socket in dead else server.send(message))
        server.on_message(lambda message: None if socket in dead else socket.send(message))

    page.route_web_socket(re.compile("/ws-chat"), through)
    url = file_ticket(page, "The lid was closed")
    agent = visit(holder_of(page))
    agent.goto(url)
    page.clock.install()
    page.reload()
    at_client, at_agent = chat(page), chat(agent)
    say(at_client, "before")
    said(at_agent, "before")
    dead += opened
    say(at_agent, "while it was closed")
    say(at_client, "typed into nothing")
    page.clock.fast_forward(600_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.fast_forward(6_000)
    said(at_client, "before", "while it was closed", "typed into nothing")
    said(at_agent, "before", "while it was closed", "typed into nothing")


def dropped(target: Locator, *files: dict[str, Any]) -> None:
    """Files dropped onto an element: name, type, bytes."""
    target.evaluate(
        """(element, files) => {
            const dataTransfer = new DataTransfer();
            for (const {name, type, bytes} of files)
                dataTransfer.items.add(new File([new Uint8Array(bytes)], name, {type}));
            for (const kind of ["dragenter", "dragover", "drop"])
                element.dispatchEvent(new DragEvent(kind, {dataTransfer, bubbles: true, cancelable: true}));
        }""",
        [*files],
    )


def test_files_are_dropped_refused_cancelled_and_shown_in_place(visit: Visit, picture: Path) -> None:
    page = visit("client1@example.com")
    file_ticket(page, "With files")
    comment = page.get_by_role("textbox", name="Comment")
    files = page.get_by_role("list", name="Files that go with it")
    shown = {"name": "screen.png", "type": "image/png", "bytes": [*picture.read_bytes()]}
    dropped(comment, shown, {"name": "nothing.txt", "type": "text/plain", "bytes": []})
    expect(files.get_by_role("listitem").filter(has_text="nothing.txt").get_by_role("alert")).to_have_text("is empty")
    files.get_by_role("button", name="Remove nothing.txt").click()
    expect(files.get_by_role("listitem")).to_have_count(1)
    expect(files.get_by_role("progressbar")).to_have_count(0)

    page.route("**/_local/s3/**", lambda route: None, times=1)  # it is on its way for ever
    dropped(comment, {"name": "cancelled.txt", "type": "text/plain", "bytes": [65]})
    expect(files.get_by_role("progressbar", name="Sending cancelled.txt")).to_be_visible()
    expect(page.get_by_role("button", name="Send comment")).to_be_disabled()
    files.get_by_role("button", name="Remove cancelled.txt").click()

    comment.fill("This is what I see.")
    page.get_by_role("button", name="Send comment").click()
    written = page.get_by_role("article").filter(has_text="This is what I see.")
    image = written.get_by_role("img")
    expect(image).to_be_visible()
    page.wait_for_function("image => image.naturalWidth === 40", arg=image.element_handle())
    expect(written.get_by_text("cancelled.txt")).to_have_count(0)
    with page.expect_popup() as tab:
        written.get_by_role("button", name=re.compile("^screen.png")).click()
    tab.value.wait_for_url("**/_local/s3/**")


def test_a_file_that_misses_its_place_doesnt_take_the_page_away(visit: Visit) -> None:
    page = visit("client1@example.com")
    file_ticket(page, "Missed")
    kept = page.get_by_role("heading", level=1).evaluate(
        """element => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["x"], "x.txt"));
            const event = new DragEvent("drop", {dataTransfer, bubbles: true, cancelable: true});
            return !element.dispatchEvent(event);
        }"""
    )
    assert kept, "the browser would open the file instead of the page"


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(80):
        if wanted.evaluate_all("found => found.some(each => each === document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab doesn't lead to {wanted}.")


def test_keys_alone_do_the_whole_work(visit: Visit) -> None:
    client, agent = visit(), visit()
    sign_in_by_keys(client, "client1@example.com")
    tab_to(client, client.get_by_role("link", name="New ticket"))
    client.keyboard.press("Enter")
    expect(client.get_by_role("textbox", name="Title")).to_be_focused()
    client.keyboard.type("By keys alone")
    client.keyboard.press("Tab")
    client.keyboard.type("No mouse today.")
    tab_to(client, client.get_by_role("radio", name="Medium"))
    client.keyboard.press("ArrowDown")
    expect(client.get_by_role("radio", name="High")).to_be_checked()
    tab_to(client, client.get_by_role("button", name="Create ticket"))
    client.keyboard.press("Enter")
    expect(client.get_by_role("heading", level=1, name="By keys alone")).to_be_visible()
    holder = holder_of(client)

    sign_in_by_keys(agent, holder)
    expect(agent.get_by_role("heading", level=1, name="My queue")).to_be_visible()
    agent.keyboard.press("Control+k")
    agent.get_by_role("dialog", name="Go anywhere").wait_for()
    agent.keyboard.type("by keys")
    agent.get_by_role("menuitem", name="By keys alone").first.wait_for()
    agent.keyboard.press("Enter")
    expect(agent.get_by_role("heading", level=1, name="By keys alone")).to_be_visible()
    tab_to(agent, agent.get_by_role("button", name="Start", exact=True))
    agent.keyboard.press("Enter")
    expect(agent.get_by_text("In progress", exact=True)).to_be_visible()
    agent.keyboard.press("r")
    expect(agent.get_by_role("textbox", name="Comment")).to_be_focused()
    agent.keyboard.type("Is it the keyboard?")
    agent.keyboard.press("Control+Enter")
    expect(client.get_by_role("article").filter(has_text="Is it the keyboard?")).to_be_visible()

    agent.keyboard.press("Escape")
    tab_to(agent, agent.get_by_role("tab", name="Comment"))
    agent.keyboard.press("ArrowRight")
    expect(agent.get_by_role("tab", name="Note")).to_be_focused()
    expect(agent.get_by_role("textbox", name="Note")).to_be_visible()
    agent.keyboard.press("c")
    expect(agent.get_by_role("dialog").get_by_role("textbox", name="Message")).to_be_focused()
    agent.keyboard.type("Hello from the keys")
    agent.keyboard.press("Enter")
    said(agent.get_by_role("dialog"), "Hello from the keys")
    agent.keyboard.press("Escape")
    expect(agent.get_by_role("dialog")).to_have_count(0)
    tab_to(agent, agent.get_by_role("button", name=re.compile("Priority$")))
    agent.keyboard.press("ArrowDown")
    agent.get_by_role("option", name="High").wait_for()
    agent.keyboard.press("Home")
    agent.keyboard.press("Enter")
    expect(agent.get_by_role("button", name=re.compile("Priority$"))).to_contain_text("Urgent")
    expect(agent.get_by_role("button", name=re.compile("Priority$"))).to_be_focused()
    tab_to(agent, agent.get_by_role("button", name="Resolve", exact=True))
    agent.keyboard.press("Enter")
    expect(client.get_by_role("button", name="Reopen")).to_be_visible()
    tab_to(client, client.get_by_role("button", name="Reopen"))
    client.keyboard.press("Enter")
    expect(agent.get_by_text("In progress", exact=True)).to_be_visible()
    tab_to(client, client.get_by_role("button", name="Client 1"))
    client.keyboard.press("Enter")
    expect(client.get_by_role("menuitem", name="Profile")).to_be_focused()
    client.keyboard.press("End")
    client.keyboard.press("Enter")
    expect(client.get_by_role("heading", name="Sign in")).to_be_visible()


def sign_in_by_keys(page: Page, email: str) -> None:
    page.goto("/login")
    tab_to(page, page.get_by_role("textbox", name="Email"))
    page.keyboard.type(email)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
