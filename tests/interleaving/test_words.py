"""Every order of the AWS calls that make words findable, and a death before each: at rest exactly the words that a
ticket has now find it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from chalicelib import ambient
from chalicelib.people import teams
from chalicelib.search import handlers, indexing
from chalicelib.search.models import SearchItem
from chalicelib.search.words import Word, words
from chalicelib.tickets import conversation, service as tickets
from chalicelib.tickets.models import Comment, Event, TicketsItem
from tests.interleaving.scheduler import Crash, Killed, Run, explore
from tests.interleaving.world import Race, World, desk

SCHEDULES = 12
CRASHES = 1


@pytest.fixture(autouse=True)
def moto() -> Iterator[None]:
    with desk():
        yield


class Talk:
    """A ticket, and its events as messages."""

    def __init__(self) -> None:
        self.world = World([])
        teams.ensure("elsewhere", "Elsewhere")
        self.ticket = self.world.file()
        self.world.deliver()

    def events(self) -> list[str]:
        found = TicketsItem.query(self.ticket)
        return [event.item for event in found if isinstance(event, Event) and event.change != "note"]

    def tell(self, *events: str) -> Callable[[], None]:
        """A message for each of these events."""

        def act() -> None:
            for event in events:
                body = f'{{"ticket_id":"{self.ticket}","item":"{event}"}}'
                answer = handlers.told_to_search({"Records": [{"messageId": "1", "body": body}]})
                assert answer == {"batchItemFailures": []}

        return self.world.until_done(act)

    def change_and_tell(self, **wanted: str) -> Callable[[], None]:
        """A client changes the text, and everything new is told."""
        return self._and_tell(lambda: self.world.change(self.world.client, self.ticket, **wanted))

    def move_and_tell(self, team: str) -> Callable[[], None]:
        """An admin gives the ticket to another team, and everything new is told."""
        return self._and_tell(lambda: self.world.change(self.world.admin, self.ticket, team=team))

    def comment_and_tell(self, body: str) -> Callable[[], None]:
        return self._and_tell(lambda: self.comment(body))

    def comment(self, body: str) -> None:
        ticket = tickets.visible(self.world.client, self.ticket)
        conversation.add_comment(self.world.client, ticket, body, ambient.new_id())

    def _and_tell(self, change: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            before = set(self.events())

            def told() -> None:
                self.tell(*(event for event in self.events() if event not in before))()

            try:
                change()
                told()
            except Killed:
                self.world.unfinished.append(told)  # the stream has it, whatever becomes of the client
                raise

        return act

    def wrong(self) -> list[str]:
        ticket = tickets.read_whole(self.ticket)
        assert ticket is not None
        comments = [item.body for item in TicketsItem.query(self.ticket) if isinstance(item, Comment)]
        said = words(ticket.title, ticket.description, str(int(ticket.number)), *comments)
        wanted = {posting for word in said for posting in indexing.postings(ticket.team, self.ticket, word)}
        there = {
            (item.term, item.item)
            for item in SearchItem.scan()
            if item.term != "#months" and not item.term.startswith("person ")  # what finds people, not tickets
        }
        return [f"missing {posting}" for posting in wanted - there] + [f"left {posting}" for posting in there - wanted]


def creation_told_while_the_title_changes() -> tuple[Talk, Sequence[Callable[[], None]]]:
    talk = Talk()
    [created] = talk.events()
    return talk, [talk.tell(created), talk.change_and_tell(title="printer fire")]


def two_changes_told_at_once_in_the_wrong_order() -> tuple[Talk, Sequence[Callable[[], None]]]:
    talk = Talk()
    talk.tell(*talk.events())()
    talk.world.change(talk.world.client, talk.ticket, title="printer fire")
    talk.world.change(talk.world.client, talk.ticket, title="fire engine")
    first, second = talk.events()[1:]
    return talk, [talk.tell(second), talk.tell(first)]


def a_change_and_back_told_while_it_happens() -> tuple[Talk, Sequence[Callable[[], None]]]:
    talk = Talk()
    talk.tell(*talk.events())()
    talk.world.change(talk.world.client, talk.ticket, title="printer")
    return talk, [talk.tell(talk.events()[1]), talk.change_and_tell(title="t")]


def a_change_of_team_told_while_the_title_changes() -> tuple[Talk, Sequence[Callable[[], None]]]:
    talk = Talk()
    talk.tell(*talk.events())()
    talk.world.change(talk.world.admin, talk.ticket, team="elsewhere")
    return talk, [talk.tell(talk.events()[-1]), talk.change_and_tell(title="fire")]


def there_and_back_while_an_older_change_is_told() -> tuple[Talk, Sequence[Callable[[], None]]]:
    talk = Talk()
    talk.tell(*talk.events())()
    talk.world.change(talk.world.client, talk.ticket, title="fire")
    talk.world.change(talk.world.admin, talk.ticket, team="elsewhere")
    changed, moved = talk.events()[1:3]
    return talk, [talk.tell(moved, changed), talk.move_and_tell("support")]


def a_comment_told_while_the_ticket_goes_elsewhere() -> tuple[Talk, Sequence[Callable[[], None]]]:
    talk = Talk()
    talk.tell(*talk.events())()
    talk.comment("still burning")
    comment = next(event for event in talk.events() if event.startswith("comment#"))
    return talk, [talk.tell(comment), talk.move_and_tell("elsewhere")]


def a_comment_of_a_word_told_while_the_title_loses_it() -> tuple[Talk, Sequence[Callable[[], None]]]:
    talk = Talk()
    talk.world.change(talk.world.client, talk.ticket, title="still burning")
    talk.tell(*talk.events())()
    talk.world.change(talk.world.client, talk.ticket, title="out")
    return talk, [talk.tell(talk.events()[-1]), talk.comment_and_tell("burning")]


RACES = [
    a_comment_of_a_word_told_while_the_title_loses_it,
    a_change_of_team_told_while_the_title_changes,
    there_and_back_while_an_older_change_is_told,
    a_comment_told_while_the_ticket_goes_elsewhere,
    creation_told_while_the_title_changes,
    two_changes_told_at_once_in_the_wrong_order,
    a_change_and_back_told_while_it_happens,
]


def check(set_up: Callable[[], Any], limit: int, crashes: int) -> Iterator[tuple[list[int], Crash | None, list[str]]]:
    talk, actors = set_up()
    race = Race(talk.world, actors)

    def run(schedule: Sequence[int] = (), crash: Crash | None = None) -> Run:
        made = race.run(schedule, crash)
        talk.world.deliver()
        return made

    for number, made in enumerate(explore(run, limit)):
        yield made.schedule, None, talk.wrong()
        for crash in race.crashes(made) if number < crashes else ():
            run(made.schedule, crash)
            yield made.schedule, crash, talk.wrong()


@pytest.mark.parametrize("set_up", RACES, ids=lambda race: race.__name__)
def test_whatever_the_order_the_words_are_those_of_now(set_up: Callable[[], Any]) -> None:
    for schedule, crash, wrong in check(set_up, SCHEDULES, CRASHES):
        assert not wrong, f"{schedule=} {crash=}: {wrong}"


@pytest.mark.long
@pytest.mark.parametrize("set_up", RACES, ids=lambda race: race.__name__)
def test_so_it_is_in_every_order(set_up: Callable[[], Any]) -> None:
    for schedule, crash, wrong in check(set_up, 1_000, 100):
        assert not wrong, f"{schedule=} {crash=}: {wrong}"


def test_without_looking_again_some_order_ends_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def looking_once(ticket_id: str, touched: set[Word], **_: bool) -> None:
        seen = tickets.read_whole(ticket_id)
        assert seen is not None
        touched, wanted = touched | words(str(int(seen.number))), words(*indexing._texts(seen))
        indexing.write(ticket_id, touched, [seen.team], {seen.team: touched & wanted})

    monkeypatch.setattr(indexing, "reconcile", looking_once)
    assert any(wrong for _, _, wrong in check(creation_told_while_the_title_changes, 300, 0))


def test_without_looking_for_another_team_some_order_ends_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def looking_once(ticket_id: str, spoken: set[Word]) -> None:
        seen = tickets.read(ticket_id)
        assert seen is not None
        indexing.write(ticket_id, spoken, {seen.team}, {seen.team: spoken})

    monkeypatch.setattr(indexing, "reconcile_comment", looking_once)
    assert any(wrong for _, _, wrong in check(a_comment_told_while_the_ticket_goes_elsewhere, 300, 0))


def test_without_looking_for_another_comment_some_order_loses_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    state = indexing._state
    monkeypatch.setattr(indexing, "_state", lambda ticket, _: state(ticket, set()))
    assert any(wrong for _, _, wrong in check(a_comment_of_a_word_told_while_the_title_loses_it, 300, 0))
