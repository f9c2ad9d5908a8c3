"""The operators' command for keys."""

import json
from contextlib import suppress
from typing import Any

import boto3
import pytest

from chalicelib import keys
from chalicelib.auth import sealing, tokens
from chalicelib.auth.tokens import Access
from chalicelib.errors import Unauthenticated
from infra import keys as command
from tests.integration.people.conftest import Clock, Http

ACCESS = Access("account", "session", 1, "bearer")
NAME = "/test/signing-keys"


@pytest.fixture
def ssm(http: Http, monkeypatch: pytest.MonkeyPatch) -> Any:
    client = boto3.client("ssm")
    for purpose in keys.PURPOSES:
        with suppress(client.exceptions.ParameterNotFound):
            client.delete_parameter(Name=f"{NAME}/{purpose}")
    monkeypatch.setattr(keys, "_text", lambda purpose, fresh: stored(client, purpose))
    return client


def stored(ssm: Any, purpose: str = "access") -> str:
    return str(ssm.get_parameter(Name=f"{NAME}/{purpose}", WithDecryption=True)["Parameter"]["Value"])


def test_keys_are_made_once(ssm: Any) -> None:
    assert command.create(ssm, NAME)
    first = stored(ssm)
    assert not command.create(ssm, NAME)
    assert stored(ssm) == first
    assert ssm.get_parameter(Name=f"{NAME}/access")["Parameter"]["Type"] == "SecureString"


def test_a_new_key_signs_and_the_old_one_verifies_for_a_day(ssm: Any, clock: Clock) -> None:
    command.create(ssm, NAME)
    before, old = tokens.issue(ACCESS), keys.all_keys("cursors")
    command.rotate(ssm, NAME)
    assert tokens.read(before) == tokens.read(tokens.issue(ACCESS)) == ACCESS
    assert keys.all_keys("cursors")[1:] == old
    clock.advance(86_400)
    assert len(keys.all_keys("cursors")) == 2
    clock.advance(3_600)
    assert len(keys.all_keys("cursors")) == 1
    command.rotate(ssm, NAME)
    assert len(json.loads(stored(ssm))["keys"]) == 2


def test_after_a_leak_the_old_ones_are_dropped(ssm: Any) -> None:
    command.create(ssm, NAME)
    before = tokens.issue(ACCESS)
    command.rotate(ssm, NAME, drop=True)
    with pytest.raises(Unauthenticated):
        tokens.read(before)


def test_what_second_factors_are_sealed_with_outlasts_a_leak(ssm: Any, clock: Clock) -> None:
    """Otherwise everybody who has one would be locked out."""
    command.create(ssm, NAME)
    sealed = sealing.seal("secret", "whose")
    for drop in (False, True, True):
        command.rotate(ssm, NAME, drop=drop)
        clock.advance(2 * 86_400)
        assert sealing.unseal(sealed, "whose") == "secret"
    assert sealing.is_old(sealed)


def test_each_purpose_has_keys_of_its_own(ssm: Any) -> None:
    command.create(ssm, NAME)
    secrets = [secret for purpose in keys.PURPOSES for secret in json.loads(stored(ssm, purpose))["keys"].values()]
    assert len(set(secrets)) == len(keys.PURPOSES)
    command.rotate(ssm, NAME)
    for purpose in keys.PURPOSES:
        assert len(json.loads(stored(ssm, purpose))["keys"]) == 2


def test_what_mail_carries_outlasts_a_rotation_and_no_leak(ssm: Any) -> None:
    command.create(ssm, NAME)
    before = {purpose: keys.lasting_key(purpose) for purpose in keys.PURPOSES}
    command.rotate(ssm, NAME)
    assert {purpose: keys.lasting_key(purpose) for purpose in keys.PURPOSES} == before
    command.rotate(ssm, NAME, drop=True)
    assert not set(before.values()) & {keys.lasting_key(purpose) for purpose in keys.PURPOSES}
