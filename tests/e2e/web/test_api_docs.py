"""The API's own page: Swagger UI with files of ours alone, sign-in and requests that are really sent."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.web.conftest import PASSWORD, Visit


def test_somebody_signs_in_and_tries_a_request(visit: Visit, desk: str) -> None:
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api/docs")
    expect(page.get_by_role("heading", name=re.compile("Lambdesk"))).to_be_visible()
    form = page.get_by_role("form", name="Sign in to try requests")
    form.get_by_label("Email").fill("client1@example.com")
    form.get_by_label("Password").fill("not-the-password")
    form.get_by_role("button", name="Sign in").click()
    expect(form.get_by_role("status")).to_contain_text("password")
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button", name="Sign in").click()
    expect(form.get_by_role("status")).to_contain_text("(client)")

    me = page.locator("#operations-Own_account-read_me")
    me.get_by_role("button", name="GET").first.click()
    me.get_by_role("button", name="Execute").click()
    answer = me.locator(".live-responses-table")
    expect(answer).to_contain_text("client1@example.com")
    expect(answer.locator("tbody .response-col_status").first).to_contain_text("200")

    form.get_by_role("button", name="Sign out").click()
    me.get_by_role("button", name="Execute").click()
    expect(answer.locator("tbody .response-col_status").first).to_contain_text("401")
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(desk).netloc}, "nobody else is asked, no validator either"
