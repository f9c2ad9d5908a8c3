"""What was sent against what is declared: every bad field at once, in words that help."""

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from chalicelib.edge.paging import DEFAULT_LIMIT, LARGEST_LIMIT
from chalicelib.edge.schemas import Text
from chalicelib.errors import FieldError

_MESSAGES = {
    "missing": "This field is required.",
    "extra_forbidden": "There is no such field.",
    "string_type": "Must be text.",
    "string_too_short": "Must have at least {min_length} characters.",
    "string_too_long": "Must have at most {max_length} characters.",
    "string_pattern_mismatch": "Must match {pattern}.",
    "string_unicode": "Must be valid Unicode.",
    "int_type": "Must be a whole number.",
    "int_parsing": "Must be a whole number.",
    "int_parsing_size": "Must be a smaller number.",
    "int_from_float": "Must be a whole number.",
    "float_type": "Must be a number.",
    "float_parsing": "Must be a number.",
    "bool_type": "Must be true or false.",
    "bool_parsing": "Must be true or false.",
    "list_type": "Must be a list.",
    "dict_type": "Must be an object.",
    "model_type": "Must be an object.",
    "model_attributes_type": "Must be an object.",
    "none_required": "Must be null.",
    "literal_error": "Must be one of {expected}.",
    "enum": "Must be one of {expected}.",
    "too_short": "Must have at least {min_length} items.",
    "too_long": "Must have at most {max_length} items.",
    "greater_than": "Must be more than {gt}.",
    "greater_than_equal": "Must be at least {ge}.",
    "less_than": "Must be less than {lt}.",
    "less_than_equal": "Must be at most {le}.",
}
"""Type of pydantic's error -> what the person reads. For what isn't here pydantic's own words do."""

_LONGEST_NAME = 200


def field_errors(error: ValidationError) -> list[FieldError]:
    """pydantic's findings as ours."""
    found = error.errors(include_url=False, include_input=False)
    return list(dict.fromkeys(FieldError(_dotted(each["loc"]), _message(each)) for each in found))


def query_of(
    given: Mapping[str, Sequence[str]], model: type[BaseModel] | None, lists: bool
) -> tuple[BaseModel | None, int, list[FieldError]]:
    """The validated query, a list's limit, and what is wrong with them."""
    errors: list[FieldError] = []
    single: dict[str, str] = {}
    for name, values in given.items():
        if len(values) > 1:
            errors.append(FieldError(name, "Give it once."))
        elif not values[0] and name not in _may_be_empty(model):
            errors.append(FieldError(name, "Must not be empty."))
        else:
            single[name] = values[0]
    limit = DEFAULT_LIMIT
    if lists:
        text = single.pop("limit", str(DEFAULT_LIMIT))
        single.pop("cursor", None)
        limit = int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
        if not 1 <= limit <= LARGEST_LIMIT:
            errors.append(FieldError("limit", f"Must be a whole number from 1 to {LARGEST_LIMIT}."))
    known = _names(model) | ({"limit", "cursor"} if lists else set())
    unknown = [FieldError(name, "There is no such parameter.") for name in given if name not in known]
    errors = [error for error in errors if error.field in known] + unknown
    query: BaseModel | None = None
    if model:
        faulty = {error.field for error in errors}
        try:
            query = model.model_validate({name: text for name, text in single.items() if name in known})
        except ValidationError as error:
            errors += [each for each in field_errors(error) if each.field not in faulty]
    return query, limit, errors


def _names(model: type[BaseModel] | None) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()} if model else set()


def _may_be_empty(model: type[BaseModel] | None) -> set[str]:
    fields = model.model_fields.items() if model else ()
    return {
        field.alias or name
        for name, field in fields
        if any(isinstance(each, Text) and each.shortest == 0 for each in _marks(field.annotation, field.metadata))
    }


def _marks(annotation: Any, marks: Sequence[Any] = ()) -> Iterator[Any]:
    """The metadata of a field's type, also inside `… | None`."""
    yield from marks
    if get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
    elif get_origin(annotation) in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _marks(part)


def _dotted(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)[:_LONGEST_NAME] or "body"


def _message(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in ("string_too_short", "too_short") and context["min_length"] == 1:
        return "Must not be empty."
    template = _MESSAGES.get(kind)
    return template.format_map(context) if template else str(error["msg"])
