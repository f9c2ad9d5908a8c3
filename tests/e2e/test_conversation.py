"""Comments, notes and what they tell about who waits for whom (contract §3)."""

import pytest

from tests.e2e.client import Json, Person, Team


def say(person: Person, ticket: Json, kind: str, body: str, expect: int = 201) -> Json:
    said: Json = person.post(f"/tickets/{ticket['id']}/{kind}", {"body": body}, expect=expect)
    return said


def bodies(person: Person, ticket: Json, kind: str) -> list[str]:
    return [said["body"] for said in person.all(f"/tickets/{ticket['id']}/{kind}")]


def test_the_discussion_is_everybodys_oldest_first(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled(client=client)
    said = say(client, ticket, "comments", "It hums.")
    assert said == {
        "id": said["id"],
        "ticket_id": ticket["id"],
        "author_id": client.id,
        "author_name": client.name,
        "author_role": "client",
        "body": "It hums.",
        "created_at": said["created_at"],
        "trimmed": None,
        "attachments": [],
    }
    say(agent, ticket, "comments", "Since when?")
    say(team.api.admin, ticket, "comments", "I heard it too.")
    for person in (client, agent, team.api.admin):
        assert bodies(person, ticket, "comments") == ["It hums.", "Since when?", "I heard it too."]


def test_notes_stay_on_their_side(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled(client=client)
    say(agent, ticket, "notes", "A difficult one.")
    say(client, ticket, "notes", "Remember the serial number.")
    say(team.api.admin, ticket, "notes", "Be kind.")
    assert bodies(agent, ticket, "notes") == bodies(team.api.admin, ticket, "notes") == ["A difficult one.", "Be kind."]
    assert bodies(client, ticket, "notes") == ["Remember the serial number."]
    path = f"/tickets/{ticket['id']}/history"
    for person, authors in ((client, [client.id]), (agent, [agent.id, team.api.admin.id])):
        assert [event["actor_id"] for event in person.all(path) if event["kind"] == "note"] == authors
    shown = team.settled(ticket)
    assert (shown["version"], shown["updated_at"]) == (ticket["version"], ticket["updated_at"]), (
        "a note changes nothing"
    )


def test_comments_tell_who_waits_for_whom(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled(client=client)
    assert (ticket["waiting_for"], ticket["first_response_at"], ticket["last_public_message_at"]) == (
        "agent",
        None,
        None,
    )
    first = say(client, ticket, "comments", "And another thing.")
    shown = team.settled(ticket)
    assert (shown["waiting_for"], shown["first_response_at"]) == ("agent", None)
    assert shown["last_public_message_at"] == first["created_at"]
    say(agent, ticket, "notes", "Not public.")
    assert team.settled(ticket)["first_response_at"] is None
    answer = say(agent, ticket, "comments", "We look into it.")
    shown = team.settled(ticket)
    assert (shown["waiting_for"], shown["first_response_at"]) == ("client", answer["created_at"])
    say(team.api.admin, ticket, "comments", "Still looking.")
    assert team.settled(ticket)["first_response_at"] == answer["created_at"], "the first one stays"
    say(client, ticket, "comments", "Thank you.")
    assert team.settled(ticket)["waiting_for"] == "agent"
    team.api.admin.change(ticket, status="in_progress")
    team.api.admin.change(ticket, status="resolved")
    assert team.settled(ticket)["waiting_for"] is None
    say(agent, ticket, "comments", "Done.")
    assert team.settled(ticket)["waiting_for"] is None


def test_staff_who_are_the_client_give_no_first_response(team: Team) -> None:
    agent, colleague = team.agent(), team.agent(available=False)
    ticket = team.file_settled(client=agent)
    say(agent, ticket, "comments", "I should know.")
    assert team.settled(ticket)["first_response_at"] is None
    answer = say(colleague, ticket, "comments", "You should.")
    assert team.settled(ticket)["first_response_at"] == answer["created_at"]


@pytest.mark.parametrize("kind", ["comments", "notes"])
def test_a_body_has_1_to_20000_characters(team: Team, kind: str) -> None:
    ticket = team.file()
    for body in ("", "x" * 20_001):
        problem = say(team.api.admin, ticket, kind, body, expect=422)
        assert [error["field"] for error in problem["errors"]] == ["body"]
    long = "😀" * 20_000
    assert say(team.api.admin, ticket, kind, long)["body"] == long
    assert bodies(team.api.admin, ticket, kind) == [long]


def test_the_history_tells_everything_in_order_and_for_ever(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled(client=client)
    before = team.history(ticket)
    say(client, ticket, "comments", "Hello?")
    agent.change(ticket, priority="high", tags=["loud"])
    agent.change(ticket, status="in_progress")
    after = team.history(ticket)
    assert after[: len(before)] == before
    assert [event["kind"] for event in after] == ["created", "assigned", "comment", "changed", "changed", "changed"]
    changes = {event["field"]: (event["from"], event["to"]) for event in after if event["kind"] == "changed"}
    assert changes == {"priority": ("medium", "high"), "tags": ([], ["loud"]), "status": ("open", "in_progress")}
    for event in after:
        named = {"assignee_name"} if event["kind"] == "assigned" else set()
        assert event.keys() - named == {
            *("id", "at", "actor_id", "actor_name", "kind", "field", "from", "to", "reason", "detail")
        }
    assert [event["actor_id"] for event in after][2:] == [client.id, agent.id, agent.id, agent.id]
