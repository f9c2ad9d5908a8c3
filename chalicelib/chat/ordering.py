"""Puts a connection's messages in order if they arrive at different instances, at the same time and in any order
(contract §7, Order).

Most messages don't depend on each other. Those that do (a frame in pieces, a transaction, DISCONNECT) wait until
messages that reached the gateway before them have had time to get here too; they are then processed by time of arrival.
A frame that makes no sense yet (UNSUBSCRIBE before its SUBSCRIBE) waits as long. Pure.
"""

from collections.abc import Sequence

from chalicelib.chat.session import Disconnect, Session, Step

WINDOW = 0.5
"""Seconds after its arrival that a message waits for earlier ones."""


def depends(before: Session, steps: Sequence[Step]) -> bool:
    """Whether the result of these steps depends on messages that were sent before."""
    after = steps[-1].session
    if before.partial or after.partial:
        return True
    touched = any(before.transactions[name] != after.transactions.get(name) for name in before.transactions)
    leaves = any(isinstance(command, Disconnect) for step in steps for command in step.commands)
    return touched or leaves


def early(steps: Sequence[Step]) -> bool:
    """Whether the last step failed, but a frame that was sent earlier may still arrive: try again within WINDOW."""
    return steps[-1].early is not None
