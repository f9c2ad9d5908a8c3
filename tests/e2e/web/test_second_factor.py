"""The second factor in the browser: setting it up, signing in by two steps, losing the phone."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx
import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.web.conftest import PASSWORD, Visit, sign_in

LinkMailed = Callable[[str, str], str]
Newcomer = Callable[[], str]


@pytest.fixture
def newcomer(desk: str, link_mailed: LinkMailed) -> Newcomer:
    """Makes a client whose address is confirmed; answers the address."""

    def make() -> str:
        email = f"{uuid4().hex}@factor.example.com"
        who = {"email": email, "password": PASSWORD, "name": "Nora"}
        httpx.post(f"{desk}/api/auth/register", json=who).raise_for_status()
        token = link_mailed(email, "verify-email").partition("#token=")[2]
        proof = {"token": token, "password": PASSWORD}
        httpx.post(f"{desk}/api/auth/email/verify", json=proof).raise_for_status()
        return email

    return make


def enrolled(desk: str, email: str) -> tuple[pyotp.TOTP, list[str]]:
    """Sets a factor up past the pages; its app has used the code of a step ago."""
    with httpx.Client(base_url=f"{desk}/api") as api:
        signed_in = api.post("/auth/login", json={"email": email, "password": PASSWORD}).json()
        api.headers["Authorization"] = f"Bearer {signed_in['access_token']}"
        app = pyotp.TOTP(api.post("/auth/totp").json()["secret"])
        answer = api.post("/auth/totp/confirm", json={"code": app.at(int(time.time()) - 30)})
        answer.raise_for_status()
    return app, answer.json()["recovery_codes"]


def first_step(page: Page, email: str) -> None:
    page.goto("/login")
    page.get_by_role("textbox", name="Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def second_step(page: Page, code: str) -> None:
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name="Verify").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Nora").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/login$"))


def test_signing_in_takes_a_code(visit: Visit, desk: str, newcomer: Newcomer) -> None:
    email = newcomer()
    app, _ = enrolled(desk, email)
    page = visit()
    page.goto("/tickets?q=printer")
    first_step(page, email)
    second_step(page, "000000" if app.now() != "000000" else "000001")
    expect(page.get_by_role("alert")).to_contain_text("isn't right, or it was used")
    second_step(page, app.now())
    expect(page).to_have_url(re.compile(r"/tickets"))
    expect(page.get_by_role("searchbox", name="Search tickets")).to_be_visible()


@pytest.mark.long
def test_it_is_set_up_kept_and_removed(visit: Visit, newcomer: Newcomer, tmp_path: Path) -> None:
    email = newcomer()
    page = visit(email)
    page.goto("/profile")
    page.get_by_role("button", name="Set up a second factor").click()
    expect(page.get_by_role("img", name="QR code for your app")).to_be_visible()
    secret = page.locator("p[translate=no]").inner_text().replace(" ", "")
    app = pyotp.TOTP(secret)
    page.get_by_role("textbox", name="Code").fill("12")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("textbox", name="Code")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("textbox", name="Code").fill(app.at(int(time.time()) - 30))
    page.get_by_role("button", name="Confirm").click()
    codes = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    shown = codes.all_inner_texts()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the codes").click()
    saved.value.save_as(tmp_path / "codes.txt")
    assert (tmp_path / "codes.txt").read_text().split() == shown
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("In force")).to_be_visible()

    sign_out(page)
    first_step(page, email)
    page.get_by_role("button", name="Use a recovery code").click()
    page.get_by_text("Remember this device for 30 days").click()
    second_step(page, shown[0])
    expect(page).to_have_url(re.compile(r"/tickets$"))
    sign_out(page)
    sign_in(page, email)  # it is remembered
    page.goto("/profile")
    page.get_by_role("button", name="Remove the second factor").click()
    card = page.locator("section", has=page.get_by_role("heading", name="Second factor"))
    card.get_by_label("Password").fill(PASSWORD)
    card.get_by_role("textbox", name="Code").fill(shown[1])
    card.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("button", name="Set up a second factor")).to_be_visible()


@pytest.mark.long
def test_an_admin_takes_it_away(visit: Visit, desk: str, newcomer: Newcomer) -> None:
    email = newcomer()
    enrolled(desk, email)
    page = visit("admin@example.com")
    page.goto(f"/users?q={email}")
    page.get_by_role("button", name="Change Nora").click()
    page.get_by_role("button", name="Take the second factor away").click()
    expect(page.get_by_text("Make sure that it is they who ask")).to_be_visible()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("signs in with the password alone now")).to_be_visible()
    sign_in(visit(), email)


@pytest.mark.long
def test_too_many_wrong_codes_lead_back_to_the_beginning(visit: Visit, desk: str, newcomer: Newcomer) -> None:
    email = newcomer()
    _, codes = enrolled(desk, email)
    page = visit()
    first_step(page, email)
    for _ in range(6):
        with page.expect_response("**/auth/login/totp"):
            second_step(page, "no such code at all")
    expect(page.get_by_role("alert")).to_contain_text("Please sign in again")
    page.get_by_role("button", name="Sign in again").click()
    first_step(page, email)
    second_step(page, codes[0])
    expect(page).to_have_url(re.compile(r"/tickets$"))
