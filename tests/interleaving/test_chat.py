"""Every order of the AWS calls of storing, subscribing, opening and closing in the chat, and a death before each call:
numbers have no gap, nothing is stored twice, whoever listens or reads has every message, no connection outlives the
right to it.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.caller import Caller
from chalicelib.chat import connections, conversations, saying, service, transport
from chalicelib.chat.models import ChatItem, Connection, ConnectionsItem, Message, OwnConnection, Subscriber
from chalicelib.chat.session import Session
from chalicelib.chat.tokens import Visitor
from chalicelib.chat.transport import Address
from chalicelib.dynamo import Transaction
from chalicelib.errors import Unauthenticated
from chalicelib.people import account_status, service as people
from tests.interleaving import scheduler
from tests.interleaving.scheduler import Crash, Run, explore
from tests.interleaving.world import Race, World, desk, invoked

SCHEDULES = 24
CRASHES = 1
ANN = {"name": "ann"}


@pytest.fixture(autouse=True)
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever stores has no time for delivering: the consumer's turn comes at once."""
    monkeypatch.setattr(conversations, "GRACE", 0.0)
    with desk():
        yield


@dataclass
class Chat(Race):
    """A ticket, its client and its agent, each with a connection; `posted`: what each connection got."""

    patch: pytest.MonkeyPatch
    world: World = field(init=False)
    actors: Any = ()
    posted: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    answered: list[dict[str, Any]] = field(default_factory=list)
    listeners: tuple[str, ...] = ()
    open_ones: set[str] = field(default_factory=set)
    """Connections whose handshake was answered: API Gateway refuses one whose function dies."""

    def __post_init__(self) -> None:
        self.world = World([ANN])
        self.ticket_id = self.world.file()
        self.world.deliver()
        self.ann, self.client = self.world.agents["ann"], self.world.client
        self.patch.setattr(transport, "post", self._post)
        self.patch.setattr(transport, "close", lambda *_: None)
        for name, who in (("a", self.ann), ("c", self.client)):
            self.open(name, who)
        for name in self.listeners:
            self.send(name, "subscribe", destination=f"/topic/ticket/{self.ticket_id}")
        self.from_start = frozenset(self.open_ones)
        super().__init__(self.world, self.actors)

    def start(self, *actors: Callable[[], None]) -> "Chat":
        self.actors = actors
        self._start = self.world.snapshot()
        return self

    def _post(self, address: Address, text: str) -> None:
        body = json.loads(text)
        self.posted.setdefault(address.connection_id, []).append(body)
        if "request_id" in body:
            self.answered.append(body)

    def run(self, schedule: Sequence[int] = (), crash: Crash | None = None) -> Run:
        self._start.restore(self.world)
        self.posted.clear()
        self.answered.clear()
        self.open_ones = set(self.from_start)
        for who in (self.ann, self.client):
            with account_status.changing(who.id):
                pass
        made = scheduler.run([invoked(actor) for actor in self.actors], schedule, crash)
        for error in made.errors.values():
            if not isinstance(error, scheduler.Killed):
                raise error
        keys = [(each.conversation, int(each.seq)) for each in ChatItem.scan() if isinstance(each, Message)]
        assert saying.deliver_pending(keys) == []
        if crash is not None:
            self.again()
        return made

    def again(self) -> None:
        """What the stream tries again, because it died."""

    # --- actors ---

    def open(self, name: str, who: Caller) -> None:
        visitor = Visitor(who.id, who.session_id, 1, "bearer")
        with suppress(Unauthenticated):
            service.opened(Address("websocket", name), visitor, "json")
            self.open_ones.add(name)

    def send(self, name: str, action: str, **fields: Any) -> None:
        frame = {"action": action, "request_id": f"{name} {action} {fields.get('content')}", **fields}
        service.arrived(Address("websocket", name), [json.dumps(frame)], int(ambient.clock() * 1000))

    def says(self, name: str, content: str, **more: Any) -> Callable[[], None]:
        return lambda: self.send(name, "chat", ticket_id=self.ticket_id, content=content, **more)

    def deactivates(self) -> None:
        """And the stream's consumer sees it."""
        people.change_account(self.ann.id, {"active": False})
        self.sees()

    def sees(self) -> None:
        account = people.account(self.ann.id)
        assert account is not None
        connections.account_changed(account)

    # --- at rest ---

    def wrong_now(self) -> list[str]:
        return list(self._wrong())

    def _wrong(self) -> Iterator[str]:
        stored = list(Message.query(self.ticket_id))
        seqs = [int(each.seq) for each in stored]
        if seqs != list(range(1, len(seqs) + 1)):
            yield f"numbers {seqs}"
        names = [each.client_message_id for each in stored if each.client_message_id]
        if len(set(names)) != len(names):
            yield f"stored twice: {names}"
        if pending := [int(each.seq) for each in stored if each.pending_until is not None]:
            yield f"pending: {pending}"
        for ack in self.answered:
            if ack["type"] == "ack" and "seq" in ack and ack["message_id"] not in {each.id for each in stored}:
                yield f"acknowledged and not stored: {ack}"
        for name in self.listeners:
            got = {(each["id"], each["seq"]) for each in self.posted.get(name, []) if each["type"] == "message"}
            if missed := [int(each.seq) for each in stored if (each.id, int(each.seq)) not in got]:
                yield f"{name} was not sent {missed}"
        yield from self._loose_ends()

    def _loose_ends(self) -> Iterator[str]:
        there = {each.id: each for each in ConnectionsItem.scan() if isinstance(each, Connection) and not each.closed}
        account = people.account(self.ann.id)
        assert account is not None
        for each in there.values():
            mine = each.account_id == account.id and each.id in self.open_ones
            if mine and not connections.holds(each, account_status.status_of(account)):
                yield f"the connection {each.id} outlives the right to it"
        for row in ConnectionsItem.scan():
            if isinstance(row, Subscriber) and row.connection_id not in there and not self.dies:
                yield f"a subscription of no connection: {row.id}"
            if isinstance(row, OwnConnection) and row.item not in there and not self.dies:
                yield f"an entry of no connection: {row.item}"

    dies = False
    """Somebody died half-way through taking a connection down: time to live takes the rest."""


def two_messages(patch: pytest.MonkeyPatch) -> Chat:
    chat = Chat(patch, listeners=("a", "c"))
    return chat.start(chat.says("a", "one"), chat.says("c", "two"))


def one_name_twice(patch: pytest.MonkeyPatch) -> Chat:
    chat = Chat(patch, listeners=("a",))
    return chat.start(chat.says("c", "one", client_message_id="m"), chat.says("c", "one", client_message_id="m"))


def named_against_unnamed(patch: pytest.MonkeyPatch) -> Chat:
    chat = Chat(patch, listeners=("c",))
    return chat.start(chat.says("a", "one", client_message_id="m"), chat.says("c", "two"))


@dataclass
class Joining(Chat):
    """Somebody subscribes, then reads: whatever was said is in what they read, or was sent to them."""

    def joins(self) -> None:
        self.send("c", "subscribe", destination=f"/topic/ticket/{self.ticket_id}")
        self.send("c", "load-history", ticket_id=self.ticket_id)

    def _wrong(self) -> Iterator[str]:
        yield from super()._wrong()
        got = self.posted.get("c", [])
        known = {each["id"] for each in got if each["type"] == "message"}
        pages = [each for each in got if each["type"] == "history"]
        known |= {each["id"] for page in pages for each in page["messages"]}
        if pages and (missed := [int(each.seq) for each in Message.query(self.ticket_id) if each.id not in known]):
            yield f"who joined knows nothing of {missed}"


def joining_against_a_message(patch: pytest.MonkeyPatch) -> Chat:
    chat = Joining(patch)
    return chat.start(chat.joins, chat.says("a", "one"))


@dataclass
class Sharing(Chat):
    """Two messages of one connection at two instances: both subscriptions stand, in the session and outside of it."""

    def _wrong(self) -> Iterator[str]:
        yield from super()._wrong()
        acked = {each["request_id"] for each in self.answered if each["type"] == "ack"}
        connection = connections.find("a")
        assert connection is not None
        session = Session.from_json(connection.session)
        for request_id, topic, key in (
            ("a subscribe None", f"/topic/ticket/{self.ticket_id}", f"topic#{self.ticket_id}"),
        ):
            rows = [row.connection_id for row in Subscriber.query(key)]
            if (topic in session.subscriptions) != ("a" in rows):
                yield f"session and rows differ: {topic}"
            if request_id in acked and "a" not in rows:
                yield f"acknowledged and not subscribed: {topic}"


def two_frames_of_one_connection(patch: pytest.MonkeyPatch) -> Chat:
    chat = Sharing(patch)
    topic = f"/topic/ticket/{chat.ticket_id}"
    return chat.start(
        lambda: chat.send("a", "subscribe", destination=topic),
        lambda: chat.send("a", "unsubscribe", destination="/user/queue/private-messages"),
    )


class Leaving(Chat):
    """An account is deactivated, and the stream doesn't rest until that is seen to."""

    def again(self) -> None:
        self.sees()


def opening_against_deactivation(patch: pytest.MonkeyPatch) -> Chat:
    chat = Leaving(patch)
    return chat.start(lambda: chat.open("b", chat.ann), chat.deactivates)


def subscribing_against_deactivation(patch: pytest.MonkeyPatch) -> Chat:
    chat = Leaving(patch)
    topic = f"/topic/ticket/{chat.ticket_id}"
    return chat.start(lambda: chat.send("a", "subscribe", destination=topic), chat.deactivates)


RACES = [
    two_messages,
    one_name_twice,
    named_against_unnamed,
    joining_against_a_message,
    two_frames_of_one_connection,
    opening_against_deactivation,
    subscribing_against_deactivation,
]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_whatever_the_order_the_chat_is_right(
    race: Callable[[pytest.MonkeyPatch], Chat], monkeypatch: pytest.MonkeyPatch
) -> None:
    explored(race(monkeypatch), SCHEDULES, CRASHES)


@pytest.mark.long
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_in_many_more_orders(race: Callable[[pytest.MonkeyPatch], Chat], monkeypatch: pytest.MonkeyPatch) -> None:
    explored(race(monkeypatch), 1_000, 60)


def explored(chat: Chat, limit: int, crashes: int) -> None:
    count = 0
    for schedule, crash in chat.orders(limit, crashes):
        chat.dies = crash is not None
        assert chat.wrong_now() == [], f"{schedule=} {crash=}"
        chat.dies = False
        count += crash is None
    assert count > 1


def without_the_place(patch: pytest.MonkeyPatch) -> None:
    """A message is put where the last one was looked up to be, whoever is there by now."""
    save = Message.save
    patch.setattr(Message, "save", lambda self, condition=None: save(self))


def without_the_name(patch: pytest.MonkeyPatch) -> None:
    put = Transaction.put
    patch.setattr(
        Transaction,
        "put",
        lambda self, item, condition=None, label="": put(
            self, item, None if label.startswith("sent") else condition, label
        ),
    )


def without_looking_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(connections, "look_again", lambda connection: None)


def without_the_revision(patch: pytest.MonkeyPatch) -> None:
    update = Transaction.update
    patch.setattr(
        Transaction,
        "update",
        lambda self, item, actions, condition=None, label="": update(
            self, item, actions, None if label == "connection" else condition, label
        ),
    )


@pytest.mark.parametrize(
    ("mutation", "race"),
    [
        (without_the_place, two_messages),
        (without_the_name, one_name_twice),
        (without_looking_again, opening_against_deactivation),
        (without_the_revision, subscribing_against_deactivation),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_some_order_ends_wrong(
    mutation: Callable[[pytest.MonkeyPatch], None],
    race: Callable[[pytest.MonkeyPatch], Chat],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chat = race(monkeypatch)
    mutation(monkeypatch)
    assert any(chat.wrong_now() for _ in explore(chat.run, 200)), "no order shows that this is needed"
