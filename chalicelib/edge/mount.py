"""Turns the features' endpoints into Chalice routes. API Gateway itself answers 403 to a path or method that it doesn't
know; to answer 404 and 405 ourselves, every path declares every method, and "/" and "/{proxy+}" catch all other paths.
"""

import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from chalice.app import Chalice, Request, Response

from chalicelib.edge import pipeline
from chalicelib.edge.endpoint import Endpoint, Routes

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

mounted: list[Endpoint] = []
"""All endpoints of the application, for the OpenAPI document."""

# Chalice keeps the current request on the application, where the local runner's threads would see each other's.
_current: ContextVar[Request] = ContextVar("current request")


def mount(app: Chalice, authenticate: pipeline.Authenticate, *routes: Routes) -> None:
    """Makes `app` answer all endpoints of `routes`; `authenticate` says who asks. Raises ValueError when they
    contradict each other."""
    endpoints = [endpoint for table in routes for endpoint in table]
    _judge(endpoints)
    mounted[:] = endpoints
    paths = dict.fromkeys(endpoint.path for endpoint in endpoints)
    on_the_way = dict.fromkeys(prefix for path in paths for prefix in _prefixes(path) if prefix not in paths)
    app.register_middleware(_remember_request, event_type="http")
    for path in [*paths, *on_the_way, "/", "/{proxy+}"]:
        on_it = [endpoint for endpoint in endpoints if endpoint.path == path]
        view = _view(pipeline.Resource(path, authenticate, on_it))
        app.route(path, methods=METHODS, content_types=[], cors=False, name=_name(path))(view)


def _remember_request(request: Request, get_response: Callable[[Request], Response]) -> Response:
    _current.set(request)
    return get_response(request)


def _view(resource: pipeline.Resource) -> Callable[..., Response]:
    def view(**_path: Any) -> Response:
        return pipeline.respond(_current.get(), resource)

    return view


def _judge(endpoints: list[Endpoint]) -> None:
    """Raises ValueError where two endpoints share a path but aren't two methods of one feature, or name a parameter
    differently: API Gateway allows one name at each place."""
    seen: dict[tuple[str, str], Endpoint] = {}
    features: dict[str, str] = {}
    parameters: dict[str, str] = {}
    names: dict[str, Endpoint] = {}
    for endpoint in endpoints:
        if (endpoint.method, endpoint.path) in seen:
            raise ValueError(f"{endpoint} is declared twice.")
        seen[endpoint.method, endpoint.path] = endpoint
        if features.setdefault(endpoint.path, endpoint.tag) != endpoint.tag:
            raise ValueError(f"{endpoint.path} is declared by {features[endpoint.path]} and by {endpoint.tag}.")
        if (other := names.setdefault(endpoint.name, endpoint)) is not endpoint:
            raise ValueError(f"{other} and {endpoint} have handlers of the same name, {endpoint.name}.")
        for prefix in [*_prefixes(endpoint.path), endpoint.path]:
            before, _, last = prefix.rpartition("/")
            if last.startswith("{") and parameters.setdefault(before, last) != last:
                raise ValueError(f"{endpoint}: at this place other paths have {parameters[before]}.")


def _prefixes(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(2, len(parts))]


def _name(path: str) -> str:
    return re.sub(r"\W+", "_", path).strip("_") or "root"
