"""Remembers received mail, so that a mail delivered again isn't made into anything twice."""

import hashlib

from pynamodb.exceptions import PutError
from ulid import ULID

from chalicelib import ambient
from chalicelib.mail_in.models import Received
from chalicelib.mail_in.parsing import Mail

_REMEMBERED = 90 * 86_400


def remembered(sender: str, mail: Mail, raw: bytes, what: str) -> Received:
    """What the mail becomes, decided once. A mail is identified by its Message-ID and its content: one Message-ID may
    come with two texts."""
    said = "\n".join([mail.text, *(file.name for file in mail.files)])
    name = mail.message_id or hashlib.sha256(raw).hexdigest()
    digest = hashlib.sha256("\n".join([sender.lower(), name, said, what]).encode("utf-8", "surrogatepass"))
    key = "mail in#" + digest.hexdigest()
    fresh = Received(key=key, becomes=ambient.new_id(), expires_at=int(ambient.clock()) + _REMEMBERED)
    try:
        fresh.save(condition=Received.key.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return Received.get(key, consistent_read=True)
    return fresh


def finish(received: Received) -> None:
    received.update(actions=[Received.done.set(True)])


def id_of_file(becomes: str, number: int) -> str:
    """The id of the mail's file with this number: the same at each attempt, with the time of `becomes` in it."""
    made = ULID.from_str(becomes).bytes[:6] + hashlib.sha256(f"{becomes}/{number}".encode()).digest()[:10]
    return str(ULID.from_bytes(made))
