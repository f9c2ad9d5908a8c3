"""Lambda entry point of search."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.batches import Failures
from chalicelib.log import about, log
from chalicelib.measures import collected
from chalicelib.search import indexing


@collected()
def told_to_search(event: Mapping[str, Any]) -> Failures:
    """Messages that tell of an event that adds or changes text."""
    failures = []
    for message in event["Records"]:
        told = json.loads(message["body"])
        with about(told.get("request_id")):
            try:
                indexing.follow(told["ticket_id"], told["event_id"])
            except Exception:
                log.exception("words were not made findable", extra={"ticket_id": told["ticket_id"]})
                failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}
