"""What may be sent: bodies, queries, headers."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from chalicelib.ambient import timestamp
from chalicelib.edge.call import Call, if_match
from chalicelib.edge.schemas import Moment
from chalicelib.errors import Invalid
from chalicelib.metrics.periods import day_of
from chalicelib.settings import settings
from tests.unit.edge.shelf import Shelf


@pytest.mark.parametrize(
    "raw",
    [
        "{",
        "",
        " ",
        "{'title': 1}",
        '{"title": "a",}',
        '{"title": "a"} x',
        '{"title": "a", "title": "b"}',
        '{"title": "a", "pages": NaN}',
        '{"title": "a", "pages": -Infinity}',
        '{"title": "a", "pages": 1e999}',
        '{"title": "a", "pages": ' + "9" * 5000 + "}",
        r'{"title": "\ud800"}',
        r'{"\udc00": 1}',
        '{"title": ' + "[" * 40 + "]" * 40 + "}",
        '{"title": ' + "[" * 100_000,
        "\ufeff{}",
    ],
)
def test_what_is_no_json_or_could_be_read_in_two_ways_is_400(shelf: Shelf, raw: str) -> None:
    assert shelf.ask("POST", "/books", raw=raw).status == 400


@pytest.mark.parametrize("raw", ["[]", "null", '"a"', "1"])
def test_the_body_is_an_object(shelf: Shelf, raw: str) -> None:
    answer = shelf.ask("POST", "/books", raw=raw)
    assert (answer.status, answer.fields) == (422, {"body": "Must be a JSON object."})


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("Application/JSON; charset=UTF-8", 201),
        ("application/json; charset=latin-1", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/jsonp", 415),
        ("", 415),
    ],
)
def test_the_content_type_is_json_in_utf_8(shelf: Shelf, content_type: str, status: int) -> None:
    answer = shelf.ask("POST", "/books", {"title": "a"}, headers={"Content-Type": content_type})
    assert answer.status == status


def test_all_bad_fields_are_named_at_once_in_words(shelf: Shelf) -> None:
    answer = shelf.ask(
        "POST",
        "/books",
        {"title": "", "pages": True, "genre": "essay", "lent": 1, "tags": ["ok", 2], "titel": "x"},
        query={"page": ["1"]},
        headers={"Idempotency-Key": "a b"},
    )
    assert answer.status == 422
    assert answer.fields == {
        "title": "Must not be empty.",
        "pages": "Must be a whole number.",
        "genre": "Must be one of 'novel', 'poem' or 'play'.",
        "lent": "Must be true or false.",
        "tags.1": "Must be text.",
        "titel": "There is no such field.",
        "page": "There is no such parameter.",
        "Idempotency-Key": "Must be 1 to 128 visible ASCII characters, without spaces.",
    }


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "This field is required."),
        ({"title": None}, "Must be text."),
        ({"title": "x" * 11}, "Must have at most 10 characters."),
    ],
)
def test_messages_say_what_to_do(shelf: Shelf, body: dict[str, Any], message: str) -> None:
    assert shelf.ask("POST", "/books", body).fields == {"title": message}


def test_a_text_is_counted_in_characters_and_kept_as_given(shelf: Shelf) -> None:
    title = "🦆" * 9 + " "
    assert shelf.ask("POST", "/books", {"title": title}).json["title"] == title


@pytest.mark.parametrize(("number", "status"), [("2.0", 201), ("2e0", 201), ("2.5", 422), ('"2"', 422), ("1e300", 422)])
def test_a_whole_number_may_be_spelled_with_a_point(shelf: Shelf, number: str, status: int) -> None:
    assert shelf.ask("POST", "/books", raw='{"title": "a", "pages": ' + number + "}").status == status


def test_very_many_bad_fields_make_no_huge_answer(shelf: Shelf) -> None:
    answer = shelf.ask("POST", "/books", {f"field{number}": 1 for number in range(5000)})
    assert answer.status == 422
    assert len(answer.json["errors"]) == 100


@pytest.mark.parametrize("path", ["/books/b1", "/health", "/openapi.json"])
def test_an_unknown_parameter_is_422_everywhere(shelf: Shelf, path: str) -> None:
    assert shelf.ask("GET", path, query={"q": [""]}).fields == {"q": "There is no such parameter."}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": ["0"]}, "limit"),
        ({"limit": ["101"]}, "limit"),
        ({"limit": ["1.0"]}, "limit"),
        ({"limit": [" 1"]}, "limit"),
        ({"limit": ["٣"]}, "limit"),
        ({"limit": [""]}, "limit"),
        ({"limit": ["1", "2"]}, "limit"),
        ({"cursor": [""]}, "cursor"),
        ({"genre": ["novel", "poem"]}, "genre"),
        ({"genre": [""]}, "genre"),
        ({"genre": ["novel,"]}, "genre.1"),
        ({"genre": ["novel,essay"]}, "genre.1"),
        ({"from": ["yesterday"]}, "from"),
        ({"since": ["2025-01-01"]}, "since"),
        ({"lent": ["1"]}, "lent"),
        ({"author": [""]}, "author"),
    ],
)
def test_a_malformed_parameter_is_422(shelf: Shelf, query: dict[str, list[str]], field: str) -> None:
    answer = shelf.ask("GET", "/books", query=query)
    assert (answer.status, list(answer.fields)) == (422, [field])


def test_a_query_as_the_handler_sees_it(shelf: Shelf) -> None:
    given = {"genre": ["poem,novel,poem"], "from": ["2025-01-31"], "lent": ["false"], "title": [""], "limit": ["7"]}
    assert shelf.ask("GET", "/books", query=given).status == 200
    assert shelf.seen
    assert shelf.seen.query.genre == ["poem", "novel"]
    assert shelf.seen.query.since == datetime(2025, 1, 31, tzinfo=UTC)
    assert (shelf.seen.query.lent, shelf.seen.query.title, shelf.seen.page.limit) == (False, "", 7)
    assert (shelf.seen.ip, shelf.seen.me.id) == ("192.0.2.7", "client")


def test_behind_cloudfront_the_callers_address_is_the_one_it_tells(shelf: Shelf) -> None:
    assert shelf.ask("GET", "/books", headers={"X-Viewer-Address": "2001:db8::7"}).status == 200
    assert shelf.seen
    assert shelf.seen.ip == "2001:db8::7"


MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-01-31", "2025-01-31T00:00:00+00:00"),
        ("2025-01-31T12:00:00Z", "2025-01-31T12:00:00+00:00"),
        ("2025-01-31t12:00:00.123456789z", "2025-01-31T12:00:00.123456+00:00"),
        ("2025-01-31T12:00:00.5+02:30", "2025-01-31T09:30:00.500000+00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
        ("0001-01-01T00:00:00+23:59", "1970-01-01T00:00:00+00:00"),
        ("9999-12-31T23:59:60-23:59", "9999-12-31T23:59:59.999000+00:00"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    assert MOMENT.validate_python(text).isoformat() == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "20250131",
        "2025-W05-5",
        "2025-02-30",
        "2025-01-31T12:00Z",
        "2025-01-31T12:00:00",
        "2025-01-31 12:00:00Z",
        "2025-01-31T24:00:00Z",
        "2025-01-31T12:00:61Z",
        "2025-01-31T12:00:00+24:00",
        "2025-01-31T12:00:00 02:00",
        "1738281600",
        "٢٠٢٥-٠١-٣١",
    ],
)
def test_no_moments(text: str) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(text)


@pytest.mark.parametrize(
    ("zone", "first", "behind"),
    [
        ("Europe/Rome", "2025-03-30", timedelta(hours=23)),
        ("Europe/Rome", "2025-10-26", timedelta(hours=25)),
        ("Europe/Rome", "2025-06-01", timedelta(hours=24)),
        ("Asia/Kolkata", "2025-03-30", timedelta(hours=24)),
        ("America/Sao_Paulo", "2018-11-04", timedelta(hours=23)),  # clocks skip midnight
        ("America/New_York", "2025-11-02", timedelta(hours=25)),
    ],
)
def test_a_date_is_the_beginning_of_a_day_where_the_desk_is(
    monkeypatch: pytest.MonkeyPatch, zone: str, first: str, behind: timedelta
) -> None:
    monkeypatch.setitem(vars(settings), "time_zone", zone)
    beginning = MOMENT.validate_python(first)
    end = MOMENT.validate_python((date.fromisoformat(first) + timedelta(days=1)).isoformat())
    assert end - beginning == behind
    for moment, day in (
        (beginning, 0),
        (beginning - timedelta(milliseconds=1), -1),
        (end - timedelta(milliseconds=1), 0),
    ):
        assert day_of(timestamp(moment), zone) == date.fromisoformat(first) + timedelta(days=day)


def test_a_time_is_itself_wherever_the_desk_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(settings), "time_zone", "Asia/Kolkata")
    assert MOMENT.validate_python("2025-01-31T12:00:00Z").isoformat() == "2025-01-31T12:00:00+00:00"
    assert MOMENT.validate_python("2025-01-31").isoformat() == "2025-01-30T18:30:00+00:00"


@pytest.mark.parametrize(
    ("tags", "versions"),
    [
        *(('"3"', {3}), ('W/"3"', {3}), ("3", {3}), ("*", None), ('"abc"', {-1}), ('"-3"', {-1}), ('""', {-1})),
        *(('"3", "4"', {3, 4}), ('"2","3" , W/"4"', {2, 3, 4}), (', "3",', {3}), ('"a,b", "3"', {-1, 3})),
    ],
)
def test_if_match(tags: str, versions: set[int] | None) -> None:
    assert if_match(Call(None, {}, {"If-Match": tags}, "", "")) == versions


@pytest.mark.parametrize("tag", ["", "abc", '"3', '"3" "4"', '*, "3"', ",", "3.0", "-3"])
def test_an_if_match_that_is_no_tag(tag: str) -> None:
    with pytest.raises(Invalid):
        if_match(Call(None, {}, {"If-Match": tag}, "", ""))
