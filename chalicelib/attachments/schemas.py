"""Bodies of requests and answers about files (contract §3)."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from chalicelib import ambient
from chalicelib.attachments import service
from chalicelib.attachments.filenames import LONGEST
from chalicelib.attachments.models import Attachment
from chalicelib.edge.schemas import Body, Seen, Shown, Text, Timestamp

_TOKEN = r"[A-Za-z0-9!#$&^_.+-]{1,127}"
MediaType = Annotated[
    str, Field(max_length=255, pattern=rf'^{_TOKEN}/{_TOKEN}( *; *{_TOKEN}=({_TOKEN}|"[ !#-\[\]-~]*"))*$')
]
"""RFC 9110, 8.3.1: `text/plain; charset=utf-8`."""


class NewAttachment(Body):
    """A file that is to be sent. `note_id`: it belongs to this note, and only who sees the note sees it."""

    filename: Annotated[str, Text(1, LONGEST), Seen]
    content_type: MediaType
    size: Annotated[int, Field(ge=1, le=service.LARGEST)]
    note_id: Annotated[str, Text(1, 64)] | None = None


class Upload(Shown):
    """A form: POST it to `url` as multipart/form-data, all `fields` first, then the content as `file`."""

    url: str
    fields: dict[str, str]


class AttachmentAsked(Shown):
    """`upload` is good until `expires_at`, and takes exactly the size and the type that were said."""

    id: str
    status: Literal["pending"]
    upload: Upload
    expires_at: Timestamp


class AttachmentShown(Shown):
    """A file. `ready` once it has arrived in the store."""

    id: str
    filename: str
    content_type: str
    size: int
    status: Literal["pending", "ready"]
    note_id: str | None
    author_id: str
    created_at: Timestamp


class Download(Shown):
    """Where the file can be fetched without signing in, until `expires_at`. It comes to be saved, never to be shown."""

    url: str
    expires_at: Timestamp


def asked(file: Attachment) -> AttachmentAsked:
    url, fields = service.upload(file)
    return AttachmentAsked(
        id=service.id_of(file),
        status="pending",
        upload=Upload(url=url, fields=fields),
        expires_at=_in(service.UPLOAD_FOR),
    )


def shown(file: Attachment) -> AttachmentShown:
    return AttachmentShown.model_validate(
        {
            "id": service.id_of(file),
            "filename": file.filename,
            "content_type": file.content_type,
            "size": int(file.size),
            "status": file.state,
            "note_id": file.note_id,
            "author_id": file.author_id,
            "created_at": file.created_at,
        }
    )


def download(file: Attachment) -> Download:
    return Download(url=service.address(file), expires_at=_in(service.DOWNLOAD_FOR))


def _in(seconds: int) -> str:
    return ambient.timestamp(ambient.now() + timedelta(seconds=seconds))
