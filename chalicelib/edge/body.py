"""Parses a request body to JSON with one meaning only (RFC 8259; RFC 7493 where that leaves a choice)."""

import json
import math
from typing import Any

from chalicelib.errors import BadRequest, FieldError, Invalid, TooLarge, UnsupportedMediaType

LARGEST = 256 * 1024
"""Bytes."""

_DEEPEST = 32
_EXACT = 2**53
"""Up to this size a float represents every integer exactly (RFC 8259, section 6)."""
_SURROGATES = ("\ud800", "\udfff")


def check_size(raw: bytes) -> None:
    """Raises TooLarge if the body exceeds the limit."""
    if len(raw) > LARGEST:
        raise TooLarge(f"A body may have {LARGEST // 1024} KiB; this one has {math.ceil(len(raw) / 1024)}.")


def check_type(content_type: str | None) -> None:
    """Raises UnsupportedMediaType unless it is JSON in UTF-8."""
    kind, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    charsets = [value.strip("\"' ") for name, _, value in (p.partition("=") for p in parameters) if name == "charset"]
    if kind != "application/json" or any(charset not in ("utf-8", "utf8") for charset in charsets):
        raise UnsupportedMediaType("Send JSON in UTF-8, with Content-Type: application/json.")


def parse(raw: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises BadRequest when it isn't JSON, or is ambiguous (a key twice, NaN, half a
    surrogate pair); Invalid when it is JSON but no object."""
    try:
        text = raw.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_not_json, parse_float=_finite, parse_int=_whole
        )
        _check(value)
    except UnicodeDecodeError:
        raise BadRequest("The body isn't UTF-8.") from None
    except RecursionError:
        raise BadRequest(f"The body is nested deeper than {_DEEPEST} levels.") from None
    except json.JSONDecodeError as error:
        raise BadRequest(f"The body isn't JSON: {error.msg} (line {error.lineno}, column {error.colno}).") from None
    if not isinstance(value, dict):
        raise Invalid(
            "The body must be a JSON object.",
            errors=(FieldError("body", "Must be a JSON object.", "bad_type", {"expected": "object"}),),
        )
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadRequest(f"The body has the key {json.dumps(twice[:100])} twice.")
    return found


def _not_json(constant: str) -> Any:
    raise BadRequest(f"The body isn't JSON: {constant} is no number there.")


def _finite(digits: str) -> float | int:
    """1.0 is the integer 1: JSON has one kind of number (and JSON Schema's "integer" means the value)."""
    number = float(digits)
    if math.isinf(number):
        raise BadRequest("The body has a number that is too large.")
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number


def _whole(digits: str) -> int:
    if len(digits) > 100:
        raise BadRequest("The body has a number that is too large.")
    return int(digits)


def _check(value: Any, depth: int = 1) -> None:
    if depth > _DEEPEST:
        raise BadRequest(f"The body is nested deeper than {_DEEPEST} levels.")
    if isinstance(value, str):
        if any(_SURROGATES[0] <= character <= _SURROGATES[1] for character in value):
            raise BadRequest("The body has half of a surrogate pair in a text.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)
