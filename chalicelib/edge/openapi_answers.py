"""All answers that an endpoint can give: its own and those of the pipeline."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from chalicelib.codes import CODES, MEANINGS
from chalicelib.edge import problems
from chalicelib.edge.endpoint import Endpoint
from chalicelib.edge.openapi_schemas import Schemas
from chalicelib.permissions import ROLES, Anyone

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "Problem details, RFC 9457.",
    "required": ["type", "title", "status", "detail", "request_id", "errors"],
    "properties": {
        "type": {"type": "string", "enum": [f"urn:lambdesk:problem:{name}" for name in problems.TYPES.values()]},
        "title": {"type": "string"},
        "status": {"type": "integer", "enum": list(problems.TYPES)},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "code": {"$ref": "#/components/schemas/ErrorCode"},
        "allowed": {
            "type": "array",
            "items": {"type": "string"},
            "description": "A refused change of status: those to which the caller may move the ticket.",
        },
        "assignee_id": {"type": "string", "description": "A refused move: the agent who has the ticket."},
        "assignee_name": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Every bad field; empty when no field is at fault.",
            "items": {
                "type": "object",
                "required": ["field", "message", "code", "params"],
                "properties": {
                    "field": {"type": "string"},
                    "message": {"type": "string"},
                    "code": {"$ref": "#/components/schemas/ErrorCode"},
                    "params": {"type": "object", "description": "What a sentence about this code needs, by name."},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}

ERROR_CODE = {
    "type": "string",
    "title": "ErrorCode",
    "description": "What is wrong, for programs and translations:\n\n"
    + "\n".join(f"* `{code}`: {MEANINGS[code]}" for code in CODES),
    "enum": list(CODES),
}

_CURSOR = (
    "The cursor isn't one of this list with these filters (`bad_cursor`), or it is too old, or the caller has another "
    "role or team now (`start_again`)."
)
_TEXT = {"type": "string"}

HEADERS: dict[str, Any] = {
    "X-Request-Id": {"description": "Names this request in our logs.", "required": True, "schema": _TEXT},
    "WWW-Authenticate": {"description": "`Bearer`.", "required": True, "schema": _TEXT},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string", "pattern": "^[0-9]+$"}},
    "Idempotent-Replayed": {
        "description": "`true` when this is the first answer again.",
        "schema": {"type": "string", "enum": ["true"]},
    },
}

_WITH_HEADER = {401: "WWW-Authenticate", 429: "Retry-After", 503: "Retry-After"}


def responses(endpoint: Endpoint, schemas: Schemas) -> dict[str, Any]:
    found: dict[str, Any] = {str(endpoint.status): _success(endpoint, schemas)}
    reasons: dict[int, list[str]] = {}
    for status, reason in [*_pipeline(endpoint), *endpoint.errors.items()]:
        reasons.setdefault(status, []).append(reason)
    for status in sorted(reasons):
        found[str(status)] = _problem(status, " ".join(reasons[status]), endpoint)
    return found


def _pipeline(endpoint: Endpoint) -> Iterator[tuple[int, str]]:
    """What the pipeline refuses, and when."""
    if not isinstance(endpoint.grant, Anyone):
        yield 401, "No access token, or none that is good now."
        if endpoint.grant.keys() != set(ROLES):
            yield 403, "Not for the caller's role."
    if endpoint.parameters:
        yield 404, "It isn't there, or not for the caller to see."
    if endpoint.lists:
        yield (
            400,
            _CURSOR,
        )
    if endpoint.body:
        yield 400, "The body isn't JSON."
        yield 413, "The body is larger than 256 KiB."
        yield 415, "The body's content type isn't JSON."
    if endpoint.if_match:
        yield 412, "The version in `If-Match` is no longer the current one."
    if endpoint.idempotent:
        yield 409, "The `Idempotency-Key` was used with another body, or its first request is still under way."
    yield 422, "A field, parameter or header is unknown or wrong: `errors` lists all."
    yield 500, "Our fault."
    yield 503, "The service is busy; try again."


def _success(endpoint: Endpoint, schemas: Schemas) -> dict[str, Any]:
    headers: dict[str, Any] = {"X-Request-Id": _header("X-Request-Id")}
    headers |= {name: {"description": about, "schema": _TEXT} for name, about in endpoint.answer_headers.items()}
    if endpoint.idempotent:
        headers["Idempotent-Replayed"] = _header("Idempotent-Replayed")
    found: dict[str, Any] = {"description": HTTPStatus(endpoint.status).phrase, "headers": headers}
    if endpoint.answers:
        found["content"] = {endpoint.produces: {"schema": schemas.answer(endpoint)}}
    return found


def _problem(status: int, description: str, endpoint: Endpoint) -> dict[str, Any]:
    headers = {"X-Request-Id": _header("X-Request-Id")}
    if status in _WITH_HEADER:
        headers[_WITH_HEADER[status]] = _header(_WITH_HEADER[status])
    if status == 409 and (endpoint.idempotent or endpoint.method == "GET"):  # not yet
        headers["Retry-After"] = _header("Retry-After")
    return {
        "description": description,
        "headers": headers,
        "content": {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _header(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{name}"}
