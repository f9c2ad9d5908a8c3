"""What a deployment is tried with, against the local one."""

import pytest

from infra.deploy import smoke
from infra.replay.server import ADMIN_EMAIL, ADMIN_PASSWORD
from tests.e2e.client import Api


@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
def test_a_desk_that_does_its_main_job_passes(api: Api) -> None:
    said = list[str]()
    smoke.run(api.url, ADMIN_EMAIL, ADMIN_PASSWORD, said.append)
    assert [each.strip() for each in said] == ["health", "sign-in", "a ticket, and its assignment", "chat", "a report"]
    [ticket] = [each for each in api.admin.get("/tickets", limit="100")["items"] if each["title"] == "Smoke test"][:1]
    assert ticket["status"] == "closed", "nothing is left to do"


def test_what_fails_is_named(api: Api) -> None:
    with pytest.raises(smoke.Fails, match="POST /auth/login: 401"):
        smoke.run(api.url, ADMIN_EMAIL, "not the password", lambda _: None)


@pytest.mark.parametrize(
    ("fault", "step"),
    [
        ({"function": "on_ticket_change", "crash_after_writes": 1}, None),
        ({"operation": "s3:PutObject", "error": "InternalError", "probability": 1}, "the report"),
    ],
)
def test_a_part_that_does_not_work_is_found(
    api: Api, fault: dict[str, object], step: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One crash is made up for; a store that takes nothing is a report that never comes."""
    monkeypatch.setattr(smoke, "PATIENCE", 6.0)
    api.http.post("/_local/faults", json=fault).raise_for_status()
    try:
        if step is None:
            smoke.run(api.url, ADMIN_EMAIL, ADMIN_PASSWORD, lambda _: None)
        else:
            with pytest.raises(smoke.Fails, match="report"):
                smoke.run(api.url, ADMIN_EMAIL, ADMIN_PASSWORD, lambda _: None)
    finally:
        api.http.delete("/_local/faults").raise_for_status()
        api.wait_idle()
