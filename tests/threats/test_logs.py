"""What a server prints in a life full of secrets holds none of them."""

import logging
from pathlib import Path
from typing import Any

import httpx
import pytest

from chalicelib.auth import passwords
from chalicelib.log import log, redacted
from infra.replay.server import ADMIN_EMAIL, ADMIN_PASSWORD, running
from tests.integration.people.conftest import token_in

SECRET, OTHER, WRONG, TYPED = "hunter2-hunter2", "correct-horse-battery", "a-wrong-guess-4711", "typed-into-bad-json"


def live(http: httpx.Client) -> set[str]:
    """Signs up, in, out, forgets, resets, fails in every way; answers every secret there was."""
    secrets = {SECRET, OTHER, WRONG, TYPED, ADMIN_PASSWORD}

    def post(path: str, expect: int, **body: Any) -> Any:
        answer = http.post(f"/api{path}", json=body, headers=authorised)
        assert answer.status_code == expect, answer.text
        return answer.json() if answer.content else None

    def signed_in(pair: Any) -> None:
        secrets.update((pair["access_token"], pair["refresh_token"]))
        authorised["Authorization"] = f"Bearer {pair['access_token']}"

    def mail() -> str:
        assert http.get("/_local/idle").status_code == 200
        token = token_in(http.get("/_local/mail").json()["messages"][-1])
        secrets.update((token, token.rpartition(".")[2]))
        return token

    authorised: dict[str, str] = {}
    pair = post("/auth/register", 201, email="ann@example.com", name="Ann", password=SECRET)
    signed_in(pair)
    post("/auth/email/verify", 204, token=mail())
    post("/auth/login", 401, email="ann@example.com", password=WRONG)
    signed_in(post("/auth/refresh", 200, refresh_token=pair["refresh_token"]))
    http.post("/api/auth/login", content=f'{{"email":"ann@example.com","password":"{TYPED}"', headers=authorised)
    http.post("/api/auth/login", json={"email": ["x"], "password": {"x": TYPED}})
    post("/auth/password/forgot", 202, email="ann@example.com")
    post("/auth/password/reset", 204, token=mail(), new_password=OTHER)
    signed_in(post("/auth/login", 200, email=ADMIN_EMAIL, password=ADMIN_PASSWORD))
    post("/users", 201, email="bob@example.com", name="Bob", role="agent")
    post("/auth/password/reset", 204, token=mail(), new_password=SECRET)
    for operation in ("TransactWriteItems", "PutItem"):
        http.post("/_local/faults", json={"operation": f"dynamodb:{operation}", "error": "AccessDeniedException"})
    post("/auth/login", 500, email="ann@example.com", password=OTHER)
    post("/auth/register", 500, email="new@example.com", name="New", password=OTHER)
    http.delete("/_local/faults")
    return secrets


def test_the_log_of_a_whole_run_holds_no_password_token_or_hash(tmp_path: Path) -> None:
    printed = tmp_path / "printed"
    with running("moto", printed, DEMO="0") as url, httpx.Client(base_url=url, timeout=30) as http:
        secrets = live(http)
    # All but the greeting of whoever starts it, which says the first account's password.
    text = "\n".join(line for line in printed.read_text().splitlines() if not line.startswith("  "))
    assert text.count("INFO request") > 10
    assert "TransactWriteError" in text, "a failure is logged, or this shows little"
    assert [secret for secret in secrets if secret in text] == []
    assert "$argon2" not in text
    assert "eyJ" not in text


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer {}",
        '{{"refresh_token": "01M85E8Y0S89W0FCFZ2G1SH4M0.01M85E8Y0S89W0FCFZ2G1SH4M2.' + "s" * 43 + '.{}"}}',
        '{{"new_password":"{}"}}',
        "{{'password': '{}'}}",
        '{{\\"password\\": \\"{}\\"}}',
        "eyJhbGciOiJIUzI1NiJ9.e30.{}",
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str) -> None:
    written = redacted(text.format("sEcReT_0123456789-abcd"))
    assert "[redacted]" in written
    assert "sEcReT" not in written


def test_a_traceback_that_quotes_a_hash_is_written_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    stored = passwords.hashed("x")
    record = logging.LogRecord("lambdesk", logging.ERROR, __file__, 1, f"item {stored} can't be read", (), None)
    formatter = log.registered_formatter
    assert stored not in formatter.format(record)
    assert "[redacted]" in formatter.format(record)
