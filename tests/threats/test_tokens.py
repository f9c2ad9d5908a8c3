"""Access tokens that aren't ours, or aren't good any more (RFC 8725), as they would be sent."""

import base64
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest

from chalicelib import keys
from chalicelib.auth import tokens
from tests.integration.people.conftest import PASSWORD, Clock, Http, Session, SignIn

Forge = Callable[..., str]


def accepted(http: Http, token: str) -> bool:
    answer = http("GET", "/auth/me", as_=token)
    assert answer.status in (200, 401), answer.body
    assert answer.status == 200 or answer.headers["www-authenticate"] == "Bearer"
    return answer.status == 200


def part(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def claims_of(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


@pytest.fixture
def forge(client: Session) -> Forge:
    """A token of the client's with other claims, under our own key unless another is given."""

    def forge(key: bytes | None = None, header: dict[str, Any] | None = None, **changes: Any) -> str:
        kid, ours = keys.signing_key(tokens.TYPE)
        claims = {**claims_of(client.access), **changes}
        headers = {"kid": kid} if header is None else header
        signing = (part({"alg": "HS256", "typ": "JWT", **headers}) + "." + part(claims)).encode()
        signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(
            signing, ours if key is None else key
        )
        return f"{signing.decode()}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"

    return forge


def test_the_forge_makes_good_tokens(http: Http, forge: Forge) -> None:
    """Or nothing below shows anything."""
    assert accepted(http, forge())


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", "none ", "", None])
def test_algorithm_none_in_any_case(http: Http, client: Session, algorithm: Any) -> None:
    header, claims, signature = client.access.split(".")
    kid = jwt.get_unverified_header(client.access)["kid"]
    for signed in ("", signature):
        assert not accepted(http, f"{part({'alg': algorithm, 'typ': 'JWT', 'kid': kid})}.{claims}.{signed}")
    assert accepted(http, f"{header}.{claims}.{signature}")


@pytest.mark.parametrize("algorithm", ["HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "hs256", "dir"])
def test_key_confusion_another_algorithm_over_our_signature(http: Http, client: Session, algorithm: str) -> None:
    _, claims, signature = client.access.split(".")
    kid = jwt.get_unverified_header(client.access)["kid"]
    assert not accepted(http, f"{part({'alg': algorithm, 'kid': kid})}.{claims}.{signature}")


def test_key_confusion_what_everybody_knows_is_no_key(http: Http, forge: Forge) -> None:
    kid = keys.signing_key(tokens.TYPE)[0]
    for known in (kid, tokens.ISSUER, tokens.AUDIENCE, "secret", "null", "0"):
        assert not accepted(http, forge(known.encode()))


def test_key_confusion_a_key_for_another_purpose(http: Http, forge: Forge) -> None:
    for purpose in set(keys.PURPOSES) - {tokens.TYPE}:
        assert not accepted(http, forge(keys.signing_key(purpose)[1]))


def test_a_key_that_the_token_brings_along(http: Http, forge: Forge) -> None:
    jwk = {"kty": "oct", "k": base64.urlsafe_b64encode(b"k" * 32).decode()}
    kid = keys.signing_key(tokens.TYPE)[0]
    for extra in ({"jwk": jwk}, {"jku": "https://evil.example/keys"}, {"x5u": "https://evil.example/cert"}):
        assert not accepted(http, forge(b"k" * 32, header={"kid": kid, **extra}))
        assert not accepted(http, forge(b"k" * 32, header=extra))


def test_an_empty_key(http: Http, forge: Forge) -> None:
    kid = keys.signing_key(tokens.TYPE)[0]
    for header in ({"kid": kid}, {"kid": ""}, {}, {"kid": None}):
        assert not accepted(http, forge(b"", header=header))


@pytest.mark.parametrize(
    "kid",
    ["../../../../dev/null", "/dev/null", "file:///dev/null", "' UNION SELECT '' --", "|/bin/true", "\x00", "x" * 4096,
     ["a"], {"a": 1}, 7, True],
    ids=lambda kid: str(kid)[:20],
)  # fmt: skip
def test_a_key_id_that_is_a_path_or_worse(http: Http, forge: Forge, kid: Any) -> None:
    for key in (b"", b"\x00", None):
        assert not accepted(http, forge(key, header={"kid": kid}))


@pytest.mark.parametrize("name", ["sub", "sid", "gen", "exp", "jti", "via", "rev", "role"])
def test_a_claim_changed_under_the_old_signature(http: Http, client: Session, admin: Session, name: str) -> None:
    header, _, signature = client.access.split(".")
    other = {**claims_of(admin.access), "exp": 4_000_000_000, "gen": 2, "via": "cookie", "rev": 9, "role": "admin"}
    claims = {**claims_of(client.access), name: other[name]}
    assert not accepted(http, f"{header}.{part(claims)}.{signature}")


def test_every_bit_of_the_signature_counts(http: Http, client: Session) -> None:
    signed, _, signature = client.access.rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "=")
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert not accepted(http, f"{signed}.{base64.urlsafe_b64encode(changed).rstrip(b'=').decode()}")
    for cut in (raw[:-1], raw[:16], b""):
        assert not accepted(http, f"{signed}.{base64.urlsafe_b64encode(cut).rstrip(b'=').decode()}")


def test_an_expired_one(http: Http, client: Session, clock: Clock) -> None:
    clock.advance(899)
    assert accepted(http, client.access)
    clock.advance(1)
    assert not accepted(http, client.access)


def test_one_that_is_not_good_yet(http: Http, forge: Forge, clock: Clock) -> None:
    soon = int(clock.now) + 60
    assert not accepted(http, forge(nbf=soon))
    assert not accepted(http, forge(iat=soon))
    clock.advance(60)
    assert accepted(http, forge(nbf=soon))


@pytest.mark.parametrize("audience", ["lambdesk-chat", ["lambdesk-api", "x"], [], "", "lambdesk-api "], ids=str)
def test_one_for_another_audience(http: Http, forge: Forge, audience: Any) -> None:
    assert not accepted(http, forge(aud=audience))


def test_one_by_another_issuer_or_of_another_type(http: Http, forge: Forge) -> None:
    assert not accepted(http, forge(iss="https://evil.example"))
    for kind in ("refresh", "chat", "", None, ["access"]):
        assert not accepted(http, forge(typ=kind))


def test_a_refresh_token_is_no_access_token_and_the_other_way_round(http: Http, client: Session) -> None:
    assert not accepted(http, client.refresh)
    assert http("POST", "/auth/refresh", {"refresh_token": client.access}).status in (401, 422)
    for path in ("/auth/password/reset", "/auth/email/verify"):
        for token in (client.access, client.refresh):
            body = {"token": token} | ({"new_password": PASSWORD} if "reset" in path else {})
            assert http("POST", path, body).fields == ["token"]


def test_that_of_somebody_who_was_deactivated(http: Http, admin: Session, agent: Session, clock: Clock) -> None:
    assert accepted(http, agent.access)
    assert http("PATCH", f"/users/{agent.id}", {"active": False}, as_=admin).status == 200
    clock.advance(59)
    assert not accepted(http, agent.access)
    assert http("PATCH", f"/users/{agent.id}", {"active": True}, as_=admin).status == 200
    assert not accepted(http, agent.access), "what has ended stays ended"


def test_that_of_somebody_who_was_demoted(http: Http, admin: Session, sign_in: SignIn, clock: Clock) -> None:
    boss = sign_in("boss@example.com", "admin")
    assert http("GET", "/audit", as_=boss).status == 200
    assert http("PATCH", f"/users/{boss.id}", {"role": "client"}, as_=admin).status == 200
    clock.advance(59)
    assert http("GET", "/audit", as_=boss).status == 403
    assert http("GET", "/auth/me", as_=boss).body["role"] == "client"


@pytest.mark.parametrize("scheme", ["Basic", "Digest", "Token", "", "Bearer Bearer"])
def test_only_a_bearer_token_is_one(http: Http, client: Session, scheme: str) -> None:
    answer = http("GET", "/auth/me", headers={"Authorization": f"{scheme} {client.access}"})
    assert answer.status == 401


def test_no_token_is_taken_from_the_query(http: Http, client: Session) -> None:
    for name in ("token", "access_token"):
        assert http("GET", f"/auth/me?{name}={client.access}").status == 401
