"""axe finds nothing on any page: in the light on a desk, in the dark on a phone (contract §10, WCAG 2.2 AA)."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.web.conftest import Visit
from tests.e2e.web.test_client import file_ticket

OUTSIDE = ["/login", "/register", "/forgot-password", "/reset-password#token=x", "/verify-email#token=x"]
INSIDE = {
    "client1@example.com": ["/tickets", "/tickets/new", "TICKET", "/notifications", "/profile", "/queue", "/nowhere"],
    "agent1@example.com": ["/queue", "/team", "/tickets"],
    "admin@example.com": ["/figures", "/reports", "/users", "/agents", "/teams", "/mail", "/audit", "TICKET"],
}
LOOKS = [("light", 1280), ("dark", 390)]


def findings(page: Page, axe: str) -> list[str]:
    page.get_by_role("heading", level=1).first.wait_for()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    page.evaluate(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    return [
        f"{page.url}: {each['id']}: {node['html'][:160]} {node['failureSummary'][:160]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing(visit: Visit, axe: str, scheme: str, width: int) -> None:
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 6000}}  # nothing is under a bar
    found: list[str] = []
    page = visit(**options)
    for path in OUTSIDE:
        page.goto("about:blank")
        page.goto(path)
        found += findings(page, axe)
    ticket = ""
    for email, paths in INSIDE.items():
        page = visit(email, **options)
        ticket = ticket or file_ticket(page, "Read by axe")
        for path in paths:
            page.goto(path.replace("TICKET", ticket))
            found += findings(page, axe)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found.append(f"{page.url} is {wide} px too wide at {width}")
    assert not found, "\n".join(found)
