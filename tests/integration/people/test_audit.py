"""Who did what to whom, from where: written with what it tells of, read by admins, changed by nobody."""

from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.audit import service as audit
from chalicelib.audit.models import Entry
from chalicelib.origin import NOBODY
from chalicelib.people import service as people
from tests.integration.people.conftest import (
    PASSWORD,
    Clock,
    Http,
    Mailbox,
    Session,
    SignIn,
    in_between,
    token_in,
)


def told(http: Http, admin: Session, query: str = "") -> list[tuple[str, str | None, str | None]]:
    """(action, actor, subject), oldest first."""
    entries = http.all(f"/audit{query}", admin)
    return [(entry["action"], entry["actor_id"], entry["subject_id"]) for entry in reversed(entries)]


def test_an_entry_says_who_did_what_to_whom_and_from_where(http: Http, admin: Session, client: Session) -> None:
    http("PATCH", f"/users/{client.id}", {"role": "agent"}, as_=admin, headers={"X-Forwarded-For": "198.51.100.7"})
    [entry] = http.all("/audit?action=role_changed", admin)
    assert entry == {
        "id": entry["id"],
        "at": ambient.time_of(entry["id"]),
        "actor_id": admin.id,
        "action": "role_changed",
        "subject_id": client.id,
        "ip": "198.51.100.7",
        "request_id": "request",
        "detail": {"from": "client", "to": "agent"},
    }


def test_what_people_do_with_their_own_account_is_told(http: Http, admin: Session, mailbox: Mailbox) -> None:
    user = http("POST", "/auth/register", {"email": "ann@example.com", "password": PASSWORD, "name": "Ann"}).body
    id_ = user["user"]["id"]
    http("POST", "/auth/email/verify", {"token": token_in(mailbox()[0])}, as_=user["access_token"])
    http("POST", "/auth/login", {"email": "ann@example.com", "password": "wrong"})
    http("POST", "/auth/logout", {"refresh_token": user["refresh_token"]}, as_=user["access_token"])
    http("POST", "/auth/password/forgot", {"email": "ann@example.com"})
    http("POST", "/auth/password/reset", {"token": token_in(mailbox()[0]), "new_password": "a second password"})
    session = http("POST", "/auth/login", {"email": "ann@example.com", "password": "a second password"}).body
    change = {"current_password": "a second password", "new_password": "a third password"}
    http("POST", "/auth/password", change, as_=session["access_token"])
    assert told(http, admin, f"?subject={id_}") == [
        ("signed_up", id_, id_),
        ("email_verified", id_, id_),
        ("sign_in_failed", None, id_),
        ("signed_out", id_, id_),
        ("reset_requested", None, id_),
        ("password_reset", id_, id_),
        ("signed_in", id_, id_),
        ("password_changed", id_, id_),
    ]


def test_what_admins_do_with_people_is_told(http: Http, admin: Session, mailbox: Mailbox) -> None:
    def make(**more: Any) -> str:
        body = {"email": f"{len(more)}@example.com", "name": "Ann", "role": "agent"} | more
        return str(http("POST", "/users", body, as_=admin).body["id"])

    invited, made = make(), make(password=PASSWORD)
    http("POST", "/teams", {"id": "billing", "name": "Billing"}, as_=admin)
    for change in ({"team": "billing"}, {"active": False}, {"active": False}, {"active": True}, {"name": "Bob"}):
        assert http("PATCH", f"/users/{made}", change, as_=admin).status == 200
    http("POST", "/auth/password/reset", {"token": token_in(mailbox()[0]), "new_password": PASSWORD})
    assert told(http, admin, f"?actor={admin.id}")[1:] == [
        ("user_invited", admin.id, invited),
        ("user_created", admin.id, made),
        ("team_changed", admin.id, made),
        ("user_deactivated", admin.id, made),
        ("user_activated", admin.id, made),
    ]
    assert told(http, admin, f"?subject={invited}&actor={invited}") == [("invitation_accepted", invited, invited)]


def test_what_is_done_with_reports_is_told(http: Http, admin: Session) -> None:
    body = {"kind": "agents", "format": "csv", "from": "2026-01-01", "to": "2026-01-02"}
    for _ in range(2):
        report = http("POST", "/reports", body, as_=admin, headers={"Idempotency-Key": "once"}).body["id"]
    weekly = {"kind": "agents", "format": "csv", "every": "week", "recipients": [admin.id]}
    schedule = http("POST", "/report-schedules", weekly, as_=admin).body["id"]
    assert [http("DELETE", f"/report-schedules/{schedule}", as_=admin).status for _ in range(2)] == [204, 404]
    assert told(http, admin, f"?actor={admin.id}")[1:] == [
        ("report_requested", admin.id, report),
        ("schedule_created", admin.id, schedule),
        ("schedule_deleted", admin.id, schedule),
    ]
    assert len(http.all(f"/audit?subject={schedule}&action=schedule_deleted", admin)) == 1


def test_a_stolen_refresh_token_is_told(http: Http, admin: Session, client: Session, clock: Clock) -> None:
    body = {"refresh_token": client.refresh}
    pair = http("POST", "/auth/refresh", body).body
    clock.advance(61)
    http("POST", "/auth/refresh", {"refresh_token": pair["refresh_token"]})
    assert http("POST", "/auth/refresh", body).status == 401
    assert told(http, admin, "?action=token_reused") == [("token_reused", None, client.id)]


def test_a_failure_at_an_unknown_address_keeps_nothing_of_what_was_typed(http: Http, admin: Session) -> None:
    http("POST", "/auth/login", {"email": "my password, by mistake", "password": "x"})
    http("POST", "/auth/password/forgot", {"email": "nobody@example.com"})
    assert told(http, admin)[-2:] == [("sign_in_failed", None, None), ("reset_requested", None, None)]
    assert "mistake" not in str([entry.serialize() for entry in Entry.scan()])


def test_what_was_not_done_is_not_told(
    http: Http, admin: Session, client: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_between(monkeypatch, lambda: people.change_account(client.id, {"role": "agent"}))
    assert http("PATCH", f"/users/{client.id}", {"role": "agent"}, as_=admin).status == 200
    assert told(http, admin, "?action=role_changed") == [("role_changed", None, client.id)]


def test_the_newest_comes_first_day_by_day(http: Http, admin: Session, clock: Clock, sign_in: SignIn) -> None:
    for day in range(5):
        audit.record(NOBODY, "keys_rotated", None, day=day)
        clock.advance(40 * 86_400)
    boss = sign_in(admin.email)
    days = [entry["detail"]["day"] for entry in http.all("/audit?action=keys_rotated", boss, limit=2)]
    assert days == [4, 3, 2, 1, 0]


def test_from_is_inclusive_and_to_exclusive(http: Http, admin: Session, clock: Clock) -> None:
    stamps = []
    for _ in range(3):
        clock.advance(60)
        audit.record(NOBODY, "keys_rotated", admin.id)
        stamps.append(ambient.timestamp())
    for who in ("", f"&subject={admin.id}"):
        found = http.all(f"/audit?action=keys_rotated&from={stamps[0]}&to={stamps[2]}{who}", admin)
        assert [entry["at"] for entry in found] == [stamps[1], stamps[0]]
        assert http.all(f"/audit?from={stamps[2]}&to={stamps[0]}{who}", admin) == []


def test_after_400_days_it_is_gone(http: Http, admin: Session, clock: Clock, sign_in: SignIn) -> None:
    audit.record(NOBODY, "keys_rotated", None)
    [entry] = Entry.scan(Entry.action == "keys_rotated")
    assert entry.expires_at == int(clock.now + 400 * 86_400)
    clock.advance(400 * 86_400 + 1)
    assert told(http, sign_in(admin.email), "?action=keys_rotated") == []


@pytest.mark.parametrize("query", ["action=nonsense", "from=yesterday", "actor=", "who=x", "from_=2026-01-01"])
def test_a_bad_query_is_refused(http: Http, admin: Session, query: str) -> None:
    assert http("GET", f"/audit?{query}", as_=admin).status == 422


def test_it_is_for_admins_alone(http: Http, agent: Session, client: Session) -> None:
    assert [http("GET", "/audit", as_=who).status for who in (None, agent, client)] == [401, 403, 403]
