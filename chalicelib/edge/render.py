"""Turns what a handler returned into an HTTP answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from chalicelib.edge.call import Answer


@dataclass(frozen=True)
class Rendered:
    """An answer, ready to be sent. Its content type is JSON unless the headers say another."""

    status: int
    headers: Mapping[str, str | list[str]] = field(default_factory=dict)
    body: str = ""


def rendered(returned: Any, status: int) -> Rendered:
    """`status` is the endpoint's, for an answer that names none."""
    answer = returned if isinstance(returned, Answer) else Answer(returned)
    as_it_is = isinstance(answer.body, str) and "Content-Type" in answer.headers
    text = answer.body if as_it_is else "" if answer.body is None else to_json(answer.body)
    return Rendered(answer.status or status, answer.headers, text)


def to_json(body: Any) -> str:
    """UTF-8 stays as it is: \\u escapes would triple the size of what isn't English."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, say from a path: can't be sent but escaped
        text = json.dumps(body, separators=(",", ":"), default=_plain)
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    raise TypeError(f"{type(value).__name__} is nothing JSON knows")
