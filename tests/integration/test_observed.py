"""What the log and the measures tell of a run: one request can be followed to its last consequence, and nobody's
secrets stand in it."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from bench.desk import Desk, Person, desk

PASSWORD = "nobody-may-read-this-1"
TITLE, BODY, NAME = "Confidential printer", "My diagnosis is confidential.", "Wilhelmine Unverwechselbar"

Line = dict[str, Any]

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def running() -> Iterator[Desk]:
    with desk() as made:
        yield made


@pytest.fixture
def team(running: Desk) -> str:
    name = f"team-{next(_numbers)}"
    running.send("POST", "/teams", running.admin, json={"id": name, "name": name})
    return name


def agent(running: Desk, team: str, name: str, *, available: bool = True) -> Person:
    made = running.make(f"{name}@{team}.example.com", "agent", team=team)
    if available:
        running.send("PUT", "/agents/me/availability", made, json={"availability": "available"})
    return made


def filed(running: Desk, team: str) -> tuple[str, str]:
    """Ids of a new ticket and of the request that filed it."""
    body = {"title": TITLE, "description": BODY, "team": team}
    answer = running.send("POST", "/tickets", running.admin, json=body)
    return answer.json()["id"], answer.headers["X-Request-Id"]


def told(running: Desk, request_id: str) -> list[tuple[str, str]]:
    """Function and message of each line that names the request; which of two functions writes first, and how many
    events are counted together, is chance."""
    return sorted({(line["function"], line["message"]) for line in running.stack.logs.about(request_id)})


def measured(running: Desk) -> list[Line]:
    return [line for line in running.stack.logs.about() if "_aws" in line]


def values(running: Desk, figure: str) -> list[float]:
    return [value for line in measured(running) if figure in line for value in line[figure]]


def test_a_request_is_logged_with_its_route_and_no_more(running: Desk) -> None:
    answer = running.send("GET", f"/users/{running.admin.id}", running.admin)
    [line] = running.stack.logs.about(answer.headers["X-Request-Id"])
    assert (line["message"], line["method"], line["route"], line["status"]) == (
        "request", "GET", "/users/{user_id}", 200,
    )  # fmt: skip
    assert line["caller"] == running.admin.id


def test_a_ticket_can_be_followed_from_the_answer_to_its_assignment(running: Desk, team: str) -> None:
    ann = agent(running, team, "ann")
    ticket, request = filed(running, team)
    assert told(running, request) == [
        ("api_handler", "request"),
        ("on_mail", "mail sent"),
        ("on_metrics", "ticket counted"),
        ("on_ticket_change", "ticket assigned"),
    ]
    [assigned] = [line for line in running.stack.logs.about(request) if line["function"] == "on_ticket_change"]
    assert (assigned["ticket_id"], assigned["agent_id"], assigned["reason"]) == (ticket, ann.id, "auto")


def test_who_comes_is_told_to_have_emptied_the_queue(running: Desk, team: str) -> None:
    ann = agent(running, team, "ann", available=False)
    _, request = filed(running, team)
    assert ("on_ticket_change", "ticket queued") in told(running, request)
    waits = len(values(running, "SecondsInQueue"))
    answer = running.send("PUT", "/agents/me/availability", ann, json={"availability": "available"})
    came = answer.headers["X-Request-Id"]
    assert told(running, came) == [
        ("api_handler", "request"),
        ("on_mail", "mail sent"),
        ("on_metrics", "ticket counted"),
        ("on_roster_change", "ticket assigned"),
    ]
    [waited] = values(running, "SecondsInQueue")[waits:]
    assert 0 <= waited < 60


def test_a_departure_can_be_followed_through_stream_and_queue(running: Desk, team: str) -> None:
    ann, bob = agent(running, team, "ann"), agent(running, team, "bob", available=False)
    ticket, _ = filed(running, team)
    running.send("PUT", "/agents/me/availability", bob, json={"availability": "available"})
    answer = running.send("PATCH", f"/users/{ann.id}", running.admin, json={"active": False})
    lines = running.stack.logs.about(answer.headers["X-Request-Id"])
    assert lines[0]["function"] == "api_handler"
    [assigned] = [line for line in lines if line["message"] == "ticket assigned"]
    assert (assigned["function"], assigned["ticket_id"], assigned["agent_id"]) == ("on_requeue", ticket, bob.id)
    assert {line["function"] for line in lines} >= {"on_mail", "on_metrics"}


def test_a_report_can_be_followed_to_the_function_that_makes_it(running: Desk) -> None:
    asked = {"kind": "overview", "format": "csv", "from": "2026-01-01", "to": "2026-01-01"}
    answer = running.send("POST", "/reports", running.admin, json=asked)
    followed = told(running, answer.headers["X-Request-Id"])
    assert followed == [("api_handler", "request"), ("on_report_request", "report made")]


def test_what_matters_to_the_business_is_measured(running: Desk, team: str) -> None:
    agent(running, team, "ann")
    before = {figure: sum(values(running, figure)) for figure in ("TicketsCreated", "TicketsAssigned")}
    filed(running, team)
    assert sum(values(running, "TicketsCreated")) == before["TicketsCreated"] + 1
    assert sum(values(running, "TicketsAssigned")) == before["TicketsAssigned"] + 1
    [line] = measured(running)[-1:]
    [described] = line["_aws"]["CloudWatchMetrics"]
    assert described["Dimensions"] == [["service"]]


def test_the_sweep_says_each_minute_that_nothing_was_left(running: Desk) -> None:
    running.sweep("for its measures")
    assert values(running, "UnsettledTickets")[-1:] == [0]
    assert values(running, "SweepFindings")[-1:] == [0]


def test_no_secret_and_nothing_that_people_wrote_is_logged(running: Desk, team: str) -> None:
    new = {"email": "wilhelmine@private.example.com", "password": PASSWORD, "name": NAME}
    opened = running.send("POST", "/auth/register", running.anyone, json=new).json()
    person = Person(opened["user"]["id"], new["email"], {"Authorization": f"Bearer {opened['access_token']}"})
    agent(running, team, "ann")
    ticket, _ = filed(running, team)
    running.send("POST", f"/tickets/{ticket}/comments", running.admin, json={"body": BODY})
    running.send("POST", f"/tickets/{ticket}/notes", running.admin, json={"body": BODY})
    refreshed = running.send(
        "POST", "/auth/refresh", running.anyone, json={"refresh_token": opened["refresh_token"]}
    ).json()
    running.http.post("/auth/login", json={"email": new["email"], "password": PASSWORD + "x"})
    running.http.post("/auth/login", json={"email": [PASSWORD], "password": PASSWORD})
    running.http.get("/tickets", params={"q": TITLE, "cursor": PASSWORD}, headers=person.headers)
    running.stack.faults.add({"operation": "dynamodb:GetItem", "error": "AccessDeniedException"})
    running.http.post("/auth/login", json={"email": new["email"], "password": PASSWORD})
    running.stack.faults.clear()
    text = json.dumps(running.stack.logs.about(), ensure_ascii=False)
    secrets = [PASSWORD, TITLE, BODY, NAME, new["email"], "example.com", "Bearer", "$argon2"]
    secrets += [pair[name] for pair in (opened, refreshed) for name in ("access_token", "refresh_token")]
    assert "request failed" in text, "the fault should have shown in the log"
    assert [secret for secret in secrets if secret in text] == []


def test_the_runner_shows_the_lines_of_one_request(running: Desk, team: str) -> None:
    agent(running, team, "ann")
    _, request = filed(running, team)
    local = str(running.http.base_url).replace("/api", "/_local")
    lines = running.http.get(f"{local}logs", params={"request_id": request}).json()["lines"]
    assert {line["function"] for line in lines} == {"api_handler", "on_mail", "on_metrics", "on_ticket_change"}
