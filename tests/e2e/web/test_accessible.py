"""axe finds nothing on any page: in the light on a desk, in the dark on a phone (contract §10, WCAG 2.2 AA)."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.web.conftest import PASSWORD, Visit
from tests.e2e.web.test_client import file_ticket

OUTSIDE = ["/login", "/register", "/forgot-password", "/reset-password#token=x", "/verify-email#token=x"]
INSIDE = {
    "client1@example.com": ["/tickets", "/tickets/new", "TICKET", "/notifications", "/profile", "/queue", "/nowhere"],
    "agent1@example.com": ["/queue", "/team", "/tickets"],
    "admin@example.com": ["/figures", "/reports", "/users", "/agents", "/teams", "/mail", "/audit", "TICKET"],
}
LOOKS = [
    ("light", 1280),
    ("dark", 390),
    pytest.param("dark", 1280, marks=pytest.mark.long),
    pytest.param("light", 390, marks=pytest.mark.long),
    pytest.param("light", 320, marks=pytest.mark.long),  # 1280 at a zoom of 400 %: WCAG 1.4.10
]


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


@pytest.mark.long
def test_many_notifications_on_a_phone_have_targets_of_their_own(desk: str, visit: Visit, axe: str) -> None:
    page = visit("client1@example.com", viewport={"width": 390, "height": 6000})
    ticket = file_ticket(page, "Much said").rpartition("/")[2]
    login = httpx.post(f"{desk}/api/auth/login", json={"email": "admin@example.com", "password": PASSWORD})
    headers = {"Authorization": f"Bearer {login.raise_for_status().json()['access_token']}"}
    for number in range(30):
        body = {"body": f"Word {number}"}
        httpx.post(f"{desk}/api/tickets/{ticket}/comments", json=body, headers=headers).raise_for_status()
    httpx.get(f"{desk}/_local/idle", params={"timeout": 30}, timeout=60).raise_for_status()
    page.goto("/notifications")
    expect(page.get_by_role("button", name="Show more")).to_be_visible()
    assert not findings(page, axe)


@pytest.mark.long
def test_whoever_wants_less_motion_gets_none(visit: Visit) -> None:
    page = visit("client1@example.com", reduced_motion="reduce")
    file_ticket(page, "Without motion")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(element => {
            const {transitionDuration, animationDuration, animationName} = getComputedStyle(element);
            const longest = text => Math.max(...text.split(",").map(parseFloat));
            const animates = animationName !== "none" && longest(animationDuration) > 0.01;
            return animates || longest(transitionDuration) > 0.01;
        }).map(element => element.outerHTML.slice(0, 100))"""
    )
    assert moving == []
