"""Lambda entry point of search."""

from typing import Any

from chalicelib.batches import body, consumer, requested
from chalicelib.search import indexing


@consumer(body, request=requested)
def told_to_search(told: list[dict[str, Any]]) -> None:
    """Updates the index for events that add or change text."""
    for each in told:
        indexing.follow(each["ticket_id"], each["item"])
