"""Identifies who opens a connection: by a chat token, which is good for one connection, or by an access token."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from pynamodb.exceptions import DoesNotExist, UpdateError

from chalicelib import ambient
from chalicelib.auth import attempts, tokens as access_tokens
from chalicelib.caller import Caller, Via
from chalicelib.chat.models import KEPT, ChatToken
from chalicelib.errors import Unauthenticated
from chalicelib.people import account_status
from chalicelib.permissions import Role

SECONDS = 60
"""For how many seconds a chat token is valid."""


@dataclass(frozen=True)
class Visitor:
    """The person whose connection it is, and the session in which they opened it."""

    account_id: str
    session_id: str
    generation: int
    via: Via


def issue(caller: Caller, headers: Mapping[str, str]) -> str:
    """A token for one connection in the caller's session. `headers` are those that authenticated the request. Raises
    TooManyRequests."""
    attempts.chat_token(caller.id)
    generation = access_tokens.read(headers["Authorization"].partition(" ")[2].strip()).generation
    token = ambient.secret()
    now = int(ambient.clock())
    ChatToken(
        id=_key(token),
        account_id=caller.id,
        session_id=caller.session_id,
        generation=generation,
        via=caller.via,
        good_until=now + SECONDS,
        expires_at=now + SECONDS,
    ).save()
    return token


def redeem(token: str, holder: str) -> Visitor:
    """Returns whose chat token it is. The first `holder` (a connection) within its time gets it, and may redeem it
    again as long as a connection lives. Raises Unauthenticated for any other holder."""
    now = ambient.clock()
    item = ChatToken(id=_key(token))
    fresh = ChatToken.holder.does_not_exist() & (ChatToken.good_until > now)
    try:
        item.update(
            actions=[ChatToken.holder.set(holder), ChatToken.expires_at.set(int(now) + KEPT)],
            condition=ChatToken.id.exists() & fresh,
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return held(token, holder)
    return _visitor(item)


def held(token: str, holder: str) -> Visitor:
    """As `redeem`, for a token that `holder` has redeemed before: costs a read and no write."""
    try:
        item = ChatToken.get(_key(token), "token", consistent_read=True)
    except DoesNotExist:
        raise _no_good() from None
    if item.holder != holder or item.expires_at <= ambient.clock():
        raise _no_good()
    return _visitor(item)


def by_access_token(token: str) -> Visitor:
    """Whose access token it is. Raises Unauthenticated."""
    access = access_tokens.read(token)
    return Visitor(access.account_id, access.session_id, access.generation, access.via)


def caller(visitor: Visitor) -> Caller:
    """The visitor as their account is now, at most `session_cache_seconds` ago. Raises Unauthenticated when their
    session has ended."""
    now = account_status.recent(visitor.account_id)
    if now is None or now.lacks_factor or not now.holds(visitor.session_id, visitor.generation):
        raise Unauthenticated("The session has ended. Sign in again.")
    role: Role = now.role
    return Caller(visitor.account_id, role, now.team, now.name, now.email, visitor.session_id, visitor.via)


def _visitor(item: ChatToken) -> Visitor:
    return Visitor(item.account_id, item.session_id, int(item.generation), cast(Via, item.via))


def _no_good() -> Unauthenticated:
    return Unauthenticated(
        "The chat token has been used, has expired or isn't one. POST /api/chat/token gives another."
    )


def _key(token: str) -> str:
    return "token#" + hashlib.sha256(token.encode(errors="replace")).hexdigest()
