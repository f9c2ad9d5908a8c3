"""A shelf of books: a small feature that uses all that an endpoint can declare."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from chalice.app import Chalice
from pydantic import Field

from chalicelib.caller import Caller
from chalicelib.edge.api import routes as service
from chalicelib.edge.call import Answer, Call, if_match
from chalicelib.edge.endpoint import Routes
from chalicelib.edge.mount import mount
from chalicelib.edge.paging import Page
from chalicelib.edge.schemas import Body, Commas, Flag, Moment, Query, Shown, Text, left_out
from chalicelib.errors import Conflict, NotFound, Stale, Unauthenticated
from chalicelib.permissions import ANYONE, Anyone, Grant, Role

Genre = Literal["novel", "poem", "play"]

EVERYBODY: Grant = {"client": "all", "agent": "all", "admin": "all"}
MATRIX: Mapping[str, Grant | Anyone] = {
    "POST /books": EVERYBODY,
    "GET /books": EVERYBODY,
    "GET /books/{book_id}": EVERYBODY,
    "PATCH /books/{book_id}": {"agent": "all", "admin": "all"},
    "DELETE /books/{book_id}/loan": {"admin": "all"},
    "POST /sign-in": ANYONE,
}


class Clock:
    """The application's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class NewBook(Body):
    title: Annotated[str, Text(1, 10)]
    pages: Annotated[int, Field(ge=1)] = 1
    genre: Genre = "novel"
    lent: bool = False
    tags: Annotated[list[Annotated[str, Text(1, 5)]], Field(max_length=2)] = []


class BookChange(Body):
    title: Annotated[str, Text(1, 10)] = ""


class BookFilters(Query):
    genre: Annotated[list[Genre], Commas] | None = None
    since: Annotated[Moment | None, Field(alias="from")] = None
    lent: Flag | None = None
    title: Annotated[str, Text(0, 10)] | None = None
    author: str | None = None


class Book(Shown):
    id: str
    title: str
    url: str | None = left_out()


def authenticate(headers: Mapping[str, str], _path: str) -> Caller:
    """`Authorization: Bearer <role>` or `<role>:<id>`."""
    role, _, id_ = headers.get("Authorization", "").removeprefix("Bearer ").partition(":")
    roles: dict[str, Role] = {"client": "client", "agent": "agent", "admin": "admin"}
    if role not in roles:
        raise Unauthenticated
    return Caller(id_ or role, roles[role], None, role.title(), f"{role}@example.com", "session", "bearer")


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def fields(self) -> dict[str, str]:
        """Of a problem: the bad fields."""
        return {error["field"]: error["message"] for error in self.json["errors"]}


class Shelf:
    """The application, and what it did."""

    def __init__(self) -> None:
        self.books: dict[str, str] = {"b1": "Emma"}
        self.made = 0
        self.fail_before: Exception | None = None
        self.fail_after: BaseException | None = None
        self.seen: Call | None = None
        self.app = Chalice("shelf", configure_logs=False)
        mount(self.app, authenticate, service, self._routes())

    def _routes(self) -> Routes:
        routes = Routes("Books", MATRIX)

        @routes.post(
            "/books",
            summary="Add a book",
            body=NewBook,
            answers=Book,
            status=201,
            idempotent=True,
            replay=lambda call, body: {**body, "url": "fresh"},
            errors={409: "It is there."},
        )
        def add_book(call: Call) -> Answer:
            self.seen = call
            if self.fail_before:
                raise self.fail_before
            if call.fresh_id not in self.books:
                self.books[call.fresh_id] = call.body.title
                self.made += 1
            if self.fail_after:
                raise self.fail_after
            book = Book(id=call.fresh_id, title=self.books[call.fresh_id], url="first")
            return Answer(book, headers={"Location": f"/api/books/{book.id}", "X-Other": "1"})

        @routes.get("/books", summary="List", query=BookFilters, answers=Book, lists=True)
        def list_books(call: Call) -> Page[Book]:
            self.seen = call
            start = call.page.position["after"] if call.page.position else 0
            end = start + call.page.limit
            items = [Book(id=str(number), title="Ä") for number in range(start, min(end, 60))]
            return Page(items, {"after": end} if end < 60 else None)

        def find(call: Call) -> str:
            if call.path["book_id"] not in self.books:
                raise NotFound("No such book.")
            return call.path["book_id"]

        @routes.get("/books/{book_id}", summary="Read", finds=find, answers=Book)
        def read_book(call: Call) -> dict[str, Any]:
            return {"id": call.found, "title": self.books[call.found]}

        @routes.patch(
            "/books/{book_id}",
            summary="Change",
            finds=find,
            body=BookChange,
            answers=Book,
            if_match=True,
        )
        def change_book(call: Call) -> Answer:
            if 3 not in (if_match(call) or (3,)):
                raise Stale("It is version 3.")
            return Answer(Book(id=call.found, title=call.body.title), headers={"ETag": '"3"'})

        @routes.delete("/books/{book_id}/loan", summary="Bring back", finds=find, status=204)
        def end_loan(call: Call) -> None:
            raise Conflict("It isn't lent.")

        @routes.post("/sign-in", summary="Sign in", body=BookChange, body_required=False, status=204)
        def sign_in(call: Call) -> Answer:
            return Answer(headers={"Set-Cookie": ["a=1", "b=2"]})

        return routes

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        as_: str | None = "client",
        query: dict[str, list[str]] | None = None,
        headers: dict[str, str] | None = None,
        raw: str | None = None,
        base64: bool = False,
    ) -> Reply:
        """As API Gateway would: the path is matched to a resource, headers and query are given as they came."""
        sent = {"content-type": "application/json"} if body is not None or raw is not None else {}
        if as_:
            sent["authorization"] = f"Bearer {as_}"
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        resource, parameters = self._match(path)
        event = {
            "resource": resource,
            "path": path,
            "httpMethod": method,
            "headers": sent,
            "multiValueHeaders": {name: [value] for name, value in sent.items()},
            "queryStringParameters": {name: values[-1] for name, values in query.items()} if query else None,
            "multiValueQueryStringParameters": query,
            "pathParameters": parameters or None,
            "stageVariables": None,
            "body": raw if raw is not None else json.dumps(body) if body is not None else None,
            "isBase64Encoded": base64,
            "requestContext": {
                "httpMethod": method,
                "resourcePath": resource,
                "requestId": "request-1",
                "identity": {"sourceIp": "192.0.2.7"},
            },
        }
        answer = self.app(event, None)
        several = {name: ", ".join(values) for name, values in answer["multiValueHeaders"].items()}
        return Reply(answer["statusCode"], {**answer["headers"], **several}, answer["body"])

    def _match(self, path: str) -> tuple[str, dict[str, str]]:
        for resource in sorted(self.app.routes, key=lambda each: each.count("{")):
            names, parts = resource.split("/"), path.split("/")
            pairs = list(zip(names, parts, strict=False))
            if len(names) == len(parts) and all(n == p or (n[:1] == "{" and "+" not in n) for n, p in pairs):
                return resource, {name[1:-1]: part for name, part in pairs if name[:1] == "{"}
        return "/{proxy+}", {"proxy": path[1:]}
