"""A running server for each engine and each worker of pytest, shared by its tests; its API; and a team of one's own
that must be in order when the test ends."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from chalicelib.log import redacted
from infra.replay.server import ADMIN_PASSWORD, running
from tests.e2e.client import PASSWORD, Api, Json, Person, Team

ORIGIN = "https://desk.example.com"
"""The web client's origin, as the servers are set."""


SECRETS = {PASSWORD, ADMIN_PASSWORD, "$argon2", "eyJ"}
"""Passwords of these tests, and how hashes and tokens begin."""


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """The address of the server on an engine, started when it is first asked for. At the end of all tests what the
    servers printed is searched for secrets."""
    printed: list[Path] = []
    with ExitStack() as stack:
        urls: dict[str, str] = {}

        def url(engine: str) -> str:
            if engine not in urls:
                printed.append(tmp_path_factory.mktemp("server") / "printed")
                urls[engine] = stack.enter_context(running(engine, printed[-1], DEMO="0", ALLOWED_ORIGINS=ORIGIN))
            return urls[engine]

        yield url
    assert [line for file in printed for line in file.read_text().splitlines() if _tells(line)] == []


def _tells(line: str) -> bool:
    """Whether a line holds a secret. The greeting's says the first account's password, to whoever starts it."""
    greeting = line.startswith("  ")
    return not greeting and (redacted(line) != line or any(secret in line for secret in SECRETS))


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """`@pytest.mark.parametrize("engine", [...], indirect=True)` chooses another."""
    return str(getattr(request, "param", "moto"))


@pytest.fixture(scope="session")
def api(servers: Callable[[str], str], engine: str) -> Iterator[Api]:
    api = Api(servers(engine))
    yield api
    api.http.close()


@pytest.fixture
def team(api: Api) -> Iterator[Team]:
    """A new team. What must hold at rest is recounted after the test, and the sweep must have found nothing."""
    team = api.make_team()
    yield team
    assert team.mismatches() == []
    assert api.figures().get("SweepFindings", 0) == api.found_on_purpose[api.url]


@pytest.fixture
def client(api: Api) -> Person:
    return api.make("client")


@pytest.fixture
def agent(team: Team) -> Person:
    return team.agent()


@pytest.fixture
def ticket(team: Team, agent: Person, client: Person) -> Json:
    """The client's, and the agent's."""
    return team.file_settled(client=client)


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """Debian's Chromium. No longer than a module: while it is there, asyncio has a loop that runs in this thread."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "infra/machine.sh chromium"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, headless=True, args=[*quiet, "--disable-sync", "--no-first-run"], timeout=120_000
        )
        context = started.new_context()
        context.set_default_timeout(90_000)
        yield context
        started.close()


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()
