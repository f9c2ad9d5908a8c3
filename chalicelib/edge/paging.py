"""Pages of a list (contract §2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")

DEFAULT_LIMIT = 25
LARGEST_LIMIT = 100


@dataclass(frozen=True)
class PageRequest:
    """Which page is wanted. `position` is what the previous page gave as `next` (any JSON), None for the first page."""

    limit: int = DEFAULT_LIMIT
    position: Any | None = None


@dataclass(frozen=True)
class Page(Generic[T]):
    """What a list's handler returns. It may hold fewer than `limit` items; only `next` None says that it is the last.

    `next` is any JSON, say a LastEvaluatedKey; the client gets it sealed (edge/cursors.py).
    """

    items: Sequence[T]
    next: Any | None = None
