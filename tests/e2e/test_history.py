"""A ticket's history is complete: all of the ticket's fields can be rebuilt from it (contract §3)."""

import random
from datetime import UTC, datetime
from typing import Any

import pytest
from ulid import ULID

from tests.e2e.client import Json, Person, Team


def said_at(comment_id: str) -> str:
    moment = datetime.fromtimestamp(ULID.from_str(comment_id).milliseconds / 1000, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def rebuilt(history: list[Json]) -> Json:
    """The ticket's fields, but for its id, its number and the names, by its history alone."""
    created = history[0]
    assert created["kind"] == "created"
    ticket: Json = dict(created["to"]) | {
        "status": "open",
        "assignee_id": None,
        "waiting_for": "agent",
        "created_at": created["at"],
        "updated_at": created["at"],
        "reopened_count": 0,
        "version": 1,
        **dict.fromkeys(("first_response_at", "last_public_message_at", "resolved_at", "closed_at")),
    }
    for event in history[1:]:
        if event["kind"] in ("note", "attachment"):
            continue
        if event["at"] != ticket["updated_at"]:
            ticket["version"] += 1
        ticket["updated_at"] = event["at"]
        if event["kind"] == "comment":
            _follow_comment(ticket, event)
        else:
            assert event["from"] == ticket[event["field"]], event
            ticket[event["field"]] = event["to"]
            if event["field"] == "status":
                _follow_move(ticket, event)
    return ticket


def _follow_comment(ticket: Json, event: Json) -> None:
    at, by_client = said_at(event["to"]), event["actor_id"] == ticket["client_id"]
    ticket["last_public_message_at"] = max(at, ticket["last_public_message_at"] or "")
    if not by_client:
        ticket["first_response_at"] = min(at, ticket["first_response_at"] or at)
    if ticket["status"] != "resolved":
        ticket["waiting_for"] = "agent" if by_client else "client"


def _follow_move(ticket: Json, event: Json) -> None:
    if event["from"] == "resolved" and event["to"] == "in_progress":
        ticket |= {"resolved_at": None, "reopened_count": ticket["reopened_count"] + 1, "waiting_for": "agent"}
    elif event["to"] in ("resolved", "closed"):
        ticket |= {f"{event['to']}_at": event["at"], "waiting_for": None}


def something(chance: random.Random, ticket: Json, people: list[Person], agents: list[str]) -> None:
    """Somebody tries something; whether they may is not the question here."""
    who, path = chance.choice(people), f"/tickets/{ticket['id']}"
    changes: dict[str, list[Any]] = {
        "status": ["open", "in_progress", "resolved", "in_progress", "resolved"],
        "priority": ["low", "medium", "high", "urgent"],
        "title": ["One", "Two 打印机"],
        "description": ["First", "Second"],
        "tags": [[], ["a", "é"]],
        "custom_fields": [{}, {"floor": 3, "deep": {"er": [1, None]}}],
        "assignee_id": [*agents, None],
    }
    kind = chance.choice(["comments", "notes", *changes, "status", "status"])
    if kind in changes:
        who.send("PATCH", path, json={kind: chance.choice(changes[kind])})
    else:
        who.send("POST", f"{path}/{kind}", json={"body": "Well."})


@pytest.mark.parametrize("seed", range(3))
def test_every_field_can_be_rebuilt(team: Team, seed: int) -> None:
    chance = random.Random(seed)
    agent, colleague, client = team.agent(), team.agent(), team.api.make("client")
    ticket = team.file(client=client, tags=["x"], custom_fields={"a": 1})
    people = [team.api.admin, agent, colleague, client, team.api.admin]
    for _ in range(40):
        something(chance, ticket, people, [agent.id, colleague.id])
    if seed == 0:
        team.api.admin.send("PATCH", f"/tickets/{ticket['id']}", json={"status": "closed"})
        team.api.advance(8 * 86400)
    shown = team.settled(ticket)
    looked_up = {"id", "number", "client_name", "assignee_name", "can", "unread", "closes_at"}
    wanted = {name: value for name, value in shown.items() if name not in looked_up}
    assert rebuilt(team.history(ticket)) == wanted
