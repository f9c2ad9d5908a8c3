"""Generates the OpenAPI 3.1 document from the endpoints' declarations, so that it can't differ from what runs."""

from functools import cache
from inspect import getdoc
from typing import Any

from chalicelib.edge import mount, openapi_answers
from chalicelib.edge.endpoint import BASE, VERSION, Endpoint
from chalicelib.edge.openapi_links import links
from chalicelib.edge.openapi_schemas import Schemas
from chalicelib.edge.paging import DEFAULT_LIMIT, LARGEST_LIMIT
from chalicelib.edge.render import to_json
from chalicelib.permissions import Anyone, Grant

_ABOUT = """Help desk on AWS Lambda.

* JSON in UTF-8, snake_case; times are RFC 3339 in UTC; ids are opaque. Unknown fields and parameters are refused (422).
* `Authorization: Bearer <access token>`, from `POST /auth/login`.
* Errors are RFC 9457 problem details. `type` is stable (`urn:lambdesk:problem:…`), `title` and `detail` are for people,
  `errors` lists every bad field, each with a `code` that stays and its `params`; `request_id` is what to tell us.
  An unknown route is 404, an unknown method 405 with `Allow`. `HEAD` works wherever `GET` does.
* Lists: `limit` and `cursor`; go on until `next_cursor` is null, a page may be shorter than `limit`.
* `POST`s that create take `Idempotency-Key`: repeat a request without doing it twice, for 24 hours.
* Checks come in this order: 413, 401, 403 for the role, 404, 415 and 400, 422, 412, 409, 403 for this thing.
"""

_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key with the same body within 24 hours gives the first answer again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "An `ETag` as answered, or several: refuses the change (412) if none is the current version.",
    "schema": {"type": "string", "pattern": r'^(\*|((W/)?"[!#-~]*"|[0-9]+)(\s*,\s*((W/)?"[!#-~]*"|[0-9]+))*)$'},
    "example": '"3"',
}
_LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "How many items at most.",
    "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
}
_CURSOR = {
    "name": "cursor",
    "in": "query",
    "description": "`next_cursor` of the page before, with the same filters. Good for 24 hours.",
    "schema": {"type": "string", "minLength": 1},
}


@cache
def text() -> str:
    """The document of the mounted endpoints, as JSON."""
    return to_json(document(mount.mounted))


def document(endpoints: list[Endpoint]) -> dict[str, Any]:
    schemas = Schemas(endpoints)
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        operation = _operation(endpoint, schemas)
        if following := links(endpoint, endpoints):
            operation["responses"][str(endpoint.status)]["links"] = following
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lambdesk",
            "version": VERSION,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": BASE}],
        "tags": [{"name": tag} for tag in dict.fromkeys(endpoint.tag for endpoint in endpoints)],
        "paths": paths,
        "components": {
            "schemas": {
                **schemas.components,
                "ErrorCode": openapi_answers.ERROR_CODE,
                "Problem": openapi_answers.PROBLEM,
            },
            "headers": openapi_answers.HEADERS,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _operation(endpoint: Endpoint, schemas: Schemas) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "description": _description(endpoint),
        "tags": [endpoint.tag],
        "parameters": _parameters(endpoint, schemas),
    }
    if endpoint.body:
        operation["requestBody"] = {
            "required": endpoint.body_required,
            "content": {"application/json": {"schema": schemas.body(endpoint)}},
        }
    operation["responses"] = openapi_answers.responses(endpoint, schemas)
    operation["x-roles"] = {} if isinstance(endpoint.grant, Anyone) else dict(endpoint.grant)
    operation["security"] = [] if isinstance(endpoint.grant, Anyone) else [{"bearer": []}]
    return operation


def _description(endpoint: Endpoint) -> str:
    return "\n\n".join(part for part in (getdoc(endpoint.handler), f"For: {_who(endpoint.grant)}.") if part)


def _who(grant: Grant | Anyone) -> str:
    if isinstance(grant, Anyone):
        return "anyone, without a token"
    return ", ".join(f"{role} ({reach})" for role, reach in grant.items())


def _parameters(endpoint: Endpoint, schemas: Schemas) -> list[dict[str, Any]]:
    token = {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[A-Za-z0-9._~@+-]+$"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": token} for name in endpoint.parameters
    ]
    found += schemas.query(endpoint)
    if endpoint.lists:
        found += [_LIMIT, _CURSOR]
    if endpoint.idempotent:
        found.append(_KEY)
    if endpoint.if_match:
        found.append(_IF_MATCH)
    found += [
        {"name": name, "in": "header", "description": about, "schema": {"type": "string"}}
        for name, about in endpoint.request_headers.items()
    ]
    return found
