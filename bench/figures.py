"""The part of bench/operations.py about metrics and reports: what reading and making them costs."""

import json
from collections.abc import Iterator
from datetime import date

from bench.crowd import count
from bench.desk import Desk, Json
from infra.local.lambdesk.demo import ADMIN

MANY = (1_000, 20_000)
"""Tickets over which metrics are read."""


def among_many(desk: Desk) -> None:
    """After `play`: metrics of teams whose tickets are counted as so many would be. What is there besides makes no
    difference."""
    admin = desk.signed_in(ADMIN)
    for tickets in MANY:
        team = team_of(tickets)
        count(team, tickets, date(2026, 1, 1), 1000)
        for case, days in _spans():
            desk.ask(f"{case}, {tickets:,} tickets", "GET", "/metrics", admin, params={**days, "team": team})


def team_of(tickets: int) -> str:
    return f"of-{tickets}"


def _spans() -> Iterator[tuple[str, Json]]:
    for case, last in (("a day", "2026-01-01"), ("30 days", "2026-01-30"), ("1,000 days", "2028-09-26")):
        yield case, {"from": "2026-01-01", "to": last}


def play(desk: Desk, page: Json, path: str, team: str) -> None:
    """`path`: of a ticket of `team` that is counted already."""
    admin = desk.admin
    for case, days in _spans():
        desk.ask(case, "GET", "/metrics", admin, params={**days, "team": team})
    desk.ask("30 days", "GET", "/metrics/me", desk.signed_in("zoe@example.com"))
    event = next(iter(desk.send("GET", f"{path}/history", admin).json()["items"]))["id"]
    ticket = path.rpartition("/")[2]
    keys = {"id": {"S": ticket}, "item": {"S": f"event#{event}"}}
    image = {"change": {"S": "created"}}
    told = {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "1", "Keys": keys, "NewImage": image}}
    desk.told("fan_out", "one event", {"Records": [told]})
    message = {"messageId": "1", "body": json.dumps({"ticket_id": ticket, "item": f"event#{event}"})}
    desk.told("on_metrics", "told again", {"Records": [message]})
    desk.told("on_search", "told again of a new ticket", {"Records": [message]})
    wanted = {"kind": "overview", "format": "csv", "from": "2026-01-01", "to": "2026-01-01"}
    report = desk.ask("", "POST", "/reports", admin, wanted)
    made = desk.ask("", "GET", f"/reports/{report['id']}", admin)
    assert desk.http.get(made["url"]).is_success
    desk.ask("", "GET", "/reports", admin, params=page)
    schedule = {"kind": "agents", "format": "csv", "every": "month", "recipients": [admin.id]}
    scheduled = desk.ask("", "POST", "/report-schedules", admin, schedule)
    desk.ask("", "GET", "/report-schedules", admin, params=page)
    desk.ask("", "DELETE", f"/report-schedules/{scheduled['id']}", admin)
