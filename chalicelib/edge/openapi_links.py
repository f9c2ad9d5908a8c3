"""OpenAPI links, derived from the paths: what can be done with a thing that was just created."""

from collections.abc import Sequence
from typing import Annotated, Any, get_args, get_origin

from chalicelib.edge.endpoint import Endpoint


def links(endpoint: Endpoint, endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """From a `POST /things` whose answer has an `id` to everything under `/things/{thing_id}`, by operation."""
    answers = _models(endpoint.answers)
    if endpoint.method != "POST" or not all("id" in getattr(answer, "model_fields", {}) for answer in answers):
        return {}
    return {
        other.name: {"operationId": other.name, "parameters": _parameters(other)}
        for other in endpoints
        if other.path.startswith(endpoint.path + "/{") and len(other.parameters) == len(endpoint.parameters) + 1
    }


def _models(answers: Any) -> list[Any]:
    """The members of a union of models (also of one with a name of its own)."""
    answers = getattr(answers, "__value__", answers)  # a name for a type
    if get_origin(answers) is Annotated:
        answers = get_args(answers)[0]
    return list(get_args(answers) or (answers,))


def _parameters(other: Endpoint) -> dict[str, str]:
    *known, made = other.parameters
    return {name: f"$request.path.{name}" for name in known} | {made: "$response.body#/id"}
