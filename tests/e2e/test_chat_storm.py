"""Many who talk on one ticket at once, a quarter of them by polling. Every acknowledged message is stored once, the
numbers have no gap, who is subscribed has each message, nobody has what isn't theirs: whatever goes wrong meanwhile, on
both engines.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.e2e.chat import JsonChat, PolledChat
from tests.e2e.client import Api, Json, Person, Team

FAULTS: tuple[Json, ...] = (
    {"websocket": "reorder", "probability": 0.3},
    {"websocket": "gone", "probability": 0.004},
    {"websocket": "drop_disconnect", "probability": 0.5},
    {"operation": "apigatewaymanagementapi:PostToConnection", "error": "LimitExceededException", "probability": 0.05},
    {"operation": "dynamodb:TransactWriteItems", "error": "TransactionConflict", "probability": 0.1},
    {"operation": "dynamodb:TransactWriteItems", "error": "ThrottlingException", "probability": 0.05},
    {"operation": "dynamodb:TransactWriteItems", "error": "InternalServerError", "probability": 0.03, "after": True},
    {"operation": "dynamodb:PutItem", "error": "InternalServerError", "probability": 0.03, "after": True},
    {"operation": "dynamodb:Query", "error": "ProvisionedThroughputExceededException", "probability": 0.05},
    {"function": "*", "duplicate": 0.3},
    *({"function": "websocket_message", "crash_after_writes": writes} for writes in (1, 2, 3) * 2),
    *({"function": "on_chat_message", "crash_after_writes": 1},) * 2,
)

TRIES = 60
"""How often somebody connects or says a thing again before they give up."""


@dataclass
class Talker:
    """Somebody who says so many things, and insists."""

    person: Person
    ticket: Json
    patience: float
    """Seconds after which a connection that says nothing is given up. The more there are, the longer all take."""
    acked: dict[str, tuple[str, int]] = field(default_factory=dict)
    """client_message_id -> id and seq."""
    heard: list[Json] = field(default_factory=list)
    """All messages that came, on any connection."""
    opened: int = 0
    lost: list[str] = field(default_factory=list)
    """Why connections were given up."""
    chat: JsonChat | None = None
    polls: bool = False
    """By SockJS."""

    def talk(self, contents: list[str]) -> None:
        for content in contents:
            self.insist(f"{self.person.id}-{content}", content)

    def insist(self, name: str, content: str) -> None:
        """Says it until it is acknowledged: on another connection when this one breaks."""
        for _ in range(TRIES):
            try:
                chat = self.connected()
                sent = {"ticket_id": self.ticket["id"], "content": content, "client_message_id": name}
                chat.send("chat", request_id=name, **sent)
                answer = chat.until(lambda body: body.get("request_id") == name, timeout=self.patience)
            except (AssertionError, ConnectionClosed) as reason:  # no answer: did it arrive?
                self.lost.append(str(reason)[:500])
                self.leave()
                continue
            if answer["type"] == "ack":
                self.acked[name] = (answer["message_id"], answer["seq"])
                return
            assert answer["status"] in (429, 503), answer
        raise AssertionError(f"{content} was never acknowledged")

    def connected(self) -> JsonChat:
        for _ in range(TRIES):
            if self.chat is None:
                self._connect()
        assert self.chat is not None, "never connected"
        return self.chat

    def _connect(self) -> None:
        try:
            chat = PolledChat(self.person) if self.polls else JsonChat(self.person)
        except (InvalidStatus, AssertionError, httpx.TransportError):
            return
        self.opened += 1
        try:
            chat.watch(self.ticket)
            self.chat = chat
        except (AssertionError, ConnectionClosed) as reason:
            self.lost.append(str(reason)[:500])
            self.take(chat)

    def reachable(self) -> JsonChat:
        """A connection that the server knows, too: it may have taken this one for gone without a word."""
        for _ in range(TRIES):
            chat = self.connected()
            try:
                chat.ask("ping")
            except (AssertionError, ConnectionClosed) as reason:
                self.lost.append(str(reason)[:500])
                self.leave()
            else:
                return chat
        raise AssertionError("never reachable")

    def leave(self) -> None:
        if self.chat is not None:
            chat, self.chat = self.chat, None
            self.take(chat)

    def take(self, chat: JsonChat) -> None:
        """What came on a connection that is given up."""
        while chat.bodies(0.05) is not None:
            pass
        chat.socket.close()
        self.heard += chat.messages()

    def finish(self) -> None:
        if self.chat is not None:
            self.chat.rest()
        self.leave()


@pytest.fixture
def calm(api: Api) -> Iterator[None]:
    yield
    api.clear_faults()


@dataclass
class Storm:
    talkers: list[Talker]
    stored: list[Json]
    stranger: list[Json]
    private: list[Json]


def storm(api: Api, team: Team, people: int, messages: int, faults: tuple[Json, ...]) -> Storm:
    client, stranger = api.make("client"), api.make("client")
    ticket = team.file_settled(client=client)
    persons = [client, *(team.agent(available=False) for _ in range(people - 1))]
    talkers = [Talker(person, ticket, people if faults else 120) for person in persons]
    for talker in talkers[3::4]:
        talker.polls = True
    for talker in talkers:
        talker.connected()
    outside = JsonChat(stranger)
    outside.ask("ping")
    for fault in faults:
        api.fault(**fault)
    together = threading.Barrier(people)

    def talk(talker: Talker) -> None:
        together.wait()
        talker.talk([f"{number}" for number in range(messages)])

    with ThreadPoolExecutor(people) as threads:
        list(threads.map(talk, talkers))
    api.clear_faults()
    private: dict[str, Any] = {"ticket_id": ticket["id"], "recipient_id": client.id, "content": "between us"}
    chats = [talker.reachable() for talker in talkers]
    assert chats[1].ask("private-chat", **private)["type"] == "ack"
    for talker in talkers:
        talker.finish()
    outside.rest()
    outside.socket.close()
    return Storm(talkers, history(client, ticket), outside.seen, [private])


def history(person: Person, ticket: Json) -> list[Json]:
    """All of it, by pages."""
    found: list[Json] = []
    before: dict[str, int] = {}
    while True:
        page = person.get(f"/tickets/{ticket['id']}/chat", limit=100, **before)
        found = page["items"] + found
        if not page["has_more"]:
            return found
        before = {"before": found[0]["seq"]}


def judge(seen: Storm, *, exactly_once: bool) -> None:
    assert [each["seq"] for each in seen.stored] == list(range(1, len(seen.stored) + 1))
    by_name = Counter(each["client_message_id"] for each in seen.stored)
    assert set(by_name.values()) == {1}
    where = {each["client_message_id"]: (each["id"], each["seq"]) for each in seen.stored}
    acked = {name: place for talker in seen.talkers for name, place in talker.acked.items()}
    assert acked == where
    everything = {each["id"]: each for each in seen.stored}
    for talker in seen.talkers:
        public = [each for each in talker.heard if not each["private"]]
        assert all(everything[each["id"]] == each for each in public)
        missed = everything.keys() - {each["id"] for each in public}
        if talker.opened == 1:
            assert not missed, f"silently lost: {sorted(everything[id_]['seq'] for id_ in missed)}"
        if exactly_once:
            assert talker.lost == []
            assert len(public) == len(everything)
        private = [each for each in talker.heard if each["private"]]
        parties = talker in (seen.talkers[0], seen.talkers[1])
        assert {each["content"] for each in private} == ({"between us"} if parties else set())
    assert {body["type"] for body in seen.stranger} <= {"ack"}


def test_without_faults_everybody_gets_everything_once(api: Api, team: Team) -> None:
    judge(storm(api, team, 4, 6, ()), exactly_once=True)


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
def test_whatever_goes_wrong_nothing_is_lost(api: Api, team: Team) -> None:
    judge(storm(api, team, 4, 8, FAULTS), exactly_once=False)


@pytest.mark.long
@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("engine", ["moto", "dynamodb-local"], indirect=True)
@pytest.mark.parametrize("faults", [(), FAULTS], ids=["calm", "faults"])
def test_twenty_say_fifty_things_each(api: Api, team: Team, faults: tuple[Json, ...]) -> None:
    judge(storm(api, team, 20, 50, faults), exactly_once=not faults)
