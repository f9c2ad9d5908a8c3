"""DynamoDB as the features use it: pynamodb models over one shared client, transactions that name the write that
failed, and the one retry loop for lost races.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from botocore.session import Session
from pynamodb.attributes import Attribute, MapAttribute
from pynamodb.connection import Connection
from pynamodb.constants import NULL
from pynamodb.exceptions import PynamoDBException, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import Index
from pynamodb.models import Model
from pynamodb.pagination import ResultIterator
from pynamodb.transactions import TransactWrite

from chalicelib import ambient, wire
from chalicelib.errors import Unavailable

T = TypeVar("T")
M = TypeVar("M", bound=Model)

Row = dict[str, Any]
"""An item or a key in DynamoDB's JSON: `{"id": {"S": "…"}}`."""

BUSY = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Error and cancellation codes that are worth a retry."""


class _Connection(Connection):
    @property
    def session(self) -> Session:
        return wire.session()


connection = _Connection(connect_timeout_seconds=2, read_timeout_seconds=5)
"""One client a process: creating one costs more than most requests. DynamoDB answers in milliseconds: with pynamodb's
own 30 seconds API Gateway would have given up before the first attempt has."""


class Item(Model):
    """Base of all items. pynamodb would make a connection, and so a client, for each model: here they share one."""

    @classmethod
    def _get_connection(cls) -> Any:
        table = super()._get_connection()
        if table.connection._client is None:
            table.connection._client = connection.client
        return table

    @classmethod
    def _instantiate(cls, attribute_values: Row) -> Any:
        """An item as it was read. Three times faster than pynamodb's own way, which sets every default twice and each
        attribute through its descriptor; tests/unit/test_items.py shows that the result is the same."""
        kind: Any = cls._get_discriminator_class(attribute_values) or cls
        if not issubclass(kind, cls):
            raise ValueError(f"Asked for a {cls.__name__}, and found a {kind.__name__}.")
        made = kind.__new__(kind)
        values = made.attribute_values = {}
        for name, attribute in kind._attributes.items():
            stored = attribute_values.get(attribute.attr_name)
            if stored and NULL not in stored:
                value = attribute.deserialize(attribute.get_value(stored))
            elif attribute.default is not None:
                value = attribute.default() if callable(attribute.default) else attribute.default
            else:
                continue
            if type(attribute).__set__ is Attribute.__set__ and not isinstance(attribute, MapAttribute):
                values[name] = value
            else:
                setattr(made, name, value)
        if kind._discriminator and kind._discriminator not in values:
            made._set_discriminator()
        return made


class LostRace(Exception):
    """A transaction was cancelled. `failed` holds the labels of the writes whose condition didn't hold; it is empty
    when another transaction touched the same items."""

    def __init__(self, failed: frozenset[str] = frozenset()) -> None:
        super().__init__(", ".join(sorted(failed)) or "busy")
        self.failed = failed


class Transaction:
    """Collects writes and commits them all or none. At most 100 items, each once (DynamoDB's limits).

    Labels say which condition failed: `transaction.put(item, Ticket.id.does_not_exist(), label="number")`.
    """

    def __init__(self) -> None:
        self._checks: list[tuple[str, Callable[[TransactWrite], None]]] = []
        self._deletes: list[tuple[str, Callable[[TransactWrite], None]]] = []
        self._puts: list[tuple[str, Callable[[TransactWrite], None]]] = []
        self._updates: list[tuple[str, Callable[[TransactWrite], None]]] = []

    def check(self, item: Item, condition: Condition, label: str = "") -> None:
        """Adds a check: the item with the key of `item` must meet `condition`."""
        keys = [getattr(item, name) if name else None for name in (item._hash_keyname, item._range_keyname)]
        self._checks.append((label, lambda write: write.condition_check(type(item), keys[0], keys[1], condition)))

    def delete(self, item: Item, condition: Condition | None = None, label: str = "") -> None:
        self._deletes.append((label, lambda write: write.delete(item, condition=condition)))

    def put(self, item: Item, condition: Condition | None = None, label: str = "") -> None:
        self._puts.append((label, lambda write: write.save(item, condition=condition)))

    def update(
        self, item: Item, actions: Sequence[Action], condition: Condition | None = None, label: str = ""
    ) -> None:
        self._updates.append((label, lambda write: write.update(item, actions=list(actions), condition=condition)))

    def __len__(self) -> int:
        return len(self._checks) + len(self._deletes) + len(self._puts) + len(self._updates)

    def commit(self) -> None:
        """Commits. Raises LostRace when a condition failed or another transaction touched the same items, Unavailable
        when DynamoDB keeps throttling."""
        # pynamodb sends checks, deletes, puts and updates in this order, and the reasons come back in it.
        ordered = [*self._checks, *self._deletes, *self._puts, *self._updates]
        if not ordered:
            return
        try:
            with TransactWrite(connection=connection) as write:
                for _, add in ordered:
                    add(write)
        except TransactWriteError as error:
            codes = [reason.code if reason else None for reason in error.cancellation_reasons]
            if not any(codes):
                if is_busy(error):  # botocore has tried again by now: trying still longer outlasts the gateway
                    raise Unavailable from error
                raise
            unexpected = {code for code in codes if code} - BUSY - {"ConditionalCheckFailed"}
            if unexpected:
                raise
            failed = (
                label for (label, _), code in zip(ordered, codes, strict=True) if code == "ConditionalCheckFailed"
            )
            raise LostRace(frozenset(failed)) from error


def is_busy(error: BaseException) -> bool:
    """Whether the error means "try again later" rather than "no"."""
    return isinstance(error, PynamoDBException) and error.cause_response_code in BUSY


def until_it_holds(attempt: Callable[[], T], tries: int = 16) -> T:
    """Calls `attempt`, which reads, decides and commits, until it no longer raises LostRace. Pauses between attempts;
    raises Unavailable after `tries` of them.

        def attempt() -> Account:
            account = read(account_id)
            commit(account, only_if_version=account.version)
            return account

        account = until_it_holds(attempt)
    """
    for turn in range(tries):
        try:
            return attempt()
        except LostRace:
            ambient.sleep(ambient.jitter(min(0.01 * 2**turn, 0.5)))
    raise Unavailable


def first_rows(results: ResultIterator[Any]) -> tuple[list[Row], Row | None]:
    """The items of one Query call (at most one page, 1 MB) in DynamoDB's JSON, and the key to continue from, None at
    the end. pynamodb's own iteration would keep reading until its limit is full, however many items a filter drops."""
    answer = next(results.page_iter)
    return answer["Items"], answer.get("LastEvaluatedKey")


def first_page(results: ResultIterator[M], model: type[M]) -> tuple[list[M], Row | None]:
    """The same as models. Building a model costs more than reading the item: use it for the few that are shown."""
    rows, last = first_rows(results)
    return [model.from_raw_data(row) for row in rows], last


Entry = dict[str, str]
"""What stands in an index of an item: names and values, numbers as text."""


def index_pages(
    index: Index[Any],
    key: Any,
    within: Condition | None = None,
    *,
    only: Condition | None = None,
    size: int | None = None,
    ascending: bool = True,
    consistent: bool = False,
) -> Iterator[tuple[list[Entry], dict[str, Any] | None]]:
    """The pages of an index query: each with at most `size` entries looked at (and 1 MB), and the key to continue from.
    Doesn't use models: an index entry lacks most attributes, and the discriminator by which pynamodb would recognise
    it."""
    table = index._model._get_connection()
    hash_key = index._hash_key_attribute().serialize(key)
    start = None
    while True:
        answer = table.query(
            hash_key,
            range_key_condition=within,
            filter_condition=only,
            consistent_read=consistent,
            index_name=index.Meta.index_name,
            limit=size,
            scan_index_forward=ascending,
            exclusive_start_key=start,
        )
        start = answer.get("LastEvaluatedKey")
        yield [_entry(item) for item in answer["Items"]], start
        if start is None:
            return


def index_entries(
    index: Index[Any], key: Any, within: Condition | None = None, *, pages: int | None = None, **more: Any
) -> Iterator[Entry]:
    """The entries of all pages of `index_pages`, or of the first so many."""
    return (entry for page, _ in islice(index_pages(index, key, within, **more), pages) for entry in page)


def _entry(item: dict[str, dict[str, str]]) -> Entry:
    return {name: value for name, typed in item.items() for value in typed.values()}
