"""Cursors: sealed, bound to caller, filters, role and team, good for a day."""

import base64

import pytest

from chalicelib import keys
from chalicelib.edge import cursors
from chalicelib.errors import BadRequest
from tests.unit.edge.shelf import Clock, Shelf


def _first(shelf: Shelf, as_: str = "client", **query: str) -> str:
    given = {name: [value] for name, value in query.items()}
    return str(shelf.ask("GET", "/books", as_=as_, query=given or None).json["next_cursor"])


def _status(shelf: Shelf, cursor: str, as_: str = "client", **query: str) -> int:
    return shelf.ask("GET", "/books", as_=as_, query={"cursor": [cursor], **{k: [v] for k, v in query.items()}}).status


def test_following_the_cursor_shows_everything_once(shelf: Shelf) -> None:
    seen: list[str] = []
    cursor: str | None = None
    while True:
        query = {"limit": ["25"]} | ({"cursor": [cursor]} if cursor else {})
        page = shelf.ask("GET", "/books", query=query).json
        assert set(page) == {"items", "next_cursor"}
        seen += [book["id"] for book in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [str(number) for number in range(60)]


def test_the_limit_may_change_on_the_way(shelf: Shelf) -> None:
    assert _status(shelf, _first(shelf), limit="3") == 200


def test_it_is_bound_to_the_caller_and_the_filters(shelf: Shelf) -> None:
    cursor = _first(shelf, genre="poem")
    assert _status(shelf, cursor, genre="poem") == 200
    assert _status(shelf, cursor) == 400
    assert _status(shelf, cursor, genre="play") == 400
    assert _status(shelf, cursor, genre="poem", lent="true") == 400
    assert _status(shelf, cursor, as_="client:other", genre="poem") == 400


def test_no_character_of_it_can_be_changed(shelf: Shelf) -> None:
    cursor = _first(shelf)
    for place, character in enumerate(cursor):
        other = "A" if character != "A" else "B"
        assert _status(shelf, cursor[:place] + other + cursor[place + 1 :]) == 400
    for padded in (cursor + "=", cursor + "A", cursor[:-1], "\n" + cursor, cursor + " "):
        assert _status(shelf, padded) == 400


@pytest.mark.parametrize("cursor", ["x", "ä", "\ud800", "A" * 5000, base64.urlsafe_b64encode(b"x" * 60).decode()])
def test_what_is_no_cursor_is_400_and_names_it(shelf: Shelf, cursor: str) -> None:
    answer = shelf.ask("GET", "/books", query={"cursor": [cursor]})
    assert answer.status == 400
    assert list(answer.fields) == ["cursor"]


def test_it_is_good_for_24_hours(shelf: Shelf, clock: Clock) -> None:
    cursor = _first(shelf)
    clock.now += 24 * 3600 - 1
    assert _status(shelf, cursor) == 200
    clock.now += 1
    assert _status(shelf, cursor) == 400


def test_the_key_before_still_verifies(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = _first(shelf)
    monkeypatch.setattr(keys, "all_keys", lambda purpose: [b"newest".ljust(32), f"new {purpose}".encode().ljust(32)])
    assert _status(shelf, cursor) == 200
    monkeypatch.setattr(keys, "all_keys", lambda purpose: [b"newest".ljust(32)])
    assert _status(shelf, cursor) == 400


def test_neither_its_bytes_nor_its_length_say_what_the_position_is(shelf: Shelf) -> None:
    short, long = (cursors.seal(position, [], []) for position in (["a"], ["hidden@example.com" * 8]))
    assert len(short) == len(long)
    for cursor in (short, long, _first(shelf)):
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        assert not any(word in raw for word in (b"hidden", b"1700", b'["'))
    assert cursors.seal(["a"], [], []) != short, "the same position twice looks the same"


def test_who_has_another_role_or_team_starts_again(shelf: Shelf) -> None:
    cursor = cursors.seal(7, ["list"], ["agent", "support"])
    assert cursors.read(cursor, ["list"], ["agent", "support"]) == 7
    for standing in (["agent", "sales"], ["client", None]):
        with pytest.raises(BadRequest) as refused:
            cursors.read(cursor, ["list"], standing)
        assert [error.code for error in refused.value.errors] == ["start_again"]
