"""At most one event a second about the same thing, and the last state is always sent.

A sender claims the current second. If it is claimed already, the sender queues a message for a second later, unless one
was queued within the last second: that message is still to come, and sends the state as it is then.
"""

from typing import Any

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.chat.models import Pace
from chalicelib.listening import service as listening

_SECOND = 1000


def mine(name: str, what: str, about: Any) -> bool:
    """Whether to send now. If not, `what` (as `listening.put` takes it) is queued for a second later: call again
    then."""
    if _take(name, "sent_at"):
        return True
    if _take(name, "asked_at"):
        listening.put(what, about, 1)
    return False


def _take(name: str, which: str) -> bool:
    """Claims it, unless somebody did within the last second. Returns whether it did."""
    now = int(ambient.clock() * 1000)
    attribute = getattr(Pace, which)
    actions: list[Action] = [attribute.set(now), Pace.expires_at.set(now // 1000 + 3600), Pace.kind.set(Pace)]
    try:
        Pace(id=f"pace#{name}").update(
            actions=actions, condition=attribute.does_not_exist() | (attribute <= now - _SECOND)
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True
