"""Answers for a client that sends a SUBSCRIBE and, right behind it, a SEND whose answer goes to that subscription
(contract §7, Order).

API Gateway may hand the two frames to two instances at once. So a SEND leaves a note in the connection's item, in the
same write that counts its frame, and is answered to the subscriptions that this write finds there. A SUBSCRIBE, once it
is written, answers the notes of frames that arrived after it. Both change the same item, so one of the two always sees
the other. Public messages need no note: a SUBSCRIBE reads the latest messages of the conversation.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.chat import conversations, destinations
from chalicelib.chat.session import Command, Commit, Send, Step

KEPT = 15_000
"""Milliseconds for which a note is kept: longer than a SUBSCRIBE takes to be written, including a cold start."""
MOST = 40
"""The most notes that a connection keeps."""
_LARGEST = 2_000
"""The most characters in a note."""


@dataclass(frozen=True)
class Note:
    """Something to be sent to the connection's subscriptions to `destination`, requested at `at` (epoch
    milliseconds)."""

    at: int
    destination: str
    about: dict[str, Any]


def notes(account_id: str, steps: Sequence[Step], at: int) -> list[Note]:
    """The notes for what these steps of a client's message ask for. `at`: epoch milliseconds of arrival."""
    sends = (command for step in steps for each in step.commands for command in _sends(each))
    return [note for send in sends if (note := _note(account_id, send, at)) is not None]


def written(note: Note) -> str:
    return json.dumps([note.at, note.destination, note.about])


def read(asked: Mapping[str, str]) -> list[Note]:
    """The notes in a connection's item, oldest first."""
    return sorted((Note(*json.loads(text)) for text in asked.values()), key=lambda note: note.at)


def stale(asked: Mapping[str, str], at: int) -> list[str]:
    """Names of the notes that may be deleted when something is noted at this epoch millisecond."""
    names = sorted(asked, key=lambda name: int(name.partition("-")[0]))
    old = [name for name in names if int(name.partition("-")[0]) < at - KEPT]
    return names[: max(len(old), len(names) - MOST + 1)]


def name(note: Note, number: str) -> str:
    """The note's name in the connection's item; `number` tells apart notes of the same millisecond."""
    return f"{note.at}-{number}"


def fits(note: Note) -> bool:
    return len(written(note)) <= _LARGEST


def _sends(command: Command) -> Iterator[Send]:
    for each in command.commands if isinstance(command, Commit) else (command,):
        if isinstance(each, Send):
            yield each


def _note(account_id: str, sent: Send, at: int) -> Note | None:
    try:
        body = json.loads(sent.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    if sent.destination == destinations.SENDS["load-history"]:
        note = Note(at, destinations.CHAT_HISTORY, {"body": body})
    elif sent.destination == destinations.SENDS["private-chat"]:
        parties = [body.get(name) for name in ("ticket_id", "recipient_id")]
        if not all(isinstance(each, str) for each in parties):
            return None
        key = conversations.conversation(str(parties[0]), account_id, str(parties[1]))
        note = Note(at, destinations.PRIVATE_MESSAGES, {"conversation": key})
    else:
        return None
    return note if fits(note) else None
