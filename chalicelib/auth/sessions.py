"""Sessions: opened by signing in, carried on by rotating refresh tokens, ended by signing out, by a stolen token, by a
change of password elsewhere, and by deactivation.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from pynamodb.exceptions import DoesNotExist

from chalicelib import ambient
from chalicelib.audit import service as audit
from chalicelib.auth import families, tokens
from chalicelib.auth.families import Presented
from chalicelib.auth.models import RefreshFamily
from chalicelib.auth.tokens import Access
from chalicelib.caller import Caller, Via
from chalicelib.dynamo import LostRace, Transaction, first_page, until_it_holds
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.errors import Forbidden, NotFound, TooManyRequests, Unauthenticated
from chalicelib.origin import NOBODY, Origin
from chalicelib.people import account_status, service as people
from chalicelib.people.models import Account
from chalicelib.settings import settings

_DAY = 86_400
_LONGEST_AGENT = 300
"""Characters of a `User-Agent` that are kept."""
_LISTED = ["id", "item", "kind", "via", "generation", "opened_at", "used_at", "ip", "user_agent", "expires_at"]


@dataclass(frozen=True)
class Opened:
    """The tokens of a session. `expires_in`: seconds that the access token is good."""

    access_token: str
    refresh_token: str
    expires_in: int
    via: Via


def authenticate(headers: Mapping[str, str], path: str = "") -> Caller:
    """Who sends these headers (names case-insensitive), by `Authorization: Bearer <access token>`. Raises
    Unauthenticated; an ended session is noticed within `settings.session_cache_seconds`. Raises Forbidden for who has
    to set up a second factor first, but below `/auth/`, where that is done."""
    scheme, _, token = (headers.get("Authorization") or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated
    access = tokens.read(token.strip())
    now = account_status.recent(access.account_id, access.revision)
    if now is None or not now.holds(access.session_id, access.generation):
        raise Unauthenticated("The session has ended. Sign in again.")
    if now.lacks_factor and not path.startswith("/auth/"):
        raise Forbidden("Admins need a second factor here: set one up first.", code="totp_required")
    return Caller(
        access.account_id, now.role, now.team, now.name, now.email, access.session_id, access.via, now.confirmed
    )


def open_session(account: Account, via: Via, origin: Origin, *, audited: bool = True, **proofs: str) -> Opened:
    """Opens a session for somebody who has shown all that the account asks for; the audit is told of `proofs` besides
    the password. Raises LostRace if the account changed since it was read in a way that ends sessions, or asks for
    something else: then judge again.

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
        tokens=families.packed(families.first(families.hashed(secret), now)),
        expires_at=int(now) + settings.refresh_token_days * _DAY,
    )
    _note_use(family, origin, now)
    session_id = ambient.new_id()
    family.item = _item(session_id)
    family.save()
    now_status = account_status.current(account.id)
    if now_status is None or not now_status.holds(session_id, int(account.generation)):
        raise LostRace
    if now_status.factor != account.factor:
        raise LostRace
    if audited:
        audit.record(origin.by(account.id), "signed_in", account.id, session=session_id, via=via, **proofs)
    return _opened(account, family, session_id, secret)


def refresh_first(presented: Sequence[str], via: Via, origin: Origin) -> tuple[Account, Opened]:
    """As `refresh`, with the first that is good: a browser sends all cookies of a name, another's and old ones too.
    Only if none is good may one of them end its session."""
    for token in presented if len(presented) > 1 else ():
        try:
            return refresh(token, via, origin, may_end=False)
        except Unauthenticated:
            continue
    for token in presented[:-1]:
        with suppress(Unauthenticated):
            return refresh(token, via, origin)
    return refresh(presented[-1] if presented else "", via, origin)


def refresh(token: str, via: Via, origin: Origin = NOBODY, *, may_end: bool = True) -> tuple[Account, Opened]:
    """Exchanges a refresh token for a new pair (contract §3). Raises Unauthenticated when the session has ended, or
    keeps its token in another way than `via`; ends it when somebody else uses the token too; TooManyRequests."""
    presented = families.read(token)
    if presented is None:
        raise _ended()

    def attempt() -> tuple[Account, Opened]:
        account, family = people.account(presented.account_id), _family(presented.account_id, presented.session_id)
        now = ambient.clock()
        if account is None or family is None or not families.was_given_out(presented, family.check_key):
            raise _ended()
        if family.via != via:
            raise _ended()
        good = account_status.status_of(account).holds(presented.session_id, int(family.generation))
        if not good or now >= family.expires_at:
            raise _ended()
        secret = ambient.secret()
        lifetime = settings.refresh_token_days * _DAY
        hashes = families.hashed(presented.secret), families.hashed(secret)
        try:
            tokens = families.rotated(families.unpacked(family.tokens), *hashes, now, lifetime)
        except families.TooFast as fast:
            raise TooManyRequests("Too many refreshes of this session. Wait a moment.", fast.seconds) from None
        except families.Expired:
            raise _ended() from None
        except families.Reused:
            if not may_end:
                raise _ended() from None
            _end(account, family, presented.session_id, origin, "token_reused")
            raise _ended() from None
        condition = RefreshFamily.revision == family.revision
        family.tokens = families.packed(tokens)
        family.revision = family.revision + 1
        family.expires_at = int(min(now + lifetime, family.opened_at + settings.refresh_family_days * _DAY))
        _note_use(family, origin, now)
        transaction = Transaction()
        account_status.add_still_good(transaction, account)
        transaction.put(family, condition, label="family")
        transaction.commit()
        return account, _opened(account, family, presented.session_id, secret)

    return until_it_holds(attempt)


def end(caller: Caller, refresh_tokens: Sequence[str], origin: Origin = NOBODY) -> None:
    """Ends the caller's session, and those of the refresh tokens as far as they are theirs."""
    ending: dict[str, Presented | None] = {caller.session_id: None}
    for presented in map(families.read, refresh_tokens):
        if presented is not None and presented.account_id == caller.id:
            ending.setdefault(presented.session_id, presented)

    def attempt(session_id: str, presented: Presented | None) -> None:
        account, family = people.account(caller.id), _family(caller.id, session_id)
        if account is None or session_id in account.ended_sessions:
            return
        if presented is not None and not (family and families.was_given_out(presented, family.check_key)):
            return
        _end(account, family, session_id, origin, "signed_out")

    for session_id, presented in ending.items():
        until_it_holds(lambda: attempt(session_id, presented))  # noqa: B023 - called at once


def _end(account: Account, family: RefreshFamily | None, session_id: str, origin: Origin, why: audit.Action) -> None:
    """Takes the family away and refuses the session's access tokens. Raises LostRace."""
    transaction = Transaction()
    if family is not None:
        transaction.delete(family, label="family")
    account_status.add_ended_session(transaction, account, session_id)
    audit.add(transaction, origin, why, account.id, session=session_id)
    with account_status.changing(account.id):
        transaction.commit()


def page(caller: Caller, request: PageRequest) -> Page[RefreshFamily]:
    """The caller's sessions that are still good, newest first. The position is the last session looked at."""
    now, status = ambient.clock(), account_status.current(caller.id)
    found: list[RefreshFamily] = []
    last = request.position
    while status is not None:
        start = {"id": {"S": caller.id}, "item": {"S": _item(last)}} if last else None
        some, stopped = first_page(
            RefreshFamily.query(
                caller.id,
                RefreshFamily.item.startswith(_item("")),
                consistent_read=True,
                scan_index_forward=False,
                page_size=request.limit - len(found),
                last_evaluated_key=start,
                attributes_to_get=_LISTED,
            ),
            RefreshFamily,
        )
        found += [
            each for each in some if each.expires_at > now and status.holds(each.session_id, int(each.generation))
        ]
        last = stopped["item"]["S"].removeprefix(_item("")) if stopped else None
        if last is None or len(found) == request.limit:
            break
    return Page(found, last)


def end_one(caller: Caller, session_id: str, origin: Origin) -> None:
    """Ends one of the caller's sessions. Raises NotFound if it isn't one that is still good."""

    def attempt() -> None:
        account, family = people.account(caller.id), _family(caller.id, session_id)
        now = ambient.clock()
        if account is None or family is None or family.expires_at <= now:
            raise NotFound("There is no such session.")
        if not account_status.status_of(account).holds(session_id, int(family.generation)):
            raise NotFound("There is no such session.")
        _end(account, family, session_id, origin, "session_ended")

    until_it_holds(attempt)


def end_others(caller: Caller, origin: Origin) -> None:
    """Ends all of the caller's sessions but the one in which they ask."""

    def change(account: Account, transaction: Transaction) -> dict[str, Any]:
        audit.add(transaction, origin, "sessions_ended", account.id, kept=caller.session_id)
        return {"generation": int(account.generation) + 1, "kept_session": caller.session_id}

    people.changed(caller.id, change)


def _note_use(family: RefreshFamily, origin: Origin, now: float) -> None:
    family.used_at = now
    family.ip = origin.ip or None
    family.user_agent = (origin.user_agent or "")[:_LONGEST_AGENT] or None


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
