"""How often somebody may be wrong about a password (contract §2): so often for an account from one address, and so
often for an account altogether; about a code of an app also so often in a day, there are only a million of them. When
one of the latter is used up, only addresses from which somebody has signed in to the account before may go on: whoever
attacks an account from everywhere can't keep its owner out. Recovery codes are long enough to need no limit of a day.

What is counted is the address that was typed, whether or not there is such an account.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from pynamodb.exceptions import PynamoDBException

from chalicelib import ambient
from chalicelib.edge import limits
from chalicelib.edge.limits import DAY, Limit, Try
from chalicelib.errors import TooManyRequests
from chalicelib.people.addresses import compared
from chalicelib.settings import settings

WINDOW = 900
KNOWN_DAYS = 180


@dataclass
class Guess:
    """`signs_in` False: it was right, and is no proof yet that it is the account's owner."""

    signs_in: bool = True


@contextlib.contextmanager
def guess(email: str, ip: str | None, *, code: bool = False) -> Iterator[Guess]:
    """Around checking a password, or (`code`) one of an app: whoever leaves it by an exception was wrong. Raises
    TooManyRequests."""
    here, *everywhere = places = _places(compared(email), limits.network(ip), code)
    guessed = Guess()
    try:
        yield guessed
    except BaseException:
        with contextlib.suppress(PynamoDBException):  # it counts all the same
            for place in places:
                limits.fail(place)
        raise
    with contextlib.suppress(PynamoDBException):  # who is right isn't refused because it can't be noted
        for place in everywhere:
            limits.give_back(place)
        if guessed.signs_in:
            limits.give_back_and_remember(here, int(ambient.clock()) + KNOWN_DAYS * 86_400)
        else:
            limits.give_back(here)


def _places(who: str, where: str, code: bool) -> list[Try]:
    """The one of this address first."""
    limit = Limit("sign-in here", settings.login_failures_per_address, WINDOW)
    everywhere = [Limit("sign-in", settings.login_failures_per_account, WINDOW)]
    if code:
        everywhere.append(Limit("code", settings.totp_failures_per_day, DAY))
    taken = [limits.take_patiently(limit, [who, where])]
    for each in everywhere:
        try:
            taken.append(limits.take_patiently(each, [who]))
        except TooManyRequests:
            if limits.remembers(limit, [who, where]):
                continue
            for place in taken:
                limits.give_back(place)
            raise
    return taken
