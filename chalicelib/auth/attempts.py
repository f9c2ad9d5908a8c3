"""How often somebody may ask for what a machine could ask for without end (contract §2, "Limits"). All raise
TooManyRequests. Passwords have limits of their own: auth/guessing.py.
"""

from chalicelib.edge import limits
from chalicelib.edge.limits import HOUR, Limit
from chalicelib.errors import TooManyRequests
from chalicelib.origin import Origin
from chalicelib.people.addresses import compared
from chalicelib.settings import settings

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


def chat_token(account_id: str) -> None:
    """By the account that asks."""
    limits.take(Limit("chat token", settings.chat_tokens_per_minute, _MINUTE), [account_id])


def may_mail_reset(email: str) -> bool:
    """Whether a person may get another mail with a token, from wherever it is asked for."""
    try:
        limits.take(Limit("reset mails", settings.reset_mails_per_hour, HOUR), [compared(email)])
    except TooManyRequests:
        return False
    return True


def _from(limit: Limit, origin: Origin) -> None:
    limits.take(limit, [limits.network(origin.ip)])
