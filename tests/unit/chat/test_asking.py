"""What is noted of what a client asks for, and for how long."""

import json

from chalicelib.chat import asking, destinations
from chalicelib.chat.session import Commit, Send, Session, Step


def noted(*commands: Send | Commit) -> list[asking.Note]:
    return asking.notes("me", [Step(Session(), commands)], 7)


def send(action: str, body: object) -> Send:
    return Send(destinations.SENDS[action], json.dumps(body).encode(), {})


def test_history_and_private_messages_are_noted() -> None:
    asked = {"ticket_id": "t", "limit": 3}
    said = {"ticket_id": "t", "recipient_id": "you", "content": "x"}
    [first, second] = noted(Commit((send("load-history", asked), send("private-chat", said))))
    assert (first.destination, first.about) == (destinations.CHAT_HISTORY, {"body": asked})
    assert (second.destination, second.about) == (destinations.PRIVATE_MESSAGES, {"conversation": "t#me#you"})
    assert asking.read({asking.name(each, str(at)): asking.written(each) for at, each in enumerate((second, first))})


def test_nothing_is_noted_that_is_large_or_no_json() -> None:
    assert noted(send("load-history", {"ticket_id": "t" * 5000})) == []
    assert noted(send("private-chat", {"ticket_id": 1})) == []
    assert noted(Send(destinations.SENDS["load-history"], b"{", {})) == []
    assert noted(send("chat", {"ticket_id": "t", "content": "x"})) == []


def test_notes_go_with_time_and_when_there_are_many() -> None:
    asked = {f"{at}-0": "" for at in range(10_000, 10_000 + 60)}
    assert len(asking.stale(asked, 10_060)) == 60 - asking.MOST + 1
    assert sorted(asking.stale(asked, 10_030 + asking.KEPT)) == sorted(asked)[:30]
