"""A running server for each engine and each worker of pytest, shared by its tests; its API; and a team of one's own
that must be in order when the test ends."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from infra.replay.server import running
from tests.e2e.client import Api, Team

ORIGIN = "https://desk.example.com"
"""The web client's origin, as the servers are set."""


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[str], str]]:
    """The address of the server on an engine, started when it is first asked for."""
    with ExitStack() as stack:
        urls: dict[str, str] = {}

        def url(engine: str) -> str:
            if engine not in urls:
                urls[engine] = stack.enter_context(running(engine, DEMO="0", ALLOWED_ORIGINS=ORIGIN))
            return urls[engine]

        yield url


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
    assert api.figures().get("SweepFindings", 0) == api.found_on_purpose
