"""Every order of the AWS calls of two who write at once, and a death before each call: what is unread to each is what
the other wrote after their own last word, no more and no less.
"""

import json
from collections.abc import Callable

import pytest

from chalicelib import ambient
from chalicelib.chat import connections, heads, service, unread
from chalicelib.chat.models import ChatItem, Message
from chalicelib.chat.transport import Address
from chalicelib.edge.paging import PageRequest
from chalicelib.notifications import queue
from chalicelib.tickets import conversation, service as tickets
from tests.interleaving.scheduler import Crash, explore
from tests.interleaving.test_chat import Chat, moto

__all__ = ["moto"]

SCHEDULES = 12
CLIENTS = Address("websocket", "c")


def test_what_two_write_at_once_is_unread_to_the_other_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = Chat(monkeypatch)
    private = {"recipient_id": chat.client.id}
    _walk(chat, [chat.says("a", "1"), chat.says("c", "2")], crashes=1)
    _walk(chat, [lambda: chat.send("a", "private-chat", ticket_id=chat.ticket_id, content="3", **private)], crashes=1)


@pytest.mark.long
def test_in_a_great_many_orders_what_is_unread_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = Chat(monkeypatch)
    says = [chat.says("a", "1"), chat.says("c", "2"), chat.says("a", "3")]
    _walk(chat, says, crashes=5, schedules=300)


def test_of_two_comments_at_once_each_has_a_place_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = Chat(monkeypatch)
    chat.start(*(lambda who=who: chat.world.comment(who, chat.ticket_id) for who in (chat.ann, chat.client)))
    for _ in explore(chat.run, SCHEDULES):
        ticket = tickets.read(chat.ticket_id)
        assert ticket is not None
        assert int(ticket.comments) == 2
        assert sorted(ticket.commenters.values()) == [1, 2]
        said = conversation.comments(ticket, PageRequest(limit=10)).items
        assert [conversation.place_of(ticket, comment.event_id) for comment in said] == [1, 2]


@pytest.mark.parametrize("ends", ["the connection", "the subscription"])
def test_who_has_read_it_and_leaves_gets_no_mail(monkeypatch: pytest.MonkeyPatch, ends: str) -> None:
    monkeypatch.setattr(unread, "PATIENCE", -1)  # what was said just now is due
    mailed: list[object] = []
    monkeypatch.setattr(queue, "unread", lambda *told: mailed.append(told))
    chat = Chat(monkeypatch, listeners=("c",))
    chat.says("a", "1")()
    chat.send("a", "private-chat", ticket_id=chat.ticket_id, content="2", recipient_id=chat.client.id)
    ping = json.dumps({"action": "ping", "request_id": "alive"})
    service.arrived(CLIENTS, [ping], int(ambient.clock() * 1000) + 5)

    def leaves() -> None:
        if ends == "the connection":
            connections.end(CLIENTS)
        else:
            chat.send("c", "unsubscribe", destination=f"/topic/ticket/{chat.ticket_id}")

    def tells() -> None:
        unread.tell_due()

    chat.start(leaves, tells)
    for number, made in enumerate(explore(chat.run, SCHEDULES)):
        for call in range(made.calls_of(0)) if number == 0 else ():
            chat.run(made.schedule, Crash(0, call))
        assert mailed == []


def _walk(chat: Chat, actors: list[Callable[[], None]], crashes: int, schedules: int = SCHEDULES) -> None:
    chat.start(*actors)
    for number, made in enumerate(explore(chat.run, schedules)):
        _check(chat)
        for actor in range(len(actors)) if number < crashes else ():
            for call in range(made.calls_of(actor)):
                chat.run(made.schedule, Crash(actor, call))
                _check(chat)


def _check(chat: Chat) -> None:
    messages = [each for each in ChatItem.scan() if isinstance(each, Message)]
    for who in (chat.ann, chat.client):
        found = heads.unread(who.id, [heads.Discussed(chat.ticket_id, 0, 0)])[chat.ticket_id]
        public = [each for each in messages if each.recipient_id is None]
        private = [each for each in messages if each.recipient_id == who.id]
        own = max((int(each.seq) for each in public if each.sender_id == who.id), default=0)
        assert found.chat == sum(int(each.seq) > own for each in public)
        assert sum(found.private.values()) == len(private)
