"""The chat's documents: AsyncAPI's own schema takes ours, the schemas are the code's, the examples run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from chalicelib.chat import destinations, schemas
from tests.e2e.asyncapi import DOCUMENT, validator
from tests.e2e.chat import JsonChat
from tests.e2e.client import Api, Team
from tests.e2e.printed import Printed

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / "tests" / "clients"


def examples(page: str) -> list[tuple[str, str, str]]:
    """Heading, language and code."""
    text = (ROOT / "docs" / page).read_text()
    return re.findall(r"^## ([^\n]+)\n\n```(js|python)\n(.*?)```", text, re.M | re.S)


EXAMPLES, LIVE = examples("chat.md"), examples("live.md")


def test_the_document_is_asyncapi_3() -> None:
    rules = json.loads((CLIENTS / "node_modules/@asyncapi/specs/schemas/3.0.0.json").read_text())
    assert [error.message for error in Draft7Validator(rules).iter_errors(DOCUMENT)] == []


def test_it_names_every_destination() -> None:
    addresses = {channel["address"] for channel in DOCUMENT["channels"].values()}
    topics = {destinations.ticket_topic("{ticket_id}"), destinations.METRICS}
    topics |= {destinations.events_topic("{ticket_id}"), destinations.team_topic("{team}")}
    asked_for = {destinations.TICKETS, destinations.NOTIFICATIONS, destinations.REPORTS}
    assert addresses == {*destinations.SENDS.values(), *destinations.OWN_QUEUES, *topics, *asked_for}
    actions = {
        channel["x-action"]: channel["address"] for channel in DOCUMENT["channels"].values() if "x-action" in channel
    }
    assert actions == destinations.SENDS


@pytest.mark.parametrize(
    "model",
    [
        schemas.ChatSend,
        schemas.PrivateSend,
        schemas.HistorySend,
        schemas.TypingSend,
        schemas.SeenSend,
        schemas.ViewingSend,
        schemas.ChatMessage,
    ],
)
def test_its_schemas_have_the_models_fields(model: type[schemas.ChatSend]) -> None:
    name = "Message" if model.__name__ == "ChatMessage" else model.__name__
    told = DOCUMENT["components"]["schemas"][name]
    made = model.model_json_schema()
    assert told["properties"].keys() == made["properties"].keys()
    required = set(made.get("required", ())) | ({"type"} if name == "Message" else set())
    assert set(told["required"]) == required


def test_its_schemas_refuse() -> None:
    assert not validator("ChatSend").is_valid({"ticket_id": "t"})
    assert not validator("ChatSend").is_valid({"ticket_id": "t", "content": "x" * 4001})
    assert validator("ChatSend").is_valid({"ticket_id": "t", "content": "x"})


@pytest.mark.parametrize(("title", "language", "code"), EXAMPLES, ids=[example[0] for example in EXAMPLES])
def test_the_example_talks(api: Api, team: Team, title: str, language: str, code: str) -> None:
    """It says something, hears itself, and hears somebody else."""
    client = api.make("client")
    ticket = team.file_settled(client=client)
    environment = {**os.environ, "API": api.url, "ACCESS": client.token, "TICKET": ticket["id"]}
    with JsonChat(api.admin) as other:
        other.watch(ticket)
        with started(language, code, environment) as process:
            heard = Printed(process)
            assert other.event("message")["content"].startswith("Hello")
            heard.until("Hello ")
            other.ask("chat", ticket_id=ticket["id"], content="Hi there, grüß dich")
            heard.until("grüß dich")
            process.kill()


@pytest.mark.parametrize(("title", "language", "code"), LIVE, ids=[example[0] for example in LIVE])
def test_the_live_example_keeps_ones_tickets(api: Api, team: Team, title: str, language: str, code: str) -> None:
    """It shows the list, then each change, what happened, what is unread and what one is notified of."""
    client = api.make("client")
    ticket = team.file_settled(client=client)
    number, path = ticket["number"], f"/tickets/{ticket['id']}"
    environment = {**os.environ, "API": api.url, "ACCESS": client.token, "TICKET": ticket["id"]}
    with started(language, code, environment) as process:
        heard = Printed(process)
        heard.until(f"#{number} open medium")
        api.wait_idle()  # the subscriptions stand
        api.admin.change(ticket, priority="high")
        heard.until(f"#{number} open high")
        heard.until("happened: changed priority")
        api.admin.post(f"{path}/comments", {"body": "Which floor?"})
        heard.until("happened: comment")
        heard.until("1 new comments")
        heard.until(f"told of comment by {api.admin.name}")
        heard.until("1 notifications")
        process.kill()


def test_live_has_an_example_for_each_kind_of_client() -> None:
    assert [language for _, language, _ in LIVE] == ["js", "python"]


def started(language: str, code: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    if language == "python":
        command = [sys.executable, "-c", code]
    else:
        script = 'import WebSocket from "ws";\nglobalThis.WebSocket ??= WebSocket;\n' + code
        command = ["node", "--input-type=module", "-e", script]
    return subprocess.Popen(
        command, cwd=CLIENTS, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
