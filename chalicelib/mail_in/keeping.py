"""Keeps mail that became nothing, for admins to read and to decide about (mail_in/kept.py): as it came, and parsed
already, so that the function by which they decide needn't parse what strangers made.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pynamodb.exceptions import PutError
from ulid import ULID

from chalicelib import ambient, storage
from chalicelib.mail_in.mailboxes import Mailbox
from chalicelib.mail_in.mime import Headers, decoded
from chalicelib.mail_in.models import SHELF, KeptMail
from chalicelib.mail_in.parsing import File, Mail
from chalicelib.mail_in.reasons import Reason
from chalicelib.mail_in.wording import clean
from chalicelib.measures import count
from chalicelib.notifications.rendering import one_line
from chalicelib.settings import settings
from chalicelib.texts import DIRECTIONS

_DAYS = 90
"""As long as the bucket's rule keeps objects under kept/ (infra/resources.yaml)."""
_PREVIEW = 500
_LONGEST_LINE = 500


class Kept(Exception):
    """Raised if the mail can't be assigned to anybody; the message is the reason."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why)
        self.why: Reason = why


class PassedOver(Exception):
    """Raised if nothing should be made of the mail; the message is the reason. It is still kept if its sender is
    known."""

    def __init__(self, why: Reason, *, sender_known: bool) -> None:
        super().__init__(why)
        self.why: Reason = why
        self.sender_known = sender_known


def keep(
    ses: Mapping[str, Any], why: Reason, raw: bytes, headers: Headers, sender: Mailbox | None, mail: Mail | None
) -> None:
    """Keeps a mail. A repeat changes nothing, even after somebody decided about it. `mail`: None if it can't be
    read."""
    key, at = str(ses["mail"]["messageId"]), str(ses["mail"]["timestamp"])
    bucket = settings.mail_in_bucket
    storage.put_once(bucket, f"kept/{key}", raw, "message/rfc822", f"{key}.eml")
    files = mail.files if mail else []
    for number, file in enumerate(files):
        storage.put_once(bucket, f"kept/{key}/{number}", file.content, storage.OCTETS, str(number))
    text = clean(mail.text) if mail else None
    taken_apart = {"text": text, "files": [[file.name, file.content_type] for file in files]}
    content = json.dumps(taken_apart).encode()
    storage.put_once(bucket, f"kept/{key}.json", content, "application/json", f"{key}.json")
    id_ = _id(key, at)
    subject = _line(mail.subject if mail else headers.text("subject"))
    shown = KeptMail(
        shelf=SHELF,
        id=id_,
        waiting=id_,
        mail=key,
        at=ambient.time_of(id_),
        sender=_who(headers, sender),
        subject=subject,
        reason=why,
        text=text[:_PREVIEW] if text else None,
        expires_at=int(ambient.moment(ambient.time_of(id_)).timestamp()) + _DAYS * 86_400,
    )
    try:
        shown.save(KeptMail.id.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return
    count("MailsKept")


def content(kept: KeptMail) -> tuple[str | None, list[File]]:
    """A kept mail's text (None: it can't be read), and its files without their bytes."""
    read = json.loads(storage.read(settings.mail_in_bucket, f"kept/{kept.mail}.json"))
    return read["text"], [File(name, kind, b"") for name, kind in read["files"]]


def bytes_of_file(kept: KeptMail, number: int) -> bytes:
    return storage.read(settings.mail_in_bucket, f"kept/{kept.mail}/{number}")


def _who(headers: Headers, sender: Mailbox | None) -> str:
    """The sender as text to show; nothing is decided by it."""
    if sender is None:
        return _line(", ".join(map(decoded, headers.all("from"))))
    name = _line(decoded(sender.name))
    return f"{name} <{sender.address}>" if name else sender.address


def _line(text: str) -> str:
    return DIRECTIONS.sub("", one_line(clean(text)))[:_LONGEST_LINE].strip()


def _id(key: str, at: str) -> str:
    """The kept mail's id: the same each time that the mail is delivered, sorted by the time when it came."""
    made = int(ambient.moment(at).timestamp() * 1000).to_bytes(6, "big")
    return str(ULID.from_bytes(made + hashlib.sha256(key.encode()).digest()[:10]))
