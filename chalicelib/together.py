"""Reads items of several tables in one BatchGetItem call."""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import GetError

from chalicelib import ambient
from chalicelib.dynamo import Item, Row, connection
from chalicelib.errors import Unavailable

M = TypeVar("M", bound=Item)

MOST = 100
"""Keys of a BatchGetItem."""
_TRIES = 8


class Wanted(Generic[M]):
    """Items of one table, by key: the hash key's value, then the range key's if there is one, all strings. `found` is
    filled by `look_up`, in no order; what isn't there is missing. `attributes`: these alone; the items' kind has to be
    among them."""

    def __init__(
        self,
        model: type[M],
        keys: Iterable[tuple[str, ...]],
        *,
        attributes: Sequence[str] | None = None,
        consistent: bool = True,
    ) -> None:
        self.model = model
        self.keys = sorted(set(keys))
        self.found: list[M] = []
        self._asked: dict[str, Any] = {"ConsistentRead": consistent}
        if attributes:
            names = {f"#{number}": name for number, name in enumerate(attributes)}
            self._asked |= {"ProjectionExpression": ", ".join(names), "ExpressionAttributeNames": names}

    @property
    def table(self) -> str:
        return str(self.model.Meta.table_name)

    def asking(self, keys: Sequence[tuple[str, ...]]) -> dict[str, Any]:
        names = [name for name in (self.model._hash_keyname, self.model._range_keyname) if name]
        return self._asked | {"Keys": [dict(zip(names, ({"S": value} for value in key), strict=True)) for key in keys]}


def look_up(*wanted: Wanted[Any]) -> None:
    """Reads all wanted items and fills `found`: one call for each hundred keys. At most one `Wanted` a table. Raises
    GetError as pynamodb does, Unavailable when DynamoDB leaves some unread again and again."""
    by_table = {each.table: each for each in wanted}
    keys = [(each, key) for each in wanted for key in each.keys]
    for first in range(0, len(keys), MOST):
        some = keys[first : first + MOST]
        asked = {each.table: each.asking(own) for each in wanted if (own := [key for of, key in some if of is each])}
        for table, rows in _read(asked):
            each = by_table[table]
            each.found += [each.model.from_raw_data(row) for row in rows]


def _read(asked: dict[str, Any]) -> Iterable[tuple[str, list[Row]]]:
    for turn in range(_TRIES):
        try:
            answer = connection.dispatch("BatchGetItem", {"RequestItems": asked})
        except (BotoCoreError, ClientError) as error:
            raise GetError(f"Failed to look up items: {error}", error) from error
        yield from answer["Responses"].items()
        asked = answer.get("UnprocessedKeys") or {}
        if not asked:
            return
        ambient.sleep(ambient.jitter(0.02 * 2**turn))
    raise Unavailable
