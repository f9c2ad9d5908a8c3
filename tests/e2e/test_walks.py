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

LAG = 3.0
"""Seconds."""
FEW, MANY = 24, 600
"""Sightings of each kind of list that there are at least: of a ticket, in a walk that has to show it."""


Changes = Iterator[tuple[str, Json]]
"""(ticket, what its PATCH says), without end."""


@contextmanager
def changing(admin: Person, *changes: Changes) -> Iterator[None]:
    """Meanwhile tickets change, each of `changes` in a thread. One that may not be made just then is skipped."""
    over = threading.Event()

    def make(some: Changes) -> None:
        for ticket_id, change in some:
            if over.is_set():
                return
            assert admin.send("PATCH", f"/tickets/{ticket_id}", json=change).status_code in (200, 409, 422)

    threads = [threading.Thread(target=make, args=(each,)) for each in changes]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def to_and_fro(tickets: list[Json]) -> Changes:
    """Priorities alone."""
    return zip(
        cycle(ticket["id"] for ticket in tickets),
        cycle({"priority": priority} for priority in ("urgent", "low", "high")),
        strict=False,
    )


def about(tickets: list[Json], *agents: Person) -> Changes:
    """From agent to agent, into work, back to the queue: always open or in progress."""
    moves: list[Json] = [{"status": "in_progress"}, *({"assignee_id": each.id} for each in agents), {"status": "open"}]
    for move in cycle(moves):
        for ticket in tickets:
            yield ticket["id"], move


@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
@pytest.mark.parametrize("sightings", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_a_walk_shows_what_matches_all_along_exactly_once(api: Api, sightings: int) -> None:
    team: Team = api.make_team()
    agent, colleague, client = team.agent(), team.agent(), api.make("client")
    tickets = [team.file_settled(client=client) for _ in range(8)]
    held, moving = tickets[:4], tickets[4:]
    for ticket in held:
        api.admin.patch(f"/tickets/{ticket['id']}", {"assignee_id": agent.id})
    api.wait_idle()
    everything, of_agent = ({ticket["id"] for ticket in some} for some in (tickets, held))
    active = "open,in_progress"
    lists: list[tuple[Person, dict[str, str], set[str]]] = [
        (agent, {}, everything),
        (agent, {"status": active}, everything),
        (agent, {"assignee_id": "me"}, of_agent),
        (agent, {"assignee_id": "me", "status": active, "sort": "created"}, of_agent),
        (agent, {"client_id": client.id}, everything),
        (api.admin, {"team": team.id, "priority": "urgent,low,high,medium"}, everything),
        (api.admin, {"client_id": client.id, "status": active}, everything),
        (client, {}, everything),
        (client, {"sort": "created", "status": active}, everything),
    ]
    api.fault(gsi_delay_seconds=LAG)
    try:
        with changing(api.admin, to_and_fro(tickets), about(moving, colleague, agent)):
            for person, asked, all_along in lists:
                for _ in range(-(-sightings // len(all_along))):
                    seen = Counter(item["id"] for item in person.all("/tickets", **asked, limit="3"))
                    assert {id_: seen[id_] for id_ in all_along} == dict.fromkeys(all_along, 1), asked
                    assert set(seen.values()) == {1}, asked
    finally:
        api.clear_faults()
