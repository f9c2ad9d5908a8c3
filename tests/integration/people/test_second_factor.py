"""The second factor: set up, asked for, lost, taken away (contract §3). Codes are made as an app makes them."""

from typing import Any

import pyotp
import pytest

from chalicelib.auth.models import Factor, Proof
from chalicelib.people import service as people
from chalicelib.settings import settings
from infra import admin as operators
from tests.integration.people.conftest import PASSWORD, Answer, Clock, Http, Mailbox, Session, SignIn, token_in
from tests.integration.people.phones import Phone, enrol, first_step, second_step

COOKIE = {"X-Session": "cookie", "Origin": "http://127.0.0.1:8000"}


@pytest.fixture
def ann(sign_in: SignIn) -> Session:
    return sign_in("ann@example.com", "client", email_verified=True)


@pytest.fixture
def phone(http: Http, ann: Session, clock: Clock) -> Phone:
    return enrol(http, ann, clock)


def with_both(http: Http, method: str, path: str, who: Session, code: str, password: str = PASSWORD) -> Answer:
    return http(method, path, {"password": password, "code": code}, as_=who)


def test_setting_it_up_takes_a_code_of_the_app(http: Http, ann: Session, clock: Clock) -> None:
    started = http("POST", "/auth/totp", as_=ann)
    assert started.status == 201
    assert started.body.keys() == {"secret", "otpauth_url"}
    app = pyotp.parse_uri(started.body["otpauth_url"])
    assert (app.secret, app.name, app.issuer) == (started.body["secret"], ann.email, "Lambdesk")
    phone = Phone(app.secret, clock)
    wrong = http("POST", "/auth/totp/confirm", {"code": phone.wrong()}, as_=ann)
    assert (wrong.status, wrong.fields, wrong.body["errors"][0]["code"]) == (422, ["code"], "wrong_code")
    assert "access_token" in first_step(http, ann.email).body, "not asked for before it is confirmed"
    done = http("POST", "/auth/totp/confirm", {"code": phone.code()}, as_=ann)
    assert done.status == 200
    assert len(set(done.body["recovery_codes"])) == 10
    assert http("GET", "/auth/me", as_=ann).body["totp"] is True
    assert http("POST", "/auth/totp/confirm", {"code": phone.code(1)}, as_=ann).status == 409
    assert http("POST", "/auth/totp", as_=ann).status == 409


def test_who_has_none_looks_as_before(http: Http, ann: Session) -> None:
    assert "totp" not in http("GET", "/auth/me", as_=ann).body
    assert with_both(http, "DELETE", "/auth/totp", ann, "123456").status == 404
    assert with_both(http, "POST", "/auth/totp/recovery-codes", ann, "123456").status == 404
    assert http("POST", "/auth/totp/confirm", {"code": "123456"}, as_=ann).status == 409, "nothing was started"


def test_an_address_that_nobody_confirmed_has_none(http: Http, client: Session) -> None:
    refused = http("POST", "/auth/totp", as_=client)
    assert (refused.status, refused.body["code"]) == (403, "address_unconfirmed")


def test_what_was_started_ends_after_an_hour_and_with_the_next_start(http: Http, ann: Session, clock: Clock) -> None:
    first = Phone(http("POST", "/auth/totp", as_=ann).body["secret"], clock)
    second = Phone(http("POST", "/auth/totp", as_=ann).body["secret"], clock)
    assert http("POST", "/auth/totp/confirm", {"code": first.code()}, as_=ann).status == 422
    clock.advance(3601)
    ann = Session(ann.id, ann.email, first_step(http, ann.email).body["access_token"], "")
    assert http("POST", "/auth/totp/confirm", {"code": second.code()}, as_=ann).status == 409


def test_signing_in_takes_two_steps(http: Http, ann: Session, phone: Phone) -> None:
    first = first_step(http, ann.email)
    assert first.status == 200
    assert first.body.keys() == {"mfa_token", "expires_in"}
    assert first.body["expires_in"] == 300
    assert "set-cookie" not in first.headers
    second = second_step(http, first, phone.code(1))
    assert second.status == 200
    assert second.body.keys() == {"user", "access_token", "refresh_token", "token_type", "expires_in"}
    assert http("GET", "/auth/me", as_=second.body["access_token"]).status == 200
    assert second_step(http, first, phone.code()).status == 401, "the token is used up"


def test_a_code_is_good_once(http: Http, ann: Session, phone: Phone, clock: Clock) -> None:
    assert second_step(http, first_step(http, ann.email), phone.code(1)).status == 200
    again = second_step(http, first_step(http, ann.email), phone.code(1))
    assert (again.status, again.body["code"]) == (401, "wrong_code")
    before = second_step(http, first_step(http, ann.email), phone.code(0))
    assert before.status == 401, "nor one of before it"
    clock.advance(60)
    assert second_step(http, first_step(http, ann.email), phone.code()).status == 200


def test_phones_may_be_half_a_minute_late_or_early(http: Http, ann: Session, phone: Phone, clock: Clock) -> None:
    clock.advance(600)
    statuses = [second_step(http, first_step(http, ann.email), phone.code(by)).status for by in (-2, 2, -1, 0, 1)]
    assert statuses == [401, 401, 200, 200, 200]


@pytest.mark.parametrize("typed", ["{0}{1}", " {0} {1}", "{0}-{1}", "{0}\u00a0{1}\n"])
def test_a_code_is_taken_however_it_is_typed(http: Http, ann: Session, phone: Phone, typed: str) -> None:
    code = phone.code(1)
    assert second_step(http, first_step(http, ann.email), typed.format(code[:3], code[3:])).status == 200


def test_digits_of_other_scripts_are_digits(http: Http, ann: Session, phone: Phone) -> None:
    code = phone.code(1).translate({ord("0") + each: ord("٠") + each for each in range(10)})
    assert second_step(http, first_step(http, ann.email), code).status == 200


def test_the_token_is_good_for_five_minutes_and_five_tries(
    http: Http, ann: Session, phone: Phone, clock: Clock
) -> None:
    first = first_step(http, ann.email)
    tries = [second_step(http, first, phone.wrong()) for _ in range(5)]
    assert [each.body["code"] for each in tries] == ["wrong_code"] * 5
    sixth = second_step(http, first, phone.code(1))
    assert (sixth.status, sixth.body["code"]) == (401, "bad_token")
    late = first_step(http, ann.email)
    clock.advance(301)
    assert second_step(http, late, phone.code()).body["code"] == "bad_token"


def test_a_recovery_code_stands_for_a_code_once(http: Http, ann: Session, phone: Phone) -> None:
    one, other = phone.recovery_codes[:2]
    assert second_step(http, first_step(http, ann.email), one).status == 200
    assert second_step(http, first_step(http, ann.email), one).status == 401
    assert second_step(http, first_step(http, ann.email), other.upper().replace("-", " ")).status == 200


def test_recovery_codes_are_made_anew(http: Http, ann: Session, phone: Phone, clock: Clock) -> None:
    path = "/auth/totp/recovery-codes"
    wrong = with_both(http, "POST", path, ann, phone.code(1), "another password")
    assert (wrong.status, wrong.fields) == (422, ["password"])
    wrong = with_both(http, "POST", path, ann, phone.wrong())
    assert (wrong.status, wrong.fields) == (422, ["code"])
    fresh = with_both(http, "POST", path, ann, phone.code(1))
    assert fresh.status == 200
    assert not set(fresh.body["recovery_codes"]) & set(phone.recovery_codes)
    assert second_step(http, first_step(http, ann.email), phone.recovery_codes[0]).status == 401
    assert second_step(http, first_step(http, ann.email), fresh.body["recovery_codes"][0]).status == 200
    by_one = with_both(http, "POST", path, ann, fresh.body["recovery_codes"][1])
    assert len(by_one.body["recovery_codes"]) == 10, "by a recovery code too, and then there are ten again"


def test_it_is_removed_with_password_and_code(http: Http, ann: Session, phone: Phone) -> None:
    assert with_both(http, "DELETE", "/auth/totp", ann, phone.code(1), "another password").status == 422
    assert with_both(http, "DELETE", "/auth/totp", ann, phone.wrong()).status == 422
    assert with_both(http, "DELETE", "/auth/totp", ann, phone.recovery_codes[3]).status == 204
    assert "access_token" in first_step(http, ann.email).body
    assert "totp" not in http("GET", "/auth/me", as_=ann).body
    assert http("POST", "/auth/totp", as_=ann).status == 201, "and may be set up anew"


def test_a_remembered_browser_is_not_asked_again_for_a_month(
    http: Http, ann: Session, phone: Phone, clock: Clock
) -> None:
    first = first_step(http, ann.email, headers=COOKIE)
    second = second_step(http, first, phone.code(1), headers=COOKIE, remember=True)
    assert "refresh_token" not in second.body
    refresh, device = second.cookies
    assert refresh.startswith("__Secure-refresh=")
    assert device.startswith("__Secure-device=")
    assert device.partition("; ")[2] == "Max-Age=2592000; Path=/api/auth; HttpOnly; Secure; SameSite=Strict"
    known = {**COOKIE, "Cookie": device.partition(";")[0]}
    assert "access_token" in first_step(http, ann.email, headers=known).body
    clock.advance(30 * 86_400)
    assert "mfa_token" in first_step(http, ann.email, headers=known).body


def device_of(http: Http, who: Session, code: str) -> dict[str, str]:
    """The header by which a browser is known from now on."""
    answer = second_step(http, first_step(http, who.email), code, remember=True)
    assert answer.status == 200
    return {"Cookie": answer.cookies[-1].partition(";")[0]}


def test_what_ends_the_sessions_forgets_the_browsers(http: Http, ann: Session, phone: Phone) -> None:
    known = device_of(http, ann, phone.code(1))
    assert "access_token" in first_step(http, ann.email, headers=known).body
    assert http("DELETE", "/auth/sessions", as_=ann).status == 204
    assert "mfa_token" in first_step(http, ann.email, headers=known).body


def test_a_new_factor_knows_no_browsers(http: Http, ann: Session, phone: Phone, clock: Clock) -> None:
    known = device_of(http, ann, phone.code(1))
    assert with_both(http, "DELETE", "/auth/totp", ann, phone.recovery_codes[0]).status == 204
    enrol(http, ann, clock)
    assert "mfa_token" in first_step(http, ann.email, headers=known).body


def test_an_admin_takes_it_away(http: Http, ann: Session, phone: Phone, admin: Session, agent: Session) -> None:
    path = f"/users/{ann.id}/totp"
    assert http("GET", f"/users/{ann.id}", as_=admin).body["totp"] is True
    assert "totp" not in http("GET", f"/users/{ann.id}", as_=agent).body
    assert http("DELETE", path, as_=agent).status == http("DELETE", path, as_=ann).status == 403
    assert http("DELETE", path, as_=admin).status == 204
    assert http("DELETE", path, as_=admin).status == 404
    assert http("DELETE", "/users/nobody/totp", as_=admin).status == 404
    assert "access_token" in first_step(http, ann.email).body


def test_an_admin_does_not_take_away_their_own(http: Http, sign_in: SignIn, clock: Clock) -> None:
    """Otherwise a stolen access token would be enough."""
    boss = sign_in("boss@example.com", "admin", email_verified=True)
    enrol(http, boss, clock)
    assert http("DELETE", f"/users/{boss.id}/totp", as_=boss).status == 403
    assert "mfa_token" in first_step(http, boss.email).body


def test_an_operator_takes_the_last_admins_away(http: Http, sign_in: SignIn, clock: Clock) -> None:
    boss = sign_in("boss@example.com", "admin", email_verified=True)
    enrol(http, boss, clock)
    assert operators.run("totp", boss.email) == "boss@example.com: the password is enough again"
    assert "access_token" in first_step(http, boss.email).body


def test_a_reset_does_not_switch_it_off(http: Http, ann: Session, phone: Phone, mailbox: Mailbox) -> None:
    http("POST", "/auth/password/forgot", {"email": ann.email})
    body = {"token": token_in(mailbox()[-1]), "new_password": "another long one"}
    assert http("POST", "/auth/password/reset", body).status == 204
    first = first_step(http, ann.email, password="another long one")
    assert second_step(http, first, phone.code(1)).status == 200


def test_the_person_is_told_by_mail(http: Http, ann: Session, mailbox: Mailbox, clock: Clock) -> None:
    phone = enrol(http, ann, clock)
    [on] = mailbox()
    assert (on["to"], on["subject"]) == ([ann.email], "A second factor was set up")
    assert phone.secret not in on["text"] + on["html"]
    with_both(http, "DELETE", "/auth/totp", ann, phone.code(1))
    [off] = mailbox()
    assert off["subject"] == "Your second factor was removed"


def test_the_audit_is_told(http: Http, ann: Session, phone: Phone, admin: Session) -> None:
    second_step(http, first_step(http, ann.email), phone.wrong())
    second_step(http, first_step(http, ann.email), phone.code(1))
    second_step(http, first_step(http, ann.email), phone.recovery_codes[0])
    with_both(http, "POST", "/auth/totp/recovery-codes", ann, phone.recovery_codes[1])
    http("DELETE", f"/users/{ann.id}/totp", as_=admin)
    entries = http.all(f"/audit?subject={ann.id}", as_=admin)
    told = [
        (each["action"], (each["detail"] or {}).get("by") or (each["detail"] or {}).get("step")) for each in entries
    ]
    assert told == [
        ("totp_taken_away", None),
        ("recovery_codes_renewed", None),
        ("signed_in", "recovery"),
        ("signed_in", "totp"),
        ("sign_in_failed", "code"),
        ("totp_enabled", None),
        ("signed_in", None),
    ]
    assert entries[0]["actor_id"] == admin.id


def test_the_table_gives_no_secret_away(http: Http, ann: Session, phone: Phone) -> None:
    first = first_step(http, ann.email)
    stored = [*Factor.query(ann.id, Factor.item == "totp"), *Proof.query(ann.id, Proof.item.startswith("challenge#"))]
    text = repr([each.to_simple_dict() for each in stored])
    assert stored
    for secret in (phone.secret, first.body["mfa_token"].split(".")[2], *phone.recovery_codes):
        assert secret not in text
        assert secret.replace("-", "") not in text


# --- ADMIN_TOTP ---


@pytest.fixture
def required(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(settings), "admin_totp", "required")


def test_where_it_is_required_an_admin_without_can_only_set_it_up(
    http: Http, required: None, sign_in: SignIn, clock: Clock
) -> None:
    boss = sign_in("boss@example.com", "admin", email_verified=True)
    for method, path in (("GET", "/users"), ("GET", "/tickets"), ("POST", "/chat/token"), ("GET", "/metrics")):
        refused = http(method, path, as_=boss)
        assert (refused.status, refused.body["code"]) == (403, "totp_required"), path
    assert http("GET", "/auth/me", as_=boss).status == 200
    assert http("GET", "/config", as_=boss).body["version"]
    enrol(http, boss, clock)
    assert http("GET", "/users", as_=boss).status == 200, "in the same session"


@pytest.mark.usefixtures("required")
def test_only_admins_are_required_to(http: Http, client: Session, agent: Session) -> None:
    assert http("GET", "/tickets", as_=client).status == http("GET", "/tickets", as_=agent).status == 200


@pytest.mark.usefixtures("required")
def test_who_becomes_an_admin_is_required_to_from_then_on(http: Http, sign_in: SignIn, clock: Clock) -> None:
    boss = sign_in("boss@example.com", "admin", email_verified=True)
    enrol(http, boss, clock)
    other = sign_in("other@example.com", "client", email_verified=True)
    assert http("PATCH", f"/users/{other.id}", {"role": "admin"}, as_=boss).status == 200
    assert http("GET", "/users", as_=other).body["code"] == "totp_required"


def test_an_unknown_value_stops_the_start() -> None:
    with pytest.raises(ValueError, match="ADMIN_TOTP must be one of optional, required"):
        type(settings).read({"ADMIN_TOTP": "yes"})


def test_who_has_a_squatters_address_has_nothing_of_their_factor(http: Http, client: Session, mailbox: Mailbox) -> None:
    """An address that nobody confirmed has no factor; if it had one, the owner's reset would take it away."""
    body: Any = {"email": "owner@example.com", "password": "the squatter's own", "name": "S"}
    squatter = http("POST", "/auth/register", body).body
    token = token_in(mailbox()[-1])
    people.changed(squatter["user"]["id"], lambda *_: {"factor": "made by nobody"})
    assert http("POST", "/auth/password/reset", {"token": token, "new_password": "the owner's own"}).status == 204
    assert "access_token" in first_step(http, "owner@example.com", password="the owner's own").body
