"""The chat in plain JSON, and which protocol a connection speaks."""

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from chalicelib.chat import protocols
from chalicelib.chat.destinations import OWN_QUEUES, ticket_of, ticket_topic
from chalicelib.chat.session import (
    Command,
    Send,
    Session,
    Step,
    Stored,
    Subscribe,
    Subscription,
    Unsubscribe,
)
from chalicelib.errors import Forbidden, TooManyRequests

OPEN = protocols.opened("s1", "json").session
TOPIC = Subscription("/topic/ticket/t", "/topic/ticket/t")


def step(session: Session, frame: Any) -> Step:
    (only,) = protocols.receive(session, frame if isinstance(frame, str) else json.dumps(frame))
    return only


def answer(frame: Any, session: Session = OPEN) -> Any:
    (reply,) = protocols.done(step(session, frame))
    return json.loads(reply)


# Which protocol


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ("v10.stomp, v11.stomp, v12.stomp", "v12.stomp"),
        ("v10.stomp,v11.stomp", "v11.stomp"),
        ("json", "json"),
        ("json, v10.stomp", "v10.stomp"),
        ("mqtt", None),
        ("", None),
        (None, None),
    ],
)
def test_one_sub_protocol_is_echoed(offered: str | None, chosen: str | None) -> None:
    assert protocols.sub_protocol(offered) == chosen


def test_the_sub_protocol_decides() -> None:
    assert protocols.opened("s", "v11.stomp").session.protocol == "stomp"
    assert protocols.opened("s", "json").session.protocol == "json"
    assert protocols.opened("s", None).session.protocol is None


@pytest.mark.parametrize(
    ("text", "protocol"),
    [
        ("CONNECT\naccept-version:1.2\n\n\0", "stomp"),
        ("CONN", "stomp"),
        ("\n\nSTOMP\n\n\0", "stomp"),
        ("nonsense and more of it", "stomp"),
        ('{"action":"ping"}', "json"),
        (' \r\n{"action"', "json"),
        ("\n", None),
        ("", None),
    ],
)
def test_otherwise_the_first_frame_decides(text: str, protocol: str | None) -> None:
    *_, last = protocols.receive(Session(), text)
    assert last.session.protocol == protocol


def test_json_is_subscribed_to_the_users_own_queues_from_the_start() -> None:
    subscribed: list[Command] = [Subscribe(Subscription(queue, queue)) for queue in OWN_QUEUES]
    assert list(protocols.opened("s", "json").commands) == subscribed
    first, second = protocols.receive(Session(), '{"action":"ping"}')
    assert list(first.commands) == subscribed
    assert json.loads(second.replies[0])["type"] == "ack"


# Frames


@pytest.mark.parametrize("action", ["chat", "private-chat", "load-history", "typing"])
def test_a_frame_becomes_the_send_that_stomp_would_have(action: str) -> None:
    made = step(OPEN, {"action": action, "ticket_id": "t", "content": "ü👋", "request_id": "r1"})
    (send,) = made.commands
    assert isinstance(send, Send)
    assert send.destination == f"/app/{action}"
    assert json.loads(send.body) == {"ticket_id": "t", "content": "ü👋"}


def test_an_ack_tells_what_became_of_a_message() -> None:
    made = step(OPEN, {"action": "chat", "request_id": "r1"})
    (told,) = protocols.done(made, Stored("m1", 7))
    assert json.loads(told) == {"type": "ack", "request_id": "r1", "message_id": "m1", "seq": 7}
    assert answer({"action": "chat", "request_id": 5}) == {"type": "ack", "request_id": 5}


def test_who_does_not_ask_gets_no_ack() -> None:
    assert protocols.done(step(OPEN, {"action": "chat"}), Stored("m1", 7)) == ()


def test_a_ping_is_always_answered() -> None:
    assert answer({"action": "ping"}) == {"type": "ack", "request_id": None}
    assert answer({"action": "ping", "request_id": "p"}) == {"type": "ack", "request_id": "p"}


def test_subscribe_and_unsubscribe() -> None:
    made = step(OPEN, {"action": "subscribe", "destination": TOPIC.destination})
    assert made.commands == (Subscribe(TOPIC),)
    again = step(made.session, {"action": "subscribe", "destination": TOPIC.destination, "request_id": "r"})
    assert again.commands == ()
    gone = step(made.session, {"action": "unsubscribe", "destination": TOPIC.destination})
    assert gone.commands == (Unsubscribe(TOPIC),)
    assert gone.session == OPEN


def test_who_is_not_subscribed_cannot_unsubscribe_though_they_may_be_early() -> None:
    made = step(OPEN, '{"action":"unsubscribe","destination":"/topic/metrics"}')
    assert json.loads(made.replies[0])["status"] == 404
    assert made.early == '{"action":"unsubscribe","destination":"/topic/metrics"}'
    assert not made.close


def test_a_refused_subscription_is_none() -> None:
    made = step(OPEN, {"action": "subscribe", "destination": TOPIC.destination, "request_id": "r"})
    told = protocols.refused(made, Forbidden("Not yours."), "m1")
    assert json.loads(told.replies[0]) == {"type": "error", "request_id": "r", "status": 403, "detail": "Not yours."}
    assert told.session == OPEN
    assert not told.close


@pytest.mark.parametrize(
    ("frame", "status"),
    [
        ('{"action":', 400),
        ("[1]", 400),
        ("[" * 30_000, 400),
        ('{"a":' + "1" * 5000 + "}", 400),
        ({}, 422),
        ({"action": "shout"}, 422),
        ({"action": ["chat"]}, 422),
        ({"action": "subscribe"}, 422),
        ({"action": "subscribe", "destination": 5}, 422),
        ({"action": "subscribe", "destination": "x" * 300}, 422),
        ({"action": "subscribe", "destination": "/a", "more": 1}, 422),
        ({"action": "ping", "request_id": {}}, 422),
        ({"action": "ping", "request_id": "x" * 200}, 422),
        ('{"x":"' + "x" * 90_000 + '"}', 413),
    ],
)
def test_what_cannot_be_read_is_an_error_and_the_connection_stays(frame: Any, status: int) -> None:
    told = answer(frame)
    assert (told["type"], told["status"]) == ("error", status)
    assert not step(OPEN, frame).close


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.dictionaries(st.text(), inner))
)
def test_any_json_is_a_step(fields: Any) -> None:
    assert step(OPEN, fields if isinstance(fields, dict) else {"action": fields}).replies


def test_events_are_as_they_are() -> None:
    assert protocols.event("json", TOPIC, "m1", '{"type":"message"}') == '{"type":"message"}'


def test_too_many_frames_are_told_and_then_it_ends() -> None:
    told = protocols.ended(OPEN, TooManyRequests("At most 20 frames a second.", 1))
    assert json.loads(told.replies[0])["status"] == 429
    assert told.close
    assert list(protocols.receive(told.session, '{"action":"ping"}')) == []


def test_topics_name_their_ticket() -> None:
    assert ticket_of(ticket_topic("t1")) == "t1"
    for other in ("/topic/metrics", "/topic/ticket/", "/topic/ticket/a/b", "/queue/ticket/t"):
        assert ticket_of(other) is None
