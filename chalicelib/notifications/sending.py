"""Sends one mail through SES (API version 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.errors import Invalid
from chalicelib.log import log
from chalicelib.notifications import rendering
from chalicelib.people.addresses import reachable
from chalicelib.settings import settings

_NOT_VERIFIED = "not verified"
"""In what SES says of identities, ours or (in its sandbox) the recipient's; it lists them."""
_FOR_GOOD = frozenset({"BadRequestException", "MessageRejected"})
"""What SES says of a mail that it will never take."""

_AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""RFC 3834, and what Exchange looks at: nobody's absence notice answers us."""


@dataclass(frozen=True)
class Message:
    """A mail to one person. `to` is an address as it was given; its form is checked before it is used."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
    reply_to: str = ""


def send(message: Message) -> str | None:
    """Sends, and returns SES's id of the mail; None if this address will never take it. Raises what SES raises if it
    may work later (throttled, or SES isn't set up)."""
    try:
        address = reachable(message.to)
    except Invalid:
        log.warning("a mail has no address that it could go to")
        return None
    headers = {name: rendering.one_line(value) for name, value in (_AUTOMATIC | dict(message.headers)).items()}
    try:
        answer = _ses().send_email(
            FromEmailAddress=settings.mail_from,
            Destination={"ToAddresses": [address]},
            **({"ReplyToAddresses": [message.reply_to]} if message.reply_to else {}),
            **({"ConfigurationSetName": settings.mail_configuration_set} if settings.mail_configuration_set else {}),
            Content={
                "Simple": {
                    "Subject": _utf8(rendering.subject(message.subject)),
                    "Body": {"Text": _utf8(message.text), "Html": _utf8(message.html)},
                    "Headers": [{"Name": name, "Value": value} for name, value in headers.items()],
                }
            },
        )
    except ClientError as error:
        if not _is_of_recipient(error.response["Error"], address):
            raise
        log.warning("a mail was refused", extra={"cause": error.response["Error"]["Code"]})
        return None
    return str(answer["MessageId"])


def _is_of_recipient(error: Any, address: str) -> bool:
    """Whether it is this mail that SES refuses, and not all of ours."""
    said = error.get("Message", "")
    return error["Code"] in _FOR_GOOD and (_NOT_VERIFIED not in said or address.lower() in said.lower())


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}


@cache
def _ses() -> Any:
    import boto3
    from botocore.config import Config

    # Within deliveries.LEASE there must be an answer.
    patience = Config(connect_timeout=3, read_timeout=6, retries={"mode": "standard", "total_max_attempts": 1})
    return boto3.client("sesv2", config=patience)
