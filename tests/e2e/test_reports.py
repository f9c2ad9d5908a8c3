"""Reports over HTTP: asked for, made, fetched; what goes wrong is said; schedules."""

import csv
import io
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.e2e.client import Api, Team

Json = dict[str, Any]

DAYS = {"from": "2026-01-01", "to": "2026-01-31"}


def ask(api: Api, kind: str = "overview", form: str = "csv", **more: str) -> Json:
    asked = api.admin.post("/reports", {"kind": kind, "format": form, **DAYS, **more}, expect=202)
    assert asked["status"] == "pending"
    api.wait_idle()
    shown: Json = api.admin.get(f"/reports/{asked['id']}")
    return shown


def test_they_are_for_admins(api: Api) -> None:
    ready = ask(api)
    for person, status in ((api.anyone, 401), (api.make("client"), 403), (api.make("agent"), 403)):
        for path in ("/reports", f"/reports/{ready['id']}", "/reports/none", "/report-schedules"):
            assert person.send("GET", path).status_code == status
    assert api.admin.send("GET", "/reports/none").status_code == 404
    assert api.admin.send("DELETE", f"/report-schedules/{ready['id']}").status_code == 404


def test_a_pdf_is_fetched_from_an_address_that_runs_out(api: Api) -> None:
    ready = ask(api, form="pdf")
    assert ready["status"] == "ready"
    fetched = httpx.get(ready["url"])
    assert (fetched.status_code, fetched.headers["Content-Type"]) == (200, "application/pdf")
    assert fetched.content.startswith(b"%PDF-")
    assert httpx.get(ready["url"].replace("X-Amz-Expires=900", "X-Amz-Expires=9000")).status_code == 403
    assert httpx.get(ready["url"].partition("?")[0]).status_code == 403
    api.advance(15 * 60 + 1)
    assert httpx.get(ready["url"]).status_code == 403
    assert httpx.get(api.admin.get(f"/reports/{ready['id']}")["url"]).status_code == 200


def test_the_csv_says_what_the_metrics_say(team: Team) -> None:
    agent = team.agent(name='=cmd|"/c calc"!A1')
    ticket = team.file_settled()
    agent.change(ticket, status="in_progress")
    agent.change(ticket, status="resolved")
    team.api.wait_idle()
    shown = team.api.admin.get("/metrics")
    days = {"from": shown["from"], "to": shown["to"]}
    rows = _rows(ask(team.api, **days))
    assert [(row["date"], int(row["created"]), int(row["resolved"])) for row in rows] == [
        (day["date"], day["created"], day["resolved"]) for day in shown["per_day"]
    ]
    by_id = {row["id"]: row for row in _rows(ask(team.api, "agents", **days))}
    for each in shown["agents"]:
        row = by_id[each["id"]]
        assert [int(row[name]) for name in ("assigned", "resolved", "workload")] == [
            each[name] for name in ("assigned", "resolved", "workload")
        ]
    assert by_id[agent.id]["name"] == '\'=cmd|"/c calc"!A1'


@pytest.mark.parametrize(
    ("body", "field"),
    [({"to": "2025-01-01"}, "from"), ({"from": "2020-01-01"}, "from"), ({"kind": "all"}, "kind"), ({"x": 1}, "x")],
)
def test_what_cannot_be_made_is_refused(api: Api, body: Json, field: str) -> None:
    answer = api.admin.send("POST", "/reports", json={"kind": "overview", "format": "pdf", **DAYS, **body})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_the_same_key_asks_once(api: Api) -> None:
    body = {"kind": "overview", "format": "csv", **DAYS}
    key = {"Idempotency-Key": uuid4().hex}
    first, second = (api.admin.send("POST", "/reports", json=body, headers=key).json() for _ in range(2))
    assert first["id"] == second["id"]


def test_duplicates_and_deaths_make_one_file(api: Api) -> None:
    for fault in ({"duplicate": 1.0}, {"crash_after_writes": 1}, {"crash_after_writes": 2}):
        api.fault(function="on_report_request", **fault)
    try:
        ready = ask(api)
    finally:
        api.clear_faults()
    assert ready["status"] == "ready"
    assert httpx.get(ready["url"]).status_code == 200


def test_one_that_cannot_be_made_says_why(api: Api) -> None:
    api.fault(operation="s3:PutObject", error="InternalError", function="on_report_request")
    try:
        failed = ask(api)
    finally:
        api.clear_faults()
    assert failed["status"] == "failed"
    assert "Ask for the report again" in failed["error"]
    assert "url" not in failed


def test_the_list_is_newest_first_and_holds_no_address(api: Api) -> None:
    ids = [ask(api)["id"] for _ in range(2)]
    listed = list(api.admin.all("/reports"))
    assert [report["id"] for report in listed][:2] == ids[::-1]
    assert not any("url" in report for report in listed)


def test_a_schedule_has_one_report_made_for_each_day(api: Api) -> None:
    body = {"kind": "agents", "format": "csv", "every": "day", "recipients": [api.admin.id]}
    made = api.admin.post("/report-schedules", body)
    assert made["id"] in [schedule["id"] for schedule in api.admin.all("/report-schedules")]
    before = {report["id"] for report in api.admin.all("/reports")}
    for _ in range(3):
        api.advance(86_400)
        api.advance(3_600)
        api.wait_idle()
    new = [report for report in api.admin.all("/reports") if report["id"] not in before]
    days = [report["from"] for report in new]
    assert len(days) == len(set(days)) >= 3
    assert all(report["status"] == "ready" and report["from"] == report["to"] for report in new)
    api.admin.send("DELETE", f"/report-schedules/{made['id']}")
    assert made["id"] not in [schedule["id"] for schedule in api.admin.all("/report-schedules")]


def test_only_active_admins_get_reports(api: Api) -> None:
    for recipients in ([api.make("agent").id], [], [api.admin.id, api.admin.id], ["nobody"]):
        body = {"kind": "agents", "format": "csv", "every": "week", "recipients": recipients}
        assert api.admin.send("POST", "/report-schedules", json=body).status_code == 422


def _rows(ready: Json) -> list[dict[str, str]]:
    content = httpx.get(ready["url"]).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
