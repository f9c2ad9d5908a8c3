"""What people complain of in other help desks and chats, tried here."""

import pytest
from playwright.sync_api import expect

from tests.e2e.web.conftest import Visit
from tests.e2e.web.test_chat import chat, messages
from tests.e2e.web.test_client import file_ticket

pytestmark = pytest.mark.long


def test_two_clicks_file_one_ticket_and_say_it_once(visit: Visit) -> None:
    """osTicket 2004."""
    page = visit("client2@example.com")
    page.goto("/tickets/new")
    page.get_by_role("textbox", name="Title").fill("Clicked twice")
    page.get_by_role("textbox", name="Description").fill("I always do.")
    page.get_by_role("button", name="Create ticket").dblclick()
    expect(page.get_by_role("heading", level=1, name="Clicked twice")).to_be_visible()
    page.get_by_role("textbox", name="Comment").fill("This, too")
    page.get_by_role("button", name="Send comment").dblclick()
    expect(page.get_by_role("article").filter(has_text="This, too")).to_be_visible()
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("")
    page.reload()
    expect(page.get_by_role("article").filter(has_text="This, too")).to_have_count(1)
    page.goto("/tickets")
    expect(page.get_by_role("link", name="Clicked twice")).to_have_count(1)


def test_the_enter_that_ends_an_input_method_sends_nothing(visit: Visit) -> None:
    """workadventure 5629, LibreChat: Safari tells it by the code 229 alone."""
    page = visit("client2@example.com")
    file_ticket(page, "Composed")
    dialog = chat(page)
    field = dialog.get_by_role("textbox", name="Message")
    field.fill("むずかしい")
    for how in ({"isComposing": True}, {"keyCode": 229}):
        field.dispatch_event("keydown", {"key": "Enter", **how})
    expect(field).to_have_value("むずかしい")
    field.press("Enter")
    expect(messages(dialog).get_by_text("むずかしい")).to_have_count(1)


def test_escape_leaves_the_chat_from_its_field_and_keeps_what_was_begun(visit: Visit) -> None:
    """LibreChat 5528, 3933."""
    page = visit("client2@example.com")
    file_ticket(page, "Left by Escape")
    chat(page).get_by_role("textbox", name="Message").fill("begun")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Chat")).to_be_focused()
    expect(chat(page).get_by_role("textbox", name="Message")).to_have_value("begun")
