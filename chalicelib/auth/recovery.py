"""What tokens from mail do: reset a forgotten password, accept an invitation, confirm an address."""

from chalicelib.audit import service as audit
from chalicelib.auth import attempts, factors, guessing, one_time, passwords
from chalicelib.auth.models import OneTimeToken
from chalicelib.auth.one_time import Purpose
from chalicelib.caller import Caller
from chalicelib.dynamo import Transaction, until_it_holds
from chalicelib.errors import Forbidden, Invalid, NotFound
from chalicelib.measures import count
from chalicelib.origin import NOBODY, Origin
from chalicelib.people import credentials, service as people
from chalicelib.people.models import Account

_SETS_PASSWORDS: frozenset[Purpose] = frozenset({"reset", "invitation", "verification"})
_VERIFIES: frozenset[Purpose] = frozenset({"verification"})


def forgot(email: str, origin: Origin) -> None:
    """Mails a token if there is such an active account; otherwise does the same work and says nothing. Raises
    TooManyRequests, counted by the caller's address."""
    attempts.forgotten_password(origin)
    account = people.account_of(email)
    mailed = attempts.may_mail_reset(email)
    until_it_holds(lambda: _remember(account if account and account.active and mailed else None, origin))


def reset(token: str, new_password: str, origin: Origin) -> None:
    """Sets a password and ends all that the account had before: sessions, password, one-time tokens. Whoever has the
    token has the address: it counts as confirmed. Raises Invalid on `token` or `new_password`, TooManyRequests."""
    attempts.reset(origin)

    def also(account: Account, transaction: Transaction) -> None:
        found = one_time.find(token, account, _SETS_PASSWORDS)
        if found is None:
            raise _no_good()
        one_time.use_up(transaction, found)
        first = not account.email_verified
        if first and account.factor:
            factors.add_removal(transaction, account)
        if found.purpose == "invitation":
            if first:
                one_time.add_notice(transaction, account, "confirmed", confirms=True)
            audit.add(transaction, origin.by(account.id), "invitation_accepted", account.id)
        else:
            one_time.add_notice(transaction, account, "password_changed", confirms=first)
            audit.add(transaction, origin.by(account.id), "password_reset", account.id, confirmed=first)

    try:
        credentials.replace_password(_account_id(token), new_password, also)
    except NotFound:
        raise _no_good() from None


def verify_email(token: str, password: str | None, caller: Caller | None, origin: Origin) -> None:
    """Confirms the address to which the token was sent. The token proves the mailbox alone, so that it takes the
    account's own session or its password besides: who signed up with somebody else's address isn't let in by their
    click. Raises Invalid on `token`, before any password is looked at; Forbidden; TooManyRequests."""
    account = people.account(_account_id(token))
    found = one_time.find(token, account, _VERIFIES) if account else None
    if account is None or found is None:
        raise _no_good()
    if caller is None or caller.id != account.id:
        _judge_password(account, found, password, origin)

    def also(account: Account, transaction: Transaction) -> None:
        still = one_time.find(token, account, _VERIFIES)
        if still is None:
            raise _no_good()
        one_time.use_up(transaction, still)
        one_time.add_notice(transaction, account, "confirmed", confirms=True)
        audit.add(transaction, origin.by(account.id), "email_verified", account.id)

    credentials.confirm_email(account.id, also)


def send_verification(caller: Caller) -> None:
    """Mails the link that confirms the caller's address again; nothing if it is confirmed. Raises TooManyRequests."""
    account = people.known_account(caller.id)
    if account.email_verified:
        return
    attempts.verification_mail(account)

    def attempt() -> None:
        transaction = Transaction()
        one_time.add(transaction, account, "verification")
        transaction.commit()

    until_it_holds(attempt)


def _judge_password(account: Account, token: OneTimeToken, password: str | None, origin: Origin) -> None:
    if password is None:
        raise Forbidden("Sign in to this account, or send its password.", code="proof_missing")
    if not one_time.count_try(token):
        raise _no_good()
    with guessing.guess(account.email, origin.ip):
        if not passwords.is_right(account.password_hash, password):
            count("SignInsFailed")
            audit.record(origin, "sign_in_failed", account.id)
            raise Forbidden("This is not the account's password.", code="proof_wrong")


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
