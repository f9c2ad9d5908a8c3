"""The operators' command for a deployment's first admin."""

import pytest
from pydantic import ValidationError

from chalicelib.people.service import EmailTaken
from infra import admin as command
from tests.integration.people.conftest import PASSWORD, Http, SignIn


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
