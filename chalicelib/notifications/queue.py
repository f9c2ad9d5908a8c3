"""Puts on the mail queue what isn't an event of a ticket's history; those come through `fanout`."""

import json
from collections.abc import Sequence
from typing import Any, TypedDict

from chalicelib.settings import settings

_SHOWN = 50
"""Messages of a chat in one mail: the newest."""
_LONGEST = 4_000
"""Characters of one of them. SQS takes 256 KiB a message, in UTF-8."""

_sqs: Any = None


class Unread(TypedDict):
    """A chat message that somebody hasn't read."""

    id: str
    sender_id: str
    sender_name: str
    content: str
    sent_at: str
    private: bool


def unread(ticket_id: str, recipient_id: str, messages: Sequence[Unread]) -> None:
    """Queues one mail to the recipient about these chat messages, oldest first. It is sent once for the first of them,
    however often this is called. Raises what SQS raises."""
    if not messages:
        return
    told = {
        "recipient_id": recipient_id,
        "first": messages[0]["id"],
        "count": len(messages),
        "messages": [_fitting(message) for message in messages[-_SHOWN:]],
    }
    _send({"ticket_id": ticket_id, "unread": told})


def _fitting(message: Unread) -> Unread:
    content = message["content"]
    return {**message, "content": content if len(content) <= _LONGEST else content[: _LONGEST - 1] + "…"}


def _send(body: dict[str, Any]) -> None:
    global _sqs
    if _sqs is None:
        import boto3

        _sqs = boto3.client("sqs")
    text = json.dumps(body, ensure_ascii=False)
    while len(text.encode()) > 250_000:  # fifty long messages of four-byte characters
        body["unread"]["messages"].pop(0)
        text = json.dumps(body, ensure_ascii=False)
    _sqs.send_message(QueueUrl=settings.mail_queue_url, MessageBody=text)
