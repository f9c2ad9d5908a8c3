"""The audit in the browser: each action said plainly, narrowed by what was done, by whom and when."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.web.conftest import Visit

pytestmark = pytest.mark.long


def test_an_admin_finds_who_did_what(visit: Visit) -> None:
    visit("client1@example.com")
    page = visit("admin@example.com")
    page.get_by_role("button", name=re.compile("^Admin")).first.wait_for()
    page.goto("/audit")
    expect(page.get_by_role("heading", level=1, name="Audit")).to_be_visible()
    entries = page.get_by_role("list", name="Audit").get_by_role("listitem")
    expect(entries.filter(has_text="Client 1 signed in.").first).to_be_visible()

    page.get_by_role("button", name=re.compile("Action")).click()
    page.get_by_role("option", name="Signed in", exact=True).click()
    expect(page).to_have_url(re.compile("action=signed_in"))
    entries.filter(has_text="Client 1").first.get_by_role("button", name="Only theirs").click()
    expect(page.get_by_text("Done by Client 1")).to_be_visible()
    expect(entries.filter(has_text="Admin signed in")).to_have_count(0)
    page.reload()
    expect(entries.first).to_contain_text("Client 1 signed in.")

    page.get_by_role("link", name="Client 1").first.click()
    expect(page.get_by_role("heading", level=1, name="People")).to_be_visible()
    expect(page.get_by_text("client1@example.com")).to_be_visible()


def test_days_without_entries_say_so_and_lead_back(visit: Visit) -> None:
    page = visit("admin@example.com")
    page.goto("/audit?from=2020-01-01&to=2020-01-02")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("list", name="Audit").get_by_role("listitem").first).to_be_visible()


def test_nobody_else_sees_it(visit: Visit) -> None:
    page = visit("agent1@example.com")
    page.goto("/audit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("list", name="Audit")).to_have_count(0)
