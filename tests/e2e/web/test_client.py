"""A client at work in the browser: filing, reading, answering, reopening; what agents keep to themselves."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.web.conftest import Visit

ODD = [
    "<script>alert(1)</script> & <b>bold</b>",
    "لا أستطيع تسجيل الدخول (1) VPN!",
    "🧑‍🚒" * 40,
    "x" * 200,
]


def file_ticket(page: Page, title: str, description: str = "It doesn't work.", priority: str = "High") -> str:
    """Through the form; answers the ticket's path."""
    page.goto("/tickets")
    page.get_by_role("link", name="New ticket").click()
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("textbox", name="Description").fill(description)
    page.get_by_role("radiogroup", name="Priority").get_by_role("radio", name=priority, exact=True).check()
    page.get_by_role("button", name="Create ticket").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/tickets/\w{26}$"))
    return page.url


def holder_of(page: Page) -> str:
    """Whose the ticket is that the page shows, as soon as it is somebody's."""
    sentence = page.get_by_text(re.compile(r"Agent \d has it"))
    while not sentence.is_visible():
        page.wait_for_timeout(300)
        page.reload()
        page.get_by_role("heading", level=1).wait_for()
    found = re.search(r"Agent (\d)", sentence.inner_text())
    assert found
    return f"agent{found.group(1)}@example.com"


def test_a_ticket_from_filing_to_closing(visit: Visit, picture: Path) -> None:
    client = visit("client1@example.com")
    url = file_ticket(client, "The printer prints twice", "One page in, two pages out.")
    expect(client.get_by_text("Open", exact=True)).to_be_visible()
    expect(client.get_by_text("One page in, two pages out.")).to_be_visible()

    agent = visit(holder_of(client))
    agent.goto(url)
    agent.get_by_role("button", name="Start").click()
    expect(agent.get_by_text("In progress", exact=True)).to_be_visible()
    agent.get_by_role("textbox", name="Comment").fill("Is it better now?")
    agent.get_by_role("button", name="Send comment").click()
    expect(agent.get_by_role("article").filter(has_text="Is it better now?")).to_be_visible()
    expect(agent.get_by_role("textbox", name="Comment")).to_have_value("")
    agent.get_by_role("tab", name="Note").click()
    agent.get_by_role("textbox", name="Note").fill("The driver again.")
    agent.get_by_role("button", name="Save note").click()
    expect(agent.get_by_text("Internal note")).to_be_visible()

    client.reload()
    expect(client.get_by_text("waits for your answer")).to_be_visible()
    expect(client.get_by_text("Is it better now?")).to_be_visible()
    expect(client.get_by_text("The driver again.")).to_have_count(0)
    assert "The driver again." not in client.content()
    client.get_by_role("textbox", name="Comment").fill("It is.")
    client.get_by_label("Add files").or_(client.locator("input[type=file]").first).first.set_input_files(picture)
    expect(client.get_by_role("list", name="Files that go with it").get_by_role("progressbar")).to_have_count(0)
    client.get_by_role("textbox", name="Comment").press("Control+Enter")
    shown = client.get_by_role("article").filter(has_text="It is.")
    expect(shown.get_by_role("img", name="screen.png")).to_be_visible()
    assert shown.get_by_role("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 40

    agent.reload()
    agent.get_by_role("button", name="Resolve").click()
    expect(agent.get_by_text("Resolved", exact=True)).to_be_visible()
    client.reload()
    expect(client.get_by_text(re.compile("closes by itself on"))).to_be_visible()
    client.get_by_role("button", name="Reopen").click()
    expect(client.get_by_text("In progress", exact=True)).to_be_visible()
    agent.reload()
    agent.get_by_role("button", name="Resolve").click()
    expect(agent.get_by_text("Resolved", exact=True)).to_be_visible()
    client.reload()
    client.get_by_role("button", name="Close", exact=True).click()
    expect(client.get_by_text("Closed", exact=True)).to_be_visible()
    expect(client.get_by_role("textbox", name="Comment")).to_have_count(0)


def test_a_draft_survives_a_reload_and_another_ticket(visit: Visit) -> None:
    page = visit("client2@example.com")
    one = file_ticket(page, "One")
    two = file_ticket(page, "Two")
    page.get_by_role("textbox", name="Comment").fill("half a sent")
    page.goto(one)
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("")
    page.goto(two)
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("half a sent")
    page.reload()
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("half a sent")
    page.get_by_role("button", name="Client 2").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/login"))
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []


def test_what_was_typed_survives_a_lost_connection(visit: Visit) -> None:
    page = visit("client2@example.com")
    file_ticket(page, "Offline")
    page.get_by_role("textbox", name="Comment").fill("Written in a tunnel")
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline")).to_be_visible()
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("alert").filter(has_text="No connection")).to_be_visible()
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("Written in a tunnel")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("article").filter(has_text="Written in a tunnel")).to_have_count(1)


@pytest.mark.parametrize("text", ODD)
def test_what_people_write_is_shown_as_they_wrote_it(visit: Visit, text: str) -> None:
    page = visit("client2@example.com", viewport={"width": 390, "height": 844})
    file_ticket(page, text[:200], text)
    expect(page.get_by_role("article").get_by_text(text, exact=True)).to_be_visible()
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0
    page.goto("/tickets")
    expect(page.get_by_role("link", name=text[:200], exact=True)).to_be_visible()


def test_the_address_holds_search_and_filters(visit: Visit) -> None:
    page = visit("client2@example.com")
    file_ticket(page, "A cormorant in the server room", priority="Urgent")
    file_ticket(page, "A pelican in the lift", priority="Low")
    page.goto("/tickets")
    page.get_by_role("searchbox", name="Search tickets").fill("cormorant")
    expect(page.get_by_role("link", name="A pelican in the lift")).to_have_count(0)
    expect(page.get_by_role("link", name="A cormorant in the server room")).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=cormorant"))
    page.get_by_role("button", name="Priority").click()
    page.get_by_role("option", name="Low").click()
    expect(page.get_by_text("No ticket matches")).to_be_visible()
    page.reload()
    expect(page.get_by_text("No ticket matches")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("link", name="A pelican in the lift")).to_be_visible()


def test_other_peoples_pages_say_so(visit: Visit) -> None:
    page = visit("client1@example.com")
    mine = file_ticket(page, "Mine alone")
    page.goto("/figures")
    expect(page.get_by_role("heading", name="Not for your role")).to_be_visible()
    other = visit("client2@example.com")
    other.goto(mine)
    expect(other.get_by_role("heading", name="This ticket isn't here")).to_be_visible()


def test_notifications_lead_to_the_ticket_and_are_read_by_it(visit: Visit) -> None:
    client = visit("client1@example.com")
    url = file_ticket(client, "Tell me of it")
    agent = visit(holder_of(client))
    agent.goto(url)
    agent.get_by_role("textbox", name="Comment").fill("I tell you")
    agent.get_by_role("button", name="Send comment").click()
    expect(agent.get_by_role("article").filter(has_text="I tell you")).to_be_visible()
    client.request.get("/_local/idle?timeout=30")
    client.goto("/notifications")
    row = client.get_by_role("listitem").filter(has_text="Tell me of it")
    row.get_by_role("link", name=re.compile("wrote a comment")).click()
    expect(client.get_by_text("I tell you")).to_be_visible()
