"""Files of tickets: sent by a form straight to the store, fetched by an address that runs out (contract §3)."""

import threading
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from playwright.sync_api import Page

from tests.e2e.client import PASSWORD, Json, Person, Team

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def ask(person: Person, ticket: Json, expect: int = 201, **more: Any) -> Json:
    body = {"filename": "screen.png", "content_type": "image/png", "size": len(PICTURE), **more}
    asked: Json = person.post(f"/tickets/{ticket['id']}/attachments", body, expect=expect)
    return asked


def send(asked: Json, content: bytes = PICTURE, **changed: str) -> httpx.Response:
    upload = asked["upload"]
    return httpx.post(upload["url"], data={**upload["fields"], **changed}, files={"file": ("x.png", content)})


def attach(person: Person, ticket: Json, content: bytes = PICTURE, **more: Any) -> str:
    """A file that has arrived; its id."""
    asked = ask(person, ticket, size=len(content), **more)
    assert send(asked, content).status_code == 204
    person.api.wait_idle()
    return str(asked["id"])


def listed(person: Person, ticket: Json) -> list[Json]:
    return list(person.all(f"/tickets/{ticket['id']}/attachments"))


def fetched(person: Person, ticket: Json, id_: str) -> httpx.Response:
    return httpx.get(person.get(f"/tickets/{ticket['id']}/attachments/{id_}")["url"])


def test_a_file_is_sent_and_fetched(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled(client=client)
    asked = ask(client, ticket)
    path = f"/tickets/{ticket['id']}/attachments"
    assert asked["status"] == "pending"
    shown = {
        "id": asked["id"],
        "filename": "screen.png",
        "content_type": "image/png",
        "size": len(PICTURE),
        "status": "pending",
        "note_id": None,
        "comment_id": None,
        "author_id": client.id,
    }
    [pending] = listed(agent, ticket)
    assert pending == shown | {"created_at": pending["created_at"]}
    assert "not arrived" in agent.get(f"{path}/{asked['id']}", expect=409)["detail"]
    assert send(asked).status_code == 204
    team.api.wait_idle()
    for person in (client, agent, team.api.admin):
        assert listed(person, ticket) == [pending | {"status": "ready"}]
        answer = fetched(person, ticket, asked["id"])
        assert (answer.status_code, answer.content) == (200, PICTURE)
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="screen.png"')
    [event] = [event for event in team.history(ticket) if event["kind"] == "attachment"]
    assert (event["actor_id"], event["to"]) == (client.id, asked["id"])
    assert team.settled(ticket)["version"] == ticket["version"]


@pytest.mark.parametrize(
    ("changed", "content", "status", "code"),
    [
        ({}, PICTURE[:-1], 400, "EntityTooSmall"),
        ({}, PICTURE + b"!", 400, "EntityTooLarge"),
        ({"Content-Type": "text/html"}, PICTURE, 403, "AccessDenied"),
        ({"key": "kept/x/y"}, PICTURE, 403, "AccessDenied"),
        ({"x-amz-meta-more": "1"}, PICTURE, 403, "AccessDenied"),
        ({"policy": "eyJjb25kaXRpb25zIjpbXX0="}, PICTURE, 403, "SignatureDoesNotMatch"),
    ],
)
def test_the_form_takes_what_was_said_and_nothing_else(
    team: Team, changed: dict[str, str], content: bytes, status: int, code: str
) -> None:
    ticket = team.file()
    asked = ask(team.api.admin, ticket)
    answer = send(asked, content, **changed)
    assert (answer.status_code, f"<Code>{code}</Code>" in answer.text) == (status, True), answer.text
    team.api.wait_idle()
    assert [file["status"] for file in listed(team.api.admin, ticket)] == ["pending"]


def test_what_was_not_sent_in_time_is_forgotten(team: Team) -> None:
    ticket = team.file()
    asked = ask(team.api.admin, ticket)
    kept = attach(team.api.admin, ticket)
    team.api.advance(10 * 60 + 1)
    assert send(asked).status_code == 403, "the form runs out after ten minutes"
    team.api.advance(24 * 3600)
    assert [file["id"] for file in listed(team.api.admin, ticket)] == [kept]
    team.api.admin.get(f"/tickets/{ticket['id']}/attachments/{asked['id']}", expect=404)


def test_the_address_runs_out_after_five_minutes(team: Team) -> None:
    ticket = team.file()
    id_ = attach(team.api.admin, ticket)
    url = team.api.admin.get(f"/tickets/{ticket['id']}/attachments/{id_}")["url"]
    assert httpx.get(url).status_code == 200
    assert httpx.get(url.partition("&X-Amz-Signature")[0]).status_code == 403
    assert httpx.get(url.replace("octet-stream", "xhtml%2Bxml")).status_code == 403
    team.api.advance(5 * 60 + 1)
    assert httpx.get(url).status_code == 403


def test_the_first_version_is_the_file(team: Team) -> None:
    ticket = team.file()
    asked = ask(team.api.admin, ticket)
    assert send(asked).status_code == 204
    team.api.wait_idle()
    again = send(asked, PICTURE[::-1])
    assert again.status_code == 204, f"{again.text}: a form can be used again until it runs out"
    team.api.wait_idle()
    assert fetched(team.api.admin, ticket, asked["id"]).content == PICTURE
    assert [event["kind"] for event in team.history(ticket)].count("attachment") == 1


NAMES = {
    "Größe & Maß.pdf": "Größe & Maß.pdf",
    "打印机 故障.txt": "打印机 故障.txt",
    "صورة.png": "صورة.png",
    "👩‍👩‍👧 family.jpg": "👩‍👩‍👧 family.jpg",
    '"; filename="evil.exe': '"; filename="evil.exe',
    "../../etc/passwd": "passwd",
    "C:\\Users\\me\\notes.txt": "notes.txt",
    "..": "file",
    "line\r\nSet-Cookie: a=b.txt": "lineSet-Cookie: a=b.txt",
    "annex\u202egpj.exe": "annexgpj.exe",
    "%2e%2e%2fx": "%2e%2e%2fx",
}


@pytest.mark.parametrize(("given", "kept"), NAMES.items())
def test_a_name_may_be_anything_but_a_trick(team: Team, given: str, kept: str) -> None:
    ticket = team.file()
    id_ = attach(team.api.admin, ticket, filename=given)
    assert [file["filename"] for file in listed(team.api.admin, ticket)] == [kept]
    said = fetched(team.api.admin, ticket, id_).headers["Content-Disposition"]
    kind, plain, exact = said.split("; filename")
    assert kind == "attachment"
    assert plain.isascii()
    assert not set('"\\/%\r\n') & set(plain[2:-1])
    assert unquote(exact.removeprefix("*=UTF-8''")) == kept


def test_twenty_files_a_ticket_however_many_ask_at_once(team: Team) -> None:
    ticket = team.file()
    answers: list[int] = []

    def some() -> None:
        for _ in range(6):
            body = {"filename": "a", "content_type": "text/plain", "size": 1}
            answers.append(team.api.admin.send("POST", f"/tickets/{ticket['id']}/attachments", json=body).status_code)

    threads = [threading.Thread(target=some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201] * 20 + [409] * 4
    assert len(listed(team.api.admin, ticket)) == 20
    team.api.advance(24 * 3600 + 1)
    assert ask(team.api.admin, ticket)["status"] == "pending", "places of what never came are free again"


def test_a_closed_ticket_takes_no_file(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled(client=client)
    for status in ("in_progress", "resolved"):
        agent.change(ticket, status=status)
    early = ask(client, ticket)
    late = ask(client, ticket)
    assert send(early).status_code == 204
    client.change(ticket, status="closed")
    ask(client, ticket, expect=409)
    team.api.advance(1)
    assert send(late).status_code == 204
    team.api.wait_idle()
    assert {file["id"]: file["status"] for file in listed(client, ticket)} == {
        early["id"]: "ready",
        late["id"]: "pending",
    }


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"filename": ""}, "filename"),
        ({"filename": "x" * 256}, "filename"),
        ({"content_type": "picture"}, "content_type"),
        ({"content_type": "text/html\r\nX: y"}, "content_type"),
        ({"size": 0}, "size"),
        ({"size": 25 * 2**20 + 1}, "size"),
        ({"note_id": "none"}, "note_id"),
        ({"url": "x"}, "url"),
    ],
)
def test_what_cannot_be_attached_is_refused(team: Team, changed: Json, field: str) -> None:
    problem = ask(team.api.admin, team.file(), expect=422, **changed)
    assert [error["field"] for error in problem["errors"]] == [field]


def test_a_file_on_a_note_is_seen_by_who_sees_the_note(team: Team) -> None:
    agent, client = team.agent(), team.api.make("client")
    ticket = team.file_settled(client=client)
    path = f"/tickets/{ticket['id']}"
    staffs = agent.post(f"{path}/notes", {"body": "Between us."})["id"]
    clients = client.post(f"{path}/notes", {"body": "For me."})["id"]
    ask(client, ticket, expect=422, note_id=staffs)
    ask(agent, ticket, expect=422, note_id=clients)
    hidden, own = attach(agent, ticket, note_id=staffs), attach(client, ticket, note_id=clients)
    for person, seen, unseen in ((agent, hidden, own), (team.api.admin, hidden, own), (client, own, hidden)):
        assert [file["id"] for file in listed(person, ticket)] == [seen]
        assert [e["to"] for e in person.all(f"{path}/history") if e["kind"] == "attachment"] == [seen]
        assert fetched(person, ticket, seen).content == PICTURE
        person.get(f"{path}/attachments/{unseen}", expect=404)


def test_the_same_key_asks_once_and_gets_a_form_that_is_good(team: Team) -> None:
    ticket = team.file()
    body = {"filename": "a", "content_type": "text/plain", "size": 2}
    path = f"/tickets/{ticket['id']}/attachments"
    first = team.api.admin.send("POST", path, json=body, headers={"Idempotency-Key": "a"})
    team.api.advance(601)
    again = team.api.admin.send("POST", path, json=body, headers={"Idempotency-Key": "a"})
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json()["id"] == first.json()["id"]
    assert send(first.json(), b"hi").status_code == 403
    assert send(again.json(), b"hi").status_code == 204
    assert len(listed(team.api.admin, ticket)) == 1


def test_every_file_arrives_once_whatever_happens(team: Team) -> None:
    ticket = team.file()
    team.api.fault(function="consumers", crash_after_writes=1)
    team.api.fault(function="on_upload", crash_after_writes=2)
    team.api.fault(function="on_upload", duplicate=0.5)
    team.api.fault(operation="s3:CopyObject", error="SlowDown", probability=0.3)
    team.api.fault(operation="dynamodb:TransactWriteItems", error="TransactionConflict", probability=0.2, after=True)
    sent = []
    for _ in range(8):
        asked = ask(team.api.admin, ticket)
        assert send(asked).status_code == 204
        sent.append(asked["id"])
    team.api.wait_idle()
    team.api.clear_faults()
    team.api.wait_idle()
    assert [(file["id"], file["status"]) for file in listed(team.api.admin, ticket)] == [(id_, "ready") for id_ in sent]
    assert sorted(e["to"] for e in team.history(ticket) if e["kind"] == "attachment") == sorted(sent)


def test_a_page_of_an_allowed_origin_may_send_and_others_may_not(team: Team) -> None:
    upload = ask(team.api.admin, team.file())["upload"]
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-requested-with"}
    allowed = httpx.options(upload["url"], headers={"Origin": "https://desk.example.com", **asked})
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://desk.example.com"
    refused = httpx.options(upload["url"], headers={"Origin": "https://elsewhere.example.com", **asked})
    assert refused.status_code == 403
    assert "Access-Control-Allow-Origin" not in refused.headers


FROM_A_PAGE = """async ([token, ticket, name, bytes]) => {
    const headers = {Authorization: `Bearer ${token}`, "Content-Type": "application/json"};
    const file = new File([new Uint8Array(bytes)], name, {type: "image/png"});
    const body = JSON.stringify({filename: file.name, content_type: file.type, size: file.size});
    const asked = await (await fetch(`/api/tickets/${ticket}/attachments`, {method: "POST", headers, body})).json();
    const form = new FormData();
    for (const [field, value] of Object.entries(asked.upload.fields)) form.append(field, value);
    form.append("file", file);
    const sent = await fetch(asked.upload.url, {method: "POST", body: form});
    return [asked.id, sent.status];
}"""


def test_a_page_in_chromium_sends_a_file_and_saves_it(team: Team, page: Page) -> None:
    client = team.api.make("client")
    ticket = team.file(client=client)
    token = client.post("/auth/login", {"email": client.email, "password": PASSWORD}, expect=200)["access_token"]
    page.goto(f"{team.api.url}/_local/")
    name = "Bildschirm ü 截图.png"
    id_, status = page.evaluate(FROM_A_PAGE, [token, ticket["id"], name, list(PICTURE)])
    assert status == 204
    team.api.wait_idle()
    url = client.get(f"/tickets/{ticket['id']}/attachments/{id_}")["url"]
    with page.expect_download() as saving:
        page.evaluate("(url) => { location.href = url; }", url)
    assert saving.value.suggested_filename == name
    assert saving.value.path().read_bytes() == PICTURE
