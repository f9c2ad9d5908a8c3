"""Access tokens: only ours, only for the API, only while they are good (RFC 8725)."""

import base64
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest

from chalicelib import ambient, keys
from chalicelib.auth import tokens
from chalicelib.auth.tokens import Access
from chalicelib.errors import Unauthenticated

NOW = 1_800_000_000.0
OLD, NEW, GONE = b"o" * 32, b"n" * 32, b"g" * 32
ACCESS = Access("account", "session", 1, "bearer")


@pytest.fixture(autouse=True)
def parameter(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], None]:
    """Stands for SSM; call it to put other keys there."""
    stored = {"text": ""}

    def put(value: dict[str, Any]) -> None:
        stored["text"] = json.dumps(value)

    def text(secret: bytes) -> str:
        return base64.b64encode(secret).decode()

    put(
        {
            "current": "new",
            "keys": {"old": text(OLD), "new": text(NEW), "gone": text(GONE)},
            "retired": {"old": NOW + 3600, "gone": NOW - 1},
        }
    )
    monkeypatch.setattr(keys, "_text", lambda purpose, fresh: stored["text"])
    monkeypatch.setattr(keys, "_asked_again", {})
    monkeypatch.setattr(ambient, "clock", lambda: NOW)
    return put


def claims(**changes: Any) -> dict[str, Any]:
    made = jwt.decode(tokens.issue(ACCESS), options={"verify_signature": False})
    return {name: value for name, value in {**made, **changes}.items() if value is not None}


def signed(secret: bytes = NEW, kid: Any = "new", algorithm: str = "HS256", **changes: Any) -> str:
    key = secret
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers={"kid": kid} if kid else None)


def raw(header: dict[str, Any], payload: dict[str, Any], signature: str = "") -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, payload)]
    return ".".join([*parts, signature])


def test_a_token_says_who_and_in_which_session() -> None:
    assert tokens.read(tokens.issue(ACCESS)) == ACCESS


def test_a_token_names_its_key_and_all_that_rfc_8725_asks() -> None:
    token = tokens.issue(ACCESS)
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT", "kid": "new"}
    said = jwt.decode(token, options={"verify_signature": False})
    assert said["exp"] - said["iat"] == 900
    assert {"iss", "aud", "sub", "nbf", "jti", "sid", "typ"} <= said.keys()
    assert not {"role", "team", "active"} & said.keys()


def test_the_key_before_still_verifies_until_its_end() -> None:
    assert tokens.read(signed(OLD, "old")) == ACCESS
    with pytest.raises(Unauthenticated):
        tokens.read(signed(GONE, "gone"))


def test_a_key_made_elsewhere_just_now_is_looked_up(parameter: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys._text("access", False)
    parameter({"current": "newest", "keys": {"newest": base64.b64encode(b"m" * 32).decode()}})
    after = keys._text("access", True)
    monkeypatch.setattr(keys, "_text", lambda purpose, fresh: after if fresh else before)
    assert tokens.read(signed(b"m" * 32, "newest")) == ACCESS


def test_made_up_key_ids_ask_ssm_once_in_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    text, asked = keys._text("access", False), []

    def ask(purpose: str, fresh: bool) -> str:
        asked.append(fresh)
        return text

    monkeypatch.setattr(keys, "_text", ask)
    for kid in "abcdef":
        with pytest.raises(Unauthenticated):
            tokens.read(signed(kid=kid))
    assert asked.count(True) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "lambdesk-chat"},
        {"aud": ["lambdesk-api", "other"]},
        {"iss": "somebody"},
        {"typ": "refresh"},
        {"exp": NOW - 1},
        {"exp": int(NOW)},
        {"exp": 1e400},
        {"exp": "2100-01-01"},
        {"exp": True},
        {"nbf": int(NOW) + 60},
        {"iat": int(NOW) + 60},
        {"gen": "1"},
        {"sub": 5},
        {"sid": ["session"]},
        *({name: None} for name in tokens._CLAIMS),
    ],
    ids=str,
)
def test_other_claims_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        tokens.read(signed(**changes))


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", "HS384", "HS512", "RS256", "hs256", "", None])
def test_no_other_algorithm_than_ours(algorithm: Any) -> None:
    with pytest.raises(Unauthenticated):
        tokens.read(raw({"alg": algorithm, "kid": "new", "typ": "JWT"}, claims()))
    good = tokens.issue(ACCESS)
    with pytest.raises(Unauthenticated):
        tokens.read(raw({"alg": algorithm, "kid": "new"}, claims(), good.rsplit(".", 1)[1]))


def test_a_stronger_variant_of_the_algorithm_is_refused_too() -> None:
    with pytest.warns(jwt.InsecureKeyLengthWarning), pytest.raises(Unauthenticated):
        tokens.read(signed(algorithm="HS512"))


@pytest.mark.parametrize("kid", [None, "unknown", "../new", "", 7, ["new"], {"a": 1}], ids=str)
def test_an_unknown_key_is_refused(kid: Any) -> None:
    header = {"alg": "HS256"} if kid is None else {"alg": "HS256", "kid": kid}
    with pytest.raises(Unauthenticated):
        tokens.read(raw(header, claims(), tokens.issue(ACCESS).rsplit(".", 1)[1]))


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "é.é.é", "\ud800", "x" * 9000, "." * 9000, "e30.e30.e30"])
def test_rubbish_is_refused(text: str) -> None:
    with pytest.raises(Unauthenticated):
        tokens.read(text)


def test_the_key_that_signs_comes_first() -> None:
    cursors = keys.all_keys("cursors")
    assert len(cursors) == 2
    assert cursors[0] == keys.signing_key("cursors")[1]
