"""Files that are held until a comment or a note names them, and files shown in place (contract §3)."""

import httpx
import pytest

from tests.e2e.client import Api, Json, Person, Team
from tests.e2e.test_attachments import PICTURE, ask, attach, fetched, listed, send

DAY = 86_400


@pytest.fixture
def held(team: Team, client: Person, ticket: Json) -> str:
    """A file of the client's that is held and ready."""
    return attach(client, ticket, hold=True)


def test_a_held_file_is_its_authors_alone_and_nothing_tells_of_it(
    client: Person, agent: Person, ticket: Json, held: str
) -> None:
    path = f"/tickets/{ticket['id']}"
    assert [(file["id"], file["status"]) for file in listed(client, ticket)] == [(held, "ready")]
    assert fetched(client, ticket, held).content == PICTURE
    assert listed(agent, ticket) == []
    agent.get(f"{path}/attachments/{held}", expect=404)
    for person in (client, agent):
        assert [event["kind"] for event in person.all(f"{path}/timeline")] == ["created", "assigned"]


def test_a_comment_publishes_the_files_that_it_names(client: Person, agent: Person, ticket: Json, held: str) -> None:
    path = f"/tickets/{ticket['id']}"
    comment = client.post(f"{path}/comments", {"body": "See the picture", "attachment_ids": [held]})
    [file] = comment["attachments"]
    assert (file["id"], file["comment_id"], file["note_id"], file["status"]) == (held, comment["id"], None, "ready")
    assert listed(agent, ticket) == [file]
    assert [each["attachments"] for each in agent.all(f"{path}/comments")] == [[file]]
    assert [each["said"]["attachments"] for each in agent.all(f"{path}/timeline") if each["kind"] == "comment"] == [
        [file]
    ]
    assert fetched(agent, ticket, held).content == PICTURE


def test_a_note_shows_its_files_to_its_side_alone(client: Person, agent: Person, ticket: Json) -> None:
    path = f"/tickets/{ticket['id']}"
    held = attach(agent, ticket, hold=True)
    note = agent.post(f"{path}/notes", {"body": "Look", "attachment_ids": [held]})
    assert [file["note_id"] for file in note["attachments"]] == [note["id"]]
    assert [file["id"] for file in listed(agent, ticket)] == [held]
    assert listed(client, ticket) == []
    client.get(f"{path}/attachments/{held}", expect=404)


def test_what_is_not_ones_own_ready_and_held_is_refused(
    client: Person, agent: Person, team: Team, ticket: Json, held: str
) -> None:
    path = f"/tickets/{ticket['id']}/comments"
    elsewhere = team.file_settled(client=client)
    for person, wrong in (
        (agent, held),
        (client, "nothing"),
        (client, attach(client, ticket)),
        (client, ask(client, ticket, hold=True)["id"]),
        (client, attach(client, elsewhere, hold=True)),
    ):
        problem = person.post(path, {"body": "x", "attachment_ids": [wrong]}, expect=422)
        assert [error["field"] for error in problem["errors"]] == ["attachment_ids"]
    problem = client.post(path, {"body": "", "attachment_ids": ["nothing"]}, expect=422)
    assert {error["field"] for error in problem["errors"]} == {"body", "attachment_ids"}
    client.post(path, {"body": "x", "attachment_ids": [held]})
    client.post(path, {"body": "again", "attachment_ids": [held]}, expect=422)
    ask(client, ticket, 422, hold=True, note_id="x")


def test_the_same_comment_again_publishes_once(client: Person, ticket: Json, held: str) -> None:
    path, key = f"/tickets/{ticket['id']}/comments", {"Idempotency-Key": held}
    body = {"body": "See", "attachment_ids": [held]}
    client.api.fault(function="api_handler", crash_after_writes=1)
    first = client.send("POST", path, json=body, headers=key)
    client.api.clear_faults()
    again = client.send("POST", path, json=body, headers=key)
    while again.status_code == 409:  # the first is taken for under way
        client.api.advance(10)
        again = client.send("POST", path, json=body, headers=key)
    assert again.status_code == 201, (first.text, again.text)
    [comment] = client.all(path)
    assert [file["id"] for file in comment["attachments"]] == [held]


def test_a_held_file_that_nobody_named_goes_after_a_day(api: Api, client: Person, ticket: Json, held: str) -> None:
    api.advance(DAY + 1)
    assert listed(client, ticket) == []
    client.get(f"/tickets/{ticket['id']}/attachments/{held}", expect=404)
    client.post(f"/tickets/{ticket['id']}/comments", {"body": "x", "attachment_ids": [held]}, expect=422)


def test_pictures_and_pdf_are_shown_in_place_and_nothing_else(client: Person, ticket: Json) -> None:
    path = f"/tickets/{ticket['id']}/attachments"
    picture = attach(client, ticket, content_type="image/png")
    shown = httpx.get(client.get(f"{path}/{picture}", inline="true")["url"])
    assert shown.content == PICTURE
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["content-disposition"].startswith("inline;")
    assert fetched(client, ticket, picture).headers["content-type"] == "application/octet-stream"
    for content_type in ("text/html", "image/svg+xml", "application/x-pdf"):
        other = attach(client, ticket, content_type=content_type)
        problem = client.get(f"{path}/{other}", inline="true", expect=422)
        assert [error["field"] for error in problem["errors"]] == ["inline"]
    asked = ask(client, ticket, content_type="image/png")
    client.get(f"{path}/{asked['id']}", inline="true", expect=409)
    assert send(asked).is_success
