"""`stories.yaml` as data: people, and what happens when. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from infra import yaml_file

DAYS = 21
"""So far back does the desk begin."""
FILE = Path(__file__).with_name("stories.yaml")

Kind = Literal[
    "comment", "note", "chat", "private", "status", "hand back", "priority", "tags", "pass", "file", "away", "back"
]
_UNITS = {"m": 60, "h": 3600, "d": 86400}
_STATUS = {"start": "in_progress", "resolve": "resolved", "close": "closed", "reopen": "in_progress"}
_CHANNELS: dict[str | None, Kind] = {None: "comment", "chat": "chat", "private": "private"}
_SAID = re.compile(r"(?:(chat|private) )?(agent|client|note): (.+)", re.DOTALL)


class Unreadable(Exception):
    """What stands there means nothing; says where."""


@dataclass(frozen=True)
class Newcomer:
    """A client besides the demo accounts."""

    key: str
    name: str
    email: str
    locale: str
    time_zone: str


@dataclass(frozen=True)
class Filing:
    who: str
    title: str
    text: str
    priority: str
    channel: str


@dataclass(frozen=True)
class Happening:
    """Something that happens at a time (epoch seconds). `by`: "client", "agent" (whoever has the ticket) or a demo
    account's key. `value`: what is said, the status, the priority, the tags, to whom it is passed."""

    at: float
    story: int
    kind: Kind
    by: str
    value: Any


def people() -> list[Newcomer]:
    return [Newcomer(key, **told) for key, told in yaml_file.read(FILE)["people"].items()]


def happenings(now: float) -> list[Happening]:
    """All of it in the order of time; the last lies before `now`. Raises Unreadable."""
    read = yaml_file.read(FILE)
    found = [each for number, told in enumerate(read["stories"]) for each in _story(number, told, now)]
    for pause in read["away"]:
        found.append(Happening(_moment(pause["from"], now), -1, "away", "agents", None))
        found.append(Happening(_moment(pause["to"], now), -1, "back", "agents", None))
    return sorted(found, key=lambda each: each.at)


def _story(number: int, told: dict[str, Any], now: float) -> Iterator[Happening]:
    at = _moment(told["when"], now)
    text = told["text"].strip()
    filing = Filing(told["who"], told["title"], text, told["priority"], told.get("channel", "web"))
    yield Happening(at, number, "file", "client", filing)
    for line in told.get("then", ()):
        after, _, what = line.partition(" ")
        if not re.fullmatch(r"\d+[mhd]", after):
            raise Unreadable(f"{told['title']}: {line!r} doesn't begin with a span like 5m, 2h or 1d.")
        at += int(after[:-1]) * _UNITS[after[-1]]
        yield _step(at, number, what, told["title"])


def _step(at: float, number: int, what: str, title: str) -> Happening:
    if found := _SAID.fullmatch(what):
        channel, who, text = found.groups()
        kind: Kind = "note" if who == "note" else _CHANNELS[channel]
        return Happening(at, number, kind, "client" if who == "client" else "agent", text)
    verb, _, rest = what.partition(" ")
    match verb:
        case "start" | "resolve" | "close" | "reopen":
            return Happening(at, number, "status", "client" if verb == "close" else "agent", _STATUS[verb])
        case "hand_back":
            return Happening(at, number, "hand back", "agent", None)
        case "priority":
            return Happening(at, number, "priority", "agent", rest)
        case "tags":
            return Happening(at, number, "tags", "agent", [each.strip() for each in rest.split(",")])
        case "pass":
            return Happening(at, number, "pass", "agent", rest)
    raise Unreadable(f"{title}: {what!r} is no step.")


def _moment(when: str, now: float) -> float:
    """`-20d 08:41`: at that time of the day (UTC) twenty days ago. `-3h`: three hours ago."""
    if found := re.fullmatch(r"-(\d+)d (\d\d):(\d\d)", when):
        days, hours, minutes = map(int, found.groups())
        day = datetime.fromtimestamp(now, UTC) - timedelta(days=days)
        return day.replace(hour=hours, minute=minutes, second=0, microsecond=0).timestamp()
    if found := re.fullmatch(r"-(\d+)([mh])", when):
        return now - int(found[1]) * _UNITS[found[2]]
    raise Unreadable(f"{when!r} is no time.")
