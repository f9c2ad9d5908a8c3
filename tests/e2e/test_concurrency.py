"""Sixteen who file at once, on an engine with real isolation: nobody gets more than their share, whatever goes wrong
meanwhile."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from infra.replay.desk import Desk
from tests.e2e.client import Api, Team

FEW, MANY = 100, 200
CLIENTS = 16
AGENTS = 5

FAULTS = (
    {"operation": "dynamodb:TransactWriteItems", "error": "TransactionConflict", "probability": 0.1},
    {"operation": "dynamodb:TransactWriteItems", "error": "ThrottlingException", "probability": 0.1},
    {"operation": "dynamodb:TransactWriteItems", "error": "InternalServerError", "probability": 0.05, "after": True},
    {"operation": "dynamodb:Query", "error": "ProvisionedThroughputExceededException", "probability": 0.1},
    {"function": "*", "duplicate": 0.3},
    {"gsi_delay_seconds": 1},
)
CRASHES = 8

pytestmark = [
    pytest.mark.parametrize("engine", ["dynamodb-local"], indirect=True),
    pytest.mark.parametrize("tickets", [FEW, pytest.param(MANY, marks=pytest.mark.long)]),
]


@pytest.fixture
def no_faults_left(api: Api) -> Iterator[None]:
    yield
    api.clear_faults()


def file_all(team: Team, tickets: int) -> None:
    """Each as a patient client does: again with the same key while the server is busy."""
    client, token = team.api.make("client"), team.api.admin.token
    body = {"description": "It doesn't work.", "team": team.id, "client_id": client.id}

    with Desk(team.api.url) as desk, ThreadPoolExecutor(CLIENTS) as pool:

        def file(number: int) -> int:
            asked = {**body, "title": f"Ticket {number}"}
            return desk.request("POST", "/api/tickets", token=token, json=asked, key=uuid4().hex).status_code

        assert set(pool.map(file, range(tickets))) == {201}


def shares(team: Team, expected: int) -> list[int]:
    """How many tickets each agent has, fewest first."""
    team.api.wait_idle()
    tickets = list(team.api.admin.all("/tickets", team=team.id))
    assert len(tickets) == expected
    assert len({ticket["number"] for ticket in tickets}) == expected
    return sorted(Counter(ticket["assignee_id"] for ticket in tickets).values())


def test_equal_tickets_filed_at_once_are_shared_evenly(team: Team, tickets: int) -> None:
    for _ in range(AGENTS):
        team.agent()
    file_all(team, tickets)
    assert shares(team, tickets) == [tickets // AGENTS] * AGENTS


@pytest.mark.usefixtures("no_faults_left")
def test_they_are_shared_evenly_whatever_goes_wrong(api: Api, team: Team, tickets: int) -> None:
    for _ in range(AGENTS):
        team.agent()
    for fault in FAULTS:
        api.fault(**fault)
    for writes in range(CRASHES):
        api.fault(function="consumers", crash_after_writes=1 + writes % 3)
    file_all(team, tickets)
    api.clear_faults()
    found = shares(team, tickets)
    assert len(found) == AGENTS
    assert found[-1] - found[0] <= 1
