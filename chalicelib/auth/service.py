"""Signing up, signing in, and changing one's password."""

from chalicelib.audit import service as audit
from chalicelib.auth import attempts, guessing, one_time, passwords, sessions
from chalicelib.auth.sessions import Opened
from chalicelib.caller import Caller, Via
from chalicelib.dynamo import Transaction, until_it_holds
from chalicelib.errors import Forbidden, Unauthenticated
from chalicelib.measures import count
from chalicelib.origin import Origin
from chalicelib.people import credentials, service as people
from chalicelib.people.models import Account
from chalicelib.settings import settings


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


def sign_in(email: str, password: str, via: Via, origin: Origin) -> tuple[Account, Opened]:
    """Opens a session. Raises Unauthenticated, in the same words and after the same work whether the address is
    unknown, the password is wrong, or the account has none or is deactivated; TooManyRequests."""

    def attempt() -> tuple[Account, Opened]:
        account = people.account_of(email)
        right = passwords.is_right(account.password_hash if account else None, password)
        if account is None or not right or not account.active:
            count("SignInsFailed")
            audit.record(origin, "sign_in_failed", account.id if account else None)
            raise Unauthenticated("The e-mail address or the password is wrong.")
        return account, sessions.open_session(account, via, origin)

    with guessing.guess(email, origin.ip):
        account, opened = until_it_holds(attempt)
    credentials.renew_hash(account, password)
    return account, opened


def change_password(caller: Caller, current: str, new: str, origin: Origin) -> None:
    """Ends all of the caller's other sessions. Raises Invalid on `current_password` or `new_password`,
    TooManyRequests."""

    def also(account: Account, transaction: Transaction) -> None:
        one_time.add_notice(transaction, account, "password_changed")
        audit.add(transaction, origin, "password_changed", account.id)

    with guessing.guess(caller.email, origin.ip):
        credentials.set_password(caller.id, current, new, keep_session=caller.session_id, also=also)
