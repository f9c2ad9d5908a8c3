"""Handles the batches that Lambda delivers from streams and queues. The answer names the items that failed
(`ReportBatchItemFailures`).

    @consumer(read=_facts, together=lambda facts: facts.team)
    def ticket_changes(facts: list[Facts]) -> None:
        settle(facts)

Lambda delivers at least once. From a queue, only the messages that the answer names come again. A stream's shard is
read again from the earliest record that it names. Consumers reconcile, so whatever comes twice finds nothing to do.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, TypeVar

from chalicelib.log import about, log
from chalicelib.measures import collected

Record = Mapping[str, Any]
LambdaEvent = Mapping[str, Any]
Failures = dict[str, list[dict[str, str]]]
T = TypeVar("T")

Handle = Callable[[list[T]], Iterable[T] | None]
"""Handles the items of one group. Returns the items to retry, or None when all are done; an exception means: retry all.
"""


class NotYet(Exception):
    """Another invocation works on this item, or died doing so a moment ago. The item is retried; nothing is wrong."""


def body(record: Record) -> dict[str, Any]:
    """A queue message's body, which is JSON."""
    said: dict[str, Any] = json.loads(record["body"])
    return said


def requested(said: Mapping[str, Any]) -> str | None:
    """The request that caused this queue message, by its id."""
    return said.get("request_id")


def new_image(record: Record) -> dict[str, Any]:
    """A stream record's new image, in DynamoDB's JSON."""
    image: dict[str, Any] = record["dynamodb"]["NewImage"]
    return image


def consumer(
    read: Callable[[Record], T | None],
    *,
    together: Callable[[T], str] | None = None,
    request: Callable[[T], str | None] = lambda _: None,
    after: Handle[T] | None = None,
) -> Callable[[Handle[T]], Callable[[LambdaEvent], Failures]]:
    """Makes a Lambda entry point of a function that handles what a batch's records say.

    read: what a record says; None: it concerns nobody. together: the key of those that are handled at once. Each alone,
    if not given. request: the id of the request that it follows from, for the log and for what is written
    (`log.about`). after: called once at the end with all that was handled; if it fails, all of it comes again.

    What is measured meanwhile is written out. What fails is logged and comes again; the rest of the batch is handled.
    """

    def declare(handle: Handle[T]) -> Callable[[LambdaEvent], Failures]:
        @wraps(handle)
        @collected()
        def entry(event: LambdaEvent) -> Failures:
            failed: set[str] = set()
            groups: dict[str, list[tuple[str, T]]] = {}
            for record in event["Records"]:
                id_ = _id(record)
                try:
                    said = read(record)
                except Exception:
                    log.exception("a record can't be read", extra={"record": id_})
                    failed.add(id_)
                    continue
                if said is not None:
                    groups.setdefault(together(said) if together else id_, []).append((id_, said))
            for name, members in groups.items():
                failed |= _handled(handle, request, name, members)
            done = [(id_, said) for members in groups.values() for id_, said in members if id_ not in failed]
            if after and done:
                failed |= _handled(after, request, "after", done)
            return _answer(event, failed)

        return entry

    return declare


def _handled(
    handle: Handle[T], request: Callable[[T], str | None], name: str, members: list[tuple[str, T]]
) -> set[str]:
    """Handles a batch. Returns the ids of the records or messages to retry."""
    said = [each for _, each in members]
    with about(*map(request, said)):
        try:
            left = handle(said)
        except NotYet:
            left = said
        except Exception:
            log.exception("records failed", extra={"group": name, "records": len(said)})
            left = said
    again = list(left or ())
    return {id_ for id_, each in members if each in again}


def _id(record: Record) -> str:
    """The id by which the answer names a queue's message or a stream's record."""
    id_: str = record["messageId"] if "messageId" in record else record["dynamodb"]["SequenceNumber"]
    return id_


def _answer(event: LambdaEvent, failed: set[str]) -> Failures:
    """The answer to Lambda. For a stream it names the earliest failed record alone: Lambda retries from there, and
    bisects."""
    in_order = [id_ for id_ in map(_id, event["Records"]) if id_ in failed]
    if in_order and "dynamodb" in event["Records"][0]:
        in_order = in_order[:1]
    return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in in_order]}
