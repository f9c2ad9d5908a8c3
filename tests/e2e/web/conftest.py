"""The web client in a real browser, against a runner of its own with the demo accounts (contract §10)."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from infra import web
from infra.replay.server import running

PASSWORD = "demo-password-1"
EXPECTED = re.compile(r"the server responded with a status of (401|403|404|409|412|422)|ERR_INTERNET_DISCONNECTED")
"""What a browser's console says of answers that are part of a test."""

Visit = Callable[..., Page]

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a runner that serves the client as the sources are."""
    try:
        web.build()
    except web.NotBuilt as reason:
        pytest.skip(str(reason))
    with running("moto", tmp_path_factory.mktemp("desk") / "printed", DEMO="small") as url:
        yield url


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's source."""
    web.install(web.find_node(), web.CHECKS)
    return (web.CHECKS / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """No longer than a module: while it is there, asyncio has a loop that runs in this thread."""
    found = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--disable-gpu", "--no-first-run"])
        yield browser
        browser.close()


@pytest.fixture
def visit(desk: str, chromium: Browser) -> Iterator[Visit]:
    """Opens a browser of somebody's own: `visit()` a newcomer's, `visit("agent1@example.com")` one who is signed in.
    At the end no page has thrown, and no console has complained."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(email: str | None = None, password: str = PASSWORD, **options: object) -> Page:
        context = chromium.new_context(base_url=desk, **{"reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: (
                complaints.append(f"{page.url}: {said.text}")
                if said.type in ("error", "warning") and not EXPECTED.search(said.text)
                else None
            ),
        )
        if email is not None:
            sign_in(page, email, password)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    if "/login" not in page.url:
        page.goto("/login")
    page.get_by_role("textbox", name="Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/login" not in url)


@pytest.fixture
def link_mailed(desk: str) -> Callable[[str, str], str]:
    """The link of a kind in the newest mail to somebody: its path and fragment."""

    def find(to: str, kind: str) -> str:
        httpx.get(f"{desk}/_local/idle", params={"timeout": 30}, timeout=60).raise_for_status()
        messages = httpx.get(f"{desk}/_local/mail").json()["messages"]
        for message in reversed(messages):
            if to in message["to"] and (found := re.search(rf"{re.escape(desk)}(/{kind}#\S+)", message["text"])):
                return found.group(1)
        raise AssertionError(f"No mail to {to} has a link to /{kind}.")

    return find


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small PNG."""
    path = tmp_path / "screen.png"
    Image.new("RGB", (40, 30), "teal").save(path)
    return path
