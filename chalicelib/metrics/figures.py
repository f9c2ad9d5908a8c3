"""Works out from a ticket's history what it adds to the figures (contract §6). Pure.

A ticket's figures are a bag of entries, each with its team: all figures of a ticket belong to the team that it is in
now. The same history always gives the same bag. So an event counted late, twice or after a later one gives the same
result, and so does a recount years later.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol

from chalicelib import ambient
from chalicelib.metrics.periods import day_of
from chalicelib.tickets.kinds import kind_of

ACTIVE = ("open", "in_progress")
NOBODY = "-"

Bag = Counter[str]
"""Entries as text, and how many of each. `entry` writes such a text, `parts` reads it."""


class HistoryEvent(Protocol):
    """What counting needs of an event of a history."""

    @property
    def at(self) -> str: ...
    @property
    def change(self) -> str: ...
    @property
    def field(self) -> str | None: ...
    @property
    def before(self) -> Any: ...
    @property
    def after(self) -> Any: ...


def entry(kind: str, *parts: object) -> str:
    return "/".join((kind, *map(str, parts)))


def parts(text: str) -> list[str]:
    """Team, kind and what else the kind has:

    created, closed, reopened: day · assigned: day, agent · answered: day, by whom or NOBODY, milliseconds ·
    resolved: day, agent or NOBODY, milliseconds · is: status, priority · waits: since when
    """
    return text.split("/")


@dataclass
class _Course:
    """A ticket's state, and what happened to it, up to some event."""

    time_zone: str
    created_at: str = ""
    now: dict[str, Any] = field(default_factory=dict)
    waits_since: str | None = None
    resolution: tuple[str, str] | None = None
    answered_at: str | None = None
    answered_by: str | None = None
    happened: Bag = field(default_factory=Counter)

    def follow(self, at: str, events: Iterable[HistoryEvent]) -> None:
        """Adds one change. Its events have the same time, and only the state after all of them counts."""
        for event in events:
            self._follow(event)
        if self.now["status"] == "resolved" and self.resolution is None:
            self.resolution = at, self.now["assignee_id"] or NOBODY
        if self.now["status"] not in ACTIVE or self.now["assignee_id"] is not None:
            self.waits_since = None
        elif self.waits_since is None:
            self.waits_since = at

    def _follow(self, event: HistoryEvent) -> None:
        if event.change == "created":
            self.created_at = event.at
            self.now = {"status": "open", "assignee_id": None} | {k: event.after[k] for k in ("priority", "team")}
            self._count("created", event.at)
        elif event.field in self.now:
            self.now[event.field] = event.after
            if event.change == "assigned":
                self._count("assigned", event.at, event.after)
            elif event.field == "status" and event.after == "closed":
                self._count("closed", event.at)
            elif event.field == "status" and event.before == "resolved":
                self._count("reopened", event.at)
                self.resolution = None

    def bag(self) -> Bag:
        bag = self.happened.copy()
        if self.resolution:
            at, agent = self.resolution
            bag[entry("resolved", day_of(at, self.time_zone), agent, self._since_creation(at))] += 1
        if self.answered_at:
            at = self.answered_at
            bag[
                entry("answered", day_of(at, self.time_zone), self.answered_by or NOBODY, self._since_creation(at))
            ] += 1
        bag[entry("is", self.now["status"], self.now["priority"])] += 1
        if self.waits_since:
            bag[entry("waits", self.waits_since)] += 1
        return Counter({f"{self.now['team']}/{text}": count for text, count in bag.items()})

    def _count(self, kind: str, at: str, *more: str) -> None:
        self.happened[entry(kind, day_of(at, self.time_zone), *more)] += 1

    def _since_creation(self, at: str) -> int:
        passed = ambient.moment(at) - ambient.moment(self.created_at)
        return max(0, round(passed.total_seconds() * 1000))


def of(events: Iterable[HistoryEvent], answered_at: str | None, time_zone: str, answered_by: str | None = None) -> Bag:
    """What a ticket adds to the figures, from its whole history, oldest event first, and its first answer. Days are
    those of `time_zone`."""
    course = _Course(time_zone, answered_at=answered_at, answered_by=answered_by)
    for at, change in groupby((event for event in events if _matters(event)), key=lambda event: event.at):
        course.follow(at, change)
    return course.bag() if course.now else Counter()


def difference(old: Mapping[str, int], new: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The entries to add and (negative) to take away, in a fixed order."""
    for text in sorted(old.keys() | new.keys()):
        if by := new.get(text, 0) - old.get(text, 0):
            yield text, by


def _matters(event: HistoryEvent) -> bool:
    return kind_of(event.change, event.field).counted == "always"
