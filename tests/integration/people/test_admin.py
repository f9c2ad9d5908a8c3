"""The operators' command for a deployment's first admin."""

import pytest
import yaml
from pydantic import ValidationError

from chalicelib.errors import Conflict, NotFound
from chalicelib.people import reachability, service as people
from chalicelib.people.service import EmailTaken
from infra import admin as command, deployment
from infra.local.engine.template import RESOURCES
from tests.integration.people.conftest import PASSWORD, Http, Mailbox, Session, SignIn, token_in


def test_the_first_admin_can_sign_in_and_administer(http: Http, sign_in: SignIn) -> None:
    command.create("boss@example.com", "Boss", PASSWORD)
    boss = sign_in("boss@example.com")
    assert http("POST", "/teams", {"id": "billing", "name": "Billing"}, as_=boss).status == 201


def test_an_address_is_not_given_twice(http: Http) -> None:
    command.create("boss@example.com", "Boss", PASSWORD)
    with pytest.raises(EmailTaken):
        command.create("BOSS@example.com", "Other", PASSWORD)


def test_what_the_api_would_refuse_is_refused(http: Http) -> None:
    with pytest.raises(ValidationError, match="password"):
        command.create("boss@example.com", "Boss", "short")


def test_somebody_is_made_an_admin(http: Http, sign_in: SignIn, client: Session) -> None:
    assert "admin now" in command.run("promote", "CLIENT@example.com")
    assert http("GET", "/audit?action=role_changed", as_=sign_in(client.email)).body["items"][0]["actor_id"] is None


def test_an_emergency_reset_ends_everything_and_gives_a_link(
    http: Http, client: Session, mailbox: Mailbox, sign_in: SignIn
) -> None:
    said = command.run("reset", client.email)
    assert http("GET", "/auth/me", as_=client).status == 401
    assert http("POST", "/auth/login", {"email": client.email, "password": PASSWORD}).status == 401
    assert mailbox() == [], "mail may be what is broken"
    token = token_in({"text": said, "html": ""})
    body = {"token": token, "new_password": PASSWORD}
    assert [http("POST", "/auth/password/reset", body).status for _ in range(2)] == [204, 422]
    sign_in(client.email)


def test_an_address_that_refused_gets_mail_again(http: Http, client: Session, admin: Session, mailbox: Mailbox) -> None:
    reachability.refuse(client.id, client.email, "bounce")
    assert http("POST", "/auth/password/forgot", {"email": client.email}).status == 202
    assert mailbox() == []
    for _ in range(2):
        assert command.run("mail", client.email) == f"{client.email}: gets mail again"
    assert len(http("GET", "/audit?action=mail_allowed", as_=admin).body["items"]) == 1
    assert "mail_refused" not in http("GET", f"/users/{client.id}", as_=admin).body
    assert http("POST", "/auth/password/forgot", {"email": client.email}).status == 202
    assert len(mailbox()) == 1


@pytest.mark.parametrize("wanted", ["promote", "reset", "mail"])
def test_there_must_be_such_an_account(http: Http, client: Session, wanted: str) -> None:
    with pytest.raises(NotFound, match="no account"):
        command.run(wanted, "nobody@example.com")
    people.change_account(client.id, {"active": False})
    with pytest.raises(Conflict):
        command.run(wanted, client.email)


def test_the_settings_are_the_stacks_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    template = yaml.safe_load(RESOURCES.read_text())
    assert deployment.OUTPUTS.keys() <= template["Outputs"].keys()
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    for_commands_alone = {"FAILED_RECORDS_BUCKET"}
    for output, setting in deployment.OUTPUTS.items():
        if setting in for_commands_alone:
            assert setting not in variables
        else:
            assert template["Outputs"][output]["Value"] == variables[setting]
