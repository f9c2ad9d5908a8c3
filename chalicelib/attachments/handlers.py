"""Lambda entry point of attachments: S3's messages about stored objects (ObjectCreated, from a queue)."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote_plus

from chalicelib import ambient
from chalicelib.attachments import service
from chalicelib.batches import body, consumer


@consumer(body)
def stored(messages: list[dict[str, Any]]) -> None:
    """Confirms the files that the messages are about. If one fails, only its message comes again."""
    for message in messages:
        for ticket_id, attachment_id, version, at in _objects(message):
            service.confirm(ticket_id, attachment_id, version, at)


def _objects(message: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Ticket id, file id, object version and time of each pending object; nothing for S3's own test message."""
    for record in message.get("Records", ()):
        stored = record["s3"]["object"]
        place, _, rest = unquote_plus(stored["key"]).partition("/")
        ticket_id, _, attachment_id = rest.partition("/")
        if place == service.PENDING and attachment_id:
            at = ambient.timestamp(ambient.moment(record["eventTime"]))
            yield ticket_id, attachment_id, stored["versionId"], at
