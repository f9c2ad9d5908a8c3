"""Walks of lists while tickets change and the indexes lag: what matched since before the lag is shown exactly once, and
nothing twice (contract §2).
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

import pytest

from tests.e2e.client import Api, Json, Person, Team

LAG = 1.0
"""Seconds."""
WALKS = 6
"""Of each kind of list."""


@contextmanager
def changing(agent: Person, tickets: list[Json]) -> Iterator[None]:
    """Meanwhile one ticket after the other changes its priority, to and fro."""
    over = threading.Event()

    def change() -> None:
        for ticket, priority in zip(cycle(tickets), cycle(("urgent", "low", "high")), strict=False):
            if over.is_set():
                return
            agent.patch(f"/tickets/{ticket['id']}", {"priority": priority})

    changes = threading.Thread(target=change)
    changes.start()
    try:
        yield
    finally:
        over.set()
        changes.join()


@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
def test_a_walk_shows_what_matches_all_along_exactly_once(api: Api) -> None:
    team: Team = api.make_team()
    agent, client = team.agent(), api.make("client")
    tickets = [team.file_settled(client=client) for _ in range(8)]
    for ticket in tickets[:4]:
        agent.change(ticket, status="in_progress")
    api.wait_idle()
    all_ids = {ticket["id"] for ticket in tickets}
    active = "open,in_progress"
    lists: list[tuple[Person, dict[str, str]]] = [
        (agent, {}),
        (agent, {"status": active}),
        (agent, {"assignee_id": "me"}),
        (agent, {"assignee_id": "me", "status": active, "sort": "created"}),
        (agent, {"client_id": client.id}),
        (api.admin, {"team": team.id, "priority": "urgent,low,high,medium"}),
        (api.admin, {"client_id": client.id, "status": active}),
        (client, {}),
        (client, {"sort": "created", "status": active}),
    ]
    api.fault(gsi_delay_seconds=LAG)
    try:
        with changing(agent, tickets):
            for person, asked in lists * WALKS:
                seen = Counter(item["id"] for item in person.all("/tickets", **asked, limit="3"))
                assert {id_: seen[id_] for id_ in all_ids} == dict.fromkeys(all_ids, 1), asked
                assert set(seen.values()) == {1}, asked
    finally:
        api.clear_faults()
