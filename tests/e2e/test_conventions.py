"""What holds for every route (contract §2): problems, bodies, queries, versions, origins, the description. Lists are in
`test_lists.py`, Idempotency-Key in `test_idempotency.py`."""

import json
import re
from typing import Any

import httpx
import pytest

from tests.e2e.client import Api, Person, Team
from tests.e2e.conftest import ORIGIN

FILING = {"title": "Broken", "description": "It is."}
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@pytest.fixture(scope="module")
def client(api: Api) -> Person:
    return api.make("client")


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """The problem in an answer, whose form is checked."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail", "request_id"} <= told.keys()
    assert told["status"] == status
    assert told["detail"]
    assert told["request_id"] == response.headers["X-Request-Id"]
    assert "Traceback" not in response.text
    return told


def bad_fields(response: httpx.Response) -> set[str]:
    told = problem(response, 422)
    assert all(error["message"] for error in told["errors"])
    return {error["field"] for error in told["errors"]}


@pytest.mark.parametrize("content", [b"", b"{", b"nonsense", b"\xff\xfe", b'{"title": NaN}', b'{"title":"a"} x'])
def test_what_is_no_json_is_400(client: Person, content: bytes) -> None:
    response = client.send("POST", "/tickets", content=content, headers={"Content-Type": "application/json"})
    problem(response, 400)


@pytest.mark.parametrize("body", [[], "text", 1, None, [{"title": "a"}]])
def test_json_that_is_no_object_is_422(client: Person, body: object) -> None:
    problem(
        client.send("POST", "/tickets", content=json.dumps(body), headers={"Content-Type": "application/json"}), 422
    )


@pytest.mark.parametrize(
    ("method", "path", "body", "fields"),
    [
        ("POST", "/tickets", {"title": "", "client_id": "x", "team": "none"}, "title description client_id team"),
        ("PATCH", "/tickets/{ticket}", {"priority": "x", "assignee_id": "nobody"}, "priority assignee_id"),
        ("PATCH", "/tickets/{ticket}", {"title": "", "team": "none", "x": 1}, "title team x"),
        ("POST", "/users", {"email": "x", "name": "N", "role": "client", "team": "support"}, "email team"),
        ("POST", "/users", {"email": "x", "name": "N", "role": "agent", "team": "none"}, "email team"),
        ("POST", "/users", {"email": "x", "name": "N", "role": "king", "team": "none"}, "email role"),
        ("PATCH", "/users/{user}", {"name": "", "capacity": 3}, "name capacity"),
        (
            "POST",
            "/report-schedules",
            {"kind": "x", "format": "pdf", "every": "day", "recipients": ["x"]},
            "kind recipients",
        ),
    ],
)
def test_what_must_be_looked_up_is_told_with_the_rest(
    api: Api, client: Person, team: Team, method: str, path: str, body: dict[str, Any], fields: str
) -> None:
    ids = {"ticket": client.post("/tickets", FILING)["id"], "user": client.id}
    assert bad_fields(api.admin.send(method, path.format(**ids), json=body)) == set(fields.split())


def test_what_else_forbids_a_request_is_told_when_its_body_is_well_formed(client: Person, team: Team) -> None:
    assert bad_fields(client.send("POST", "/tickets", json={"title": "", "team": team.id})) == {"title", "description"}
    problem(client.send("POST", "/tickets", json=FILING | {"team": team.id}), 403)


@pytest.mark.parametrize("path", ["/nothing", "/tickets/a/b/c", "/", "/Tickets", "//tickets"])
def test_an_unknown_route_is_404(client: Person, path: str) -> None:
    problem(client.send("GET", path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/tickets", {"GET", "POST"}),
        ("PUT", "/tickets/01ARZ3NDEKTSV4RRFFQ69G5FAV", {"GET", "PATCH"}),
        ("GET", "/auth/login", {"POST"}),
        ("POST", "/health", {"GET"}),
        ("TRACE", "/health", {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}),
    ],
)
def test_another_method_is_405_and_names_those_there_are(
    client: Person, method: str, path: str, allowed: set[str]
) -> None:
    response = client.send(method, path)
    problem(response, 405)
    named = set(re.split(r",\s*", response.headers["Allow"]))
    assert allowed <= named <= allowed | {"OPTIONS", "HEAD"}


@pytest.mark.parametrize("path", ["/health", "/tickets/none", "/openapi.json"])
def test_head_says_how_long_the_answer_to_get_would_be(client: Person, path: str) -> None:
    """RFC 9110, 8.6: a `Content-Length` in an answer to HEAD is that of GET."""
    client.send("GET", path)  # the first one builds what the next ones answer
    get, head = client.send("GET", path), client.send("HEAD", path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["Content-Length"] == str(len(get.content)) != "0"
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", None])
def test_a_body_of_another_type_is_415(client: Person, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    problem(client.send("POST", "/tickets", content=json.dumps(FILING), headers=headers), 415)


def test_json_may_name_its_charset(client: Person) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert client.send("POST", "/tickets", content=json.dumps(FILING), headers=headers).status_code == 201


def test_a_body_over_256_kib_is_413(client: Person) -> None:
    large = json.dumps({**FILING, "description": "x" * 256 * 1024})
    problem(client.send("POST", "/tickets", content=large, headers={"Content-Type": "application/json"}), 413)
    assert bad_fields(client.send("POST", "/tickets", json={**FILING, "description": "x" * 20_001})) == {"description"}


def test_every_bad_field_is_listed_at_once(client: Person) -> None:
    body = {
        "title": "",
        "description": 5,
        "priority": "Urgent",
        "tags": ["fine", "x" * 51],
        "custom_fields": [],
        "client_id": 1,
        "colour": "red",
    }
    assert bad_fields(client.send("POST", "/tickets", json=body)) == {
        "title",
        "description",
        "priority",
        "tags.1",
        "custom_fields",
        "client_id",
        "colour",
    }
    assert bad_fields(client.send("POST", "/tickets", json={})) == {"title", "description"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 201),
        ("title", None),
        ("description", ""),
        ("priority", None),
        ("tags", ["x"] * 21),
        ("tags", "x"),
        ("custom_fields", {"x": "y" * 4096}),
        ("title", ["x"]),
        ("title", True),
    ],
)
def test_a_field_outside_its_limits_is_named(client: Person, field: str, value: object) -> None:
    assert bad_fields(client.send("POST", "/tickets", json={**FILING, field: value})) == {field}


def test_text_of_any_unicode_is_kept_as_given(client: Person) -> None:
    text = "  <b>Grüße</b> 'نص' 日本語 👩‍👩‍👧 \u202e\n\t\"\\ "
    filed = client.post("/tickets", {"title": text, "description": text * 3, "tags": ["é", "e\u0301"]})
    shown = client.get(f"/tickets/{filed['id']}")
    assert (shown["title"], shown["description"], shown["tags"]) == (text, text * 3, ["é", "e\u0301"])
    client.post("/tickets", {"title": "😀" * 200, "description": "😀" * 20_000})
    assert bad_fields(client.send("POST", "/tickets", json={**FILING, "title": "😀" * 201})) == {"title"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("limit=", "limit"),
        ("limit=1&limit=2", "limit"),
        ("colour=red", "colour"),
        ("status=done", "status"),
        ("status=open,done", "status"),
        ("priority=", "priority"),
        ("created_from=yesterday", "created_from"),
        ("created_to=2025-13-01", "created_to"),
        ("q=", "q"),
    ],
)
def test_unknown_and_malformed_query_parameters_are_422(client: Person, query: str, field: str) -> None:
    fields = bad_fields(client.send("GET", f"/tickets?{query}"))
    assert {name.partition(".")[0] for name in fields} == {field}


def test_routes_without_a_query_take_none(client: Person) -> None:
    assert bad_fields(client.send("GET", "/auth/me?verbose=1")) == {"verbose"}
    assert bad_fields(client.send("POST", "/tickets?dry=1", json=FILING)) == {"dry"}


def test_every_answer_has_an_id_of_its_own_and_times_in_utc(client: Person) -> None:
    one, other = client.send("POST", "/tickets", json=FILING), client.send("GET", "/auth/me")
    assert one.headers["X-Request-Id"] != other.headers["X-Request-Id"]
    assert one.headers["Content-Type"].startswith("application/json")
    assert TIMESTAMP.fullmatch(one.json()["created_at"])
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", one.json()["id"])


def test_a_stale_version_is_412_and_the_current_one_is_not(team: Team) -> None:
    admin, ticket = team.api.admin, team.file_settled()
    path = f"/tickets/{ticket['id']}"
    tag = admin.send("GET", path).headers["ETag"]
    assert tag == f'"{ticket["version"]}"'
    changed = admin.send("PATCH", path, json={"priority": "high"}, headers={"If-Match": tag})
    assert changed.headers["ETag"] == f'"{changed.json()["version"]}"' != tag
    problem(admin.send("PATCH", path, json={"priority": "low"}, headers={"If-Match": tag}), 412)
    assert admin.get(path)["priority"] == "high"
    assert admin.send("PATCH", path, json={"priority": "low"}, headers={"If-Match": "*"}).status_code == 200
    # 422 before 412 before 409
    problem(admin.send("PATCH", path, json={"priority": "none"}, headers={"If-Match": tag}), 422)
    problem(admin.send("PATCH", path, json={"assignee_id": "nobody"}, headers={"If-Match": tag}), 422)
    problem(admin.send("PATCH", path, json={"status": "closed"}, headers={"If-Match": tag}), 412)
    problem(admin.send("PATCH", path, json={"status": "closed"}), 409)


def test_the_same_value_again_changes_nothing_for_whoever_may_see_it(team: Team) -> None:
    client = team.api.make("client")
    ticket = team.file_settled(client=client, tags=["a"])
    told = team.history(ticket)
    same = {name: ticket[name] for name in ("status", "priority", "title", "description", "team", "tags")}
    for person in (client, team.agent(available=False), team.api.admin):
        # `can` and `unread` are each reader's own.
        shown = person.get(f"/tickets/{ticket['id']}")
        assert ticket | {"can": shown["can"], "unread": shown["unread"]} == shown
        answer = person.send("PATCH", f"/tickets/{ticket['id']}", json=same)
        assert (answer.status_code, answer.json()) == (200, shown)
        assert person.patch(f"/tickets/{ticket['id']}", {}) == shown
    assert team.history(ticket) == told


def test_the_configured_origin_may_ask_from_a_browser_and_others_may_not(api: Api, client: Person) -> None:
    asked = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization,if-match"}
    allowed = api.http.options("/api/tickets/x", headers={"Origin": ORIGIN, **asked})
    assert allowed.status_code in (200, 204)
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "PATCH" in allowed.headers["Access-Control-Allow-Methods"]
    names = allowed.headers["Access-Control-Allow-Headers"].lower()
    assert all(name in names for name in ("authorization", "content-type", "if-match", "idempotency-key", "x-session"))
    foreign = api.http.options("/api/tickets/x", headers={"Origin": "https://evil.example", **asked})
    assert "Access-Control-Allow-Origin" not in foreign.headers
    for person, status in ((client, 200), (api.anyone, 401)):
        answer = person.send("GET", "/auth/me", headers={"Origin": ORIGIN})
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (status, ORIGIN)
        assert "origin" in answer.headers["Vary"].lower()
        exposed = answer.headers["Access-Control-Expose-Headers"].lower()
        assert all(name in exposed for name in ("etag", "x-request-id", "retry-after"))
        assert "Access-Control-Allow-Origin" not in person.send("GET", "/auth/me", headers={"Origin": "null"}).headers


def test_the_service_describes_itself_with_files_of_its_own(api: Api) -> None:
    document = api.anyone.get("/openapi.json")
    assert document["openapi"].startswith("3.1")
    page = api.http.get("/api/docs")
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "openapi.json" in page.text
    assert not re.search(r"(src|href)\s*=\s*[\"']?(https?:)?//", page.text)
    assert api.anyone.get("/health") == {"status": "ok"}
