"""Rate limits, counted exactly in the table `operations` however many requests come at once: a request first takes a
place by one conditional write, and only then does what is limited. A refused request writes nothing.

A window begins with the first try and ends after its time; then all places are free again.

    SIGN_UPS = Limit("sign-up", most=20, seconds=HOUR)
    take(SIGN_UPS, [address])  # raises TooManyRequests, with Retry-After

A sign-in gives its place back when the password was right: `place = take_patiently(limit, subject)`, then
`give_back(place)`.
"""

import hashlib
import ipaddress
import json
import math
from dataclasses import dataclass
from typing import Any

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition

from chalicelib import ambient
from chalicelib.dynamo import LostRace, until_it_holds
from chalicelib.edge.models import Tries
from chalicelib.errors import TooManyRequests
from chalicelib.together import Wanted

HOUR = 3600
DAY = 24 * HOUR

_PATIENCE = 40
_PAUSE = 0.15
"""`take_patiently` waits so often, each time up to so many seconds at random, for tries under way to end."""


@dataclass(frozen=True)
class Limit:
    """`most` tries in `seconds`. `name` tells limits apart."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True)
class Try:
    """A try under way, which holds a place in its window."""

    key: str
    ends_at: float


def take(limit: Limit, subject: list[Any], known: Wanted[Tries] | None = None) -> Try:
    """Counts a try by `subject` (any JSON). Raises TooManyRequests when there were enough. `known`: what was looked up
    of it just now (`looking_up`)."""
    key = _key(limit, subject)
    first = [next(iter(known.found), None)] if known else []
    return until_it_holds(lambda: _place(limit, key, first.pop() if first else _find(key)))


def looking_up(limit: Limit, subject: list[Any]) -> Wanted[Tries]:
    """To look up together with something else what `take` reads."""
    return Wanted(Tries, [(_key(limit, subject),)])


def take_patiently(limit: Limit, subject: list[Any]) -> Try:
    """As `take`, for tries that give their place back when they succeed: while all places are taken but some tries
    haven't ended, it waits a moment, so that many correct ones at once aren't refused."""
    for _ in range(_PATIENCE):
        try:
            return take(limit, subject)
        except _UnderWay:
            ambient.sleep(ambient.jitter(_PAUSE))
    return take(limit, subject)


def give_back(place: Try) -> None:
    """The try doesn't count."""
    _change(place, Tries.taken.add(-1))


def give_back_and_remember(place: Try, until: int) -> None:
    """The try doesn't count, and was a good one: `remembers` it until then (epoch second)."""
    remembered = [Tries.good_until.set(until), Tries.expires_at.set(until)]
    if not _change(place, Tries.taken.add(-1), *remembered):
        Tries(key=place.key).update(actions=[Tries.kind.set(Tries), *remembered])


def remembers(limit: Limit, subject: list[Any]) -> bool:
    """Whether `subject` is remembered for a good try."""
    found = _find(_key(limit, subject))
    return bool(found and found.good_until and found.good_until > ambient.clock())


def fail(place: Try) -> None:
    """The try has ended and counts."""
    _change(place, Tries.failed.add(1))


def network(ip: str | None) -> str:
    """The subject for an address: for IPv6 its first 64 bits, since its owner may choose the others freely."""
    try:
        address = ipaddress.ip_address((ip or "").strip())
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address) >> 64 << 64, 64)))


class _UnderWay(TooManyRequests):
    """All places are taken, but some tries haven't ended."""


def _place(limit: Limit, key: str, found: Tries | None) -> Try:
    now = ambient.clock()
    if found is None or found.ends_at is None or found.ends_at <= now:
        if limit.most > 0 and (place := _begun(limit, key, found, now)):
            return place
    elif found.taken < limit.most:
        if _updated(
            Tries(key=key), [Tries.taken.add(1)], (Tries.ends_at == found.ends_at) & (Tries.taken < limit.most)
        ):
            return Try(key, found.ends_at)
    else:
        raise _refusal(TooManyRequests if found.failed >= limit.most else _UnderWay, found.ends_at - now)
    if limit.most <= 0:
        raise _refusal(TooManyRequests, limit.seconds)
    raise LostRace  # somebody else began the window, ended it, or took the last place, just now


def _begun(limit: Limit, key: str, found: Tries | None, now: float) -> Try | None:
    """A new window with its first place taken, None if it has changed since `found` was read."""
    ends_at = now + limit.seconds
    good_until = found.good_until if found else None
    actions = [Tries.kind.set(Tries), Tries.taken.set(1), Tries.failed.set(0), Tries.ends_at.set(ends_at)]
    actions.append(Tries.expires_at.set(max(math.ceil(ends_at), int(good_until or 0))))
    as_found = Tries.good_until == good_until if good_until else Tries.good_until.does_not_exist()
    ended = Tries.ends_at.does_not_exist() | (Tries.ends_at <= now)
    return Try(key, ends_at) if _updated(Tries(key=key), actions, ended & as_found) else None


def _find(key: str) -> Tries | None:
    try:
        return Tries.get(key, consistent_read=True)
    except DoesNotExist:
        return None


def _refusal(kind: type[TooManyRequests], seconds: float) -> TooManyRequests:
    return kind("Too many attempts. Wait before the next one.", retry_after=max(1, math.ceil(seconds)))


def _change(place: Try, *actions: Any) -> bool:
    """Updates the window in which the place was taken; does nothing if another window has begun."""
    return _updated(Tries(key=place.key), list(actions), Tries.ends_at == place.ends_at)


def _updated(tries: Tries, actions: list[Any], condition: Condition) -> bool:
    """Whether the condition held."""
    try:
        tries.update(actions=actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _key(limit: Limit, subject: list[Any]) -> str:
    return f"tries#{limit.name}#{hashlib.sha256(json.dumps(subject).encode()).hexdigest()}"
