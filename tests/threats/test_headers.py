"""Every answer forbids the browser what it needn't do, and no page of a stranger reads one."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.settings import Settings, settings
from tests.integration.people.conftest import Answer, Http, Session
from tests.threats.test_access import operations

OURS, FOREIGN = "https://desk.example.com", "https://evil.example"

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
}
CACHED = {"/openapi.json", "/docs", "/config"}


def everything(http: Http, who: Session | None, origin: str | None = None) -> Iterator[tuple[str, Answer]]:
    """An answer of every route, of an unknown one, of an unknown method, of a refused body."""
    headers = {"Origin": origin} if origin else {}
    for method, path, _ in operations(http):
        body: dict[str, Any] | None = {} if method in ("POST", "PUT", "PATCH") else None
        if path != "/auth/logout":
            yield path, http(method, re.sub(r"{\w+}", "x", path), body, as_=who, headers=headers)
    yield "unknown", http("GET", "/nowhere", as_=who, headers=headers)
    yield "method", http("DELETE", "/health", as_=who, headers=headers)
    yield "malformed", http("POST", "/tickets", raw=b"{", as_=who, headers=headers)
    yield "too large", http("POST", "/tickets", raw=b" " * 300_000, as_=who, headers=headers)


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_answer_has_the_security_headers(http: Http, admin: Session, signed_in: bool) -> None:
    seen = set()
    for path, answer in everything(http, admin if signed_in else None):
        assert ALWAYS.items() <= answer.headers.items(), path
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path
        assert path in CACHED or answer.headers["cache-control"] == "no-store", path
        assert answer.headers["x-request-id"], path
        seen.add(answer.status)
    assert {404, 405, 413, 400 if signed_in else 401} <= seen


def test_so_has_one_that_went_wrong(http: Http, admin: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.people import service

    monkeypatch.setattr(service, "account", lambda account_id: 1 / 0)
    answer = http("GET", "/auth/me", as_=admin)
    assert answer.status == 500
    assert ALWAYS.items() <= answer.headers.items()
    assert "ZeroDivision" not in str(answer.body)
    assert "Traceback" not in str(answer.body)


def test_no_page_of_a_stranger_reads_an_answer(http: Http, admin: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(settings), "allowed_origins", (OURS,))
    for origin in (FOREIGN, "null", f"{OURS}.evil.example", OURS.upper(), "http://desk.example.com", "*"):
        for path, answer in everything(http, admin, origin) if origin == FOREIGN else [("x", _me(http, admin, origin))]:
            assert "access-control-allow-origin" not in answer.headers, (path, origin)
            assert "Origin" in answer.headers["vary"].split(", "), path
        asked = {"Origin": origin, "Access-Control-Request-Method": "PATCH"}
        preflight = http("OPTIONS", "/auth/me", headers=asked)
        assert not [name for name in preflight.headers if name.startswith("access-control-allow")]


def test_our_own_pages_do(http: Http, admin: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(settings), "allowed_origins", (OURS,))
    answer = _me(http, admin, OURS)
    assert answer.headers["access-control-allow-origin"] == OURS, "never *"
    assert answer.headers["access-control-allow-credentials"] == "true"


def _me(http: Http, who: Session, origin: str) -> Answer:
    return http("GET", "/auth/me", as_=who, headers={"Origin": origin})


@pytest.mark.parametrize(
    "origin", ["null", "*", "https://*", "desk.example.com", f"{OURS}/", "https://Desk.example.com"]
)
def test_what_is_no_origin_cannot_be_allowed(origin: str) -> None:
    with pytest.raises(ValueError, match="ALLOWED_ORIGINS"):
        Settings.read({"ALLOWED_ORIGINS": f"{OURS},{origin}"})
    assert Settings.read({"ALLOWED_ORIGINS": f"{OURS},http://127.0.0.1:8000"}).allowed_origins
