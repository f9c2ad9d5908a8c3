"""One declaration an endpoint, from which come the route, the checks, the permission matrix and the OpenAPI document.

routes = Routes("Tickets")

@routes.post("/tickets", summary="File a ticket", body=NewTicket, answers=TicketShown, status=201, idempotent=True,
             errors={429: "Too many tickets."})
def create(call: Call) -> Answer:
    ticket = service.create(call.me, call.body, call.fresh_id)
    return Answer(ticket, headers={"Location": f"/api/tickets/{ticket.id}"})

Who may ask stands in the permission matrix (chalicelib/permissions.py), where every route has its row.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from chalicelib.edge.call import Call
from chalicelib.permissions import MATRIX, Anyone, Grant

Handler = Callable[[Call], Any]
H = TypeVar("H", bound=Handler)

BASE = "/api"
"""What stands before every path as the client sees it: the name of the API's stage."""

VERSION = "1.0"
"""Of the API, as the contract has it; which release serves it, `GET /config` tells."""

_PARAMETER = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Endpoint:
    """A method on a path, as declared. The arguments are documented on `Declare`."""

    method: str
    path: str
    handler: Handler
    tag: str
    summary: str
    grant: Grant | Anyone
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    body_required: bool = True
    finds: Callable[[Call], Any] | None = None
    looks_up: Callable[[Call, Mapping[str, Any]], None] | None = None
    answers: Any = None
    status: int = 200
    lists: bool = False
    idempotent: bool = False
    replay: Callable[[Call, Any], Any] | None = None
    if_match: bool = False
    errors: Mapping[int, str] = field(default_factory=dict)
    request_headers: Mapping[str, str] = field(default_factory=dict)
    answer_headers: Mapping[str, str] = field(default_factory=dict)
    produces: str = "application/json"

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or self.path.endswith("/"):
            raise ValueError(f"{self}: a path begins with a slash and doesn't end with one.")
        if self.idempotent and isinstance(self.grant, Anyone):
            raise ValueError(f"{self}: idempotency keys are the caller's own, so it needs a caller.")
        if self.lists and not self.answers:
            raise ValueError(f"{self}: a list says in 'answers' what its items are.")

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def name(self) -> str:
        return self.handler.__name__

    @property
    def parameters(self) -> list[str]:
        """Names of the path's parameters, in order."""
        return _PARAMETER.findall(self.path)


class Declare(Protocol):
    """The keyword arguments that all five methods take.

    summary: a few words for the docs; the handler's docstring gives the rest.
    query, body: pydantic models, best on `edge.schemas.Query` and `Body`. Without `query` every parameter is 422.
    body_required: False takes an empty body for {}.
    finds: loads the thing in the path, raises NotFound, and runs before query and body are judged; see `call.found`.
    looks_up: judges what only the tables can say of the body; raises Invalid. It is called with those of the body's
        fields that are well-formed when others aren't, so that all that is wrong is said at once. A body that is
        well-formed is the handler's to judge.
    answers: model (or type) of the 2xx body, None without one. A handler may return a dict: it is sent as it is.
    lists: `answers` is the item; the handler returns a Page; takes `limit` and `cursor`.
    idempotent: takes `Idempotency-Key`. replay: makes a remembered body presentable again (presigned URLs).
    if_match: documents `If-Match` and 412; read it with `edge.call.if_match`.
    errors: status -> when; the ones that the edge gives by itself needn't be named.
    request_headers, answer_headers: name -> what it means, for the docs.
    """

    def __call__(
        self,
        path: str,
        *,
        summary: str,
        query: type[BaseModel] | None = None,
        body: type[BaseModel] | None = None,
        body_required: bool = True,
        finds: Callable[[Call], Any] | None = None,
        looks_up: Callable[[Call, Mapping[str, Any]], None] | None = None,
        answers: Any = None,
        status: int = 200,
        lists: bool = False,
        idempotent: bool = False,
        replay: Callable[[Call, Any], Any] | None = None,
        if_match: bool = False,
        errors: Mapping[int, str] = ...,
        request_headers: Mapping[str, str] = ...,
        answer_headers: Mapping[str, str] = ...,
        produces: str = "application/json",
    ) -> Callable[[H], H]: ...


class Routes:
    """A feature's table of endpoints. `routes = Routes("Tickets")`, then `@routes.get("/tickets/{ticket_id}", …)`.

    Paths are as the client sees them behind /api. What the keyword arguments mean: see `Declare`. Raises ValueError
    for a route without a row in the permission matrix.
    """

    def __init__(self, tag: str, matrix: Mapping[str, Grant | Anyone] = MATRIX) -> None:
        self.tag = tag
        self._matrix = matrix
        self._endpoints: list[Endpoint] = []
        self.get: Declare = self._method("GET")
        self.post: Declare = self._method("POST")
        self.put: Declare = self._method("PUT")
        self.patch: Declare = self._method("PATCH")
        self.delete: Declare = self._method("DELETE")

    def __iter__(self) -> Iterator[Endpoint]:
        return iter(self._endpoints)

    def _method(self, method: str) -> Declare:
        def declare(path: str, **declaration: Any) -> Callable[[H], H]:
            grant = self._matrix.get(f"{method} {path}")
            if not grant:
                raise ValueError(f"{method} {path}: chalicelib/permissions.py doesn't say who may.")

            def remember(handler: H) -> H:
                self._endpoints.append(Endpoint(method, path, handler, self.tag, grant=grant, **declaration))
                return handler

            return remember

        return declare
