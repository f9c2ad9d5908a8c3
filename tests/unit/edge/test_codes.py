"""Every error says what is wrong to programs too, and the OpenAPI document lists all codes."""

import ast
from pathlib import Path

import pytest

from chalicelib.codes import CODES, MEANINGS
from chalicelib.edge import openapi
from tests.unit.edge.shelf import Shelf

ROOT = Path(__file__).parents[3] / "chalicelib"


@pytest.mark.parametrize(
    ("body", "field", "code", "params"),
    [
        ({}, "title", "required", {}),
        ({"title": ""}, "title", "empty", {}),
        ({"title": "x" * 11}, "title", "too_long", {"max": 10}),
        ({"title": 1}, "title", "bad_type", {"expected": "string"}),
        ({"title": "x", "pages": 0}, "pages", "too_small", {"min": 1}),
        ({"title": "x", "pages": "1"}, "pages", "bad_type", {"expected": "integer"}),
        ({"title": "x", "genre": "poetry"}, "genre", "not_one_of", {"allowed": ["novel", "poem", "play"]}),
        ({"title": "x", "lent": 1}, "lent", "bad_type", {"expected": "boolean"}),
        ({"title": "x", "tags": ["a", "b", "c"]}, "tags", "too_many", {"max": 2}),
        ({"title": "x", "tags": ["abcdef"]}, "tags.0", "too_long", {"max": 5}),
        ({"title": "x", "colour": "red"}, "colour", "unknown_field", {}),
    ],
)
def test_a_bad_field_has_a_code_and_what_its_sentence_needs(
    shelf: Shelf, body: dict[str, object], field: str, code: str, params: dict[str, object]
) -> None:
    [error] = shelf.ask("POST", "/books", body=body).json["errors"]
    assert (error["field"], error["code"], error["params"]) == (field, code, params)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"limit": ["0"]}, "too_small"),
        ({"limit": ["-1"]}, "too_small"),
        ({"limit": ["101"]}, "too_large"),
        ({"limit": ["9" * 400]}, "too_large"),
        ({"limit": ["x"]}, "bad_type"),
        ({"limit": ["1", "2"]}, "repeated"),
        ({"colour": ["red"]}, "unknown_parameter"),
        ({"from": ["yesterday"]}, "bad_time"),
        ({"genre": [""]}, "empty"),
        ({"cursor": ["x"]}, "bad_cursor"),
    ],
)
def test_so_has_a_bad_parameter(shelf: Shelf, query: dict[str, list[str]], code: str) -> None:
    assert [error["code"] for error in shelf.ask("GET", "/books", query=query).json["errors"]] == [code]


def test_the_document_lists_every_code_with_its_meaning() -> None:
    schema = openapi.document([])["components"]["schemas"]["ErrorCode"]
    assert schema["enum"] == list(CODES) == sorted(CODES)
    assert set(MEANINGS) == set(CODES)
    assert all(f"`{code}`" in schema["description"] for code in CODES)


def test_validators_raise_codes_that_are_in_the_table() -> None:
    """pydantic takes any word for an error's type: what isn't in the table would come out as `invalid`."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PydanticCustomError":
                kind = node.args[0]
                assert not isinstance(kind, ast.Constant) or kind.value in CODES, (path.name, node.lineno)
