"""What lists and a ticket's life cost among a thousand tickets and among fifty thousand: the same."""

import re

import pytest

from bench.crowd import fill
from bench.desk import desk
from bench.life import lived

FEW, MANY = 1_000, 50_000
_PAGE = {"limit": "25"}

LEAVING_OUT = ("an admin's, active ones", "a team's, open and high", "a team's, nobody's")
"""Lists for which entries of an index are read and left out: as many as four queries go through, and no more."""
MOST = re.compile(r"(\d+) Query; ([\d.]+) read")


def costs(tickets: int) -> dict[str, str]:
    """Of every kind of list, and of each step of a life, in a desk where so many tickets are there already."""
    with desk() as playing:
        agent = playing.make("ann@example.com", "agent", team="support")
        client = playing.make("client@example.com", "client")
        fill("support", tickets, 3, client.id)
        for case, person, filters in (
            ("an admin's", playing.admin, {}),
            ("an admin's, oldest first", playing.admin, {"sort": "created"}),
            ("an admin's, active ones", playing.admin, {"status": "open,in_progress"}),
            ("an admin's, closed urgent ones", playing.admin, {"status": "closed", "priority": "urgent"}),
            ("a team's", agent, {}),
            ("a team's, open and high", agent, {"status": "open", "priority": "high"}),
            ("a team's, nobody's", agent, {"assignee_id": "none"}),
            ("an agent's own", agent, {"assignee_id": "me"}),
            ("of a client, for an agent", agent, {"client_id": client.id}),
            ("a client's", client, {}),
            ("a client's, resolved", client, {"status": "resolved"}),
            ("by number", playing.admin, {"number": "7"}),
        ):
            playing.ask(case, "GET", "/tickets", person, params={**_PAGE, **filters})
        found = {case: str(cost) for case, cost in playing.costs["GET /tickets"].items()}
        return found | {step: str(cost.own) for step, cost in lived(playing, 300).items()}


@pytest.mark.long
def test_nothing_grows_with_the_tickets() -> None:
    few, many = costs(FEW), costs(MANY)
    assert {case: cost for case, cost in many.items() if case not in LEAVING_OUT} == {
        case: cost for case, cost in few.items() if case not in LEAVING_OUT
    }
    for case in LEAVING_OUT:
        queries, read = MOST.findall(many[case])[0]
        assert int(queries) <= 4
        assert float(read) <= 60
