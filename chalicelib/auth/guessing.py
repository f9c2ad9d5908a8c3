"""How often somebody may be wrong about a password (contract §2): so often for an account from one address, and so
often for an account altogether. When the latter is used up, only addresses from which somebody has signed in to the
account before may go on: whoever attacks an account from everywhere can't keep its owner out.

What is counted is the address that was typed, whether or not there is such an account.
"""

import contextlib
import hashlib
from collections.abc import Iterator

from pynamodb.exceptions import DoesNotExist, PynamoDBException

from chalicelib import ambient
from chalicelib.auth.models import KnownAddress
from chalicelib.edge import limits
from chalicelib.edge.limits import Limit, Try
from chalicelib.errors import TooManyRequests
from chalicelib.people.addresses import compared
from chalicelib.settings import settings

WINDOW = 900
KNOWN_DAYS = 180


@contextlib.contextmanager
def guess(email: str, ip: str | None) -> Iterator[None]:
    """Around checking a password: whoever leaves it by an exception was wrong. Raises TooManyRequests."""
    who, where = compared(email), limits.network(ip)
    places = _places(who, where)
    try:
        yield
    except BaseException:
        with contextlib.suppress(PynamoDBException):  # it counts all the same
            for place in places:
                limits.fail(place)
        raise
    with contextlib.suppress(PynamoDBException):  # who is right isn't refused because it can't be noted
        for place in places:
            limits.give_back(place)
        expires = int(ambient.clock()) + KNOWN_DAYS * 86_400
        KnownAddress(key=_known(who, where), expires_at=expires).save()


def _places(who: str, where: str) -> list[Try]:
    here = limits.take_patiently(Limit("sign-in here", settings.login_failures_per_address, WINDOW), [who, where])
    try:
        everywhere = Limit("sign-in", settings.login_failures_per_account, WINDOW)
        return [here, limits.take_patiently(everywhere, [who])]
    except TooManyRequests:
        if _is_known(who, where):
            return [here]
        limits.give_back(here)
        raise


def _is_known(who: str, where: str) -> bool:
    try:
        known = KnownAddress.get(_known(who, where), consistent_read=True)
    except DoesNotExist:
        return False
    return bool(known.expires_at > ambient.clock())


def _known(who: str, where: str) -> str:
    return "known-address#" + hashlib.sha256(f"{who}\n{where}".encode()).hexdigest()
