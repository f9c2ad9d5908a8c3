"""Signing up, signing in, and changing one's password."""

from chalicelib.auth import guessing, one_time, passwords, sessions
from chalicelib.auth.sessions import Caller, Opened
from chalicelib.auth.tokens import Via
from chalicelib.dynamo import until_it_holds
from chalicelib.edge import limits
from chalicelib.edge.limits import Limit
from chalicelib.errors import Unauthenticated
from chalicelib.people import service as people
from chalicelib.people.models import Account
from chalicelib.settings import settings


def register(email: str, password: str, name: str, via: Via, ip: str) -> tuple[Account, Opened]:
    """Makes a client's account and signs them in. Raises people's EmailTaken, TooManyRequests."""
    limits.take(Limit("register", settings.sign_ups_per_hour, limits.HOUR), [limits.network(ip)])
    account = people.create_account(
        email=email,
        name=name,
        role="client",
        password=password,
        also=lambda made, transaction: one_time.add(transaction, made, "verification"),
    )
    return account, until_it_holds(lambda: sessions.open_session(account, via))


def sign_in(email: str, password: str, via: Via, ip: str) -> tuple[Account, Opened]:
    """Opens a session. Raises Unauthenticated, in the same words and after the same work whether the address is
    unknown, the password is wrong, or the account has none or is deactivated; TooManyRequests."""

    def attempt() -> tuple[Account, Opened]:
        account = people.account_of(email)
        right = passwords.is_right(account.password_hash if account else None, password)
        if account is None or not right or not account.active:
            raise Unauthenticated("The e-mail address or the password is wrong.")
        return account, sessions.open_session(account, via)

    with guessing.guess(email, ip):
        return until_it_holds(attempt)


def change_password(caller: Caller, current: str, new: str, ip: str) -> None:
    """Ends all of the caller's other sessions. Raises Invalid on `current_password`, TooManyRequests."""
    with guessing.guess(caller.email, ip):
        people.set_password(
            caller.id,
            current,
            new,
            keep_session=caller.session_id,
            also=lambda account, transaction: one_time.add_notice(transaction, account, "password_changed"),
        )
