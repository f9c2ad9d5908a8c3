"""What somebody with a second factor has in their hand: an app that shows codes, and their recovery codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyotp

from tests.integration.people.conftest import PASSWORD, Answer, Clock, Http, Session


@dataclass
class Phone:
    secret: str
    clock: Clock
    recovery_codes: list[str] = field(default_factory=list)

    def code(self, steps: int = 0) -> str:
        """What it shows so many steps of 30 seconds from now."""
        return pyotp.TOTP(self.secret).at(int(self.clock.now) + 30 * steps)

    def wrong(self) -> str:
        """A code that isn't good now."""
        good = {self.code(steps) for steps in range(-3, 4)}
        return next(f"{number:06}" for number in range(1_000_000) if f"{number:06}" not in good)


def enrol(http: Http, who: Session, clock: Clock) -> Phone:
    """Sets a second factor up; it has used the code of now."""
    phone = Phone(http("POST", "/auth/totp", as_=who).body["secret"], clock)
    answer = http("POST", "/auth/totp/confirm", {"code": phone.code()}, as_=who)
    assert answer.status == 200, answer.body
    phone.recovery_codes = answer.body["recovery_codes"]
    return phone


def first_step(http: Http, email: str, headers: Mapping[str, str] | None = None, password: str = PASSWORD) -> Answer:
    return http("POST", "/auth/login", {"email": email, "password": password}, headers=headers)


def second_step(
    http: Http, first: Answer, code: str, headers: Mapping[str, str] | None = None, *, remember: bool = False
) -> Answer:
    assert first.status == 200, first.body
    body = {"mfa_token": first.body["mfa_token"], "code": code, "remember": remember}
    return http("POST", "/auth/login/totp", body, headers=headers)
