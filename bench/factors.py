"""The second factor's routes, once each: what they cost."""

import pyotp

from bench.desk import Desk, Json, Person
from chalicelib import ambient


def play(desk: Desk, email: str, password: str) -> None:
    """With a client whose address is confirmed."""
    opened = _login(desk, email, password)
    own = Person(opened["user"]["id"], email, {"Authorization": f"Bearer {opened['access_token']}"})
    app = pyotp.TOTP(desk.ask("", "POST", "/auth/totp", own)["secret"])
    now = int(ambient.clock())
    # A code is good once, the one before and the one behind are taken too: three without waiting.
    earlier, current, later = (app.at(now + seconds) for seconds in (-30, 0, 30))
    codes = desk.ask("", "POST", "/auth/totp/confirm", own, {"code": earlier})["recovery_codes"]
    signing_in = {"email": email, "password": password}
    asked = desk.ask("with a second factor", "POST", "/auth/login", desk.anyone, signing_in)
    given: Json = {"mfa_token": asked["mfa_token"], "code": codes[0]}
    desk.ask("by a recovery code", "POST", "/auth/login/totp", desk.anyone, given)
    given = {"mfa_token": _login(desk, email, password)["mfa_token"], "code": current, "remember": True}
    desk.ask("by an app, remembered", "POST", "/auth/login/totp", desk.anyone, given)
    both = {"password": password, "code": later}
    codes = desk.ask("", "POST", "/auth/totp/recovery-codes", own, both)["recovery_codes"]
    desk.ask("", "DELETE", "/auth/totp", own, {"password": password, "code": codes[0]})
    secret = desk.send("POST", "/auth/totp", own).json()["secret"]
    desk.send("POST", "/auth/totp/confirm", own, json={"code": pyotp.TOTP(secret).at(int(ambient.clock()))})
    desk.ask("", "DELETE", f"/users/{own.id}/totp", desk.admin)


def _login(desk: Desk, email: str, password: str) -> Json:
    signing_in = {"email": email, "password": password}
    answer: Json = desk.send("POST", "/auth/login", desk.anyone, json=signing_in).json()
    return answer
