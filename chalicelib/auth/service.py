"""Signing up, signing in by one step or two, and changing one's password."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.audit import service as audit
from chalicelib.auth import attempts, factors, guessing, one_time, passwords, proofs, sessions, totp
from chalicelib.auth.sessions import Opened
from chalicelib.caller import Caller, Via
from chalicelib.dynamo import Transaction, until_it_holds
from chalicelib.errors import Forbidden, Unauthenticated
from chalicelib.measures import count
from chalicelib.origin import Origin
from chalicelib.people import credentials, service as people
from chalicelib.people.models import Account
from chalicelib.settings import settings


@dataclass(frozen=True)
class SecondStep:
    """The password was right; a code is needed too. `expires_in`: seconds in which the token is good."""

    mfa_token: str
    expires_in: int = proofs.GOOD_FOR["challenge"]


def register(email: str, password: str, name: str, via: Via, origin: Origin) -> tuple[Account, Opened]:
    """Makes a client's account and signs them in. Raises Forbidden where nobody may, people's
    EmailTaken, TooManyRequests."""
    if not settings.sign_up:
        raise Forbidden("Here nobody signs up: an admin makes the accounts.", code="sign_up_off")
    attempts.sign_up(origin)

    def also(made: Account, transaction: Transaction) -> None:
        one_time.add(transaction, made, "verification")
        audit.add(transaction, origin.by(made.id), "signed_up", made.id)

    account = people.create_account(email=email, name=name, role="client", password=password, also=also)
    attempts.may_mail_confirming(account)  # it goes, and counts
    return account, until_it_holds(lambda: sessions.open_session(account, via, origin, audited=False))


def sign_in(
    email: str, password: str, via: Via, origin: Origin, devices: Sequence[str] = ()
) -> tuple[Account, Opened | SecondStep]:
    """Opens a session, or asks for the second step where the account has one and none of the browser's `devices` has
    made it. Raises Unauthenticated, in the same words and after the same work whether the address is unknown, the
    password is wrong, or the account has none or is deactivated; TooManyRequests."""

    def attempt() -> tuple[Account, Opened | SecondStep]:
        account = people.account_of(email)
        right = passwords.is_right(account.password_hash if account else None, password)
        if account is None or not right or not account.active:
            count("SignInsFailed")
            audit.record(origin, "sign_in_failed", account.id if account else None)
            raise Unauthenticated("The e-mail address or the password is wrong.")
        if not account.factor:
            return account, sessions.open_session(account, via, origin)
        if proofs.knows_device(account, devices):
            return account, sessions.open_session(account, via, origin, by="device")
        challenge, token = proofs.made("challenge", account)
        challenge.save()
        return account, SecondStep(token)

    with guessing.guess(email, origin.ip) as guessed:
        account, opened = until_it_holds(attempt)
        guessed.signs_in = isinstance(opened, Opened)
    credentials.renew_hash(account, password)
    return account, opened


def second_step(
    mfa_token: str, code: str, via: Via, origin: Origin, *, remember: bool = False
) -> tuple[Account, Opened, str | None]:
    """Opens the session of whoever has shown the password before; with `remember` also answers a token by which the
    browser is known from now on. The code and the token are used up. Raises Unauthenticated, TooManyRequests."""
    account = people.account(proofs.account_id_of(mfa_token) or "nobody")
    challenge = proofs.find("challenge", mfa_token, account) if account else None
    if account is None or challenge is None or not proofs.count_try(challenge):
        raise _start_again()

    def attempt() -> tuple[Account, Opened, str | None]:
        account = people.known_account(challenge.id)
        still = proofs.find("challenge", mfa_token, account)
        if still is None:
            raise _start_again()
        device, device_token = proofs.made("device", account) if remember else (None, None)
        transaction = Transaction()
        proofs.add_still_needed(transaction, account)
        proofs.use_up(transaction, still)
        if device is not None:
            transaction.put(device, label="device")
        try:
            by = factors.add_use(transaction, account, code)
        except factors.WrongCode:
            count("SignInsFailed")
            audit.record(origin, "sign_in_failed", account.id, step="code")
            raise Unauthenticated("This code isn't good now, or it was used.", code="wrong_code") from None
        transaction.commit()
        # Whoever dies here has used the code up, and signs in with the next.
        return account, sessions.open_session(account, via, origin, by=by), device_token

    with guessing.guess(account.email, origin.ip, code=totp.is_of_an_app(code)):
        return until_it_holds(attempt)


def _start_again() -> Unauthenticated:
    return Unauthenticated("Too much time has passed, or too many codes were wrong. Sign in again.", code="bad_token")


def change_password(caller: Caller, current: str, new: str, origin: Origin) -> None:
    """Ends all of the caller's other sessions. Raises Invalid on `current_password` or `new_password`,
    TooManyRequests."""

    def also(account: Account, transaction: Transaction) -> None:
        one_time.add_notice(transaction, account, "password_changed")
        audit.add(transaction, origin, "password_changed", account.id)

    with guessing.guess(caller.email, origin.ip):
        credentials.set_password(caller.id, current, new, keep_session=caller.session_id, also=also)
