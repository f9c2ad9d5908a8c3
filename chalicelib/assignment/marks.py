"""What is accounted for a ticket, kept on the ticket itself: who carries its weight, or where it waits. Pure.

Mark and counters move in one transaction, conditioned on the old mark. So a record seen twice finds nothing to do, and
a crash leaves nothing half done.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Carried:
    """`agent_id` of `team` carries it with `weight`."""

    team: str
    agent_id: str
    weight: int

    def __str__(self) -> str:
        return f"carried/{self.team}/{self.agent_id}/{self.weight}"


@dataclass(frozen=True)
class Waiting:
    """It has an entry in the queue of `team`, with this priority."""

    team: str
    priority: str

    def __str__(self) -> str:
        return f"waiting/{self.team}/{self.priority}"


Mark = Carried | Waiting | None


def read(text: str | None) -> Mark:
    """A mark as stored."""
    match (text or "").split("/"):
        case ["carried", team, agent_id, weight]:
            return Carried(team, agent_id, int(weight))
        case ["waiting", team, priority]:
            return Waiting(team, priority)
        case [""]:
            return None
    raise ValueError(f"not a mark: {text!r}")


def write(mark: Mark) -> str | None:
    """A mark to store; None: the attribute goes."""
    return str(mark) if mark else None
