"""An admin in the browser decides what becomes of mail that was kept."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.web.conftest import Visit

pytestmark = pytest.mark.long


def receive(desk: str, sender: str, subject: str, text: str, to: str = "reply+none@lambdesk.test") -> None:
    raw = f"From: Eve <{sender}>\r\nSubject: {subject}\r\n\r\n{text}\r\n".encode()
    httpx.post(f"{desk}/_local/mail/inbound", params={"from": sender, "to": to}, content=raw).raise_for_status()
    httpx.get(f"{desk}/_local/idle", params={"timeout": 30}, timeout=60).raise_for_status()


def open_mail(page: Page, subject: str) -> None:
    page.get_by_role("button", name=f"Decide about {subject}").click()
    expect(page.get_by_role("dialog", name=subject)).to_be_visible()


def test_an_admin_makes_a_ticket_a_comment_or_nothing_of_kept_mail(visit: Visit, desk: str) -> None:
    for subject in ("For a ticket", "For a comment", "For nothing"):
        receive(desk, "eve@example.net", subject, f"{subject}, said Eve.")
    page = visit("admin@example.com")
    page.get_by_role("link", name="Kept mail").click()
    rows = page.get_by_role("list", name="Kept mail").get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("For nothing")
    expect(rows.first).to_contain_text("Sender has no account")

    open_mail(page, "For a ticket")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("For a ticket, said Eve.")).to_be_visible()
    dialog.get_by_role("textbox", name="In whose name").fill("nobody@example.com")
    dialog.get_by_role("button", name="Do it").click()
    expect(dialog.get_by_text("Nothing is found by this.")).to_be_visible()
    dialog.get_by_role("textbox", name="In whose name").fill("client1@example.com")
    dialog.get_by_role("button", name="Do it").click()
    expect(rows).to_have_count(2)

    client = visit("client1@example.com")
    client.get_by_role("link", name="For a ticket").click()
    client.wait_for_url("**/tickets/0*")
    number = client.get_by_text("#").first.inner_text().strip("# \n").split()[0].strip("#")

    open_mail(page, "For a comment")
    dialog.get_by_role("radio", name="A comment", exact=True).check()
    dialog.get_by_role("textbox", name="Number of the ticket").fill(number)
    dialog.get_by_role("textbox", name="In whose name").fill("client1@example.com")
    dialog.get_by_role("button", name="Do it").click()
    expect(rows).to_have_count(1)
    client.reload()
    expect(client.get_by_text("For a comment, said Eve.")).to_be_visible()

    open_mail(page, "For nothing")
    dialog.get_by_role("radio", name="Nothing", exact=True).check()
    dialog.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("No kept mail")).to_be_visible()


def test_others_are_told_that_it_is_the_admins_page(visit: Visit) -> None:
    page = visit("agent1@example.com")
    page.goto("/mail")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("list", name="Kept mail")).to_have_count(0)
