"""Publishes held files once a comment or a note names them: they are then visible to whoever sees it."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib import ambient, storage
from chalicelib.attachments import places, service
from chalicelib.attachments.models import Attachment
from chalicelib.attachments.schemas import shown
from chalicelib.attachments.service import KEPT, id_of, key
from chalicelib.caller import Caller
from chalicelib.dynamo import Transaction
from chalicelib.errors import Invalid
from chalicelib.settings import settings
from chalicelib.tickets.models import Ticket


def judge(caller: Caller, ticket: Ticket, attachment_ids: Sequence[str]) -> None:
    """Raises Invalid unless all of these are files of the caller's that are ready and held."""
    _files(caller, ticket, attachment_ids, None)


class Publishing:
    """The files that one comment or note publishes. However often its transaction is tried, each object's tag is
    removed once."""

    def __init__(self, caller: Caller, attachment_ids: Sequence[str]) -> None:
        self._caller = caller
        self._ids = list(dict.fromkeys(attachment_ids))
        self._untagged: set[str] = set()

    def publish(
        self, transaction: Transaction, ticket: Ticket, said_id: str, side: str | None
    ) -> list[Mapping[str, Any]]:
        """Adds the files to the transaction of the comment (`side` None) or note, and returns them as they are shown
        with it. Raises Invalid as `judge` does, but not for files that this same comment or note has published
        already."""
        files = _files(self._caller, ticket, self._ids, said_id)
        fresh = [file for file in files if file.held]
        for file in fresh:
            self._publish(transaction, file, said_id, side)
        if fresh:
            places.keep(transaction, ticket.id, [id_of(file) for file in fresh])
        return [shown(file).model_dump(mode="json") for file in files]

    def _publish(self, transaction: Transaction, file: Attachment, said_id: str, side: str | None) -> None:
        if id_of(file) not in self._untagged:  # before it is published: afterwards the bucket might delete it
            storage.untag(settings.attachments_bucket, key(file, KEPT), str(file.version))
            self._untagged.add(id_of(file))
        file.held, file.expires_at = None, None
        named = Attachment.comment_id if side is None else Attachment.note_id
        if side is None:
            file.comment_id = said_id
        else:
            file.note_id, file.side = said_id, side
        actions = [
            Attachment.held.remove(),
            Attachment.expires_at.remove(),
            named.set(said_id),
        ]
        if side is not None:
            actions.append(Attachment.side.set(side))
        transaction.update(file, actions, Attachment.held == True, label="attachment")  # noqa: E712


def _files(caller: Caller, ticket: Ticket, ids: Sequence[str], said_id: str | None) -> list[Attachment]:
    found = {id_of(file): file for file in service.of_ids(ticket.id, ids)}
    now = ambient.clock()
    for id_ in ids:
        file = found.get(id_)
        there = file is not None and (file.expires_at is None or file.expires_at > now)
        if file is None or not there or file.author_id != caller.id or not _is_free(file, said_id):
            message = f"There is no file {id_[:64]!r} of yours that is ready and held."
            raise Invalid.field("attachment_ids", message, "unknown_id")
    return [found[id_] for id_ in ids]


def _is_free(file: Attachment, said_id: str | None) -> bool:
    published = said_id is not None and said_id in (file.comment_id, file.note_id)
    return file.state == "ready" and (bool(file.held) or published)
