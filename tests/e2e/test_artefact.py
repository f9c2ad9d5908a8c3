"""The zip that is deployed runs: unpacked into an empty folder, its functions stand behind the local runner's streams,
queues, schedules and gateway, each with its policy's rights alone, and the main job goes through them."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from websockets.sync.client import connect

from infra.local.functions.runtime import HTTP
from infra.local.lambdesk.demo import PASSWORD
from infra.local.stack import Stack
from tests.e2e.isolated import Artefact

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
MOST_UNPACKED = 250 * 2**20
"""Bytes that Lambda takes."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if "PACKAGE" in os.environ:  # one that was made already
        return Path(os.environ["PACKAGE"])
    out = tmp_path_factory.mktemp("package")
    here = "{}.{}".format(*sys.version_info)
    subprocess.run([sys.executable, "-m", "infra.package", out, "--python", here], cwd=ROOT, check=True)
    return out


@pytest.fixture(scope="module")
def artefact(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Artefact]:
    folder = tmp_path_factory.mktemp("task")
    with zipfile.ZipFile(package / "deployment.zip") as packed:
        packed.extractall(folder)
    with Stack() as stack, Artefact(folder, stack) as made:
        yield made


def test_lambda_takes_it(package: Path) -> None:
    with zipfile.ZipFile(package / "deployment.zip") as packed:
        unpacked = sum(member.file_size for member in packed.infolist())
        names = packed.namelist()
    assert unpacked < MOST_UNPACKED
    assert not [name for name in names if name.startswith(("infra/", "tests/", "bench/")) or "/__pycache__/" in name]


def test_the_main_job_goes_through_it(artefact: Artefact) -> None:
    stack = artefact.stack
    with httpx.Client(base_url=f"{stack.url}/api", timeout=120) as http:

        def bearer(who: str | None) -> dict[str, str]:
            return {"Authorization": f"Bearer {tokens[who]}"} if who else {}

        def ask(method: str, path: str, who: str | None = None, body: Any = None) -> Any:
            answer = http.request(method, path, headers=bearer(who), json=body)
            assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
            stack.wait_idle(120)
            return answer.json() if answer.text.startswith("{") else answer.text

        tokens: dict[str | None, str] = {}
        for who in ("admin", "client1", "agent1", "agent2", "agent3"):
            credentials = {"email": f"{who}@example.com", "password": PASSWORD}
            tokens[who] = ask("POST", "/auth/login", None, credentials)["access_token"]

        # assignment
        filed = ask("POST", "/tickets", "client1", {"title": "It burns", "description": "Ш!", "priority": "urgent"})
        path = f"/tickets/{filed['id']}"
        assigned = ask("GET", path, "client1")
        assert assigned["assignee_name"], artefact.errors
        agent = f"agent{assigned['assignee_name'].removeprefix('Agent ')}"
        ask("PATCH", path, agent, {"status": "in_progress"})
        ask("POST", f"{path}/comments", agent, {"body": "On my way, with sand."})

        # the agent leaves: the ticket goes to a colleague
        ask("PATCH", f"/users/{assigned['assignee_id']}", "admin", {"active": False})
        passed_on = ask("GET", path, "client1")
        assert passed_on["assignee_id"] not in (None, assigned["assignee_id"]), artefact.errors
        colleague = f"agent{passed_on['assignee_name'].removeprefix('Agent ')}"
        ask("PATCH", path, colleague, {"status": "resolved"})
        ask("PATCH", path, "client1", {"status": "closed"})
        reasons = [event["reason"] for event in ask("GET", f"{path}/history", "admin")["items"]]
        assert {"auto", "deactivated", "queue"} & set(reasons) >= {"auto", "deactivated"}, reasons

        # mail
        ask("POST", "/users", "admin", {"email": "new@example.com", "name": "New", "role": "client"})
        [invitation] = [mail for mail in stack.outbox.messages if mail["to"] == ["new@example.com"]]
        token = re.search(r"#token=(\S+)", invitation["text"])
        assert token
        ask("POST", "/auth/password/reset", None, {"token": token[1], "new_password": "a-password-of-hers-1"})

        # figures, a report
        assert ask("GET", "/metrics", "admin")["volume"] == {"created": 1, "resolved": 1, "closed": 1, "reopened": 0}
        today = passed_on["created_at"][:10]
        asked = {"kind": "overview", "format": "pdf", "from": today, "to": today}
        report = ask("POST", "/reports", "admin", asked)
        made = ask("GET", f"/reports/{report['id']}", "admin")
        assert made["status"] == "ready", (made, artefact.errors)
        assert http.get(made["url"]).content.startswith(b"%PDF-")

        # a file, mail in, mail that bounced
        file = {"filename": "stars.txt", "content_type": "text/plain", "size": 3}
        second = ask("POST", "/tickets", "client1", {"title": "It smokes", "description": "A little."})
        kept = ask("POST", f"/tickets/{second['id']}/attachments", "client1", file)
        upload = kept["upload"]
        assert http.post(upload["url"], data=upload["fields"], files={"file": b"***"}).is_success
        stack.wait_idle(120)
        shown = ask("GET", f"/tickets/{second['id']}/attachments/{kept['id']}", "client1")
        assert http.get(shown["url"]).content == b"***"
        known = {"from": "client1@example.com", "to": "help@lambdesk.test"}
        raw = b"From: client1@example.com\r\nSubject: It smells\r\nMessage-ID: <1@example.com>\r\n\r\nBadly.\r\n"
        assert http.post(f"{stack.url}/_local/mail/inbound", params=known, content=raw).is_success
        bounce = {"kind": "bounce", "recipient": "new@example.com", "permanent": True}
        assert http.post(f"{stack.url}/_local/mail/events", json=bounce).is_success
        stack.wait_idle(120)
        assert "It smells" in [each["title"] for each in ask("GET", "/tickets", "client1")["items"]], artefact.errors

        # the chat
        assert http.get(f"{stack.url}/ws-chat-sockjs/info").json()["websocket"] in (True, False)
    with connect(f"{stack.url.replace('http', 'ws', 1)}/ws-chat", additional_headers=bearer("client1")) as socket:
        socket.send(json.dumps({"action": "ping", "request_id": "1"}))
        assert json.loads(socket.recv(timeout=60)) == {"type": "ack", "request_id": "1"}
        said = {"action": "chat", "ticket_id": second["id"], "content": "Hello?", "request_id": "2"}
        socket.send(json.dumps(said))
        assert json.loads(socket.recv(timeout=60))["seq"] == 1
    stack.wait_idle(120)

    # what is scheduled
    stack.pumps.advance(86_400)
    stack.wait_idle(120)
    assert artefact.errors == []
    assert stack.permissions.refused == []


def test_every_handler_of_the_template_was_invoked(artefact: Artefact, package: Path) -> None:
    resources = yaml.safe_load((package / "sam.yaml").read_text())["Resources"].values()
    handlers = {each["Properties"]["Handler"] for each in resources if each["Type"] == "AWS::Serverless::Function"}
    assert {f"app.{'app' if name == HTTP else name}" for name in artefact.events} == handlers
    assert artefact.errors == []
