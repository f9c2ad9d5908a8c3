"""Messages of one connection that arrive at different instances at the same time, in any order (contract §7, Order).

Most don't depend on each other. Those that do (a frame in pieces, a transaction, DISCONNECT) wait until whatever
arrived at the gateway before them has had time to be here too, and are then taken by their time of arrival. What fits
nowhere yet (UNSUBSCRIBE before its SUBSCRIBE) waits as long for that to change. Pure.
"""

from collections.abc import Sequence

from chalicelib.chat.session import Disconnect, Session, Step

WINDOW = 0.5
"""Seconds after its arrival that a message waits for those before it."""


def depends(before: Session, steps: Sequence[Step]) -> bool:
    """Whether what these steps come to depends on messages that were sent before."""
    after = steps[-1].session
    if before.partial or after.partial:
        return True
    touched = any(before.transactions[name] != after.transactions.get(name) for name in before.transactions)
    leaves = any(isinstance(command, Disconnect) for step in steps for command in step.commands)
    return touched or leaves


def early(steps: Sequence[Step]) -> bool:
    """Whether the last of them failed only because something may still be under way."""
    return steps[-1].early is not None
