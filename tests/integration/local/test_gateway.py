"""The gateway gives the app what API Gateway would, and the client what API Gateway and CloudFront would."""

from typing import Any

import httpx
import pytest
from chalice.app import Response

from infra.local.stack import Stack
from tests.integration.local.conftest import Does


def echoed(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    event: dict[str, Any] = answer.json()["event"]
    return event


def test_the_event_says_what_was_asked(http: httpx.Client) -> None:
    event = echoed(http.post("/api/echo/b%20c%2Fd?q=1&q=2&empty=", content="größe", headers={"X-Twice": "1"}))

    assert event["resource"] == "/echo/{name}"
    assert event["httpMethod"] == "POST"
    assert event["pathParameters"] == {"name": "b c/d"}
    assert event["queryStringParameters"] == {"q": "2", "empty": ""}
    assert event["multiValueQueryStringParameters"] == {"q": ["1", "2"], "empty": [""]}
    assert event["body"] == "größe"
    assert event["isBase64Encoded"] is False
    assert event["requestContext"]["resourcePath"] == "/echo/{name}"
    assert event["requestContext"]["stage"] == "api"
    assert event["requestContext"]["path"] == "/api/echo/b%20c%2Fd"
    assert event["headers"]["x-twice"] == "1"
    assert event["multiValueHeaders"]["x-twice"] == ["1"]


def test_without_query_and_body_there_is_none(http: httpx.Client) -> None:
    event = echoed(http.get("/api/echo/x"))

    assert event["queryStringParameters"] is None
    assert event["multiValueQueryStringParameters"] is None
    assert event["body"] is None


def test_a_header_sent_twice_comes_twice(http: httpx.Client) -> None:
    event = echoed(http.get("/api/echo/x", headers=[("X-Twice", "1"), ("X-Twice", "2")]))

    assert event["multiValueHeaders"]["x-twice"] == ["1", "2"]
    assert event["headers"]["x-twice"] == "2"


def test_a_body_that_is_no_text_comes_in_base64(http: httpx.Client) -> None:
    event = echoed(http.post("/api/echo/x", content=b"\xff\x00"))

    assert (event["body"], event["isBase64Encoded"]) == ("/wA=", True)


@pytest.mark.parametrize(
    ("forwarded", "seen"),
    [(None, "127.0.0.1"), ("198.51.100.7", "198.51.100.7"), ("10.0.0.1, 198.51.100.7", "198.51.100.7")],
)
def test_the_clients_address_is_the_last_forwarded_one(http: httpx.Client, forwarded: str | None, seen: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert echoed(http.get("/api/echo/x", headers=headers))["requestContext"]["identity"]["sourceIp"] == seen


@pytest.mark.parametrize(
    ("path", "resource"),
    [("/api/echo/fixed", "/echo/fixed"), ("/api/echo/other", "/echo/{name}"), ("/api/echo/other/", "/echo/{name}")],
)
def test_the_most_specific_route_is_taken(http: httpx.Client, path: str, resource: str) -> None:
    assert echoed(http.get(path))["resource"] == resource


def test_what_no_route_names_goes_to_the_catch_all(http: httpx.Client) -> None:
    answer = http.get("/api/nowhere/at/all")

    assert (answer.status_code, answer.json()) == (404, {"message": "nothing"})


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/api/echo/x"), ("GET", "/api/do"), ("GET", "/api/")])
def test_a_method_or_path_without_route_is_refused_by_the_gateway(http: httpx.Client, method: str, path: str) -> None:
    answer = http.request(method, path)

    assert (answer.status_code, answer.json()) == (403, {"message": "Missing Authentication Token"})


def test_headers_go_out_as_api_gateway_lets_them(http: httpx.Client, does: Does) -> None:
    headers: dict[str, str | list[str]] = {
        "WWW-Authenticate": "Bearer",
        "Set-Cookie": ["a=1", "b=2"],
        "Date": "long ago",
    }
    does("http", lambda _: Response({"ok": 1}, status_code=401, headers=headers))

    answer = http.post("/api/do", json={})

    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert answer.headers["x-amzn-remapped-date"] == "long ago"
    assert answer.headers["x-amzn-requestid"]


def broken(http: httpx.Client) -> None:
    answer = http.post("/api/do", json={})
    assert answer.status_code == 502
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    assert answer.json()["detail"] == "Internal server error"


def test_a_function_that_dies_is_a_502_as_the_template_words_it(http: httpx.Client, stack: Stack, does: Does) -> None:
    from tests.integration.local.small_app import put

    does("http", lambda _: put("x"))
    stack.faults.add({"crash_after_writes": 1, "function": "api_handler"})

    broken(http)
    assert http.post("/api/do", json={}).status_code == 200


def test_an_answer_over_6_mb_is_a_502(http: httpx.Client, does: Does) -> None:
    does("http", lambda _: Response("x" * (6 * 2**20 + 1), headers={"Content-Type": "text/plain"}))

    broken(http)


def test_a_request_over_10_mb_is_a_413(http: httpx.Client) -> None:
    answer = http.post("/api/do", content=b"x" * (10 * 2**20 + 1))

    assert (answer.status_code, answer.json()) == (413, {"message": "Request Too Long"})


def test_a_function_that_takes_too_long_is_a_504(
    http: httpx.Client, stack: Stack, does: Does, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from infra.local.gateway import http as gateway

    monkeypatch.setattr(gateway, "TIMEOUT", 0.05)
    release = threading.Event()
    does("http", lambda _: release.wait(10))
    try:
        answer = http.post("/api/do", json={})
        assert (answer.status_code, answer.json()["detail"]) == (504, "Endpoint request timed out")
        assert http.get("/_local/idle?timeout=0.05").status_code == 504
    finally:
        release.set()


def test_requests_at_the_same_time_dont_mix(http: httpx.Client, does: Does) -> None:
    import threading
    from concurrent.futures import ThreadPoolExecutor

    together = threading.Barrier(8, timeout=10)

    def answer(request: Any) -> Response:
        together.wait()
        return Response({"mine": request.json_body["number"]})

    does("http", answer)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: http.post("/api/do", json={"number": number}).json(), range(8)))

    assert answers == [{"mine": number} for number in range(8)]
