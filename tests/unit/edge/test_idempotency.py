"""`Idempotency-Key`: done once, answered the same, whatever fails in between."""

from typing import Any

import pytest

from chalicelib.edge import idempotency
from chalicelib.edge.models import Attempt
from chalicelib.errors import Conflict
from tests.unit.edge.shelf import Clock, Reply, Shelf

pytestmark = pytest.mark.usefixtures("operations")

EMMA = {"title": "Emma", "pages": 3}


class Crash(BaseException):
    """The process dies."""


def add(shelf: Shelf, body: dict[str, Any] = EMMA, key: str = "k", as_: str = "client") -> Reply:
    return shelf.ask("POST", "/books", body, as_=as_, headers={"Idempotency-Key": key})


def test_a_repeat_gives_the_first_answer_again_with_fresh_urls(shelf: Shelf) -> None:
    first = add(shelf)
    again = add(shelf)
    assert (first.status, again.status, shelf.made) == (201, 201, 1)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert again.json == {**first.json, "url": "fresh"}


def test_the_same_body_is_what_says_the_same(shelf: Shelf) -> None:
    first = add(shelf)
    spelled = shelf.ask("POST", "/books", raw=' {"pages": 3, "title": "\\u0045mma"}', headers={"Idempotency-Key": "k"})
    assert spelled.json["id"] == first.json["id"]


def test_another_body_is_409(shelf: Shelf) -> None:
    add(shelf)
    answer = add(shelf, {"title": "Persuasion"[:10]})
    assert (answer.status, list(answer.fields), shelf.made) == (409, ["Idempotency-Key"], 1)


def test_keys_are_the_callers_own(shelf: Shelf) -> None:
    add(shelf)
    add(shelf, as_="client:other")
    add(shelf, key="other")
    shelf.ask("POST", "/books", EMMA)
    assert shelf.made == 4


def test_an_answer_is_remembered_for_24_hours(shelf: Shelf, clock: Clock) -> None:
    add(shelf)
    clock.now += idempotency.REMEMBERED - 1
    assert add(shelf).headers.get("Idempotent-Replayed") == "true"
    clock.now += 1
    assert "Idempotent-Replayed" not in add(shelf).headers
    assert shelf.made == 2


def test_while_the_first_is_under_way_409_with_retry_after(shelf: Shelf) -> None:
    shelf.fail_after = Crash()
    with pytest.raises(Crash):
        add(shelf)
    for body in (EMMA, {"title": "Other"}):
        answer = add(shelf, body)
        assert (answer.status, answer.headers["Retry-After"]) == (409, "1")


def test_a_repeat_after_a_crash_makes_the_same_thing(shelf: Shelf, clock: Clock) -> None:
    shelf.fail_after = Crash()
    with pytest.raises(Crash):
        add(shelf)
    clock.now += idempotency.LEASE
    shelf.fail_after = None
    assert (add(shelf).status, shelf.made) == (201, 1)


def test_a_repeat_after_a_500_makes_the_same_thing_at_once(shelf: Shelf) -> None:
    shelf.fail_after = RuntimeError("the write was done, the answer was lost")
    assert add(shelf).status == 500
    shelf.fail_after = Conflict("refused in between")
    assert add(shelf).status == 409
    shelf.fail_after = None
    assert (add(shelf).status, shelf.made) == (201, 1)


def test_another_body_after_a_crash_is_a_new_request(shelf: Shelf, clock: Clock) -> None:
    shelf.fail_after = Crash()
    with pytest.raises(Crash):
        add(shelf)
    clock.now += idempotency.LEASE
    shelf.fail_after = None
    assert add(shelf, {"title": "Other"}).json["title"] == "Other"
    assert shelf.made == 2


def test_only_2xx_are_remembered(shelf: Shelf) -> None:
    shelf.fail_before = Conflict("not now")
    assert add(shelf).status == 409
    assert Attempt.count() == 0
    assert add(shelf, {"title": ""}).status == 422
    shelf.fail_before = None
    assert (add(shelf, {"title": "Other"}).status, shelf.made) == (201, 1)


def test_one_that_lost_its_lease_does_not_overwrite_the_answer(shelf: Shelf, clock: Clock) -> None:
    answers: list[Reply] = []

    class Slow(dict[str, str]):
        """While the first attempt writes, its lease ends and a repeat comes in."""

        def __setitem__(self, id_: str, title: str) -> None:
            if not answers:
                clock.now += idempotency.LEASE
                answers.append(Reply(0, {}, ""))
                answers.append(add(shelf))
            super().__setitem__(id_, title)

    shelf.books = Slow()
    first = add(shelf)
    assert first.json["id"] == answers[1].json["id"]
    assert len(shelf.books) == 1
    assert add(shelf).json["id"] == first.json["id"]


@pytest.mark.parametrize("key", ["", " ", "a b", "ä", "x" * 129, "a\tb"])
def test_what_is_no_key(shelf: Shelf, key: str) -> None:
    assert list(add(shelf, key=key).fields) == ["Idempotency-Key"]


@pytest.mark.parametrize("key", ["x" * 128, "!~", "8e03978e-40d5-43e8-bc93-6894a57f9324"])
def test_what_is_one(shelf: Shelf, key: str) -> None:
    assert add(shelf, key=key).status == 201


def test_a_failure_to_remember_fails_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    from pynamodb.exceptions import UpdateError

    def fail(*args: Any, **kwargs: Any) -> None:
        raise UpdateError("no")

    with monkeypatch.context() as patch:
        patch.setattr(Attempt, "update", fail)
        first = add(shelf)
    assert first.status == 201
    assert add(shelf).status == 409


def test_a_write_that_was_done_though_the_engine_said_it_failed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    save = idempotency._save
    monkeypatch.setattr(idempotency, "_save", lambda *given: save(*given) and False)
    assert (add(shelf).status, shelf.made) == (201, 1)
