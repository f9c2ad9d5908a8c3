"""Base classes and types of request and answer bodies and of queries."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from chalicelib.settings import settings
from chalicelib.texts import shows


class Body(BaseModel):
    """A request body: unknown fields are refused, and nothing is converted (no "1" for 1, no 1 for true)."""

    model_config = ConfigDict(
        extra="forbid", strict=True, populate_by_name=True, hide_input_in_errors=True, defer_build=True
    )


class Change(Body):
    """A PATCH's body: fields left out stay as they are, whatever their defaults say."""

    def wanted(self) -> dict[str, Any]:
        """The fields that were sent, with null where null was sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Query(BaseModel):
    """A request's query: unknown parameters are refused. Values come as text, once each, and not empty (but where
    `Text(0, …)` says so)."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, hide_input_in_errors=True, defer_build=True)


class Ordered(Query):
    """The query of a list that belongs to one ticket."""

    order: Literal["asc", "desc"] = "asc"

    @property
    def newest_first(self) -> bool:
        return self.order == "desc"


class Shown(BaseModel):
    """An answer's body."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, hide_input_in_errors=True, defer_build=True)


@dataclass(frozen=True)
class Text:
    """`Annotated[str, Text(1, 200)]`: so many characters (code points) of any Unicode, kept as given."""

    shortest: int
    longest: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(min_length=self.shortest, max_length=self.longest, strict=True)
        return core_schema.no_info_after_validator_function(_whole, text)


def _whole(text: str) -> str:
    """Half of a surrogate pair can't be written in UTF-8."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise PydanticCustomError("bad_unicode", "Must not contain half of a surrogate pair.")
    return text


def _seen(text: str) -> str:
    if text and not shows(text):
        raise PydanticCustomError("blank", "Must show something: this has nothing that can be seen.")
    return text


Seen = AfterValidator(_seen)
"""`Annotated[str, Text(1, 200), Seen]`: what people are to read."""


def _split(value: Any) -> Any:
    return list(dict.fromkeys(value.split(","))) if isinstance(value, str) else value


Commas = BeforeValidator(_split)
"""`Annotated[list[Status], Commas]` in a query: `?status=open,resolved`, each once."""

Timestamp = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""RFC 3339 in UTC with `Z`, as `ambient.timestamp` writes it: for answers."""

_RFC3339 = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d)))?", re.ASCII)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 12, 31, 23, 59, 59, 999000, tzinfo=UTC)


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    found = _RFC3339.fullmatch(value) if isinstance(value, str) else None
    try:
        if not found:
            raise ValueError
        day, minute, second, fraction, sign, hours, minutes = found.groups()
        if int(second or 0) > 60 or int(hours or 0) > 23 or int(minutes or 0) > 59:
            raise ValueError
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
        moment = datetime.fromisoformat(f"{day}T{minute or '00:00'}:00").replace(tzinfo=UTC)
    except ValueError:
        raise PydanticCustomError(
            "bad_time", "Must be a date (2025-01-31) or a time by RFC 3339 (2025-01-31T12:00:00Z)."
        ) from None
    try:
        if minute is None:  # where clocks skip midnight this is the moment behind it
            moment = moment.replace(tzinfo=ZoneInfo(settings.time_zone)).astimezone(UTC)
        # a leap second (:60) runs over into the next minute
        moment += timedelta(seconds=int(second or 0), microseconds=int((fraction or "0")[:6].ljust(6, "0"))) - offset
    except OverflowError:
        return _EARLIEST if moment.year == 1 else _LATEST
    return min(max(moment, _EARLIEST), _LATEST)


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema(
        {
            "type": "string",
            "anyOf": [{"format": "date-time"}, {"format": "date"}],
            "description": "RFC 3339, or a date: the day's beginning in the desk's `time_zone` (`GET /config`)",
        }
    ),
]
"""For `…_from` and `…_to`: RFC 3339 or a date, which is its first moment in the setting TIME_ZONE. Held between 1970
and 9999, where ids have their times."""


def _flag(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Flag = Annotated[bool, Field(strict=True), BeforeValidator(_flag)]
"""`true` or `false` in a query."""


def left_out() -> Any:
    """`refresh_token: str | None = left_out()`: in an answer the field isn't there when it is None."""
    return Field(default=None, exclude_if=lambda value: value is None, json_schema_extra=_never_null)


def _never_null(schema: dict[str, Any]) -> None:
    choices = [choice for choice in schema.pop("anyOf", []) if choice.get("type") != "null"]
    schema.pop("default", None)
    schema |= choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {}
