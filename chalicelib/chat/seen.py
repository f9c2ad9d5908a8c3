"""What people have seen of a ticket's conversations: for each conversation the `seq` up to which they have read, by
their own word or because they wrote it. Only this lowers `unread` (contract §9). Whether a mail is needed depends on
other signs too (unread.py).
"""

from collections.abc import Sequence

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import ambient
from chalicelib.chat.reader_models import PUBLIC, Reader


def mark(account_id: str, ticket_id: str, seq: int, with_: str | None = None) -> int | None:
    """Marks the public conversation, or the private one with `with_`, as seen up to `seq`; a number beyond the last
    counts as the last. Returns where the mark is now, or None if it was there or further already."""
    seq = min(seq, _last(account_id, ticket_id, with_))
    return seq if seq > 0 and move(account_id, ticket_id, seq, with_) else None


def mark_comments(account_id: str, ticket_id: str, place: int) -> None:
    """Marks the public comments as seen up to the one at this place (1, 2, 3 …)."""
    forward(
        Reader(ticket_id=ticket_id, reader=account_id),
        [Reader.comments.set(place)],
        Reader.comments.does_not_exist() | (Reader.comments < place),
    )


def move(account_id: str, ticket_id: str, seq: int, with_: str | None = None) -> bool:
    """Moves a mark forward, never back. `seq` must be a message's. Returns whether it moved."""
    return forward(
        Reader(ticket_id=ticket_id, reader=_name(account_id, with_)),
        [Reader.seq.set(seq), Reader.at.set(ambient.timestamp())],
        Reader.seq.does_not_exist() | (Reader.seq < seq),
    )


def mark_of(account_id: str, ticket_id: str, with_: str | None = None) -> Reader | None:
    """The mark of somebody in a conversation; None if they have seen nothing of it."""
    try:
        return Reader.get(ticket_id, _name(account_id, with_), consistent_read=True)
    except DoesNotExist:
        return None


def _last(account_id: str, ticket_id: str, with_: str | None) -> int:
    """The conversation's last `seq` (heads.py)."""
    try:
        head = Reader.get(ticket_id, PUBLIC if with_ is None else _name(account_id, with_), consistent_read=True)
    except DoesNotExist:
        return 0
    return int(head.last or 0)


def forward(reader: Reader, actions: Sequence[Action], condition: Condition) -> bool:
    """Updates the mark if the condition holds. Returns whether it did."""
    try:
        reader.update(actions=list(actions), condition=condition)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _name(account_id: str, with_: str | None) -> str:
    return account_id if with_ is None else f"{account_id}#{with_}"
