"""Reports over HTTP: asked for, made, fetched; what goes wrong is said; schedules."""

import csv
import io
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
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
    [
        ({"to": "2025-01-01"}, "from"),
        ({"from": "2020-01-01"}, "from"),
        ({"kind": "all"}, "kind"),
        ({"x": 1}, "x"),
        ({"paper": "a5"}, "paper"),
    ],
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


def test_recipients_get_one_mail_each_with_a_link_that_needs_signing_in(api: Api) -> None:
    told, quiet, demoted = (api.make("admin") for _ in range(3))
    quiet.patch("/auth/me", {"email_notifications": False})
    recipients = [told.id, quiet.id, demoted.id]
    body = {"kind": "agents", "format": "csv", "every": "day", "recipients": recipients}
    schedule = api.admin.post("/report-schedules", body)
    api.admin.patch(f"/users/{demoted.id}", {"role": "client"})
    api.fault(function="on_report_request", duplicate=1.0)
    for writes in (1, 2, 3):
        api.fault(function="on_report_request", crash_after_writes=writes)
    try:
        api.advance(86_400)
        api.advance(3_600)
        api.wait_idle()
    finally:
        api.clear_faults()
        api.admin.send("DELETE", f"/report-schedules/{schedule['id']}")
    assert _mail_to(api, quiet.email) == _mail_to(api, demoted.email) == []
    mails = _mail_to(api, told.email)
    assert len({mail["subject"] for mail in mails}) == len(mails) >= 1, "each day's report once"
    mail = mails[0]
    assert mail["subject"].startswith("Agents' report, ")
    [ready] = [each for each in api.admin.all("/reports") if f"/reports/{each['id']}" in mail["text"]]
    assert ready["status"] == "ready"
    for text in (mail["text"], mail["html"]):
        assert f"{api.url}/reports/{ready['id']}" in text
        assert "X-Amz" not in text
    path = f"/reports/{ready['id']}"
    assert httpx.get(told.get(path)["url"]).status_code == 200
    assert [who.send("GET", path).status_code for who in (api.anyone, demoted)] == [401, 403]


def test_recipients_are_told_too_when_there_is_no_report(api: Api) -> None:
    told = api.make("admin")
    body = {"kind": "overview", "format": "csv", "every": "day", "recipients": [told.id]}
    schedule = api.admin.post("/report-schedules", body)
    api.fault(operation="s3:PutObject", error="InternalError", function="on_report_request")
    try:
        api.advance(86_400)
        api.advance(3_600)
        api.wait_idle()
    finally:
        api.clear_faults()
        api.admin.send("DELETE", f"/report-schedules/{schedule['id']}")
    mail = _mail_to(api, told.email)[0]
    assert mail["subject"].endswith(" could not be made")
    assert "Ask for the report again" in mail["text"]


@pytest.mark.parametrize("kind", ["overview", "agents"])
def test_the_pdf_says_what_the_metrics_say(team: Team, kind: str, tmp_path: Path) -> None:
    api = team.api
    agents = [team.agent(name=f"Agent {name} of {team.id[-6:]}") for name in ("One", "Two")]
    client = api.make("client")
    for number in range(6):
        ticket = team.file_settled(("low", "high")[number % 2], client=client)
        api.admin.post(f"/tickets/{ticket['id']}/comments", {"body": "Seen."})
        api.admin.change(ticket, status="in_progress")
        if number < 4:
            api.admin.change(ticket, status="resolved")
        if number < 2:
            api.admin.change(ticket, status="closed")
    api.wait_idle()
    shown = api.admin.get("/metrics")
    ready = ask(api, kind, "pdf", **{"from": shown["from"], "to": shown["to"]}, paper="letter")
    file = tmp_path / "report.pdf"
    file.write_bytes(httpx.get(ready["url"]).content)
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    told = "".join(read.split())
    for name in ("open", "in_progress", "resolved", "closed"):
        assert f"{name.replace('_', '')}{shown['status_counts'][name]:,}" in told
    for name in ("urgent", "high", "medium", "low"):
        assert f"{name}{shown['priority_counts'][name]:,}" in told
    tiles = re.sub(r"\s+", " ", read)
    assert f"Created Resolved Closed Reopened {' '.join(f'{n:,}' for n in shown['volume'].values())}" in tiles
    for which, title in (("resolution_seconds", "Resolution"), ("first_response_seconds", "First response")):
        [row] = [line for line in read.splitlines() if re.match(rf"\s*{title}\s+\d", line)]
        assert re.findall(r"\(([\d.,]+) s\)", row) == [_in_seconds(value) for value in shown[which].values()]
    for day in shown["per_day"]:
        date_ = date.fromisoformat(day["date"])
        assert f"{date_.day}{date_:%b%Y}{day['created']:,}{day['resolved']:,}" in told
    ours = [agent for agent in shown["agents"] if agent["id"] in {agent.id for agent in agents}]
    assert len(ours) == len(agents)
    for agent in ours:  # others' names may be longer than a row
        [row] = [line for line in read.splitlines() if agent["name"] in line and "s  " in f"{line}s  "][-1:]
        numbers = row.replace(agent["name"], "").split()
        assert numbers[:2] == [f"{agent['assigned']:,}", f"{agent['resolved']:,}"]
        assert numbers[-2:] == [f"{agent['active']:,}", f"{agent['workload']:,}"]
        if agent["average_resolution_seconds"] is not None:
            assert numbers[-4] == _in_seconds(agent["average_resolution_seconds"])


def test_the_command_writes_the_same_report(api: Api, tmp_path: Path) -> None:
    api.wait_idle()
    days = ["--from", DAYS["from"], "--to", DAYS["to"], "--local", api.url]
    for form, more in (("csv", []), ("pdf", ["--paper", "letter"])):
        file = tmp_path / f"report.{form}"
        command = [sys.executable, "-m", "infra.report", *days, "--format", form, *more, "-o", str(file)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        if form == "csv":
            assert file.read_bytes() == httpx.get(ask(api)["url"]).content
        else:
            assert file.read_bytes().startswith(b"%PDF-")
    command = [sys.executable, "-m", "infra.report", "--from", "2020-01-01", "--to", "2026-01-01", "-o", str(file)]
    refused = subprocess.run([*command, "--local", api.url], capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "three years" in refused.stderr


def test_only_active_admins_get_reports(api: Api) -> None:
    for recipients in ([api.make("agent").id], [], [api.admin.id, api.admin.id], ["nobody"]):
        body = {"kind": "agents", "format": "csv", "every": "week", "recipients": recipients}
        assert api.admin.send("POST", "/report-schedules", json=body).status_code == 422


def _mail_to(api: Api, address: str) -> list[Json]:
    sent = api.http.get("/_local/mail").json()["messages"]
    return [mail for mail in sent if mail["to"] == [address] and "report" in mail["text"]]


def _in_seconds(value: float) -> str:
    """As the PDF writes it: up to three places, commas between thousands."""
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def _rows(ready: Json) -> list[dict[str, str]]:
    content = httpx.get(ready["url"]).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
