"""The order in which a request is judged (contract §2), and the one place where its outcome becomes an answer.

413, 401, 403 by role, 404 (`finds`), 415 and 400, 422, then `Idempotency-Key`, then the handler, which goes on with
412, 409 and 403 by relation.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chalice.app import Request, Response
from pydantic import ValidationError

from chalicelib.caller import Caller
from chalicelib.edge import body, checks, cors, cursors, idempotency, problems
from chalicelib.edge.call import Call, if_match
from chalicelib.edge.endpoint import Endpoint
from chalicelib.edge.paging import Page, PageRequest
from chalicelib.edge.render import Rendered, rendered, to_json
from chalicelib.errors import BadRequest, FieldError, Forbidden, Invalid, MethodNotAllowed, NotFound, Refused
from chalicelib.log import about, log
from chalicelib.measures import collected
from chalicelib.permissions import Anyone

_TOKEN = re.compile(r"[A-Za-z0-9._~@+-]{1,128}")
"""What an id in a path may look like; anything else can't be the id of something."""

_ALWAYS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer, unless the handler's own says otherwise."""


Authenticate = Callable[[Mapping[str, str], str], Caller]
"""Authenticates a request for a path by its headers. Raises Unauthenticated, Forbidden."""


class Resource:
    """A path with the endpoints declared on it; none for the catch-all paths."""

    def __init__(self, path: str, authenticate: Authenticate, endpoints: Sequence[Endpoint] = ()) -> None:
        self.path = path
        self.authenticate = authenticate
        self._endpoints = {endpoint.method: endpoint for endpoint in endpoints}

    @property
    def methods(self) -> list[str]:
        """The value of `Allow`. HEAD is answered wherever GET is (RFC 9110, 9.3.2)."""
        methods = [*self._endpoints, "OPTIONS"]
        return ["GET", "HEAD", *(name for name in methods if name != "GET")] if "GET" in methods else methods

    def endpoint(self, method: str) -> Endpoint:
        """Raises NotFound on a path without endpoints, MethodNotAllowed on others."""
        if not self._endpoints:
            raise NotFound("There is no such route. All of them: GET /api/openapi.json.")
        try:
            return self._endpoints["GET" if method == "HEAD" else method]
        except KeyError:
            allowed = ", ".join(self.methods)
            raise MethodNotAllowed(f"Here one can {allowed}.", headers={"Allow": allowed}) from None


def respond(request: Request, resource: Resource) -> Response:
    """Answers a request. Never raises."""
    began = time.perf_counter()  # not ambient.clock: that one may be moved meanwhile
    context: Mapping[str, Any] = request.context
    call = Call(
        caller=None,
        path=dict(request.uri_params or {}),
        headers=request.headers,
        # The gateway sees CloudFront, which says who asked (docs/decisions/0007).
        ip=request.headers.get("X-Viewer-Address") or (context.get("identity") or {}).get("sourceIp") or "",
        request_id=context["requestId"],
    )
    with about(call.request_id), collected():
        outcome = _outcome(request, resource, call)
        line = {
            "method": request.method,
            "route": resource.path,
            "status": outcome.status,
            "milliseconds": round((time.perf_counter() - began) * 1000, 1),
            "caller": call.caller.id if call.caller else None,
        }
        log.info("request", extra=line)
    shared = cors.headers(request.headers)
    if own := outcome.headers.get("Vary"):
        shared["Vary"] = f"{shared['Vary']}, {own}"
    headers = {**_ALWAYS, **outcome.headers, **shared, "X-Request-Id": call.request_id}
    if outcome.body:
        headers.setdefault("Content-Type", "application/json")
    # To HEAD as to GET: the gateway keeps the body back, and `Content-Length` is that of GET (RFC 9110, 8.6).
    return Response(outcome.body, headers, outcome.status)


def _outcome(request: Request, resource: Resource, call: Call) -> Rendered:
    try:
        if request.method == "OPTIONS" and resource.methods != ["OPTIONS"]:
            allow = {"Allow": ", ".join(resource.methods)}
            return Rendered(204, {**allow, **cors.preflight(request.headers, resource.methods)})
        return _answer(request, resource, call)
    except Exception as error:
        refused = problems.refusal(error)
        if refused.status == 500:
            log.exception("request failed")
        elif refused.status > 500:
            log.warning("request refused", extra={"cause": type(error.__cause__ or error).__name__})
        headers = {**refused.headers, "Content-Type": problems.CONTENT_TYPE}
        return Rendered(refused.status, headers, to_json(problems.problem(refused, call.request_id)))


def _answer(request: Request, resource: Resource, call: Call) -> Rendered:
    endpoint = resource.endpoint(request.method)
    raw = _raw_body(request)
    body.check_size(raw)
    if not isinstance(endpoint.grant, Anyone):
        call.caller = resource.authenticate(request.headers, resource.path)
        call.reach = endpoint.grant.get(call.caller.role)
        if call.reach is None:
            raise Forbidden("This is not for your role.")
    if not all(_TOKEN.fullmatch(value) for value in call.path.values()):
        raise NotFound("There is nothing here.")
    if endpoint.finds:
        call.found = endpoint.finds(call)
    sent = _validate(request, endpoint, call, raw)
    if endpoint.idempotent and (key := idempotency.key_of(call)) is not None:
        return idempotency.once(call, endpoint, key, sent, lambda: _handle(endpoint, call, request))
    return _handle(endpoint, call, request)


def _raw_body(request: Request) -> bytes:
    try:
        raw = request.raw_body
    except ValueError:  # base64 that is none, or text that has no UTF-8
        raise BadRequest("The body can't be read.") from None
    return raw if isinstance(raw, bytes) else raw.encode()


def _validate(request: Request, endpoint: Endpoint, call: Call, raw: bytes) -> Any:
    """Fills in query, page and body. Returns the body's JSON. All that is wrong is said at once."""
    sent: Any = None
    if endpoint.body and (raw or endpoint.body_required):
        if not raw:
            raise BadRequest("A JSON body is required.")
        body.check_type(request.headers.get("Content-Type"))
        sent = body.parse(raw)
    given = _given(request)
    call.query, limit, errors = checks.query_of(given, endpoint.query, endpoint.lists)
    if endpoint.body:
        try:
            call.body = endpoint.body.model_validate_json(to_json({} if sent is None else sent))
        except ValidationError as error:
            found = checks.field_errors(error)
            errors += found + _looked_up(endpoint, call, sent, found)
    for check, used in ((if_match, endpoint.if_match), (idempotency.key_of, endpoint.idempotent)):
        try:
            if used:
                check(call)
        except Invalid as error:
            errors += error.errors
    if errors:
        raise _invalid(errors)
    if endpoint.lists:
        cursor = given["cursor"][0] if "cursor" in given else None
        bound = _list(endpoint, call, request)
        call.page = PageRequest(limit, cursors.read(cursor, bound, _standing(call)) if cursor else None)
    return sent


def _looked_up(endpoint: Endpoint, call: Call, sent: Any, found: list[FieldError]) -> list[FieldError]:
    """Errors that `looks_up` finds in the well-formed fields. Only its 422 count here: 403 and 409 are left to the
    handler."""
    if endpoint.looks_up is None or not isinstance(sent, dict):
        return []
    malformed = {error.field.partition(".")[0] for error in found}
    try:
        endpoint.looks_up(call, {name: value for name, value in sent.items() if name not in malformed})
    except Invalid as error:
        return [each for each in error.errors if each.field not in malformed]
    except Refused:
        return []
    return []


def _handle(endpoint: Endpoint, call: Call, request: Request) -> Rendered:
    returned = endpoint.handler(call)
    if isinstance(returned, Page):
        following = None
        if returned.next is not None:
            following = cursors.seal(returned.next, _list(endpoint, call, request), _standing(call))
        returned = {"items": list(returned.items), "next_cursor": following}
    return rendered(returned, endpoint.status)


def _given(request: Request) -> dict[str, list[str]]:
    parameters = request.query_params
    return {name: parameters.getlist(name) for name in parameters} if parameters else {}


def _list(endpoint: Endpoint, call: Call, request: Request) -> list[Any]:
    """What a cursor is bound to: the caller, the list, the filters."""
    filters = {name: values for name, values in _given(request).items() if name not in ("limit", "cursor")}
    return [call.caller.id if call.caller else None, endpoint.method, endpoint.path, dict(call.path), filters]


def _standing(call: Call) -> list[Any]:
    """What decides what the caller may see. When it changes, a cursor is no longer valid."""
    return [call.caller.role, call.caller.team] if call.caller else []


def _invalid(errors: list[FieldError]) -> Invalid:
    if len(errors) == 1:
        return Invalid(f"{errors[0].field}: {errors[0].message}", errors=tuple(errors))
    names = list(dict.fromkeys(error.field for error in errors))
    shown = ", ".join(names[:5]) + (" and others" if len(names) > 5 else "")
    return Invalid(f"Several fields are wrong: {shown}.", errors=tuple(errors))
