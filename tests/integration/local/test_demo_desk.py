"""What `make run` shows whoever looks for the first time: a desk of three weeks (contract §1)."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.local.lambdesk.demo import PASSWORD
from infra.local.lambdesk.desk import story
from infra.local.lambdesk.desk.story import Happening
from infra.local.stack import Stack
from infra.replay.recount import recount


class Admin:
    """The demo admin, who reads lists to their end."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def all(self, path: str, **filters: str) -> Iterator[dict[str, Any]]:
        asked = {"limit": "100", **filters}
        while True:
            page = self._http.get(path, params=asked).raise_for_status().json()
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            asked["cursor"] = page["next_cursor"]


@contextmanager
def signed_in(stack: Stack) -> Iterator[Admin]:
    with httpx.Client(base_url=f"{stack.url}/api", timeout=60) as http:
        credentials = {"email": "admin@example.com", "password": PASSWORD}
        signed = http.post("/auth/login", json=credentials).raise_for_status().json()
        http.headers["Authorization"] = f"Bearer {signed['access_token']}"
        yield Admin(http)


@pytest.fixture
def first(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Plays the first of the stories alone."""
    whole = story.happenings

    def few(number: int) -> None:
        def played(now: float) -> list[Happening]:
            return [each for each in whole(now) if 0 <= each.story < number]

        monkeypatch.setattr(story, "happenings", played)

    return few


def test_the_desk_is_made_through_the_services_and_the_clock_ends_at_the_true_time(
    first: Callable[[int], None], tmp_path: Path
) -> None:
    first(4)
    with Stack(demo="1", home=tmp_path) as stack:
        assert httpx.get(f"{stack.url}/api/health", timeout=60).json() == {"status": "ok"}
        stack.wait_idle(300)
        assert stack.clock.offset == pytest.approx(0, abs=0.01)
        with signed_in(stack) as admin:
            tickets = list(admin.all("/tickets", sort="created"))
            said = list(admin.all(f"/tickets/{tickets[0]['id']}/comments"))
            agents = list(admin.all("/agents", team="support"))
    assert [each["title"] for each in tickets[:2]] == [
        "Parcel says delivered, but it isn't here",
        "Rechnung mit falscher Firma",
    ]
    assert {each["status"] for each in tickets} == {"closed"}, "long ago, those resolved were closed by themselves"
    assert [each["author_role"] for each in said] == ["agent", "client", "agent", "client"]
    assert said[0]["created_at"] > tickets[0]["created_at"]
    assert [each["availability"] for each in agents] == ["available"] * 3


def test_a_desk_that_was_interrupted_is_not_made_again_and_time_never_stays_behind(
    first: Callable[[int], None], tmp_path: Path
) -> None:
    first(1)
    with Stack("dynamodb-local", demo="1", home=tmp_path):
        pass  # it ends while the desk is being made
    with Stack("dynamodb-local", demo="1", home=tmp_path) as stack:
        assert stack.clock.offset >= 0
        stack.wait_idle(300)
        with signed_in(stack) as admin:
            assert len(list(admin.all("/tickets"))) <= 1


@pytest.mark.long
@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"])
def test_the_whole_desk_is_in_order(engine: str, tmp_path: Path) -> None:
    with Stack(engine, demo="1", home=tmp_path) as stack:
        stack.wait_idle(580)
        with signed_in(stack) as admin:
            tickets = list(admin.all("/tickets"))
            counted = recount(admin, ["support"])
        found = stack.logs.figures.get("SweepFindings", 0)
    assert counted.mismatches == []
    assert found == 0
    assert len(tickets) == sum(each.kind == "file" for each in story.happenings(1e9))
    statuses = Counter(each["status"] for each in tickets)
    assert min(statuses[status] for status in ("open", "in_progress", "resolved", "closed")) >= 4
    assert [each for each in tickets if each["reopened_count"]]
