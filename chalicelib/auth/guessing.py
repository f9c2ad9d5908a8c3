"""How often somebody may be wrong about a password (contract §2): so often for an account from one address, and so
often for an account altogether. When the latter is used up, only addresses from which somebody has signed in to the
account before may go on: whoever attacks an account from everywhere can't keep its owner out.

What is counted is the address that was typed, whether or not there is such an account.
"""

import contextlib
from collections.abc import Iterator

from pynamodb.exceptions import PynamoDBException

from chalicelib import ambient
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
    here, *everywhere = places = _places(compared(email), limits.network(ip))
    try:
        yield
    except BaseException:
        with contextlib.suppress(PynamoDBException):  # it counts all the same
            for place in places:
                limits.fail(place)
        raise
    with contextlib.suppress(PynamoDBException):  # who is right isn't refused because it can't be noted
        for place in everywhere:
            limits.give_back(place)
        limits.give_back_and_remember(here, int(ambient.clock()) + KNOWN_DAYS * 86_400)


def _places(who: str, where: str) -> list[Try]:
    """The one of this address first."""
    limit = Limit("sign-in here", settings.login_failures_per_address, WINDOW)
    here = limits.take_patiently(limit, [who, where])
    try:
        everywhere = Limit("sign-in", settings.login_failures_per_account, WINDOW)
        return [here, limits.take_patiently(everywhere, [who])]
    except TooManyRequests:
        if limits.remembers(limit, [who, where]):
            return [here]
        limits.give_back(here)
        raise
