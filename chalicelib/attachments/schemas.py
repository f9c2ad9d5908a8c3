"""Bodies of requests and answers about files (contract §3)."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib import ambient
from chalicelib.attachments import service
from chalicelib.attachments.filenames import LONGEST
from chalicelib.attachments.models import Attachment
from chalicelib.edge.schemas import Body, Flag, Query, Seen, Shown, Text, Timestamp
from chalicelib.tickets.schemas import AttachmentShown

_TOKEN = r"[A-Za-z0-9!#$&^_.+-]{1,127}"
MediaType = Annotated[
    str, Field(max_length=255, pattern=rf'^{_TOKEN}/{_TOKEN}( *; *{_TOKEN}=({_TOKEN}|"[ !#-\[\]-~]*"))*$')
]
"""RFC 9110, 8.3.1: `text/plain; charset=utf-8`."""


class NewAttachment(Body):
    """A file that is to be sent. `note_id`: it belongs to this note, and only who sees the note sees it.
    `hold`: only its author sees it, until a comment or a note of theirs names it."""

    filename: Annotated[str, Text(1, LONGEST), Seen]
    content_type: MediaType
    size: Annotated[int, Field(ge=1, le=service.LARGEST)]
    note_id: Annotated[str, Text(1, 64)] | None = None
    hold: bool = False

    @model_validator(mode="after")
    def _one(self) -> Self:
        if self.hold and self.note_id is not None:
            raise PydanticCustomError("contradiction", "Hold the file, or put it on a note.", {"with": "note_id"})
        return self


class DownloadAs(Query):
    """`inline=true`: an address under which a browser shows the file where it is: PNG, JPEG, GIF, WebP, PDF."""

    inline: Flag = False


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


class Download(Shown):
    """Where the file can be fetched without signing in, until `expires_at`. It comes to be saved, unless it was
    asked for to be shown in place."""

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
            "comment_id": file.comment_id,
            "author_id": file.author_id,
            "created_at": file.created_at,
        }
    )


def download(file: Attachment, *, inline: bool = False) -> Download:
    return Download(url=service.address(file, inline=inline), expires_at=_in(service.DOWNLOAD_FOR))


def _in(seconds: int) -> str:
    return ambient.timestamp(ambient.now() + timedelta(seconds=seconds))
