"""Every request and every consequence costs what tests/budgets.py says, however much there is already; and the
functions' policies allow what is called then, and nothing else but what tests/permissions.py argues for."""

from collections.abc import Iterator

import pytest

from bench import figures
from bench.desk import CHAT, SAMPLING, Costs, Desk, desk
from bench.life import Step, lives
from bench.operations import play
from chalicelib.tickets.kinds import wanted_by
from infra.local.engine.account import client
from infra.local.engine.invocations import invocation
from infra.local.engine.permissions import Permission
from infra.local.engine.template import STACK
from infra.local.meter import Cost
from tests.budgets import BUDGETS, LIFE
from tests.permissions import ARGUED, KEEPING_FAILED_RECORDS, PLATFORM

ROSTER_PAGE = 2
"""Read units that a look at the roster costs more when it finds a whole page of agents with room."""

PAGES = {"GET /tickets": 12.0, "GET /tickets/counts": 12.0, "GET /queue": 12.0}
"""Read units that a whole page of what is looked at costs more than a page of few: a filter shows some of 100 entries,
counts go to 100."""

LOST_RACE = 16
"""Write units of the transaction that is made in vain when two events of a ticket are counted at once."""

BUCKETS_MORE = 0.5
"""Read units that a block of days costs more at most when every length of time has occurred in it."""


@pytest.fixture(scope="module")
def played() -> Iterator[Desk]:
    with desk() as playing:
        play(playing)
        figures.among_many(playing)
        yield playing


@pytest.fixture(scope="module")
def costs_among_many(played: Desk) -> Costs:
    """The same with 300 tickets and 300 agents there."""
    played.stack.stop()
    with desk() as playing:
        play(playing, tickets=300, agents=300)
        return playing.costs


@pytest.mark.parametrize("row", BUDGETS)
def test_it_costs_what_the_table_says(played: Desk, row: str) -> None:
    assert {case: str(cost) for case, cost in played.costs.get(row, {}).items()} == BUDGETS[row]


def test_every_route_and_every_function_has_a_row(played: Desk) -> None:
    from chalicelib.edge.mount import mounted

    routes = {str(endpoint) for endpoint in mounted}
    assert routes | (played.stack.functions.consumers - SAMPLING) | CHAT == BUDGETS.keys()


def test_what_is_called_is_allowed(played: Desk) -> None:
    assert played.stack.permissions.refused == []


def test_what_is_allowed_is_called(played: Desk) -> None:
    played.stack.pumps.advance(86_400)  # once a day the figures are looked at
    played.stack.wait_idle()
    permissions = played.stack.permissions
    never = short(permissions.all - permissions.used)
    assert {
        function: left for function, some in never.items() if (left := some - ARGUED.get(function, {}).keys())
    } == {}
    allowed = short(permissions.all)
    for function, argued in ARGUED.items():
        assert argued.keys() <= allowed[function], "argued for, and not allowed"


def test_what_is_not_allowed_is_refused(played: Desk) -> None:
    """As IAM would, with its words."""
    dynamodb, tables = client("dynamodb"), played.stack.resources.template
    asked = {"TableName": tables.name("Accounts"), "Key": {"id": {"S": "somebody"}, "item": {"S": "account"}}}
    with invocation("sweep"), pytest.raises(dynamodb.exceptions.ClientError) as refused:
        dynamodb.get_item(**asked)
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
    assert "sweep is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb" in str(refused.value)
    with invocation("api_handler"):
        assert "Item" not in dynamodb.get_item(**asked)
    played.stack.permissions.refused.clear()


def short(permissions: set[Permission]) -> dict[str, set[str]]:
    """As tests/permissions.py has them, by function; without what Lambda itself does."""
    found: dict[str, set[str]] = {}
    for function, action, resource in permissions:
        named = f"{action} {resource.rpartition(':')[2].removeprefix('table/').removeprefix(STACK + '-')}"
        named = named.replace(f"table/{STACK}-", "")
        if action not in PLATFORM and named not in KEEPING_FAILED_RECORDS:
            found.setdefault(function, set()).add(named)
    return found


def test_nothing_scans(played: Desk) -> None:
    assert {call.operation for call in played.calls} >= {"dynamodb:Query"}
    assert not [call for call in played.calls if call.operation == "dynamodb:Scan"]


def test_a_new_ticket_is_assigned_by_one_query_and_one_transaction(played: Desk) -> None:
    given = played.costs["on_ticket_change"]["POST /tickets, for a client"]
    assert given.calls == {"Query": 1, "TransactWriteItems": 1}


def test_a_comment_costs_the_same_among_three_and_among_three_thousand(played: Desk) -> None:
    cases = played.costs["POST /tickets/{ticket_id}/comments"]
    assert cases["staff's, among 3,000"] == cases["staff's"]
    for change in ("comment", "note", "attachment"):
        assert not wanted_by("metrics", change, None, None), "counting reads the whole history"


def test_what_lies_under_a_ticket_is_one_query_a_page(played: Desk) -> None:
    """History and timeline merge four ranges of keys (docs/decisions/0022), whoever reads."""
    for kind, queries in {"comments": 1, "notes": 1, "attachments": 1, "history": 4, "timeline": 4}.items():
        assert played.costs[f"GET /tickets/{{ticket_id}}/{kind}"][""].calls == {"GetItem": 2, "Query": queries}


def test_a_queue_costs_one_more_of_each_at_most(played: Desk) -> None:
    for row, case in (
        ("on_ticket_change", "POST /tickets, nobody has room"),
        ("on_roster_change", "PUT /agents/me/availability, one waits"),
        ("on_roster_change", "PUT /agents/me/availability, ten wait"),
    ):
        calls = played.costs[row][case].calls
        assert calls.keys() == {"Query", "TransactWriteItems"}
        assert max(calls.values()) <= 2


def test_the_metrics_of_twenty_thousand_tickets_cost_what_those_of_a_thousand_do(played: Desk) -> None:
    """The same calls. Of durations there are more different ones among more tickets: up to the some 500 buckets that
    there are, a fraction of a unit for each item that holds them."""
    few, many = figures.MANY
    costs = played.costs["GET /metrics"]
    for days, blocks in (("a day", 1), ("30 days", 30), ("1,000 days", 15 + 40)):
        fewer, more = (costs[f"{days}, {tickets:,} tickets"] for tickets in (few, many))
        assert more.calls == fewer.calls
        assert fewer.read <= more.read <= fewer.read + blocks * BUCKETS_MORE


def test_nothing_costs_more_among_many_tickets_and_agents(played: Desk, costs_among_many: Costs) -> None:
    more: dict[tuple[str, str], tuple[Cost, Cost]] = {}
    for row, cases in played.costs.items():
        if row in ("on_report_request", "GET /metrics/me"):
            continue  # a report names every agent, and an agent's own figures may lie in every team
        for case, few in cases.items():
            if case == "a client's, by a word":
                continue  # goes through their own tickets, 150 at most a page
            if row == "GET /metrics" and case.endswith(" tickets"):
                continue  # what figures_among_many asks
            many = costs_among_many[row][case]
            page = ROSTER_PAGE * looks(few) if row in played.stack.functions.consumers else PAGES.get(row, 0.0)
            same = (many.calls, many.written) == (few.calls, few.written)
            if not (same and few.read <= many.read <= few.read + page):
                more[row, case] = (few, many)
    assert more == {}


@pytest.fixture(scope="module")
def lived(played: Desk) -> dict[int, dict[str, Step]]:
    played.stack.stop()
    return lives()


@pytest.mark.parametrize("size", LIFE)
def test_a_life_costs_what_the_table_says(lived: dict[int, dict[str, Step]], size: int) -> None:
    steps = lived[size]
    assert {step: str(found.own) for step, found in steps.items()} == {
        step: own for step, (own, *_) in LIFE[size].items()
    }
    most = {step: following + (LOST_RACE if step == "filed" else 0) for step, (*_, following) in LIFE[size].items()}
    found = {step: found.following_written for step, found in steps.items()}
    assert {step: written for step, written in found.items() if written > most[step]} == {}


@pytest.mark.parametrize(("size", "own", "everything"), [(300, 85, 193), (2_000, 93, 201), (20_000, 165, 273)])
def test_a_life_costs_little_more_than_it_must(
    lived: dict[int, dict[str, Step]], size: int, own: int, everything: int
) -> None:
    """Of 18 calls that it can't do without, and 62 units (docs/decisions/0022)."""
    steps = lived[size].values()
    assert sum(step.calls for step in steps) <= 23
    assert sum(floor for _, floor, _ in LIFE[size].values()) == 18
    written = sum(step.own.written for step in steps)
    assert written <= own
    assert written + sum(following for *_, following in LIFE[size].values()) <= everything


def looks(cost: Cost) -> int:
    return cost.calls.get("Query", 0)
