"""For whom a ticket can be filed (contract §3)."""

import pytest

from tests.integration.people.conftest import Http, Session

FILING = {"title": "T", "description": "D"}


def test_staff_file_for_a_client(http: Http, agent: Session, client: Session) -> None:
    answer = http("POST", "/tickets", {**FILING, "client_id": client.id}, as_=agent)
    assert (answer.status, answer.body["client_id"]) == (201, client.id)


@pytest.mark.parametrize("by", ["agent", "admin"])
def test_nobody_files_for_a_client_who_was_deactivated(
    http: Http, admin: Session, agent: Session, client: Session, by: str
) -> None:
    assert http("PATCH", f"/users/{client.id}", {"active": False}, as_=admin).status == 200
    answer = http("POST", "/tickets", {**FILING, "client_id": client.id}, as_={"agent": agent, "admin": admin}[by])
    assert answer.status == 422
    assert [(error["field"], error["code"]) for error in answer.body["errors"]] == [("client_id", "unknown_id")]
    assert http("GET", f"/tickets?client_id={client.id}", as_=admin).body["items"] == []
