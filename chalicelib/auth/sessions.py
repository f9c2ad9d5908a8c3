"""Sessions: opened by signing in, carried on by rotating refresh tokens, ended by signing out, by a stolen token, by a
change of password elsewhere, and by deactivation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.audit import service as audit
from chalicelib.auth import families, tokens
from chalicelib.auth.models import RefreshFamily
from chalicelib.auth.tokens import Access
from chalicelib.caller import Caller, Via
from chalicelib.dynamo import LostRace, Transaction, until_it_holds
from chalicelib.errors import Unauthenticated
from chalicelib.origin import NOBODY, Origin
from chalicelib.people import account_status, service as people
from chalicelib.people.models import Account
from chalicelib.settings import settings

_DAY = 86_400


@dataclass(frozen=True)
class Opened:
    """The tokens of a session. `expires_in`: seconds that the access token is good."""

    access_token: str
    refresh_token: str
    expires_in: int
    via: Via


def authenticate(headers: Mapping[str, str]) -> Caller:
    """Who sends these headers (names case-insensitive), by `Authorization: Bearer <access token>`. Raises
    Unauthenticated; an ended session is noticed within `settings.session_cache_seconds`."""
    scheme, _, token = (headers.get("Authorization") or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated
    access = tokens.read(token.strip())
    now = account_status.recent(access.account_id, access.revision)
    if now is None or not now.holds(access.session_id, access.generation):
        raise Unauthenticated("The session has ended. Sign in again.")
    return Caller(access.account_id, now.role, now.team, now.name, now.email, access.session_id, access.via)


def open_session(account: Account, via: Via, origin: Origin | None = None) -> Opened:
    """Opens a session for somebody whose password was right; with `origin` the audit is told. Raises LostRace if the
    account changed since it was read in a way that ends sessions: then judge again.

    One after the other, at half of what a transaction costs. Nobody has the session's tokens before all of it is done:
    a session that is left over opens nothing, and one of an older generation than the account's is good for nothing.
    """
    now = ambient.clock()
    secret = ambient.secret()
    family = RefreshFamily(
        id=account.id,
        via=via,
        generation=account.generation,
        opened_at=now,
        check_key=ambient.secret(),
        live={families.hashed(secret): now},
        expires_at=int(now) + settings.refresh_token_days * _DAY,
    )
    session_id = ambient.new_id()
    family.item = _item(session_id)
    family.save()
    now_status = account_status.current(account.id)
    if now_status is None or not now_status.holds(session_id, int(account.generation)):
        raise LostRace
    if origin is not None:
        audit.record(origin.by(account.id), "signed_in", account.id, session=session_id, via=via)
    return _opened(account, family, session_id, secret)


def refresh(token: str, origin: Origin = NOBODY) -> Opened:
    """Exchanges a refresh token for a new pair (contract §3). Raises Unauthenticated when the session has ended, and
    ends it when the token had been exchanged before."""
    presented = families.read(token)
    if presented is None:
        raise _ended()

    def attempt() -> Opened:
        account, family = people.account(presented.account_id), _family(presented.account_id, presented.session_id)
        now = ambient.clock()
        if account is None or family is None or not families.was_given_out(presented, family.check_key):
            raise _ended()
        good = account_status.status_of(account).holds(presented.session_id, int(family.generation))
        if not good or now >= family.expires_at:
            raise _ended()
        secret = ambient.secret()
        before = families.Tokens(family.live, {token: (at, times) for token, (at, times) in family.used.items()})
        lifetime = settings.refresh_token_days * _DAY
        try:
            after = families.rotated(before, families.hashed(presented.secret), families.hashed(secret), now, lifetime)
        except families.Expired:
            raise _ended() from None
        except families.Reused:
            _end(account, family, presented.session_id, origin, "token_reused")
            raise _ended() from None
        condition = RefreshFamily.revision == family.revision
        family.live, family.used = dict(after.live), dict(after.used)
        family.revision = family.revision + 1
        family.expires_at = int(min(now + lifetime, family.opened_at + settings.refresh_family_days * _DAY))
        transaction = Transaction()
        account_status.add_still_good(transaction, account)
        transaction.put(family, condition, label="family")
        transaction.commit()
        return _opened(account, family, presented.session_id, secret)

    return until_it_holds(attempt)


def end(caller: Caller, refresh_token: str | None, origin: Origin = NOBODY) -> None:
    """Ends the caller's session, and that of the refresh token if it is another one of theirs."""
    presented = families.read(refresh_token) if refresh_token else None
    ending = {caller.session_id: False}
    if presented is not None and presented.account_id == caller.id:
        ending.setdefault(presented.session_id, True)

    def attempt(session_id: str, to_be_shown: bool) -> None:
        account, family = people.account(caller.id), _family(caller.id, session_id)
        if account is None or session_id in account.ended_sessions:
            return
        known = presented is not None and family and families.was_given_out(presented, family.check_key)
        if to_be_shown and not known:
            return
        _end(account, family, session_id, origin, "signed_out")

    for session_id, to_be_shown in ending.items():
        until_it_holds(lambda: attempt(session_id, to_be_shown))  # noqa: B023 - called at once


def _end(account: Account, family: RefreshFamily | None, session_id: str, origin: Origin, why: audit.Action) -> None:
    """Takes the family away and refuses the session's access tokens. Raises LostRace."""
    transaction = Transaction()
    if family is not None:
        transaction.delete(family, label="family")
    account_status.add_ended_session(transaction, account, session_id)
    audit.add(transaction, origin, why, account.id, session=session_id)
    with account_status.changing(account.id):
        transaction.commit()


def _opened(account: Account, family: RefreshFamily, session_id: str, secret: str) -> Opened:
    via = cast(Via, family.via)
    access = Access(family.id, session_id, int(family.generation), via, int(account.revision))
    token = families.write(family.id, session_id, secret, family.check_key)
    return Opened(tokens.issue(access), token, settings.access_token_seconds, via)


def _family(account_id: str, session_id: str) -> RefreshFamily | None:
    try:
        return RefreshFamily.get(account_id, _item(session_id), consistent_read=True)
    except DoesNotExist:
        return None


def _item(session_id: str) -> str:
    return f"family#{session_id}"


def _ended() -> Unauthenticated:
    return Unauthenticated("The session has ended. Sign in again.")
