"""What a chat session remembers between two frames, written as JSON and read again."""

import json

import pytest

from chalicelib.chat.session import Acknowledge, Send, Session, Subscription

MINE = Subscription("s-1", "/topic/ticket/1", "client")
"""A subscription whose messages are acknowledged."""


@pytest.mark.parametrize(
    "session",
    [
        Session(),
        Session(id="x", protocol="stomp", version="1.2", subscriptions={"s-1": MINE}, partial=b"SEND\n\x00"),
        Session(protocol="stomp", closed=True),
        Session(
            transactions={
                "t-1": (
                    Send("/app/send", b"\x00hi", {"receipt": "r"}),
                    Acknowledge("m-1", MINE, True),
                    Acknowledge("m-2", None, False),
                )
            }
        ),
    ],
    ids=["new", "subscribed", "closed", "in a transaction"],
)
def test_it_is_read_as_it_was_written(session: Session) -> None:
    assert Session.from_json(session.to_json()) == session


def test_one_of_another_schema_is_refused() -> None:
    written = json.loads(Session().to_json())
    assert written == {"schema": 1}
    with pytest.raises(ValueError, match="schema"):
        Session.from_json(json.dumps({"schema": 2}))


def test_events_are_written_as_the_protocol_wants_them() -> None:
    assert Session(protocol="json").dialect == "json"
    assert Session(protocol="stomp", version="1.1").dialect == "1.1"
    assert Session(protocol="stomp").dialect is None
