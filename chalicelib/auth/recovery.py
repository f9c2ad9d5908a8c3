"""A forgotten password, an invitation accepted, an address confirmed: what a token from a mail does."""

from chalicelib.audit import service as audit
from chalicelib.auth import attempts, one_time
from chalicelib.auth.one_time import Purpose
from chalicelib.dynamo import Transaction, until_it_holds
from chalicelib.errors import Invalid, NotFound
from chalicelib.origin import NOBODY, Origin
from chalicelib.people import credentials, service as people
from chalicelib.people.models import Account

_SETS_PASSWORDS: frozenset[Purpose] = frozenset({"reset", "invitation"})
_VERIFIES: frozenset[Purpose] = frozenset({"verification"})


def forgot(email: str, origin: Origin) -> None:
    """Mails a token, if there is such an active account. Does the same work, and says nothing, if there is none.
    Raises TooManyRequests, by the address it is asked from."""
    attempts.forgotten_password(origin)
    account = people.account_of(email)
    mailed = attempts.may_mail_reset(email)
    until_it_holds(lambda: _remember(account if account and account.active and mailed else None, origin))


def reset(token: str, new_password: str, origin: Origin) -> None:
    """Sets a password and ends all sessions. Whoever has the token has the address: it counts as confirmed. Raises
    Invalid on `token` or `new_password`, TooManyRequests."""
    attempts.reset(origin)

    def also(account: Account, transaction: Transaction) -> None:
        purpose = one_time.take(transaction, token, account, _SETS_PASSWORDS)
        if purpose is None:
            raise _no_good()
        if purpose == "reset":
            one_time.add_notice(transaction, account, "password_changed")
        action: audit.Action = "password_reset" if purpose == "reset" else "invitation_accepted"
        audit.add(transaction, origin.by(account.id), action, account.id)

    try:
        credentials.replace_password(_account_id(token), new_password, also)
    except NotFound:
        raise _no_good() from None


def verify_email(token: str, origin: Origin) -> None:
    """Confirms the address to which the token was sent; of an account that mail opened, asks for a password by another
    mail. Raises Invalid on `token`."""

    def also(account: Account, transaction: Transaction) -> None:
        if one_time.take(transaction, token, account, _VERIFIES) is None:
            raise _no_good()
        if account.by_mail:
            one_time.add(transaction, account, "invitation", generation=int(account.generation) + 1)
        audit.add(transaction, origin.by(account.id), "email_verified", account.id)

    try:
        credentials.confirm_email(_account_id(token), also)
    except NotFound:
        raise _no_good() from None


def token_by_hand(account_id: str) -> str:
    """For an operator, when mail is no way: ends all sessions and the password, and answers a token to set a new one,
    which no mail brings. Raises NotFound."""

    def also(account: Account, transaction: Transaction) -> None:
        audit.add(transaction, NOBODY, "reset_requested", account.id, by="operator")

    account = credentials.take_away_password(account_id, also)
    transaction = Transaction()
    token = one_time.add_by_hand(transaction, account, "reset")
    transaction.commit()
    return token


def _remember(account: Account | None, origin: Origin) -> None:
    transaction = Transaction()
    if account is None:
        one_time.add_decoy(transaction)
    else:
        one_time.add(transaction, account, "reset")
    audit.add(transaction, origin, "reset_requested", account.id if account else None)
    transaction.commit()


def _account_id(token: str) -> str:
    account_id = one_time.account_id_of(token)
    if account_id is None:
        raise _no_good()
    return account_id


def _no_good() -> Invalid:
    return Invalid.field("token", "It was used, has expired, or isn't one. Ask for a new mail.", "bad_token")
