"""Which check speaks first (contract §2), and what every answer carries."""

import base64
from typing import Any

import pytest
from pynamodb.exceptions import PutError

from chalicelib.dynamo import LostRace
from chalicelib.edge import cors
from chalicelib.errors import Unavailable
from chalicelib.log import log
from tests.unit.edge.shelf import Reply, Shelf

LONG = '{"title": "' + "x" * (256 * 1024) + '"}'


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (413, {"as_": None, "raw": LONG}),
        (401, {"as_": None, "raw": "{", "path": "/books/none"}),
        (403, {"as_": "client", "raw": "{", "path": "/books/none", "query": {"x": ["1"]}}),
        (404, {"as_": "agent", "raw": "{", "path": "/books/none", "query": {"x": ["1"]}}),
        (415, {"as_": "agent", "raw": "{", "headers": {"Content-Type": "text/plain"}, "query": {"x": ["1"]}}),
        (400, {"as_": "agent", "raw": "{", "query": {"x": ["1"]}}),
        (422, {"as_": "agent", "raw": '{"title": 1}', "headers": {"If-Match": '"2"'}}),
        (412, {"as_": "agent", "raw": '{"title": "a"}', "headers": {"If-Match": '"2"'}}),
        (200, {"as_": "agent", "raw": '{"title": "a"}', "headers": {"If-Match": '"3"'}}),
    ],
)
def test_the_earliest_failing_check_answers(shelf: Shelf, status: int, asked: dict[str, Any]) -> None:
    assert shelf.ask("PATCH", **{"path": "/books/b1", **asked}).status == status


def test_a_problem_says_what_rfc_9457_and_the_contract_ask(shelf: Shelf) -> None:
    answer = shelf.ask("GET", "/books/none")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json == {
        "type": "urn:lambdesk:problem:not-found",
        "title": "Not found",
        "status": 404,
        "detail": "No such book.",
        "request_id": "request-1",
        "errors": [],
    }


def test_401_says_how_to_authenticate(shelf: Shelf) -> None:
    assert shelf.ask("GET", "/books", as_=None).headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/nothing", "/", "/books/b1/nothing", "/books/b1/loan/x", "/docs/x"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_an_unknown_route_is_404(shelf: Shelf, path: str, method: str) -> None:
    assert shelf.ask(method, path, as_=None).status == 404


def test_an_unknown_method_is_405_and_says_which_there_are(shelf: Shelf) -> None:
    answer = shelf.ask("PUT", "/books", as_=None)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert shelf.ask("HEAD", "/sign-in").status == 405


def test_head_is_answered_as_get(shelf: Shelf) -> None:
    """What isn't sent is the gateway's part: it must know how long the body would be."""
    head, get = shelf.ask("HEAD", "/books/b1"), shelf.ask("GET", "/books/b1")
    assert (head.status, head.body) == (get.status, get.body) == (200, get.body)
    assert shelf.ask("HEAD", "/books/none").status == 404


@pytest.mark.parametrize("id_", [" ", "a b", "a/b", "ä", "\ud800", "x" * 200, "\0"])
def test_an_id_that_no_thing_could_have_is_not_found(shelf: Shelf, id_: str) -> None:
    assert shelf.ask("GET", f"/books/{id_}").status == 404


def test_a_body_may_come_in_base64(shelf: Shelf) -> None:
    raw = base64.b64encode('{"title": "Ä"}'.encode()).decode()
    assert shelf.ask("PATCH", "/books/b1", as_="agent", raw=raw, base64=True).json["title"] == "Ä"
    assert shelf.ask("PATCH", "/books/b1", as_="agent", raw="x", base64=True).status == 400
    no_utf8 = base64.b64encode(b'{"title": "\xff"}').decode()
    assert shelf.ask("PATCH", "/books/b1", as_="agent", raw=no_utf8, base64=True).status == 400


def test_a_body_that_may_be_left_out(shelf: Shelf) -> None:
    assert shelf.ask("POST", "/sign-in", as_=None).status == 204
    assert shelf.ask("POST", "/sign-in", {"titel": "a"}, as_=None).fields == {"titel": "There is no such field."}
    assert shelf.ask("PATCH", "/books/b1", as_="agent").status == 400


def test_a_header_may_be_sent_several_times(shelf: Shelf) -> None:
    assert shelf.ask("POST", "/sign-in", as_=None).headers["Set-Cookie"] == "a=1, b=2"


def _throttled() -> PutError:
    from botocore.exceptions import ClientError

    error = {"Error": {"Code": "ThrottlingException", "Message": "slower"}}
    return PutError(cause=ClientError(error, "PutItem"))  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [LostRace(), Unavailable(), _throttled()])
def test_a_busy_engine_is_503_with_retry_after(shelf: Shelf, error: Exception) -> None:
    shelf.fail_before = error
    answer = shelf.ask("POST", "/books", {"title": "a"})
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")


def test_anything_unforeseen_is_500_without_internals(shelf: Shelf) -> None:
    shelf.fail_before = KeyError("secret-inside")
    answer = shelf.ask("POST", "/books", {"title": "a"})
    assert (answer.status, answer.json["request_id"]) == (500, "request-1")
    assert "secret-inside" not in answer.body


@pytest.mark.parametrize("path", ["/books", "/nothing", "/health", "/docs"])
def test_every_answer_has_the_security_headers(shelf: Shelf, path: str) -> None:
    headers = shelf.ask("GET", path, as_=None).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "max-age" in headers["Strict-Transport-Security"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Request-Id"] == "request-1"
    assert headers["Cache-Control"] == ("public, max-age=300" if path == "/docs" else "no-store")


def test_text_goes_out_as_utf_8(shelf: Shelf) -> None:
    assert "Ä" in shelf.ask("GET", "/books").body


class TestOrigins:
    HERE = "https://desk.example"

    @pytest.fixture(autouse=True)
    def allowed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from chalicelib.settings import Settings

        monkeypatch.setattr(cors, "settings", Settings(allowed_origins=(self.HERE,)))

    def ask(self, shelf: Shelf, method: str, path: str, origin: str) -> Reply:
        asked = {"Origin": origin, "Access-Control-Request-Method": "PATCH"}
        return shelf.ask(method, path, as_=None, headers=asked)

    def test_a_preflight_from_an_allowed_origin(self, shelf: Shelf) -> None:
        answer = self.ask(shelf, "OPTIONS", "/books/b1", self.HERE)
        assert (answer.status, answer.body) == (204, "")
        assert answer.headers["Access-Control-Allow-Origin"] == self.HERE
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, PATCH, OPTIONS"
        assert "If-Match" in answer.headers["Access-Control-Allow-Headers"]

    @pytest.mark.parametrize(("method", "path"), [("GET", "/books"), ("GET", "/nothing"), ("PUT", "/books")])
    def test_errors_can_be_read_by_an_allowed_origin(self, shelf: Shelf, method: str, path: str) -> None:
        headers = self.ask(shelf, method, path, self.HERE).headers
        assert headers["Access-Control-Allow-Origin"] == self.HERE
        assert "X-Request-Id" in headers["Access-Control-Expose-Headers"]

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://desk.example.evil"])
    @pytest.mark.parametrize("method", ["OPTIONS", "GET"])
    def test_other_origins_get_none_of_it(self, shelf: Shelf, method: str, origin: str) -> None:
        answer = self.ask(shelf, method, "/health", origin)
        assert answer.headers["Vary"] == "Origin"
        assert not any(name.startswith("Access-Control") for name in answer.headers)


def test_the_log_has_a_line_a_request_without_what_was_said(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr(log, "info", lambda message, extra: lines.append(extra))
    shelf.ask("PATCH", "/books/b1", {"title": "private"}, as_="agent:a1")
    assert {**lines[0], "milliseconds": 0} == {
        "method": "PATCH",
        "route": "/books/{book_id}",
        "status": 200,
        "milliseconds": 0,
        "caller": "a1",
    }
