"""Kinds of events of a ticket's history: what follows from each, and who may see it. Pure: the fan-out looks here too.

A kind is an event's `change`, for "changed" together with its `field`. `history` writes no event of a kind that has no
row, and none that is seen by others than its row says; tests/unit/tickets/test_kinds.py walks the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Change = Literal["created", "changed", "assigned", "comment", "note", "attachment"]
"""`kind` in the contract's timeline."""

Sight = Literal["everybody", "side", "everybody or side"]
"""Which of those who may see the ticket see the event: everybody; the side that its `side` names; or that side if it
names one, else everybody."""

Counted = Literal["always", "if it answers", "no"]
"""Whether metrics get it. "if it answers": only a comment that is staff's first response. Counting reads the whole
history of a ticket, too much to do for each of thousands of comments."""


@dataclass(frozen=True)
class Kind:
    """What follows from a kind of event. Who is mailed is in `notifications.policy.TICKETS`."""

    live: bool
    """Whether the ticket is sent again to those who watch it."""
    counted: Counted = "no"
    searched: bool = False
    """Whether search gets it: it adds or changes text, or moves the ticket to another team."""
    mailed: bool = False
    sight: Sight = "everybody"


KINDS: Mapping[str, Kind] = {
    "created": Kind(live=True, counted="always", searched=True, mailed=True),
    "assigned": Kind(live=True, counted="always", mailed=True),
    "changed status": Kind(live=True, counted="always", mailed=True),
    "changed assignee_id": Kind(live=True, counted="always"),  # handed back
    "changed team": Kind(live=True, counted="always", searched=True),
    "changed priority": Kind(live=True, counted="always"),
    "changed title": Kind(live=True, searched=True),
    "changed description": Kind(live=True, searched=True),
    "changed tags": Kind(live=True),
    "changed custom_fields": Kind(live=True),
    "comment": Kind(live=True, counted="if it answers", searched=True, mailed=True),
    "note": Kind(live=False, sight="side"),
    "attachment": Kind(live=True, sight="everybody or side"),
}
"""Kind -> what follows from it. A kind without a row can't be written."""

FIELDS = tuple(name.removeprefix("changed ") for name in KINDS if name.startswith("changed "))
"""The fields whose changes are events of their own, in the order in which one change tells them; the others follow from
these events and their times."""


def name_of(change: str, field: str | None) -> str:
    """The kind's name in the table."""
    return f"changed {field}" if change == "changed" else change


def kind_of(change: str, field: str | None) -> Kind:
    """Raises KeyError for a kind without a row."""
    return KINDS[name_of(change, field)]


def seen_by(kind: Kind, event_side: str | None, side: str) -> bool:
    """Whether somebody on `side` of the ticket ("staff" or "client") sees an event with this `side`."""
    return kind.sight == "everybody" or event_side in (None, side)


def seen_by_everybody(kind: Kind, event_side: str | None) -> bool:
    return kind.sight != "side" and event_side is None


def side_in(item: str) -> str | None:
    """The side that an event's key under its ticket names ("note#staff#…"): who alone may see it. None: everybody."""
    parts = item.split("#")
    return parts[1] if len(parts) == 3 else None


def wanted_by(consumer: str, change: str, field: str | None, answers: str | None) -> bool:
    """Whether a consumer gets an event; "live" gets all. An event of an unknown kind goes to everybody: a newer version
    wrote it."""
    kind = KINDS.get(name_of(change, field))
    if kind is None:
        return True
    match consumer:
        case "metrics":
            return kind.counted == "always" or (kind.counted == "if it answers" and answers is not None)
        case "search":
            return kind.searched
        case "mail":
            return kind.mailed
    return True
