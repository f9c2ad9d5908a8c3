"""Validates what was sent against what the endpoint declares. All bad fields are reported at once."""

import re
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from chalicelib.codes import CODES, Code
from chalicelib.edge.paging import DEFAULT_LIMIT, LARGEST_LIMIT
from chalicelib.edge.schemas import Text
from chalicelib.errors import FieldError


class _Said(NamedTuple):
    """How one kind of pydantic error is answered: our `code`, and which names in pydantic's error context become
    `params`."""

    message: str
    code: Code
    params: Mapping[str, str] = {}
    expected: str | None = None


_SAID: Mapping[str, _Said] = {
    "missing": _Said("This field is required.", "required"),
    "extra_forbidden": _Said("There is no such field.", "unknown_field"),
    "string_type": _Said("Must be text.", "bad_type", expected="string"),
    "string_too_short": _Said("Must have at least {min_length} characters.", "too_short", {"min": "min_length"}),
    "string_too_long": _Said("Must have at most {max_length} characters.", "too_long", {"max": "max_length"}),
    "string_pattern_mismatch": _Said("Must match {pattern}.", "bad_pattern", {"pattern": "pattern"}),
    "string_unicode": _Said("Must be valid Unicode.", "bad_unicode"),
    "int_type": _Said("Must be a whole number.", "bad_type", expected="integer"),
    "int_parsing": _Said("Must be a whole number.", "bad_type", expected="integer"),
    "int_parsing_size": _Said("Must be a smaller number.", "too_large"),
    "int_from_float": _Said("Must be a whole number.", "bad_type", expected="integer"),
    "float_type": _Said("Must be a number.", "bad_type", expected="number"),
    "float_parsing": _Said("Must be a number.", "bad_type", expected="number"),
    "bool_type": _Said("Must be true or false.", "bad_type", expected="boolean"),
    "bool_parsing": _Said("Must be true or false.", "bad_type", expected="boolean"),
    "list_type": _Said("Must be a list.", "bad_type", expected="array"),
    "dict_type": _Said("Must be an object.", "bad_type", expected="object"),
    "model_type": _Said("Must be an object.", "bad_type", expected="object"),
    "model_attributes_type": _Said("Must be an object.", "bad_type", expected="object"),
    "none_required": _Said("Must be null.", "bad_type", expected="null"),
    "literal_error": _Said("Must be one of {expected}.", "not_one_of"),
    "enum": _Said("Must be one of {expected}.", "not_one_of"),
    "too_short": _Said("Must have at least {min_length} items.", "too_few", {"min": "min_length"}),
    "too_long": _Said("Must have at most {max_length} items.", "too_many", {"max": "max_length"}),
    "greater_than": _Said("Must be more than {gt}.", "too_small", {"above": "gt"}),
    "greater_than_equal": _Said("Must be at least {ge}.", "too_small", {"min": "ge"}),
    "less_than": _Said("Must be less than {lt}.", "too_large", {"below": "lt"}),
    "less_than_equal": _Said("Must be at most {le}.", "too_large", {"max": "le"}),
}
"""By the type of pydantic's error. Errors that our own validators raise name their code as their type (see
`chalicelib/codes.py`) and their params as their context; for anything else pydantic's own words do."""

_QUOTED = re.compile(r"'([^']*)'")
_LONGEST_NAME = 200


def field_errors(error: ValidationError) -> list[FieldError]:
    """pydantic's errors as ours."""
    found = error.errors(include_url=False, include_input=False)
    errors = [FieldError(_dotted(each["loc"]), _message(each), *_code(each)) for each in found]
    return list({(error.field, error.message): error for error in errors}.values())


def query_of(
    given: Mapping[str, Sequence[str]], model: type[BaseModel] | None, lists: bool
) -> tuple[BaseModel | None, int, list[FieldError]]:
    """The validated query, a list's limit, and what is wrong with them."""
    errors: list[FieldError] = []
    single: dict[str, str] = {}
    for name, values in given.items():
        if len(values) > 1:
            errors.append(FieldError(name, "Give it once.", "repeated"))
        elif not values[0] and name not in _may_be_empty(model):
            errors.append(FieldError(name, "Must not be empty.", "empty"))
        else:
            single[name] = values[0]
    limit = DEFAULT_LIMIT
    if lists:
        text = single.pop("limit", str(DEFAULT_LIMIT))
        single.pop("cursor", None)
        limit = int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
        if not 1 <= limit <= LARGEST_LIMIT:
            errors.append(_bad_limit(text))
    known = _names(model) | ({"limit", "cursor"} if lists else set())
    unknown = [
        FieldError(name, "There is no such parameter.", "unknown_parameter") for name in given if name not in known
    ]
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


def _bad_limit(text: str) -> FieldError:
    message = f"Must be a whole number from 1 to {LARGEST_LIMIT}."
    if not re.fullmatch(r"-?[0-9]+", text, re.ASCII):
        return FieldError("limit", message, "bad_type", {"expected": "integer"})
    if text.startswith("-") or not text.strip("0"):
        return FieldError("limit", message, "too_small", {"min": 1})
    return FieldError("limit", message, "too_large", {"max": LARGEST_LIMIT})


def _is_empty(error: Any) -> bool:
    return error["type"] in ("string_too_short", "too_short") and error["ctx"]["min_length"] == 1


def _message(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if _is_empty(error):
        return "Must not be empty."
    said = _SAID.get(kind)
    return said.message.format_map(context) if said else str(error["msg"])


def _code(error: Any) -> tuple[Code, dict[str, Any]]:
    kind, context = error["type"], error.get("ctx", {})
    if _is_empty(error):
        return "empty", {}
    said = _SAID.get(kind)
    if said is None:
        return (kind, dict(context)) if kind in CODES else ("invalid", {})
    if said.code == "not_one_of":
        return said.code, {"allowed": _QUOTED.findall(context["expected"])}
    if said.expected:
        return said.code, {"expected": said.expected}
    return said.code, {name: context[each] for name, each in said.params.items()}
