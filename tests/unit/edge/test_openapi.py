"""The document says what the edge does, and the page shows it with nothing from elsewhere."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate
from pydantic import BaseModel, create_model

from chalicelib.edge import mount as mounting, openapi
from chalicelib.edge.call import Call
from chalicelib.edge.endpoint import Routes
from chalicelib.permissions import ANYONE, MATRIX
from tests.unit.edge.shelf import Shelf, authenticate


@pytest.fixture
def document(shelf: Shelf) -> dict[str, Any]:
    return openapi.document(mounting.mounted)


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_it_is_served(shelf: Shelf) -> None:
    openapi.text.cache_clear()
    answer = shelf.ask("GET", "/openapi.json", as_=None)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json["servers"] == [{"url": "/api"}]
    openapi.text.cache_clear()


def test_it_has_every_endpoint_and_what_each_can_answer(document: dict[str, Any]) -> None:
    statuses = {
        f"{method.upper()} {path}": " ".join(operation["responses"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert statuses == {
        "GET /health": "200 422 500 503",
        "GET /openapi.json": "200 422 500 503",
        "GET /docs": "200 422 500 503",
        "POST /books": "201 400 401 409 413 415 422 500 503",
        "GET /books": "200 400 401 422 500 503",
        "GET /books/{book_id}": "200 401 404 422 500 503",
        "PATCH /books/{book_id}": "200 400 401 403 404 412 413 415 422 500 503",
        "DELETE /books/{book_id}/loan": "204 401 403 404 422 500 503",
        "POST /sign-in": "204 400 413 415 422 500 503",
    }


def test_a_list_is_a_named_page_of_named_items(document: dict[str, Any]) -> None:
    answer = document["paths"]["/books"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/BookPage"}
    page = document["components"]["schemas"]["BookPage"]
    assert page["properties"]["items"]["items"] == {"$ref": "#/components/schemas/Book"}


def test_two_models_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = create_model("Thing", __module__="here", a=int), create_model("Thing", __module__="there", b=int)
    first, second = _table("/a", "read_a"), _table("/b", "read_b")
    endpoints = [replace(next(iter(table)), answers=model) for table, model in ((first, one), (second, other))]
    with pytest.raises(ValueError, match="share a name"):
        openapi.document(endpoints)


def test_the_document_can_be_written_without_a_server(tmp_path: Path) -> None:
    """And no name in it tells how our modules are called."""
    file = tmp_path / "openapi.json"
    subprocess.run([sys.executable, "-m", "infra.openapi", str(file)], check=True)
    written = json.loads(file.read_text())
    validate(written)
    names = written["components"]["schemas"]
    assert {"Ticket", "ListedTicketPage", "Comment", "Event", "User"} <= names.keys()
    assert [name for name in names if "_" in name or name.endswith("Shown")] == []
    assert names["User"]["discriminator"]["propertyName"] == "role"


def test_parameters_are_as_the_edge_reads_them(document: dict[str, Any]) -> None:
    listed = {each["name"]: each for each in document["paths"]["/books"]["get"]["parameters"]}
    assert list(listed) == ["genre", "from", "lent", "title", "author", "limit", "cursor"]
    assert (listed["genre"]["explode"], listed["genre"]["schema"]["minItems"]) == (False, 1)
    assert listed["genre"]["schema"]["items"]["enum"] == ["novel", "poem", "play"]
    assert listed["author"]["schema"]["minLength"] == 1
    assert listed["title"]["schema"]["minLength"] == 0
    assert listed["lent"]["schema"] == {"type": "boolean"}
    adding = document["paths"]["/books"]["post"]
    assert [each["name"] for each in adding["parameters"]] == ["Idempotency-Key"]
    assert "default" not in document["components"]["schemas"]["BookChange"]["properties"]["title"]
    book = document["components"]["schemas"]["Book"]
    assert "url" not in book["required"]
    assert book["properties"]["url"] == {"type": "string", "title": "Url"}
    assert adding["security"] == [{"bearer": []}]
    assert document["paths"]["/sign-in"]["post"]["security"] == []
    assert document["paths"]["/sign-in"]["post"]["requestBody"]["required"] is False


def _table(path: str, name: str, tag: str = "T", method: str = "get") -> Routes:
    routes = Routes(tag, {f"{method.upper()} {path}": ANYONE})

    def handler(call: Call) -> None: ...

    handler.__name__ = name
    getattr(routes, method)(path, summary="")(handler)
    return routes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_table("/a", "x"), _table("/a", "y")),
        (_table("/a", "x"), _table("/a", "y", tag="U", method="post")),
        (_table("/a", "x"), _table("/b", "x")),
        (_table("/a/{one}", "x"), _table("/a/{two}/b", "y")),
    ],
)
def test_endpoints_that_contradict_each_other_do_not_start(one: Routes, other: Routes) -> None:
    from chalice.app import Chalice

    with pytest.raises(ValueError, match="/"):
        mounting.mount(Chalice("x", configure_logs=False), authenticate, one, other)


@pytest.mark.parametrize("matrix", [{}, {"GET /a": {}}, {"POST /a": ANYONE}])
def test_no_route_without_a_row_in_the_permission_matrix(matrix: Any) -> None:
    with pytest.raises(ValueError, match="GET /a"):
        Routes("T", matrix).get("/a", summary="")(lambda call: None)


def test_no_row_of_the_permission_matrix_without_a_route() -> None:
    import app

    assert app.app.routes
    routes = {action for action in MATRIX if not action.startswith("SUBSCRIBE ")}
    assert {str(endpoint) for endpoint in mounting.mounted} == routes


def test_the_page_runs_nothing_but_files_of_ours(shelf: Shelf) -> None:
    answer = shelf.ask("GET", "/docs", as_=None)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    [(attributes, inside)] = re.findall(r"<script([^>]*)>(.*?)</script>", answer.body, re.DOTALL)
    assert (attributes.strip(), inside) == ('type="module" src="/docs.js"', "")
    assert not re.findall(r"https?://|<style|\sstyle=|\son\w+=\"", answer.body)


def test_a_model_in_both_directions_keeps_its_two_shapes() -> None:
    class Both(BaseModel):
        name: str = "x"

    routes = Routes("T", {"POST /both": ANYONE})

    @routes.post("/both", summary="", body=Both, answers=Both)
    def both(call: Call) -> Any: ...

    validate(openapi.document(list(routes)))
