"""What a client asks in the same instant as it subscribes, answered to these subscriptions (contract §7, Order).

API Gateway hands over a SUBSCRIBE and the SEND behind it at once, to two instances. So a SEND leaves a note in the
connection's item, in the write that counts its frame, and is answered to the subscriptions that this same write finds
there; a SUBSCRIBE, once it is written, looks at the notes of what arrived after it. Both change one item, so one of the
two sees the other. Public messages need no note: a SUBSCRIBE looks at the latest of the conversation.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.chat import conversations, destinations
from chalicelib.chat.session import Command, Commit, Send, Step

KEPT = 15_000
"""Milliseconds for which a note is kept: longer than it takes a SUBSCRIBE to be written, a cold start included."""
MOST = 40
"""Notes of a connection."""
_LARGEST = 2_000
"""Characters of a note."""


@dataclass(frozen=True)
class Note:
    """Something for the connection's subscriptions to `destination`, asked for at this epoch millisecond."""

    at: int
    destination: str
    about: dict[str, Any]


def notes(account_id: str, steps: Sequence[Step], at: int) -> list[Note]:
    """Of what a message of the client's asks for."""
    sends = (command for step in steps for each in step.commands for command in _sends(each))
    return [note for send in sends if (note := _note(account_id, send, at)) is not None]


def written(note: Note) -> str:
    return json.dumps([note.at, note.destination, note.about])


def read(asked: Mapping[str, str]) -> list[Note]:
    """The notes in a connection's item, oldest first."""
    return sorted((Note(*json.loads(text)) for text in asked.values()), key=lambda note: note.at)


def stale(asked: Mapping[str, str], at: int) -> list[str]:
    """Names of the notes that can go when something is noted at this epoch millisecond."""
    names = sorted(asked, key=lambda name: int(name.partition("-")[0]))
    old = [name for name in names if int(name.partition("-")[0]) < at - KEPT]
    return names[: max(len(old), len(names) - MOST + 1)]


def name(note: Note, number: str) -> str:
    """Of a note in the item; `number` tells apart those of one moment."""
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
