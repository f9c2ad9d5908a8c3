"""Sessions over an engine, without a server: tokens, places for polls that wait, what waits too long, the end."""

from collections.abc import Iterator, Sequence
from functools import partial

import pytest

from chalicelib import ambient
from chalicelib.chat.models import LIFETIME, ConnectionsItem, PollSlot
from chalicelib.chat.sockjs import codec, handlers, polls, sessions
from chalicelib.chat.sockjs.polls import Service
from chalicelib.errors import Unauthenticated
from chalicelib.settings import settings
from tests.interleaving.world import desk


class Application:
    """Admits each token to one session, as the chat does; echoes."""

    def __init__(self) -> None:
        self.holders: dict[str, str] = {}
        self.opened_ones: list[str] = []
        self.gone_ones: list[str] = []

    def admit(self, token: str | None, session_id: str, ip: str) -> None:
        if token is not None and self.holders.setdefault(token, session_id) != session_id:
            raise Unauthenticated

    def knows(self, connection_id: str) -> bool:
        return True

    def opened(self, connection_id: str, visitor: None) -> None:
        self.opened_ones.append(connection_id)

    def begun(self, connection_id: str) -> None:
        pass

    def arrived(self, connection_id: str, texts: Sequence[str], at: int) -> None:
        sessions.append_all(connection_id, texts)

    def gone(self, connection_id: str) -> None:
        self.gone_ones.append(connection_id)


@pytest.fixture(scope="module", autouse=True)
def moto() -> Iterator[None]:
    with desk():
        yield


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """How long polls waited, each time."""
    seconds: list[float] = []
    monkeypatch.setattr(ambient, "wait_for", lambda _, pause: seconds.append(pause))
    yield seconds
    for item in list(ConnectionsItem.scan()):
        item.delete()


@pytest.fixture
def service(waited: list[float]) -> Service:
    return Service("/test", Application())


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Its first entry: by how many seconds the clock is ahead."""
    ahead = [0.0]
    clock = ambient.clock
    monkeypatch.setattr(ambient, "clock", lambda: clock() + ahead[0])
    return ahead


def application(service: Service) -> Application:
    assert isinstance(service.application, Application)
    return service.application


def test_a_poll_waits_its_time_and_looks_a_bounded_number_of_times(service: Service, waited: list[float]) -> None:
    polls.poll(service, "a", None)
    assert polls.poll(service, "a", None) == [codec.HEARTBEAT]
    assert sum(waited) == pytest.approx(settings.sockjs_hold_seconds)
    assert len(waited) <= settings.sockjs_hold_seconds + 5


def test_when_the_places_are_taken_a_poll_returns_at_once(
    service: Service, waited: list[float], monkeypatch: pytest.MonkeyPatch, later: list[float]
) -> None:
    monkeypatch.setitem(vars(settings), "sockjs_concurrency", 5)
    for number in range(4):
        slot = PollSlot(id=f"sockjs-slot#{number}", holder="somebody", expires_at=int(ambient.clock()) + 30)
        slot.save()
    polls.poll(service, "a", None)
    assert (polls.poll(service, "a", None), waited) == ([codec.HEARTBEAT], [])
    later[0] = 31
    polls.poll(service, "b", None)
    assert polls.poll(service, "b", None) == [codec.HEARTBEAT]
    assert waited, "who held the places is dead"
    later[0] = 62
    assert len([item for item in ConnectionsItem.scan() if isinstance(item, PollSlot)]) <= 4


def test_a_token_is_good_for_its_session_alone(service: Service, later: list[float]) -> None:
    assert polls.poll(service, "a", "token") == [codec.OPEN]
    with pytest.raises(Unauthenticated):
        polls.poll(service, "b", "token")
    for token in ("other", None):
        with pytest.raises(sessions.Missing):
            polls.send(service, "a", token, ["x"], 0)
    polls.send(service, "a", "token", ["x"], 0)
    assert polls.poll(service, "a", "other") == [codec.OPEN], "another session of the same name"
    assert polls.poll(service, "a", "token") == ['a["x"]']
    later[0] = sessions.ALONE_SECONDS + 0.1
    assert polls.poll(service, "a", "token") == [codec.INTERRUPTED], "nor for another one after its end"
    with pytest.raises(sessions.Missing):
        polls.send(service, "a", "token", ["x"], 0)


def test_a_session_without_a_token_opens_again_as_another_connection(service: Service, later: list[float]) -> None:
    assert polls.poll(service, "a", None) == [codec.OPEN]
    later[0] = sessions.ALONE_SECONDS + 0.1
    assert polls.poll(service, "a", None) == [codec.OPEN]
    first, second = application(service).opened_ones
    assert application(service).gone_ones == [first] != [second]
    with pytest.raises(sessions.Closed):
        sessions.append(first, "for who isn't there")


def test_after_two_hours_it_ends(service: Service) -> None:
    assert polls.poll(service, "a", "token") == [codec.OPEN]
    assert polls.poll(service, "a", "token") == [codec.HEARTBEAT]
    session = sessions.find(sessions.id_of("/test", "a", "token"))
    session.opened_at -= LIFETIME
    session.save()
    assert polls.poll(service, "a", "token") == [codec.INTERRUPTED]
    with pytest.raises(sessions.Closed):
        sessions.append(sessions.connection_id(session), "x")


def test_who_fetches_nothing_while_more_comes_is_closed(service: Service) -> None:
    polls.poll(service, "a", None)
    [connection] = application(service).opened_ones
    for text in ("x" * 100_000, "y" * 100_000):
        sessions.append(connection, text)
    with pytest.raises(sessions.Closed):
        sessions.append(connection, "z")
    [frame] = polls.poll(service, "a", None)
    assert len(codec.received(frame[1:])) == 2, "what was taken is still given"
    assert polls.poll(service, "a", None) == ['c[1008,"Too slow"]']


def test_a_closed_session_gives_what_waits_and_then_says_why(service: Service) -> None:
    polls.poll(service, "a", None)
    [connection] = application(service).opened_ones
    sessions.append(connection, "the last word")
    sessions.close(connection, 1000, "Bye")
    for act in (partial(sessions.append, connection, "x"), partial(sessions.close, connection)):
        with pytest.raises(sessions.Closed):
            act()
    frames = [polls.poll(service, "a", None) for _ in range(3)]
    assert frames == [['a["the last word"]'], ['c[1000,"Bye"]'], ['c[1000,"Bye"]']]


def test_who_went_away_without_a_word_is_found_until_it_is_told(service: Service, later: list[float]) -> None:
    for name in ("gone", "there", "closed"):
        polls.poll(service, name, None)
    gone, _, closed = application(service).opened_ones
    sessions.close(closed)
    later[0] = 120
    polls.poll(service, "there", None)
    assert sorted(sessions.ended()) == sorted([gone, closed])
    for connection in (gone, closed):
        sessions.told(connection)
    assert list(sessions.ended()) == []


def test_texts_that_come_together_are_handed_on_in_messages_of_a_websockets_size() -> None:
    texts = ["x" * 20_000, "y" * 20_000, "z", "€" * 10_000, "a"]
    handed = list(handlers._messages(texts))
    assert [text for together in handed for text in together] == texts
    assert all(sum(len(text.encode()) for text in together) <= 32 * 1024 for together in handed)
    assert len(handed) == 3


def test_a_text_that_is_too_large_for_an_item_closes_the_session(service: Service) -> None:
    polls.poll(service, "a", None)
    [connection] = application(service).opened_ones
    sessions.append(connection, "x" * 140_000)
    with pytest.raises(sessions.Closed):
        sessions.append(connection, "\x01" * 70_000)
