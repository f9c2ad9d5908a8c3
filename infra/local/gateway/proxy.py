"""HTTP requests as API Gateway's proxy events (payload 1.0), and a function's answer as an HTTP response."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

from chalice.app import Chalice

from infra.local.engine.account import ACCOUNT

STAGE = "api"

Headers = list[tuple[str, str]]

_REMAPPED = frozenset({"authorization", "connection", "content-length", "date", "host", "server", "via"})
"""Headers of a function's answer that API Gateway keeps away from the client by another name."""


_VIEWER = "x-viewer-address"
"""Only CloudFront may say this: what a client sends under the name it replaces."""


class Malformed(Exception):
    """The function's answer isn't what a proxy integration may give."""


@dataclass(frozen=True)
class Match:
    resource: str
    """`/tickets/{ticket_id}`."""
    methods: frozenset[str]
    parameters: dict[str, str]


class RouteTable:
    """Paths and their methods as API Gateway finds them: at each segment a literal goes before `{name}`, that before
    `{name+}`, and the method is looked at last."""

    def __init__(self, routes: Mapping[str, Iterable[str]]) -> None:
        self._routes = sorted(
            ((_segments(path), path, frozenset(methods)) for path, methods in routes.items()),
            key=lambda route: [(segment.startswith("{"), segment.endswith("+}"), segment) for segment in route[0]],
        )

    @classmethod
    def of(cls, app: Chalice) -> "RouteTable":
        return cls(app.routes)

    def match(self, raw_path: str) -> Match | None:
        """The route for a path as it stands in the request line, behind the stage."""
        parts = _segments(raw_path)
        for segments, resource, methods in self._routes:
            parameters = _parameters(segments, parts)
            if parameters is not None:
                return Match(resource, methods, parameters)
        return None


def _segments(path: str) -> list[str]:
    # API Gateway ignores a trailing slash.
    stripped = path.strip("/") if path.count("/") <= 1 else path[1:].removesuffix("/")
    return stripped.split("/") if stripped else []


def _parameters(segments: list[str], parts: list[str]) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for at, segment in enumerate(segments):
        if segment.endswith("+}"):
            rest = parts[at:]
            return found | {segment[1:-2]: "/".join(map(unquote, rest))} if rest else None
        if at >= len(parts):
            return None
        if segment.startswith("{"):
            if not parts[at]:
                return None
            found[segment[1:-1]] = unquote(parts[at])
        elif unquote(parts[at]) != segment:
            return None
    return found if len(segments) == len(parts) else None


def event(
    match: Match,
    method: str,
    raw_path: str,
    query: str,
    headers: Headers,
    body: bytes,
    peer: str,
    request_id: str,
    now: float,
) -> dict[str, Any]:
    """The event for a request. `raw_path` is the path behind the stage; `now`: when it arrived, epoch seconds."""
    several: dict[str, list[str]] = {}
    for name, value in headers:
        if name != _VIEWER:
            several.setdefault(name, []).append(value)
    several.setdefault("x-forwarded-for", [peer])
    several.setdefault("x-forwarded-proto", ["http"])
    asked: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        asked.setdefault(name, []).append(value)
    text, encoded = _body(body)
    return {
        "resource": match.resource,
        "path": raw_path,
        "httpMethod": method,
        "headers": {name: values[-1] for name, values in several.items()},
        "multiValueHeaders": several,
        "queryStringParameters": {name: values[-1] for name, values in asked.items()} or None,
        "multiValueQueryStringParameters": asked or None,
        "pathParameters": match.parameters or None,
        "stageVariables": None,
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": "local",
            "domainName": several.get("host", ["127.0.0.1"])[-1],
            "extendedRequestId": request_id,
            "httpMethod": method,
            "identity": {
                "sourceIp": several["x-forwarded-for"][-1].rsplit(",", 1)[-1].strip() or peer,
                "userAgent": several.get("user-agent", [None])[-1],
            },
            "path": f"/{STAGE}{raw_path}",
            "protocol": "HTTP/1.1",
            "requestId": request_id,
            "requestTime": datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "requestTimeEpoch": int(now * 1000),
            "resourceId": "local",
            "resourcePath": match.resource,
            "stage": STAGE,
        },
        "body": text,
        "isBase64Encoded": encoded,
    }


def _body(body: bytes) -> tuple[str | None, bool]:
    if not body:
        return None, False
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), True


def response(answer: Any) -> tuple[int, Headers, bytes]:
    """Status, headers and body of a function's answer; raises Malformed."""
    if not isinstance(answer, dict) or not _is_status(answer.get("statusCode")):
        raise Malformed
    body = answer.get("body") or ""
    if not isinstance(body, str):
        raise Malformed
    content = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
    headers = [pair for name, value in _given(answer) if (pair := _outward(name, value))]
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/json"))
    return int(answer["statusCode"]), headers, content


def _is_status(status: object) -> bool:
    return str(status).isdigit() and 100 <= int(str(status)) <= 599


def _given(answer: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    several = answer.get("multiValueHeaders") or {}
    for name, values in several.items():
        for value in values:
            yield name, str(value)
    names = {name.lower() for name in several}
    for name, value in (answer.get("headers") or {}).items():
        if name.lower() not in names:
            yield name, str(value)


def _outward(name: str, value: str) -> tuple[str, str] | None:
    """A header as the client sees it, behind API Gateway and CloudFront."""
    if name.lower() in _REMAPPED:
        return f"x-amzn-Remapped-{name}", value
    # API Gateway remaps WWW-Authenticate too; CloudFront gives it its name back.
    return name, value
