"""A record that reaches nobody: the sweep notices, mends it, and says so."""

import pytest

from tests.e2e.client import Api, Team


@pytest.fixture
def lost_records(api: Api) -> object:
    """Changes of tickets reach nobody, as nothing in AWS would lose them."""
    api.fault(function="on_ticket_change", swallow=1.0)
    yield
    api.clear_faults()


def test_a_swallowed_record_is_found_mended_and_counted(api: Api, team: Team, lost_records: object) -> None:
    agent = team.agent()
    before = api.figures()
    ticket = team.file_settled("urgent")
    assert ticket["assignee_id"] is None, "nobody was told of it"
    api.clear_faults()

    api.advance(30)
    assert team.settled(ticket)["assignee_id"] is None, "it may still come: streams lag"
    api.advance(60)
    found = team.settled(ticket)

    assert found["assignee_id"] == agent.id
    assert team.workload(agent) == 8
    after = api.figures()
    assert after["SweepFindings"] - before.get("SweepFindings", 0) == 1
    assert after["UnsettledTickets"] - before.get("UnsettledTickets", 0) == 1
    api.found_on_purpose[api.url] += 1
    api.advance(120)
    api.wait_idle()
    assert api.figures()["SweepFindings"] == after["SweepFindings"], "once mended, there is nothing to find"
