"""How the desk is set, for whoever asks before they sign in (contract §9)."""

import pytest

from chalicelib import VERSION
from chalicelib.settings import settings
from tests.integration.people.conftest import Http, SignIn


def test_anybody_reads_how_the_desk_is_set(http: Http) -> None:
    answer = http("GET", "/config")
    assert answer.status == 200
    assert answer.body == {
        "name": "Lambdesk",
        "time_zone": "UTC",
        "locales": ["en", "ar"],
        "sign_up": True,
        "password": {"min": 10, "max": 128},
        "limits": {"title": 200, "body": 20_000, "attachment_bytes": 25 * 2**20, "attachments": 20},
        "priorities": ["urgent", "high", "medium", "low"],
        "auto_close_days": 7,
        "mail_in": answer.body["mail_in"],
        "chat": {"sockjs": "/ws-chat-sockjs", "websocket": "/ws-chat"},
    }
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert answer.headers["vary"] == "Origin, Authorization"


def test_whoever_is_signed_in_reads_version_and_weights_too(http: Http, sign_in: SignIn) -> None:
    answer = http("GET", "/config", as_=sign_in("client@example.com", "client"))
    assert answer.body["version"] == VERSION
    assert answer.body["weights"] == {"low": 1, "medium": 2, "high": 4, "urgent": 8}
    assert answer.headers["cache-control"] == "private, max-age=60"
    assert http("GET", "/config", as_="no token of ours").status == 401


def test_an_unchanged_config_is_not_sent_again(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = http("GET", "/config").headers["etag"]
    again = http("GET", "/config", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, None, tag)
    monkeypatch.setitem(vars(settings), "desk_name", "Another")
    changed = http("GET", "/config", headers={"If-None-Match": tag})
    assert (changed.status, changed.body["name"]) == (200, "Another")


@pytest.mark.parametrize(("domain", "address"), [("", None), ("lambdesk.test", "help@lambdesk.test")])
def test_mail_in_is_the_address_that_opens_tickets_where_mail_comes_in(
    http: Http, monkeypatch: pytest.MonkeyPatch, domain: str, address: str | None
) -> None:
    monkeypatch.setitem(vars(settings), "mail_in_domain", domain)
    assert http("GET", "/config").body["mail_in"] == address


def test_nobody_registers_where_signing_up_is_off(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(settings), "sign_up", False)
    assert http("GET", "/config").body["sign_up"] is False
    asked = {"email": "new@example.com", "password": "a long password", "name": "New"}
    refused = http("POST", "/auth/register", asked)
    assert (refused.status, refused.body["code"]) == (403, "sign_up_off")
    monkeypatch.setitem(vars(settings), "sign_up", True)
    assert http("POST", "/auth/register", asked).status == 201
