"""An agent at work in the browser: the queue, the next ticket, what can be undone, who else is there, keys."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.e2e.web.conftest import PASSWORD, Visit


class Account:
    """Somebody who uses the API directly."""

    def __init__(self, desk: str, email: str) -> None:
        answer = httpx.post(f"{desk}/api/auth/login", json={"email": email, "password": PASSWORD}).raise_for_status()
        self.id = answer.json()["user"]["id"]
        self._url = f"{desk}/api"
        self._headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def ask(self, method: str, path: str, **body: object) -> Any:
        answer = httpx.request(method, self._url + path, json=body or None, headers=self._headers).raise_for_status()
        return answer.json() if answer.content else None


@pytest.fixture
def admin(desk: str) -> Account:
    return Account(desk, "admin@example.com")


@pytest.fixture
def agent(desk: str, admin: Account) -> Account:
    """Agent 1, who alone is available, without any active ticket."""
    for email in ("agent2@example.com", "agent3@example.com"):
        Account(desk, email).ask("PUT", "/agents/me/availability", availability="away")
    found = Account(desk, "agent1@example.com")
    for ticket in found.ask("GET", "/tickets?assignee_id=me&status=open,in_progress&limit=100")["items"]:
        if ticket["status"] == "open":
            admin.ask("PATCH", f"/tickets/{ticket['id']}", status="in_progress")
        admin.ask("PATCH", f"/tickets/{ticket['id']}", status="resolved")
    found.ask("PUT", "/agents/me/availability", availability="available")
    httpx.get(f"{desk}/_local/idle", params={"timeout": 30}, timeout=60).raise_for_status()
    return found


@pytest.fixture
def client(desk: str) -> Account:
    return Account(desk, "client1@example.com")


def filed(desk: str, client: Account, agent: Account, title: str, priority: str = "medium") -> dict[str, Any]:
    """A ticket of this agent's."""
    ticket: dict[str, Any] = client.ask(
        "POST", "/tickets", title=title, description="It doesn't work.", priority=priority
    )
    httpx.get(f"{desk}/_local/idle", params={"timeout": 30}, timeout=60).raise_for_status()
    assert agent.ask("GET", f"/tickets/{ticket['id']}")["assignee_id"] == agent.id
    return ticket


def heading(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def test_next_ticket_is_the_most_urgent_that_waits_for_the_agent(
    desk: str, visit: Visit, agent: Account, client: Account
) -> None:
    page = visit("agent1@example.com")
    page.goto("/queue")
    page.get_by_role("button", name="Next ticket").click()
    expect(page.get_by_text("No next ticket")).to_be_visible()

    filed(desk, client, agent, "A low one", "low")
    answered = filed(desk, client, agent, "An answered urgent one", "urgent")
    filed(desk, client, agent, "A high one", "high")
    agent.ask("POST", f"/tickets/{answered['id']}/comments", body="What do you see?")
    page.reload()
    rows = page.get_by_role("list", name="Waiting for you").get_by_role("link")
    expect(rows).to_have_text(["A high one", "A low one"])
    expect(page.get_by_role("list", name="Waiting for the client").get_by_role("link")).to_have_text(
        ["An answered urgent one"]
    )
    page.keyboard.press("n")
    heading(page, "A high one")


def test_what_comes_is_counted_and_moves_nothing_until_it_is_asked_for(
    desk: str, visit: Visit, agent: Account, client: Account
) -> None:
    filed(desk, client, agent, "The first", "low")
    page = visit("agent1@example.com")
    page.goto("/queue")
    rows = page.get_by_role("list", name="Waiting for you").get_by_role("link")
    expect(rows).to_have_text(["The first"])
    filed(desk, client, agent, "A more urgent one", "urgent")
    more = page.get_by_role("button", name="1 new")
    expect(more).to_be_visible()
    expect(rows).to_have_text(["The first"])
    more.click()
    expect(rows).to_have_text(["A more urgent one", "The first"])


def test_what_nobody_has_is_taken_from_the_queue(desk: str, visit: Visit, agent: Account, client: Account) -> None:
    agent.ask("PUT", "/agents/me/availability", availability="away")
    ticket = client.ask("POST", "/tickets", title="Waits for anybody", description="It doesn't work.")
    page = visit("agent1@example.com")
    page.goto("/queue")
    row = page.get_by_role("list", name="Waiting tickets").get_by_role("listitem").filter(has_text="Waits for anybody")
    expect(row).to_contain_text("nobody is available")
    row.get_by_role("button", name="Take").click()
    heading(page, "Waits for anybody")
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    assert agent.ask("GET", f"/tickets/{ticket['id']}")["assignee_id"] == agent.id


def test_the_team_s_page_follows_who_is_available_and_keeps_its_filters(
    desk: str, visit: Visit, agent: Account, client: Account
) -> None:
    filed(desk, client, agent, "Seen by the team", "urgent")
    page = visit("agent2@example.com")
    page.goto("/team")
    row = page.get_by_role("list", name="Agents").get_by_role("listitem").filter(has_text="Agent 1")
    expect(row).to_contain_text("Available")
    agent.ask("PUT", "/agents/me/availability", availability="away")
    expect(row).to_contain_text("Away")
    tickets = page.get_by_role("list", name="The team's tickets")
    expect(tickets.get_by_role("link", name="Seen by the team")).to_be_visible()
    page.get_by_role("button", name=re.compile("Priority$")).click()
    page.get_by_role("option", name="Low").click()
    expect(tickets.get_by_role("link", name="Seen by the team")).to_have_count(0)
    page.reload()
    expect(page).to_have_url(re.compile("priority="))
    expect(page.get_by_role("button", name=re.compile("Priority$"))).to_contain_text("Low")


def test_an_agent_switches_to_away_and_back(desk: str, visit: Visit, agent: Account) -> None:
    page = visit("agent1@example.com")
    page.goto("/queue")
    switch = page.get_by_role("switch", name="Available")
    expect(switch).to_be_checked()
    page.get_by_text("Available", exact=True).click()
    expect(switch).not_to_be_checked()
    page.reload()
    expect(switch).not_to_be_checked()
    page.get_by_text("Available", exact=True).click()
    expect(switch).to_be_checked()


def test_the_switch_takes_a_click_before_its_page_is_whole_and_one_while_it_is_busy(
    desk: str, visit: Visit, agent: Account
) -> None:
    page = visit("agent1@example.com")
    held: list[Route] = []
    page.route(re.compile(r"/api/agents\?"), lambda route: held.append(route))
    page.goto("/queue")
    switch = page.get_by_role("switch", name="Available")
    expect(switch).to_be_checked()
    with page.expect_response(re.compile("/availability$")):
        page.get_by_text("Available", exact=True).click()
    expect(switch).not_to_be_checked()
    page.unroute_all()
    page.reload()
    expect(page.get_by_text("Workload 0")).to_be_visible()
    expect(switch).not_to_be_checked()

    page.route(re.compile("/availability$"), lambda route: held.append(route), times=1)
    for on in (True, False, True):
        page.get_by_text("Available", exact=True).click()
        expect(switch).to_be_checked(checked=on)
    answers: list[Response] = []

    def is_third(answer: Response) -> bool:
        if answer.url.endswith("/availability"):
            answers.append(answer)
        return len(answers) == 3

    with page.expect_response(is_third):
        held[-1].continue_()
    assert [answer.json()["availability"] for answer in answers] == ["available", "away", "available"]
    expect(switch).to_be_checked()
    mine = next(each for each in agent.ask("GET", "/agents")["items"] if each["id"] == agent.id)
    assert mine["availability"] == "available"


def test_a_comment_can_be_taken_back_for_a_moment(desk: str, visit: Visit, agent: Account, client: Account) -> None:
    ticket = filed(desk, client, agent, "Undo")
    page = visit("agent1@example.com")
    page.goto(f"/tickets/{ticket['id']}")
    comment = page.get_by_role("textbox", name="Comment")
    comment.fill("Too early")
    page.get_by_role("button", name="Send comment").click()
    expect(comment).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(comment).to_have_value("Too early")
    page.wait_for_timeout(6_000)  # longer than anything is held
    assert client.ask("GET", f"/tickets/{ticket['id']}/comments")["items"] == []

    comment.fill("In time")
    comment.press("Control+Enter")
    expect(page.get_by_role("list", name="On its way")).to_have_count(0)
    expect(page.get_by_role("list", name="Timeline").get_by_text("In time")).to_be_visible()
    assert [each["body"] for each in client.ask("GET", f"/tickets/{ticket['id']}/comments")["items"]] == ["In time"]


def test_a_held_comment_survives_a_reload_and_is_said_once(
    desk: str, visit: Visit, agent: Account, client: Account
) -> None:
    ticket = filed(desk, client, agent, "Reload")
    page = visit("agent1@example.com")
    page.goto(f"/tickets/{ticket['id']}")
    page.get_by_role("textbox", name="Comment").fill("Said once")
    page.get_by_role("textbox", name="Comment").press("Control+Enter")
    expect(page.get_by_role("list", name="On its way")).to_be_visible()
    page.reload()
    expect(page.get_by_role("list", name="Timeline").get_by_text("Said once")).to_be_visible()
    assert len(client.ask("GET", f"/tickets/{ticket['id']}/comments")["items"]) == 1


def test_resolve_and_next_answers_resolves_and_goes_on(
    desk: str, visit: Visit, agent: Account, client: Account
) -> None:
    first = filed(desk, client, agent, "The one to solve", "urgent")
    filed(desk, client, agent, "The one after", "low")
    agent.ask("PATCH", f"/tickets/{first['id']}", status="in_progress")
    page = visit("agent1@example.com")
    page.goto(f"/tickets/{first['id']}")
    page.get_by_role("textbox", name="Comment").fill("It works again.")
    page.get_by_role("button", name="Resolve and next").click()
    heading(page, "The one after")
    page.get_by_role("button", name="Undo").click()
    heading(page, "The one to solve")
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("It works again.")
    assert client.ask("GET", f"/tickets/{first['id']}")["status"] == "in_progress"

    page.get_by_role("button", name="Resolve and next").click()
    heading(page, "The one after")
    page.goto(f"/tickets/{first['id']}")
    expect(page.get_by_text("Resolved", exact=True)).to_be_visible(timeout=30_000)
    assert [each["body"] for each in client.ask("GET", f"/tickets/{first['id']}/comments")["items"]] == [
        "It works again."
    ]


def test_a_change_that_came_too_late_shows_what_changed_and_is_kept(
    desk: str, visit: Visit, admin: Account, agent: Account, client: Account
) -> None:
    ticket = filed(desk, client, agent, "Both change this", "low")
    page = visit("admin@example.com")
    page.goto(f"/tickets/{ticket['id']}")
    page.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit the ticket")
    dialog.get_by_role("textbox", name="Title").fill("My title")
    agent.ask("PATCH", f"/tickets/{ticket['id']}", priority="urgent")
    dialog.get_by_role("button", name="Save", exact=True).click()
    refused = dialog.get_by_role("alert")
    expect(refused).to_contain_text("Somebody changed this ticket meanwhile")
    expect(refused).to_contain_text("Urgent")
    expect(dialog.get_by_role("textbox", name="Title")).to_have_value("My title")
    refused.get_by_role("button", name="Save mine all the same").click()
    heading(page, "My title")
    found = client.ask("GET", f"/tickets/{ticket['id']}")
    assert (found["title"], found["priority"]) == ("My title", "urgent")


def test_properties_are_set_at_the_side(desk: str, visit: Visit, agent: Account, client: Account) -> None:
    ticket = filed(desk, client, agent, "Properties", "low")
    page = visit("agent1@example.com")
    page.goto(f"/tickets/{ticket['id']}")
    side = page.get_by_role("complementary", name="Properties")
    side.get_by_role("button", name=re.compile("Priority$")).click()
    page.get_by_role("option", name="High").click()
    side.get_by_role("button", name=re.compile("Priority$")).click()
    page.get_by_role("option", name="High").click()  # the same again changes nothing
    expect(page.get_by_role("option")).to_have_count(0)
    side.get_by_role("textbox", name="Add a tag").fill("printer")
    side.get_by_role("textbox", name="Add a tag").press("Enter")
    expect(side.get_by_role("list", name="Tags")).to_contain_text("printer")
    expect(page.get_by_text("You set the tags to printer")).to_be_visible()
    found = client.ask("GET", f"/tickets/{ticket['id']}")
    assert (found["priority"], found["tags"]) == ("high", ["printer"])


def test_two_who_look_at_a_ticket_see_each_other(desk: str, visit: Visit, agent: Account, client: Account) -> None:
    ticket = filed(desk, client, agent, "Looked at")
    one, other = visit("agent1@example.com"), visit("agent2@example.com")
    one.goto(f"/tickets/{ticket['id']}")
    other.goto(f"/tickets/{ticket['id']}")
    expect(one.get_by_text("Agent 2 is looking at this, too")).to_be_visible()
    expect(other.get_by_text("Agent 1 is looking at this, too")).to_be_visible()
    other.get_by_role("tab", name="Note").click()
    other.get_by_role("textbox", name="Note").press_sequentially("Hm")
    expect(one.get_by_text("Agent 2 is writing a note")).to_be_visible()


def test_keys_lead_through_the_work_and_can_be_switched_off(
    desk: str, visit: Visit, agent: Account, client: Account
) -> None:
    filed(desk, client, agent, "The upper", "high")
    filed(desk, client, agent, "The lower", "low")
    page = visit("agent1@example.com")
    page.goto("/queue")
    expect(page.get_by_role("link", name="The upper")).to_be_visible()
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="The upper")).to_be_focused()
    page.keyboard.press("Enter")
    heading(page, "The upper")
    page.keyboard.press("m")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.keyboard.type("nj")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("nj")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Go anywhere").wait_for()
    page.keyboard.type("the low")
    page.get_by_role("menuitem", name="The lower").wait_for()
    page.keyboard.press("Enter")
    heading(page, "The lower")
    page.keyboard.press("r")
    expect(page.get_by_role("textbox", name="Comment")).to_be_focused()

    page.goto("/queue")
    expect(page.get_by_role("link", name="The upper")).to_be_visible()
    page.keyboard.press("?")
    page.get_by_text("Single keys act, outside of fields").click()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1, name="My queue")).to_be_visible()


@pytest.mark.parametrize("path", ["/queue", "/team"])
def test_a_client_is_told_that_a_page_isnt_theirs(visit: Visit, path: str) -> None:
    page = visit("client1@example.com")
    page.goto(path)
    expect(page.get_by_role("heading", name="Not for your role")).to_be_visible()
