"""GET /metrics over HTTP: access, days, teams, what doesn't hold it up, and the figures of a real log recounted."""

import csv
import gzip
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pynamodb.expressions.operand import Path as Attribute
from tqdm import tqdm

from chalicelib.metrics import recount
from chalicelib.metrics.models import MetricsItem
from chalicelib.settings import settings
from infra.local.stack import Stack
from infra.replay.__main__ import DEFAULT_LOG
from tests.e2e.client import Api, Team
from tests.e2e.metrics_recount import ERROR, ZONE, Recount, seconds

LOG = Path(__file__).parents[2] / os.environ.get("LAMBDESK_LOG", DEFAULT_LOG)

Json = dict[str, Any]


def metrics(api: Api, **asked: str) -> Json:
    found: Json = api.admin.get("/metrics", expect=200, **asked)
    return found


def test_it_is_for_admins(api: Api) -> None:
    for person, status in ((api.anyone, 401), (api.make("client"), 403), (api.make("agent"), 403)):
        assert person.send("GET", "/metrics?from=nonsense").status_code == status


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "2026-02-30"}, "from"),
        ({"to": "tomorrow"}, "to"),
        ({"from": "2026-02-02", "to": "2026-02-01"}, "from"),
        ({"from": "2023-01-01", "to": "2026-01-01"}, "from"),
        ({"team": "nobody"}, "team"),
        ({"first": "2026-01-01"}, "first"),
    ],
)
def test_what_cannot_be_asked_is_refused(api: Api, asked: dict[str, str], field: str) -> None:
    answer = api.admin.send("GET", "/metrics", params=asked)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_every_day_is_there_and_thirty_by_default(api: Api) -> None:
    shown = metrics(api)
    last = date.fromisoformat(shown["to"])
    assert [day["date"] for day in shown["per_day"]] == [(last - timedelta(days=29 - n)).isoformat() for n in range(30)]
    long = metrics(api, **{"from": "2023-01-01", "to": "2025-12-31"})
    assert len(long["per_day"]) == 1096


@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
def test_one_tickets_life_in_one_teams_figures(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled("high", client=client)
    agent.post(f"/tickets/{ticket['id']}/comments", {"body": "On it."})
    agent.change(ticket, status="in_progress")
    agent.change(ticket, status="resolved")
    team.api.wait_idle()
    shown = metrics(team.api, team=team.id)
    assert shown["lag_seconds"] == 0
    assert shown["volume"] == {"created": 1, "resolved": 1, "closed": 0, "reopened": 0}
    assert shown["status_counts"] == {"open": 0, "in_progress": 0, "resolved": 1, "closed": 0}
    took = seconds(agent.get(f"/tickets/{ticket['id']}"), "resolved_at")
    assert shown["resolution_seconds"]["average"] == took
    assert math.isclose(shown["resolution_seconds"]["median"], took, rel_tol=ERROR, abs_tol=0.001)
    assert shown["first_response_seconds"]["average"] is not None
    [row] = shown["agents"]
    assert (row["id"], row["assigned"], row["resolved"], row["active"]) == (agent.id, 1, 1, 0)
    client.post(f"/tickets/{ticket['id']}/comments", {"body": "Still broken."})
    team.api.wait_idle()
    shown = metrics(team.api, team=team.id)
    assert shown["volume"] == {"created": 1, "resolved": 0, "closed": 0, "reopened": 1}
    assert shown["resolution_seconds"] == {"average": None, "median": None, "p90": None}
    assert shown["priority_counts"] == {"low": 0, "medium": 0, "high": 1, "urgent": 0}
    assert shown["agents"][0]["resolved"] == 0


def test_who_waits_is_counted_and_how_long(team: Team) -> None:
    for _ in range(3):
        team.file()
    team.api.wait_idle()
    queue = metrics(team.api, team=team.id)["queue"]
    assert queue["waiting"] == 3
    assert 0 <= queue["oldest_wait_seconds"] < 600


def shows_lag(api: Api, team: Team) -> None:
    ends = time.monotonic() + 60
    while metrics(api, team=team.id)["lag_seconds"] == 0:
        assert time.monotonic() < ends


def test_a_stopped_consumer_shows_as_lag_and_catches_up(team: Team) -> None:
    api = team.api
    api.fault(operation="dynamodb:TransactWriteItems", error="ThrottlingException", function="on_metrics")
    try:
        team.file()
        shows_lag(api, team)  # as soon as the consumer has failed at it
    finally:
        api.clear_faults()
    api.wait_idle()
    shown = metrics(api, team=team.id)
    assert (shown["lag_seconds"], shown["volume"]["created"]) == (0, 1)


def test_duplicates_crashes_and_throttling_change_no_figure(team: Team) -> None:
    api, agent = team.api, team.agent()
    api.fault(function="consumers", duplicate=0.5)
    api.fault(
        operation="dynamodb:TransactWriteItems", error="TransactionConflict", probability=0.2, function="consumers"
    )
    api.fault(operation="dynamodb:TransactWriteItems", error="InternalServerError", probability=0.1, after=True)
    api.fault(operation="sqs:SendMessageBatch", error="RequestThrottled", probability=0.3)
    for writes in range(1, 5):
        api.fault(function="on_metrics", crash_after_writes=writes)
    try:
        for number in range(8):
            ticket = team.file_settled()
            agent.change(ticket, status="in_progress")
            agent.change(ticket, status="resolved")
            if number % 2:
                agent.change(ticket, status="in_progress")
    finally:
        api.clear_faults()
    api.wait_idle()
    shown = metrics(api, team=team.id)
    assert shown["volume"] == {"created": 8, "resolved": 4, "closed": 0, "reopened": 4}
    assert shown["status_counts"] == {"open": 0, "in_progress": 4, "resolved": 4, "closed": 0}
    assert (shown["agents"][0]["assigned"], shown["agents"][0]["resolved"]) == (8, 4)
    assert shown["lag_seconds"] == 0


def test_a_consumer_that_stands_still_for_an_hour_is_said_to_lag_by_it_and_catches_up(team: Team) -> None:
    api, agent = team.api, team.agent()
    api.wait_idle()
    api.fault(operation="dynamodb:TransactWriteItems", error="ThrottlingException", function="on_metrics")
    try:
        ticket = team.file()
        shows_lag(api, team)  # as soon as the consumer has failed at it
        api.advance(3600)
        shown = metrics(api, team=team.id)
        assert 3600 <= shown["lag_seconds"] < 3900
        assert shown["volume"]["created"] == 0
        assert shown["as_of"] > ticket["created_at"]
    finally:
        api.clear_faults()
    ticket = team.settled(ticket)
    agent.change(ticket, status="in_progress")
    api.wait_idle()
    shown = metrics(api, team=team.id)
    assert (shown["lag_seconds"], shown["volume"]["created"], shown["status_counts"]["in_progress"]) == (0, 1, 1)


def test_batches_that_fail_by_half_are_counted_to_the_end(team: Team) -> None:
    api = team.api
    api.fault(
        operation="dynamodb:TransactWriteItems", error="InternalServerError", probability=0.5, function="on_metrics"
    )
    try:
        for _ in range(20):
            team.file()
    finally:
        api.clear_faults()
    api.wait_idle()
    shown = metrics(api, team=team.id)
    assert (shown["volume"]["created"], shown["queue"]["waiting"]) == (20, 20)


def test_who_was_renamed_or_left_stays_readable_in_the_figures(team: Team) -> None:
    api, agent = team.api, team.agent()
    ticket = team.file_settled()
    agent.change(ticket, status="in_progress")
    agent.change(ticket, status="resolved")
    api.admin.patch(f"/users/{agent.id}", {"name": "Ann, formerly Bob"})
    api.admin.patch(f"/users/{agent.id}", {"active": False})
    api.wait_idle()
    [row] = metrics(api, team=team.id)["agents"]
    assert (row["id"], row["name"], row["resolved"]) == (agent.id, "Ann, formerly Bob", 1)
    later = {"from": "2020-01-01", "to": "2020-01-31"}
    assert metrics(api, team=team.id, **later)["agents"] == [], "did nothing in these days, and isn't there any more"


def test_the_verify_command_finds_no_difference(api: Api) -> None:
    api.wait_idle()
    command = [sys.executable, "-m", "infra.metrics", "verify", "--local", api.url]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "no difference\n"), ended.stdout + ended.stderr


@pytest.mark.long
def test_a_rebuild_during_traffic_mends_every_figure() -> None:
    """A counter is spoilt and one ticket's mark with it; the command counts anew while tickets move."""
    with Stack(demo="0") as stack:
        api = Api(stack.url)
        team = Team(api, "busy")
        agent = team.agent()
        for _ in range(60):
            team.file()
        api.wait_idle()
        _spoil(stack)
        verify = [sys.executable, "-m", "infra.metrics", "verify", "--local", stack.url]
        spoilt = subprocess.run(verify, capture_output=True, text=True, check=False)
        assert spoilt.returncode == 1
        assert "counted" in spoilt.stdout
        command = [sys.executable, "-m", "infra.metrics", "rebuild", "--local", stack.url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as rebuilding:
            while rebuilding.poll() is None:
                ticket = team.file_settled()
                agent.change(ticket, status="in_progress")
                agent.change(ticket, status="resolved")
            assert rebuilding.returncode == 0, rebuilding.communicate()
        api.wait_idle()
        right = subprocess.run(verify, capture_output=True, text=True, check=False)
        assert right.stdout == "no difference\n"
        filed = len(list(api.admin.all("/tickets", team=team.id)))
        assert metrics(api, team=team.id)["volume"]["created"] == filed
        api.http.close()


def _spoil(stack: Stack) -> None:
    """Every item that counts tickets as they are now says one more."""
    for item in MetricsItem.query("1#now#0"):
        item.update(actions=[Attribute(["open"]).add({"N": "1"})])


# --- the real log ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not LOG.exists(), reason=f"there is no log at {LOG}: name one with LAMBDESK_LOG=…")
def test_every_figure_of_a_real_log_equals_a_recount(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recount, "READERS_GONE", 0)
    _replay_and_recount(70)


@pytest.mark.long
@pytest.mark.skipif(not LOG.exists(), reason=f"there is no log at {LOG}: name one with LAMBDESK_LOG=…")
def test_every_figure_of_the_whole_real_log_equals_a_recount() -> None:
    _replay_and_recount(None)


def _replay_and_recount(cases: int | None) -> None:
    """Plays the log on a clock that follows it, then compares every day, month and agent with what the tickets and
    their histories say at the public interface."""
    lasting = {"ACCESS_TOKEN_SECONDS": str(20 * 366 * 86_400), "AUTO_CLOSE_DAYS": "0", "TIME_ZONE": ZONE}
    with Stack(demo="0", settings=lasting) as stack:
        api = Api(stack.url)
        api.http.timeout = 600  # it is played for an hour, and the machine may have other work
        agents = [api.make("agent") for _ in range(4)]
        for agent in agents:
            agent.comes()
            agent.patch("/auth/me", {"email_notifications": False})  # mail is not what this is about
        tickets = _play(api, stack, cases)
        stack.pumps.advance(0)  # what became due meanwhile starts now, not when a minute of ours is over
        stack.wait_idle(600)
        right = Recount(api, tickets)
        first, last = right.first(), right.last()
        days = [(first + timedelta(days=n),) * 2 for n in range((last - first).days + 1)]
        spans = [*days, *_months(first, last), *_odd_spans(first, last)]
        for begin, end in spans:
            right.compare(metrics(api, **{"from": begin.isoformat(), "to": end.isoformat()}), begin, end)
        events = sum(right.events.values())
        told = f"{len(tickets)} tickets, {events} events, {len(days)} days, {len(spans)} spans: every figure agrees"
        print(told, file=sys.__stderr__)
        api.http.close()


def _play(api: Api, stack: Stack, cases: int | None) -> dict[str, Json]:
    """Answers the tickets by their id, as they are at the end. After a third of the log there are more shards, after
    two thirds everything is counted anew while the log goes on."""
    with gzip.open(LOG, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    chosen = set(list(dict.fromkeys(row["case"] for row in rows))[:cases])
    rows = [row for row in rows if row["case"] in chosen]
    begin = datetime.fromisoformat(rows[0]["timestamp"])
    offset = stack.clock.time() - begin.timestamp()
    client = api.make("client")
    client.patch("/auth/me", {"email_notifications": False})
    tickets: dict[str, Json] = {}
    rebuilding: list[Thread] = []
    for number, row in enumerate(tqdm(rows, unit=" lines", disable=None, file=sys.__stderr__)):
        if number == len(rows) // 3:
            vars(settings)["metrics_shards"] = 3
        elif number == len(rows) * 2 // 3:
            rebuilding.append(Thread(target=recount.rebuild, kwargs={"segments": 2}))
            rebuilding[0].start()
        due = datetime.fromisoformat(row["timestamp"]).timestamp() + offset
        stack.clock.advance(max(0.0, due - stack.clock.time()))
        if row["case"] not in tickets:
            priority = {"1": "medium", "2": "low", "3": "urgent", "4": "high"}[row["seriousness"]]
            body = {"title": f"Case {row['case']}", "description": row["product"], "priority": priority}
            tickets[row["case"]] = client.post("/tickets", body)
        tickets[row["case"]] = _act(api, row["activity"], tickets[row["case"]])
    rebuilding[0].join()
    return {ticket["id"]: api.admin.get(f"/tickets/{ticket['id']}") for ticket in tickets.values()}


def _act(api: Api, activity: str, ticket: Json) -> Json:
    """Answers the ticket as it is then: nobody but this changes a status, so nobody has to be asked for it."""
    path, status = f"/tickets/{ticket['id']}", ticket["status"]
    match activity:
        case "Take in charge ticket" if status == "open":
            ticket = api.admin.patch(path, {"status": "in_progress"})
        case "Wait" | "Require upgrade" | "Create SW anomaly" | "Schedule intervention" if status != "closed":
            api.admin.post(f"{path}/comments", {"body": activity})
        case "Resolve ticket" | "RESOLVED" if status != "closed":
            if status in ("open", "resolved"):
                api.admin.patch(path, {"status": "in_progress"})
            ticket = api.admin.patch(path, {"status": "resolved"})
        case "Closed" if status == "resolved":
            ticket = api.admin.patch(path, {"status": "closed"})
    return ticket


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    begin = first.replace(day=1)
    while begin <= last:
        following = (begin + timedelta(days=32)).replace(day=1)
        yield begin, following - timedelta(days=1)
        begin = following


def _odd_spans(first: date, last: date) -> Iterator[tuple[date, date]]:
    whole = (last - first).days
    for start, length in ((0, 1), (0, whole), (7, 13), (whole // 3, whole // 2), (whole, 0), (1, 100), (-400, 1000)):
        begin = first + timedelta(days=start)
        yield begin, min(begin + timedelta(days=length), begin + timedelta(days=1095))
