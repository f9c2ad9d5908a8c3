"""SSM's parameters, as far as they are used."""

import pytest
from botocore.exceptions import ClientError

from infra.local.engine.account import client
from infra.local.stack import Stack


def refusal(error: pytest.ExceptionInfo[ClientError]) -> str:
    return str(error.value.response["Error"]["Code"])


def test_what_was_put_is_got_and_each_version_counted(stack: Stack) -> None:
    ssm = client("ssm")
    ssm.put_parameter(Name="/a/secret", Value="one", Type="SecureString")
    assert ssm.put_parameter(Name="/a/secret", Value="two", Overwrite=True)["Version"] == 2
    got = ssm.get_parameter(Name="/a/secret", WithDecryption=True)["Parameter"]
    assert (got["Value"], got["Type"], got["Version"]) == ("two", "SecureString", 2)
    assert got["ARN"].endswith(":parameter/a/secret")
    ssm.delete_parameter(Name="/a/secret")
    with pytest.raises(ClientError) as error:
        ssm.get_parameter(Name="/a/secret")
    assert refusal(error) == "ParameterNotFound"


def test_one_that_is_there_is_not_overwritten_unasked(stack: Stack) -> None:
    ssm = client("ssm")
    ssm.put_parameter(Name="/a/b", Value="one", Type="String")
    with pytest.raises(ssm.exceptions.ParameterAlreadyExists):
        ssm.put_parameter(Name="/a/b", Value="two", Type="String")
    assert ssm.get_parameter(Name="/a/b")["Parameter"]["Value"] == "one"
    ssm.delete_parameter(Name="/a/b")


def test_a_secret_is_not_shown_sealed(stack: Stack) -> None:
    ssm = client("ssm")
    ssm.put_parameter(Name="/a/key", Value="hush", Type="SecureString")
    assert "hush" not in ssm.get_parameter(Name="/a/key")["Parameter"]["Value"]
    ssm.delete_parameter(Name="/a/key")


def test_a_new_one_needs_a_type(stack: Stack) -> None:
    with pytest.raises(ClientError) as error:
        client("ssm").put_parameter(Name="/a/untyped", Value="x")
    assert refusal(error) == "ValidationException"
