"""Accounts in the browser: signing up and in, one-time links, the profile."""

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.web.conftest import PASSWORD, Visit, sign_in

LinkMailed = Callable[[str, str], str]


def register(page: Page, name: str, email: str, password: str = "four words in a row") -> None:
    page.goto("/register")
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Create account").click()
    expect(page).to_have_url(re.compile(r"/tickets$"))


def test_signed_out_any_page_leads_to_sign_in_and_back(visit: Visit) -> None:
    page = visit()
    page.goto("/tickets?q=printer")
    expect(page).to_have_url(re.compile(r"/login\?next="))
    sign_in(page, "client1@example.com")
    expect(page).to_have_url(re.compile(r"/tickets\?q=printer$"))
    expect(page.get_by_role("searchbox", name="Search tickets")).to_have_value("printer")


@pytest.mark.parametrize(
    ("email", "path"),
    [("client1@example.com", "/tickets"), ("agent1@example.com", "/queue"), ("admin@example.com", "/figures")],
)
def test_everybody_begins_at_their_own_page(visit: Visit, email: str, path: str) -> None:
    page = visit(email)
    page.goto("/")
    expect(page).to_have_url(re.compile(f"{path}$"))


def test_the_menu_signs_out_in_every_tab(visit: Visit) -> None:
    page = visit("client1@example.com")
    other = page.context.new_page()
    other.goto("/tickets")
    page.get_by_role("button", name="Client 1").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/login$"))
    expect(other).to_have_url(re.compile(r"/login\?next="))
    page.goto("/tickets")
    expect(page).to_have_url(re.compile(r"/login\?next="))


def test_a_wrong_password_is_said_and_nothing_typed_is_lost(visit: Visit) -> None:
    page = visit()
    page.goto("/login")
    page.get_by_role("textbox", name="Email").fill("client1@example.com")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("don't belong together")
    expect(page.get_by_role("textbox", name="Email")).to_have_value("client1@example.com")


def test_a_taken_address_is_said_at_its_field(visit: Visit) -> None:
    page = visit()
    page.goto("/register")
    page.get_by_role("textbox", name="Name").fill("Somebody")
    page.get_by_role("textbox", name="Email").fill("client1@example.com")
    page.get_by_label("Password").fill("four words in a row")
    page.get_by_role("button", name="Create account").click()
    email = page.get_by_role("textbox", name="Email")
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(email).to_have_accessible_description(re.compile("has an account already"))


def test_the_link_confirms_the_address_on_a_click_alone(visit: Visit, link_mailed: LinkMailed) -> None:
    page = visit()
    register(page, "Ann", "ann@confirmed.example.com")
    page.goto("/profile")
    expect(page.get_by_text("We sent a link to")).to_be_visible()
    link = link_mailed("ann@confirmed.example.com", "verify-email")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(link)
    button = page.get_by_role("button", name="Confirm my address")
    expect(button).to_be_visible()
    assert "#" not in page.url
    assert not [url for url in asked if url.endswith("/email/verify")]
    button.click()
    expect(page.get_by_text("Your address is confirmed")).to_be_visible()
    page.goto("/profile")
    expect(page.get_by_text("We sent a link to")).to_have_count(0)


def test_whoever_has_the_mail_but_not_the_account_takes_the_address(visit: Visit, link_mailed: LinkMailed) -> None:
    squatter = visit()
    register(squatter, "Squatter", "owner@confirmed.example.com")
    owner = visit()
    owner.goto(link_mailed("owner@confirmed.example.com", "verify-email"))
    owner.get_by_label("Password").fill("I don't know it")
    owner.get_by_role("button", name="Confirm my address").click()
    expect(owner.get_by_role("alert")).to_contain_text("isn't the password")
    owner.get_by_role("link", name="Choose a new one with this link").click()
    owner.get_by_label("New password").fill("a password of my own")
    owner.get_by_role("button", name="Save the password").click()
    expect(owner.get_by_text("Your password is changed")).to_be_visible()
    owner.get_by_role("link", name="Sign in").click()
    sign_in(owner, "owner@confirmed.example.com", "a password of my own")
    expect(owner).to_have_url(re.compile(r"/tickets$"))


def test_a_forgotten_password_is_chosen_anew_once(visit: Visit, link_mailed: LinkMailed) -> None:
    register(visit(), "Bob", "bob@confirmed.example.com")
    page = visit()
    page.goto("/login")
    page.get_by_role("link", name="Forgotten your password?").click()
    expect(page.get_by_role("heading", name="Forgotten your password?")).to_be_visible()  # both pages ask for Email
    page.get_by_role("textbox", name="Email").fill("bob@confirmed.example.com")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("alert")).to_contain_text("a mail is on its way")
    link = link_mailed("bob@confirmed.example.com", "reset-password")
    page.goto(link)
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_label("New password")).to_be_focused()
    page.get_by_label("New password").fill("another four words")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_text("Your password is changed")).to_be_visible()
    page.goto("/login")
    page.goto(link)
    page.get_by_label("New password").fill("another four words")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_role("alert")).to_contain_text("doesn't work any more")


def test_other_sessions_are_seen_and_ended(visit: Visit) -> None:
    other = visit("client2@example.com")
    page = visit("client2@example.com")
    page.goto("/profile")
    sessions = page.get_by_role("list", name="Sessions").get_by_role("listitem")
    expect(sessions.filter(has_text="This one")).to_have_count(1)
    page.get_by_role("button", name="End all others").click()
    expect(sessions).to_have_count(1)
    other.goto("/tickets")
    expect(other).to_have_url(re.compile(r"/login\?next="))


def test_the_language_follows_the_account(visit: Visit) -> None:
    page = visit()
    register(page, "Carol", "carol@example.com")
    page.goto("/profile")
    page.get_by_role("button", name=re.compile("Language")).click()
    page.get_by_role("option", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_an_invitation_is_accepted_by_choosing_a_password(visit: Visit, desk: str, link_mailed: LinkMailed) -> None:
    with httpx.Client(base_url=f"{desk}/api") as http:
        admin = http.post("/auth/login", json={"email": "admin@example.com", "password": PASSWORD}).json()
        invited = http.post(
            "/users",
            headers={"Authorization": f"Bearer {admin['access_token']}"},
            json={"email": "dora@example.com", "name": "Dora", "role": "agent"},
        )
    assert invited.status_code == 201, invited.text
    page = visit()
    page.goto(link_mailed("dora@example.com", "accept-invitation"))
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    page.get_by_label("New password").fill("a password of dora's")
    page.get_by_role("button", name="Save the password").click()
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, "dora@example.com", "a password of dora's")
    expect(page).to_have_url(re.compile(r"/queue$"))
