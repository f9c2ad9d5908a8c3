"""Rate limits on requests that a program could repeat without end (contract §2, "Limits"). All raise TooManyRequests.
Passwords have limits of their own: auth/guessing.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib.caller import Caller
from chalicelib.edge import limits
from chalicelib.edge.limits import DAY, HOUR, Limit
from chalicelib.errors import Refused, TooManyRequests
from chalicelib.origin import Origin
from chalicelib.people.addresses import compared
from chalicelib.people.models import Account
from chalicelib.settings import settings
from chalicelib.together import Wanted, look_up

_MINUTE = 60


def sign_up(origin: Origin) -> None:
    """By the address that asks."""
    _from(Limit("register", settings.sign_ups_per_hour, HOUR), origin)


def forgotten_password(origin: Origin) -> None:
    """By the address that asks."""
    _from(Limit("forgotten password", settings.forgotten_passwords_per_hour, HOUR), origin)


def reset(origin: Origin) -> None:
    """By the address that asks."""
    _from(Limit("reset", settings.resets_per_hour, HOUR), origin)


@contextmanager
def filing(caller: Caller, *besides: Wanted[Any]) -> Iterator[None]:
    """Around filing a ticket, by account: fewer while nobody has confirmed its address. What is refused doesn't
    count. `besides`: what else is to be looked up."""
    limit = Limit("tickets", settings.tickets_per_hour, HOUR)
    if not caller.confirmed:
        limit = Limit("tickets unconfirmed", settings.tickets_per_day_unconfirmed, DAY)
    known = limits.looking_up(limit, [caller.id])
    look_up(known, *besides)
    place = limits.take(limit, [caller.id], known)
    try:
        yield
    except Refused:
        limits.give_back(place)
        raise


def verification_mail(account: Account) -> None:
    """A mail that somebody asks for to confirm their address: by account and by address."""
    limits.take(Limit("verification", settings.verifications_per_hour, HOUR), [account.id])
    limits.take(_confirming(), [account.email_key])


def may_mail_confirming(account: Account) -> bool:
    """Whether an address that nobody has confirmed may get another mail that asks for it."""
    try:
        limits.take(_confirming(), [account.email_key])
    except TooManyRequests:
        return False
    return True


def _confirming() -> Limit:
    return Limit("confirming mails", settings.confirming_mails_per_day, DAY)


def chat_token(account_id: str) -> None:
    """By the account that asks."""
    limits.take(Limit("chat token", settings.chat_tokens_per_minute, _MINUTE), [account_id])


def sockjs(ip: str) -> None:
    """By the address that opens a session of the chat's SockJS without a token."""
    limits.take(Limit("sockjs", settings.sockjs_openings_per_minute, _MINUTE), [limits.network(ip)])


def client_error(origin: Origin) -> None:
    """By the address that tells of a crash."""
    _from(Limit("client errors", settings.client_errors_per_hour, HOUR), origin)


def may_mail_reset(email: str) -> bool:
    """Whether a person may get another mail with a token, from wherever it is asked for."""
    try:
        limits.take(Limit("reset mails", settings.reset_mails_per_hour, HOUR), [compared(email)])
    except TooManyRequests:
        return False
    return True


def _from(limit: Limit, origin: Origin) -> None:
    limits.take(limit, [limits.network(origin.ip)])
