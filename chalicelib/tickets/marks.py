"""The mark on a ticket: what has been accounted for it, that is, which agent carries its weight, or where it waits.
Pure.

Mark and counters change in one transaction, on condition of the old mark. So a record that comes twice finds nothing to
do, and a crash leaves nothing half done.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.tickets.policy import ACTIVE


@dataclass(frozen=True)
class Carried:
    """An agent carries it with this weight."""

    team: str
    agent_id: str
    weight: int

    def __str__(self) -> str:
        return f"carried/{self.team}/{self.agent_id}/{self.weight}"


@dataclass(frozen=True)
class Waiting:
    """It is in the queue of `team`, with this priority."""

    team: str
    priority: str

    def __str__(self) -> str:
        return f"waiting/{self.team}/{self.priority}"


Mark = Carried | Waiting | None


def read(text: str | None) -> Mark:
    """A stored mark, read."""
    match (text or "").split("/"):
        case ["carried", team, agent_id, weight]:
            return Carried(team, agent_id, int(weight))
        case ["waiting", team, priority]:
            return Waiting(team, priority)
        case [""]:
            return None
    raise ValueError(f"not a mark: {text!r}")


def write(mark: Mark) -> str | None:
    """A mark as it is stored; None: the attribute is removed."""
    return str(mark) if mark else None


def is_right(
    text: str | None, status: str, priority: str, team: str, assignee_id: str | None, weights: Mapping[str, int]
) -> bool:
    """Whether a stored mark is already that of a ticket in this state: then nothing has to be accounted for. One that
    waits never is: its entry in the queue says its status and priority too."""
    if status not in ACTIVE:
        return text is None
    return assignee_id is not None and text == str(Carried(team, assignee_id, weights[priority]))
